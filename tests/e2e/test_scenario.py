import re
from pathlib import Path

import pytest
from book_pages import WEIGHT, settled
from kept import Kept
from players import play, shortest, way_to

from fourps.course.words import words
from fourps.scenario.engine import decode, encode, replay
from fourps.scenario.model import KINDS, load

ROOT = Path(__file__).parents[2]
PAGE = "modules/protection/practice.html"
MODULES = sorted(path.parent.name for path in ROOT.glob("modules/*/scenario.yaml"))
pytestmark = [pytest.mark.browser]


# the same way with a mouse, at once
CLICK = """(path) => {
  const press = (selector) => document.querySelector(`.fp-player ${selector}`).click();
  const on = (selector) => document.querySelector(`.fp-player ${selector}`)?.click();
  for (const choice of path) {
    press(`[data-choice='${choice}']`);
    on(".fp-show-why");
    press(".fp-next");
    // where a chapter begins
    on(".fp-next");
  }
}"""


DRAWN = "() => document.querySelector('.fp-player .fp-scenery')?.naturalWidth > 0"
# whether what came from the site, and from no cache, was asked for only then
LATE = """() => performance.getEntriesByType("resource")
  .filter(({ name, transferSize }) => name.includes("/places/") && transferSize > 300)
  .map(({ startTime }) => startTime > performance.getEntriesByName("fourps-ready")[0].startTime)"""


@pytest.fixture(scope="module")
def ways(scenario):
    return shortest(scenario)


def fresh(page):
    """Have a tab that remembers no attempt, as a new one."""
    page.evaluate("() => location.protocol === 'about:' || sessionStorage.clear()")


def click(reader, _scenario, path):
    """Play a path by clicks alone, from the first screen to the last."""
    reader.page.locator("[data-fourps='scenario'][data-ready]").wait_for()
    reader.page.evaluate(CLICK, path)


def test_each_kind_of_ending(reader, address, scenario, ways):
    """Can each kind of ending be reached, one by keyboard, over HTTP and from disk with no network?"""
    page = reader.page
    page.goto(f"{address}/{PAGE}")
    settled(page)
    page.wait_for_function(DRAWN)
    reader.context.set_offline(True)
    for kind in ("repaired", *(other for other in KINDS if other != "repaired")):
        # what the keyboard does is the same on each way
        (play if kind == "repaired" else click)(reader, scenario, ways[kind])
        assert page.locator(f".fp-kind-{kind}").is_visible()
        assert page.locator(".fp-band").count() == 4
        assert not page.get_by_text("undefined").count()
        page.locator(".fp-again").click()
        page.locator(".fp-again-no").click()
        assert page.locator(f".fp-kind-{kind}").is_visible()
        page.locator(".fp-again").click()
        page.locator(".fp-again-yes").click()
        page.locator(".fp-ways").wait_for()


@pytest.mark.parametrize("module", [name for name in MODULES if name != "protection"])
def test_every_scenario(reader, site, module):
    """Can the scenario of every other module be played to a safe end, and by keyboard to a repaired one?"""
    scenario = load(ROOT / "modules" / module / "scenario.yaml")[0]
    ways = shortest(scenario)
    reader.page.set_viewport_size({"width": 375, "height": 800})
    for kind, way in (("safe", click), ("repaired", play)):
        fresh(reader.page)
        reader.page.goto(f"{site}/modules/{module}/practice.html")
        reader.page.locator("[data-fourps='scenario'][data-ready]").wait_for()
        way(reader, scenario, ways[kind])
        assert reader.cut_off() == []
        assert reader.page.locator(f".fp-kind-{kind}").is_visible()
        assert reader.page.locator(".fp-band").count() == len(scenario.competencies)
        assert decode(scenario, reader.page.locator(".fp-record").input_value()).kind == kind


@pytest.mark.parametrize("folder", ["", "fr/"])
def test_opens_on_its_first_scene(visitor, site, folder):
    """Do at most 120 words stand above the first option of each story, and is its place drawn after it?

    With that drawing the page keeps to its weight in each language.
    """
    page, late = visitor.page, []
    for path in [*(f"modules/{module}/practice" for module in MODULES), "book/try"]:
        fresh(page)
        visitor.watch.asked.clear()
        page.goto(f"{site}/{folder}{path}.html")
        page.wait_for_function(DRAWN)
        late += page.evaluate(LATE)
        assert visitor.watch.bytes <= WEIGHT, path
        option = page.locator(".fp-choice").first.inner_text()
        above = page.locator("article").inner_text().partition(option)[0]
        words = re.findall(r"\w[\w'\u2019-]*", above)
        assert 40 < len(words) <= 120, (path, len(words))
        assert page.locator(".fp-note").count() == 1
    assert len(late) >= 6
    assert all(late)


