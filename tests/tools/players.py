"""How the tests play in a browser: they find options, answer questions and take a way to an ending."""

from __future__ import annotations

from collections import deque

from fourps.course.words import words
from fourps.quiz.model import Match, Order, Reason
from fourps.scenario.engine import ending
from fourps.scenario.explore import explore

NAMES = "all => all.map((one) => one.dataset.choice).sort()"


def option(player, place=0):
    """Return the option whose id has this place among those on the screen; past the last one counts on."""
    names = player.locator(".fp-choice").evaluate_all(NAMES)
    return player.locator(f"[data-choice='{names[place % len(names)]}']")


def says_its_source(page, sources):
    """Insist that a reason has a link to each of its sources, or says that it is the course's advice."""
    line = page.locator(".fp-source")
    assert line.is_visible()
    assert line.locator("a").count() == len(sources)
    texts = words(page.locator("html").get_attribute("lang"))
    assert (line.inner_text() == texts["advice"]) == (not sources)


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
    told = [str(question.answer).lower()] if isinstance(question, Reason) else []
    return told + [name for name, option in question.options.items() if option.correct]


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


def _ways(space):
    """Yield each state that can be reached, with a shortest way to it, the nearest first."""
    first = next(iter(space.moves))
    queue, seen = deque([(first, ())]), {first}
    while queue:
        state, path = queue.popleft()
        yield state, path
        for move in space.moves[state]:
            if move.target not in seen:
                seen.add(move.target)
                queue.append((move.target, (*path, move.choice)))


def shortest(scenario):
    """Return a shortest way to each kind of ending."""
    space = explore(scenario)
    ways = {}
    for state, path in _ways(space):
        if not space.moves[state]:
            ways.setdefault(scenario.endings[ending(scenario, state)].kind, path)
    return ways


def way_to(scenario, node):
    """Return a shortest way to a node."""
    return next(path for state, path in _ways(explore(scenario)) if state.node == node)


def way_to_choice(scenario, name):
    """Return a shortest way to where a choice is offered."""
    space = explore(scenario)
    offers = (
        path for state, path in _ways(space) if name in {move.choice for move in space.moves[state]}
    )
    return next(offers)


def play(reader, scenario, path):
    """Play a path by keyboard alone, from the first screen to the last, and through all chapters."""
    for number, choice in enumerate(path):
        assert not number or reader.focused(".fp-heading"), "the focus moves to the new heading"
        reader.press(f"[data-choice='{choice}']")
        assert reader.focused(".fp-heading"), "the focus moves to the feedback's heading"
        assert reader.page.locator(".fp-stake").count() == bool(scenario.choices[choice].tempts)
        if scenario.choices[choice].tempts:
            assert not reader.page.locator(".fp-rationale").count()
            reader.press(".fp-show-why")
        assert reader.page.locator(".fp-rationale").is_visible()
        says_its_source(reader.page, scenario.choices[choice].source)
        reader.press(".fp-next")
        if (node := scenario.nodes.get(scenario.choices[choice].to)) and node.chapter:
            assert not reader.page.locator(".fp-choice").count()
            assert reader.focused(".fp-heading"), "the focus moves to the heading of the chapter"
            reader.press(".fp-next")
