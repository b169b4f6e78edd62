"""How the tests answer questions in a browser: by keyboard alone, or by clicks."""

from __future__ import annotations

from fourps.quiz.model import Match, Order, Reason

# the right answer with a mouse, at once
CLICK = """({ ticked, pairs, items }) => {
  const find = (selector) => document.querySelector(`.fp-player ${selector}`);
  for (const name of ticked) find(`input[data-choice='${name}']`).click();
  for (const name of pairs) {
    const chosen = find(`select[data-choice='${name}']`);
    chosen.value = name;
    chosen.dispatchEvent(new Event("change", { bubbles: true }));
  }
  const place = (name) => [...document.querySelectorAll(".fp-order li")].findIndex((one) => one.dataset.choice === name);
  for (const [wanted, name] of items.entries())
    while (place(name) > wanted) find(`li[data-choice='${name}'] .fp-up`).click();
  find(".fp-check").click();
}"""


def right(question):
    """Return the options that are to be ticked, of a question that has any."""
    if isinstance(question, Order | Match):
        return []
    said = [str(question.answer).lower()] if isinstance(question, Reason) else []
    return said + [name for name, option in question.options.items() if option.correct]


def click(reader, question):
    """Give the right answer by clicks alone."""
    ticked = right(question)
    pairs = [*question.pairs] if isinstance(question, Match) else []
    items = [*question.items] if isinstance(question, Order) else []
    reader.page.evaluate(CLICK, {"ticked": ticked, "pairs": pairs, "items": items})


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
        shown = reader.page.eval_on_selector_all(
            "input[data-choice]", "all => all.map(e => e.dataset.choice)"
        )
        # from the top to the bottom, and not round the whole page
        for name in sorted(right(question), key=shown.index):
            choose(reader, name)
    reader.press(".fp-check")