def test_facilitator(reader, address, scenario):
    """Does whoever comes by a link of the guide see where the group pauses, and nobody else?"""
    page, pauses = reader.page, [node.title for node in scenario.nodes.values() if node.pause]
    page.goto(f"{address}/book/guide-scenarios.html")
    links = page.locator("a[href$='/practice.html#facilitator']")
    assert links.count() == len(MODULES)
    for leads in (True, False):
        fresh(page)
        page.goto(f"{address}/{PAGE}{'#facilitator' * leads}")
        settled(page)
        shown = " ".join(page.locator(".fp-note").all_inner_texts())
        assert [title in shown for title in pauses] == [leads] * len(pauses)
        way = way_to(scenario, next(name for name, one in scenario.nodes.items() if one.pause))
        click(reader, scenario, way)
        assert page.locator(".fp-note").count() == leads
        assert reader.cut_off() == []


def test_record_replays(reader, site, scenario, ways):
    """Does the record that the page shows replay in Python and, pasted, on a fresh page?"""
    reader.page.goto(f"{site}/{PAGE}")
    click(reader, scenario, ways["safe"])
    record = reader.page.locator(".fp-record").input_value()
    assert decode(scenario, record).path == ways["safe"]
    fresh(reader.page)
    reader.page.reload()
    reader.page.get_by_text("Continue from a decision record").click()
    reader.page.get_by_label("Paste the record here").fill(f"  {record} ")
    reader.page.get_by_role("button", name="Continue", exact=True).click()
    assert reader.page.locator(".fp-kind-safe").is_visible()


def test_foreign_record(reader, site, scenario):
    """Is a record that does not fit refused with a clear message?"""
    page = reader.page
    page.goto(f"{site}/{PAGE}")
    page.get_by_text("Continue from a decision record").click()
    record = encode(replay(scenario, [next(iter(scenario.nodes[scenario.start].choices))]))
    complaint = page.locator(".fp-complaint:visible")
    for text, message in (
        (record[:-1], "damaged"),
        (record.replace("fourps1", "other"), "not a decision record"),
        (f"{record}0", "damaged"),
        ("", "not a decision record"),
    ):
        page.get_by_label("Paste the record here").fill(text)
        page.get_by_role("button", name="Continue", exact=True).click()
        assert message in complaint.inner_text()


def test_a_chapter_ends(reader, address, axe):
    """Does the first chapter end with what happened, where another way was better, and two ways on?"""
    page = reader.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{address}/{PAGE}")
    first = ["set-screen", "desk-like-all", "limits-first", "thank-ask", "card-waits", "paper"]
    click(reader, None, first[:-1])
    reader.press(f"[data-choice='{first[-1]}']")
    reader.press(".fp-next")
    screen = page.locator(".fp-screen")
    assert screen.locator(".fp-heading").inner_text() == "What S. takes with her"
    assert "S. leaves without a card" in screen.inner_text()
    assert "the boy" not in screen.inner_text()
    assert screen.locator("details .fp-turns > li").count() == 2
    assert axe(page) == []
    page.reload()
    settled(page)
    assert screen.locator(".fp-heading").inner_text() == "What S. takes with her"
    reader.press(".fp-next")
    assert page.locator("[data-choice='card-trouble']").is_visible()


SHOWN = "() => [...document.querySelectorAll('.fp-choice')].map((one) => one.dataset.choice)"
# what one sees of each option but its words, on paper and where the reader chose the colours too
LOOKS = """() => [...document.querySelectorAll(".fp-choice")].map((one) => {
  const style = getComputedStyle(one), sizes = /^(height|width|(block|inline)-size|perspective-origin|transform-origin)$/;
  return [one.tagName, ...[...one.attributes].map(({ name, value }) => `${name}=${name === "data-choice" ? "" : value}`),
    ...[...style].filter((name) => !sizes.test(name)).map((name) => `${name}: ${style.getPropertyValue(name)}`)].join("; ");
})"""


def test_a_repair_looks_like_any_option(reader, site, scenario, ways):
    """Does nothing but its words tell the option that repairs from those beside it?"""
    page, path = reader.page, ways["repaired"]
    repair = next(step for step, name in enumerate(path) if scenario.choices[name].repairs)
    page.goto(f"{site}/{PAGE}")
    page.evaluate(CLICK, path[:repair])
    assert path[repair] in page.evaluate(SHOWN)
    for media in ({}, {"media": "print"}, {"media": "screen", "forced_colors": "active"}):
        page.emulate_media(**media)
        looks = page.evaluate(LOOKS)
        assert len(looks) > 1
        assert len(set(looks)) == 1, media


# whether each part is after a press the one that it was before
STAYS = """(choice) => {
  const find = (part) => document.querySelector(`.fp-player ${part}`);
  const stays = (press, ...parts) => {
    const before = parts.map(find);
    find(press).click();
    return parts.map((part, place) => before[place] !== null && find(part) === before[place]);
  };
  return [
    ...stays(`[data-choice='${choice}']`, ".fp-tools", ".fp-tools details:last-child"),
    ...stays(".fp-next", ".fp-tools"),
  ];
}"""


