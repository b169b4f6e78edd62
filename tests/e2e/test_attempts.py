"""A screen begins at its top, and an attempt outlives a reload, Back, and nothing else."""

import random
from collections import defaultdict

import pytest
from players import option, way_to_choice

from fourps.scenario.engine import decode, replay
from fourps.scenario.model import load

from .test_scenario import CLICK, MODULES, ROOT, shortest

TEST = "book/before.html"
SIZES = [(360, 640), (390, 844), (1280, 900)]
# of the heading below the upper edge of what the header leaves free
LOWEST = 72
# plays of the options that numbers name in the order of ids, one after the other; what was measured at
# the arrivals of each
WALK = """async ([plays, lowest]) => {
  const PARTS = ".fp-player :is(h2, h3, p, li, dt, dd, img, button, input, legend, summary)";
  const looked = (globalThis.looked ??= new Set());
  let found = [], arrivals = 0;
  const free = () => Math.max(0, ...[...document.querySelectorAll("header")].filter((one) =>
    ["sticky", "fixed"].includes(getComputedStyle(one).position)).map((one) => one.getBoundingClientRect().bottom));
  // whether something else lies over the part of an element that is on the screen
  const covered = (one, top) => {
    const box = one.getBoundingClientRect();
    const upper = Math.max(box.top, top), lower = Math.min(box.bottom, innerHeight - 1);
    if (lower - upper < 1) return false;
    return [[.5, .5], [.98, .1], [.02, .9]].some(([across, down]) => {
      const there = document.elementFromPoint(box.left + across * box.width, upper + down * (lower - upper));
      return !there || !(one.contains(there) || there.contains(one));
    });
  };
  const look = () => {
    arrivals += 1;
    const top = free(), why = document.querySelector(".fp-player [id$=-why]");
    const heading = document.querySelector(".fp-player .fp-heading"), named = why || heading;
    const say = (what) => found.push(`${named.textContent}: ${what}`);
    const from = (one) => Math.round(one.getBoundingClientRect().top - top);
    const begins = (one) => from(one) >= 0 && from(one) <= lowest;
    // a reason stands below what was chosen, or where both find no room, in its place
    if (!begins(heading) && !(why && begins(why))) say(`${from(heading)} px`);
    if (document.activeElement !== named) say("the focus is elsewhere");
    if (named.getBoundingClientRect().bottom > innerHeight) say("below the screen");
    const leave = document.querySelector("[data-fourps-exit]");
    if (covered(leave, 0)) say('something covers "Leave"');
    // the same screen at the same place was looked at before: random ways meet it again and again
    const screen = [innerWidth, innerHeight, scrollY, document.querySelector(".fp-player").innerHTML].join();
    if (looked.has(screen)) return;
    looked.add(screen);
    const way = leave.getBoundingClientRect();
    // what is folded has a box as well, and asking for it would lay it out
    for (const one of [...document.querySelectorAll(PARTS)].filter((one) => one.checkVisibility())) {
      const box = one.getBoundingClientRect();
      if (begins(heading) && box.top < way.bottom && box.bottom > way.top && box.left < way.right && box.right > way.left)
        say(`${one.textContent} is below "Leave"`);
      if (covered(one, top)) say(`${one.textContent} is covered`);
    }
  };
  const press = (selector, number = 0) => {
    // options stand in an order of each attempt
    const id = (one) => one.dataset.choice || "";
    const all = [...document.querySelectorAll(`.fp-player ${selector}`)].sort((one, other) => Number(id(one) > id(other)) - Number(id(one) < id(other)));
    all[number % all.length]?.click();
    return all.length > 0;
  };
  const again = () => new Promise((done) => {
    if (!press(".fp-again")) done();
    // the browser goes back to where the play began, in its own time
    addEventListener("popstate", () => done(), { once: true });
    // the one before may not have gone yet
    press("[open] .fp-again-yes");
  });
  const play = (numbers) => {
    for (const number of numbers) {
      if (!press(".fp-choice", number)) return;
      look();
      if (press(":is([data-principle], .fp-show-why)", number)) look();
      while (press(".fp-next")) look();
    }
    found.push("no end");
  };
  const all = [];
  for (const numbers of plays) {
    [found, arrivals] = [[], 0];
    await again();
    play(numbers);
    all.push([arrivals, found]);
  }
  return all;
}"""
# what is on offer after each first answer of a whole play
OFFERS = """() => {
  const all = [], press = (selector) => document.querySelector(`.fp-player ${selector}`).click();
  for (let name; (name = [...document.querySelectorAll(".fp-choice")].map((one) => one.dataset.choice).sort()[0]);) {
    press(`[data-choice='${name}']`);
    all.push([name, [...document.querySelectorAll("[data-principle]")].map((one) => one.dataset.principle)]);
    for (const on of [".fp-show-why", ".fp-next", ".fp-next"]) document.querySelector(`.fp-player ${on}`)?.click();
  }
  return all;
}"""
# how far below the header a heading stands, once the browser has gone where it goes
FALL = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => {
  const box = (selector) => document.querySelector(selector).getBoundingClientRect();
  done(box(".fp-player .fp-heading").top - box("header").bottom);
})))"""
pytestmark = [pytest.mark.browser]


@pytest.fixture
def play(reader, site):
    """Return a function that opens the scenario of a module at a size, and gives the page."""

    def opened(module, size=(390, 844)):
        reader.page.set_viewport_size({"width": size[0], "height": size[1]})
        reader.page.goto(f"{site}/modules/{module}/practice.html")
        reader.page.locator("[data-fourps='scenario'][data-ready]").wait_for()
        return reader.page

    return opened


def walk(page, *plays):
    """Play on one page, and return the number of arrivals of each play and what was wrong there."""
    return page.evaluate(WALK, [[[*numbers] for numbers in plays], LOWEST])


def arrivals(scenario, numbers):
    """Return at how many screens one arrives who plays so.

    Those are two for each choice, one more where one is asked what decides, and where a chapter begins.
    """
    path = []
    for number in numbers:
        if offered := sorted(replay(scenario, path).offered):
            path.append(offered[number % len(offered)])
    chapters = {name for name, node in scenario.nodes.items() if node.chapter}
    choices = [scenario.choices[name] for name in path]
    return sum(2 + bool(choice.tempts) + (choice.to in chapters) for choice in choices)


@pytest.mark.parametrize("module", MODULES)
def test_screens_begin_at_their_top(play, reader, module):
    """Is each heading near the upper edge, the focus in the player and "Leave" above nothing, on three ways?"""
    play(module)
    scenario, _ = load(ROOT / "modules" / module / "scenario.yaml")
    plays = [range(first, first + 60) for first in range(3)]
    expected = [[arrivals(scenario, numbers), []] for numbers in plays]
    for width, height in SIZES:
        reader.page.set_viewport_size({"width": width, "height": height})
        assert walk(reader.page, *plays) == expected, (width, height)


@pytest.mark.prove
@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("module", MODULES)
def test_every_arrival(play, reader, seed, module, size):
    """Is it so on 200 random ways?"""
    chance = random.Random(f"{seed} {module} {size}")  # noqa: S311 - not for secrets
    play(module, size)
    for _ in range(20):
        plays = [[chance.randrange(60) for _ in range(60)] for _ in range(10)]
        assert [found for _, found in walk(reader.page, *plays)] == [[]] * len(plays)


@pytest.mark.parametrize("size", [SIZES[0], SIZES[-1]], ids=str)
def test_few_stops(play, reader, size):
    """Does a keyboard come to the first option in at most twelve steps, and to the question of keeping soon after?"""
    play("protection", size)
    stops = []
    while "fp-decline" not in stops and len(stops) < 24:
        reader.page.keyboard.press("Tab")
        stops.append(
            reader.page.evaluate("() => document.activeElement.className.split(' ').at(-1)")
        )
    assert stops.index("fp-choice") < 12, stops
    assert "fp-decline" in stops


def test_reload(play):
    """Does a reload at each step of a scenario lose nothing, and say nothing in the address?"""
    page = play("protection")
    address = page.url

    def same():
        before = page.locator(".fp-screen").inner_text()
        page.reload()
        page.locator("[data-fourps='scenario'][data-ready]").wait_for()
        assert page.locator(".fp-screen").inner_text() == before
        assert page.url == address

    for step in range(14):
        option(page, step % 2).click()
        same()
        if page.locator(".fp-stake").count():
            page.locator("[data-principle]").first.click()
            same()
        page.locator(".fp-next").click()
        same()
        if page.locator(".fp-next").count():
            page.locator(".fp-next").click()
            same()


def test_back(play, reader):
    """Do the browser's Back and Forward, and the player's own, lead step by step, each to its top?"""
    play("protection", SIZES[0])
    page, seen = reader.page, []
    heading = page.locator(".fp-player .fp-heading")

    def arrives(title):
        heading.filter(has_text=title).wait_for()
        assert 0 <= page.evaluate(FALL) <= LOWEST, title

    for _ in range(3):
        seen.append(heading.inner_text())
        # far below, from where one comes back
        page.evaluate("() => scrollTo(0, document.body.scrollHeight)")
        option(page, -1).click()
        for on in page.locator(".fp-show-why").all():
            on.click()
        page.locator(".fp-next").click()
    last = heading.inner_text()
    for title in reversed(seen):
        page.go_back()
        arrives(title)
    for title in [*seen[1:], last]:
        page.go_forward()
        arrives(title)
    # the player's own way back stands at the same place of the history
    reader.press(".fp-back")
    arrives(seen[-1])
    page.get_by_text("The way you took").click()
    assert page.locator(".fp-fold ol li").count() == len(seen) - 1
    page.go_back()
    arrives(seen[-2])


def test_leave(play):
    """Is nothing of an attempt on the device after "Leave", and no way back to it?"""
    page = play("protection")
    option(page).click()
    assert page.evaluate("() => sessionStorage.length") > 0
    page.locator("[data-fourps-exit]").click()
    page.wait_for_url("**/units.html")
    assert page.evaluate("() => [localStorage.length, {...sessionStorage}]") == [0, {"left": "yes"}]
    assert page.evaluate("() => history.state") is None
    page.go_back()
    page.wait_for_url("**/units.html")


def test_asked_before(play):
    """Is keeping asked before the first choice, with a plain No beside, and is each answer held to?"""
    page = play("protection")
    stored = "() => localStorage.length"
    page.locator(".fp-keep-first .fp-decline").click()
    assert "Nothing is kept" in page.locator(".fp-keep-first").inner_text()
    option(page).click()
    assert page.evaluate(stored) == 0
    page.evaluate("() => sessionStorage.clear()")
    page.reload()
    page.locator("[data-fourps='scenario'][data-ready]").wait_for()
    page.locator(".fp-keep-first .fp-agree").click()
    option(page).click()
    assert page.evaluate(stored) == 1


def test_why_first(play, scenario):
    """Is one asked what decides before the reason is shown, with the main principle on offer?"""
    page = play("protection")
    name = next(key for key, choice in scenario.choices.items() if choice.tempts)
    main = scenario.choices[name].decides
    page.evaluate(CLICK, way_to_choice(scenario, name))
    page.locator(f"[data-choice='{name}']").click()
    offered = page.locator("[data-principle]")
    assert offered.count() == 3
    assert page.locator(".fp-rationale").count() == 0
    page.locator(f"[data-principle='{main}']").click()
    title = page.locator(".fp-rationale .fp-subheading")
    assert title.inner_text() == f"Yes: {scenario.competencies[main].title}"
    assert title.evaluate("one => one === document.activeElement")


def test_offer_tells_nothing(play, reader, scenario):
    """Do others stand beside the principle that decides, now these, now those?"""
    play("protection")
    offers = reader.page.evaluate(OFFERS)
    beside = defaultdict(set)
    for name, offer in offers:
        main, tempts = scenario.choices[name].decides, scenario.choices[name].tempts
        assert (main in offer, tempts in offer) == (bool(tempts),) * 2
        assert len(offer) == 3 * bool(tempts)
        beside[main].add(tuple(offer))
    assert sum(map(bool, (offer for _, offer in offers))) > 1


def test_the_way_taken(play, scenario):
    """Does the ending show each decision and what it gave, and can one play again from there?"""
    page = play("protection")
    walk(page, range(60))
    path = decode(scenario, page.locator(".fp-record").input_value()).path
    way = page.locator(".fp-way > li")
    assert way.count() == len(path)
    assert f"1 of the {len(scenario.endings)} ways" in page.locator(".fp-seen").inner_text()
    way.nth(2).locator("summary").click()
    way.nth(2).locator(".fp-from-here").click()
    assert page.locator(f"[data-choice='{path[2]}']").is_visible()
    assert decode(scenario, page.locator(".fp-record").input_value()).path == path[:2]


def test_said_aloud(play, scenario):
    """Are a critical error and the kind of ending said to a screen reader?"""
    page = play("protection")
    page.evaluate(
        "() => { window.said = []; new MutationObserver(() => said.push(document.querySelector"
        "('.fp-player > .fp-live').textContent)).observe(document.querySelector('.fp-player > .fp-live'),"
        " { childList: true, characterData: true, subtree: true }); }"
    )
    path = shortest(scenario)["repaired"]
    for choice in path:
        page.locator(f"[data-choice='{choice}']").click()
        for skip in page.locator(".fp-show-why").all():
            skip.click()
        for on in page.locator(".fp-next").all():
            on.click()
        for on in page.locator(".fp-next").all():
            on.click()
    said = page.evaluate("() => said.filter(Boolean)")
    told = [scenario.choices[key] for key in path]
    assert [text.split(".")[0] for text in said[:-1]] == [
        "Critical error" if choice.critical else "Repair"
        for choice in told
        if choice.critical or choice.repairs
    ]
    assert said[-1] == page.locator(".fp-kind").inner_text()


def test_reload_of_a_test(reader, site):
    """Does a reload in the middle of a test lose no answer, none that is only ticked, and no order?"""
    page = reader.page
    page.goto(f"{site}/{TEST}")
    page.locator("[data-fourps='quiz'][data-ready]").wait_for()

    def answer(number):
        for group in page.locator(".fp-screen fieldset").all():
            boxes = group.locator("input")
            boxes.nth(number % boxes.count()).check()
        for place, one in enumerate(page.locator(".fp-screen select").all(), 1):
            one.select_option(index=place)

    for number in range(4):
        answer(number)
        page.locator(".fp-check").click()
    answer(1)
    ticked = (
        "() => [...document.querySelectorAll('.fp-screen input:checked')].map((one) => one.value)"
    )
    before = page.locator(".fp-screen").inner_text(), page.evaluate(ticked)
    page.reload()
    page.locator("[data-fourps='quiz'][data-ready]").wait_for()
    assert (page.locator(".fp-screen").inner_text(), page.evaluate(ticked)) == before
    assert page.locator(".fp-heading").inner_text().startswith("Question 5 of")
