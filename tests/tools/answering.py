"""How the tests answer questions in a browser: by keyboard alone."""

from __future__ import annotations

from fourps.quiz.model import Match, Order, Reason


def order(reader, question):
    """Put the items into the file's order with the Up buttons."""
    names = list(question.items)
    for place, name in enumerate(names):
        shown = reader.page.eval_on_selector_all(
            ".fp-order li", "all => all.map(e => e.dataset.choice)"
        )
        for _ in range(shown.index(name) - place):
            reader.press(f"li[data-choice='{name}'] .fp-up")


def choose(reader, name):
    """Tick an option: Space for a checkbox or the group's focused radio, arrows between radios."""
    selector = f"input[data-choice='{name}']"
    kind = reader.page.locator(selector).get_attribute("type")
    if kind == "checkbox":
        reader.press(selector, "Space")
        return
    group = reader.page.locator(selector).get_attribute("name")
    reader.tab_to(f"input[name='{group}']")
    reader.page.keyboard.press("Space")
    for _ in range(8):
        if reader.focused(selector):
            break
        reader.page.keyboard.press("ArrowDown")
    assert reader.page.locator(selector).is_checked()


def answer(reader, question):
    """Give the right answer, by keyboard alone."""
    if isinstance(question, Order):
        order(reader, question)
    elif isinstance(question, Match):
        for name in question.pairs:
            reader.tab_to(f"select[data-choice='{name}']")
            chosen = reader.page.locator(f"select[data-choice='{name}']")
            for _ in question.pairs:
                if chosen.input_value() == name:
                    break
                reader.page.keyboard.press("ArrowDown")
            assert chosen.input_value() == name
    else:
        if isinstance(question, Reason):
            choose(reader, str(question.answer).lower())
        for name, option in question.options.items():
            if option.correct:
                choose(reader, name)
    reader.press(".fp-check")