def test_what_stays(reader, site, ways):
    """Does a step leave alone what it does not change, which the browser would have to lay out again?"""
    reader.page.goto(f"{site}/{PAGE}")
    settled(reader.page)
    assert reader.page.evaluate(STAYS, ways["safe"][0]) == [True] * 3


def test_storage_refused(reader, site, scenario, ways):
    """Does the scenario play on where the browser refuses to keep anything?"""
    reader.change().add_init_script(
        "Object.defineProperty(Storage.prototype, 'setItem', {value() { throw new Error('full') }})"
    )
    reader.page.goto(f"{site}/{PAGE}")
    click(reader, scenario, ways["safe"])
    reader.press(".fp-agree")
    complaint = reader.page.locator(".fp-keep .fp-complaint")
    assert "does not let pages keep anything" in complaint.inner_text()


def test_no_room(reader, site, scenario, ways):
    """Is it said, once, that a browser has no room left, while the scenario plays on?"""
    page = reader.page
    page.goto(f"{site}/{PAGE}")
    kept = Kept().dumps()
    page.evaluate("text => localStorage.setItem('fourps', text)", kept)
    page.evaluate(
        "() => { for (let size = 5e6; size >= 1; size /= 2) for (let full = false; !full;)"
        " try { localStorage.setItem(`x${Math.random()}`, 'x'.repeat(size)); } catch { full = true; } }"
    )
    page.reload()
    click(reader, scenario, ways["safe"])
    assert page.get_by_text("This browser has no room left").count() == 1
    assert page.evaluate("() => localStorage.getItem('fourps')") == kept


@pytest.mark.parametrize("way", [["Tab", "Enter"], ["Escape"] * 3])
def test_quick_exit(reader, address, way):
    """Does the exit, first on the page or by Escape three times, leave no way back to the course?"""
    page = reader.page
    page.goto(f"{address}/book/safety.html")
    if "Escape" in way:
        page.locator("[data-fourps-escape]").check()
    page.goto(f"{address}/{PAGE}")
    for key in way:
        page.keyboard.press(key)
    page.wait_for_url("**/units.html")
    assert "trafficking" not in page.content()
    page.go_back()
    page.wait_for_url("**/units.html")
    assert page.title() == "Units"
    # the tab has forgotten all but that
    assert page.evaluate("() => Object.keys(sessionStorage)") == ["left"]
    # who comes again on purpose may go back within the course
    page.goto(f"{address}/book/safety.html")
    page.goto(f"{address}/{PAGE}")
    page.go_back()
    page.wait_for_url("**/safety.html")


def test_escape_twice(reader, site):
    """Does Escape do nothing unless asked for, nor when something else is pressed in between?"""
    reader.page.goto(f"{site}/{PAGE}")
    for _ in range(4):
        reader.page.keyboard.press("Escape")
    assert reader.page.url.endswith(PAGE)
    reader.page.goto(f"{site}/book/safety.html")
    reader.page.locator("[data-fourps-escape]").check()
    reader.page.goto(f"{site}/{PAGE}")
    for key in ("Escape", "Escape", "Tab", "Escape"):
        reader.page.keyboard.press(key)
    assert reader.page.url.endswith(PAGE)


def test_targets_and_motion(reader, site):
    """Is every control at least 24 pixels high and wide, and does nothing move?"""
    reader.page.goto(f"{site}/{PAGE}")
    settled(reader.page)
    sizes = reader.page.eval_on_selector_all(
        ".fp button, .fp summary, .fp-exit",
        "all => all.map(e => e.getBoundingClientRect()).map(r => Math.min(r.width, r.height))",
    )
    assert len(sizes) > 5
    assert min(sizes) >= 24
    moving = reader.page.eval_on_selector_all(
        ".fp, .fp *",
        "all => all.filter(e => parseFloat(getComputedStyle(e).animationDuration) > 0"
        " || parseFloat(getComputedStyle(e).transitionDuration) > 0).length",
    )
    assert moving == 0


@pytest.mark.parametrize("reader", [{"java_script_enabled": False}], indirect=True)
def test_without_javascript(reader, address, scenario):
    """With JavaScript off, can the scenario be read from link to link to its endings?"""
    page = reader.page
    page.goto(f"{address}/{PAGE}")
    assert page.locator(".fp-text").is_visible()
    for name in scenario.nodes:
        assert page.locator(f"#card-desk-{name}").count() == 1
    links = page.eval_on_selector_all(".fp-text a[href^='#']", "all => all.map(a => a.hash)")
    assert len(links) > 2 * len(scenario.choices)
    for link in set(links):
        assert page.locator(f"[id='{link[1:]}']").count() == 1, link
    # its first choice, why, and where that leads
    page.locator(".fp-text a[href='#card-desk-1.a']").click()
    result = page.locator("[id='card-desk-1.a']")
    assert result.is_visible()
    assert page.locator("[id='card-desk-1']").count() == 1
    result.get_by_role("link", name=words("en")["next"]).click()
    to = next(iter(scenario.nodes[scenario.start].choices.values())).to
    assert page.evaluate("location.hash") == f"#card-desk-{to}"
