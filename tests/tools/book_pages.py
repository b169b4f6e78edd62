"""What holds for every page of the book: light, quiet, still and accessible."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

from players import option

from fourps.course.toc import pages

ROOT = Path(__file__).parents[2]
NARROW, WIDE = 320, 1280
# of a page whose kind another shows wide, and of that other; what is narrow comes last
WIDTHS = {False: (NARROW,), True: (WIDE, NARROW)}
WEIGHT, WEIGHT_OF_FIGURES, REQUESTS, SHIFT = 80_000, 130_000, 15, 0.02
# colours are all that another scheme changes
COLOURS = ["color-contrast", "link-in-text-block"]
# the figure itself, not what a page without JavaScript shows of it
FIGURE = ".fp-figure:not(.fp-text)"
# what is done once on a page with a player of this kind; then axe looks again
PLAYS = {"scenario": [option], "quiz": [".fp-check"], "figure": [f"{FIGURE} .fp-guess button"]}
WATCH = """() => {
  window.shifts = [];
  const take = (list) => list.forEach((one) => shifts.push({
    value: one.value, what: one.sources.map(({ node }) => node?.className || node?.nodeName).join()
  }));
  const observer = new PerformanceObserver((list) => take(list.getEntries()));
  observer.observe({ type: "layout-shift", buffered: true });
  window.allShifts = () => { take(observer.takeRecords()); return shifts; };
  addEventListener("securitypolicyviolation", (event) => console.error("CSP", event.violatedDirective));
}"""
READY = """() => document.fonts.status === "loaded"
  && !document.querySelector("[data-fourps]:has(> script):not([data-ready])")"""
# whatever a page puts off, it does when it has nothing else to do, and after the next two frames; a
# browser that draws none, since nothing changes, is waited for no longer than this
IDLE = """() => new Promise((done) => {
  setTimeout(done, 3000);
  requestIdleCallback(() =>
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))), { timeout: 1000 });
})"""
PAGES = [*pages(ROOT), "search"]
# each a file of tests, since workers take file after file
PLAYERS = [name for name in PAGES if re.match(r"modules/\w+/(practice|quiz)$", name)]
LABS = [name for name in PAGES if name.endswith("/lab")]
LESSONS = [name for name in PAGES if name.startswith("modules/") and name not in (*PLAYERS, *LABS)]
BOOK = [name for name in PAGES if not name.startswith("modules/")]
# one of each template and kind: where there is more room, others of the kind differ by their text
KINDS = [
    *("book/welcome", "book/glossary", "book/my-course", "book/before", "search"),
    *(
        f"modules/protection/{name}"
        for name in ("lesson", "practice", "quiz", "lab", "exercise", "aid")
    ),
    "modules/prevention/lesson/debt",
]


def settled(page):
    """Wait until a page has loaded, with its fonts and players, and does nothing more."""
    page.wait_for_load_state("load")
    page.wait_for_function(READY)
    page.evaluate(IDLE)


def silent(page):
    """Wait in the same way, and for half a second in which nothing is asked for."""
    page.wait_for_load_state("networkidle")
    settled(page)


def sideways(page):
    """Return how many pixels of the page stand beyond the screen."""
    return page.evaluate("() => document.documentElement.scrollWidth - innerWidth")


def light(reader, site, kinds):
    """Insist that a page asked for little, and nobody else."""
    watch = reader.watch
    assert watch.bytes <= (WEIGHT_OF_FIGURES if "figure" in kinds else WEIGHT)
    assert len([url for url in watch.requests if url.startswith("http")]) <= REQUESTS
    # what the host filled in lies above the folder of a language
    own = (site, "data:", urljoin(f"{site}/", "../local.css"))
    assert [url for url in watch.requests if not url.startswith(own)] == []


def still(page, width, wait):
    """Insist that nothing jumped while a page loaded, and that nothing stands beyond the screen.

    A machine that is busy may paint half a table, which then grows: what jumps by itself jumps
    each time.
    """
    for again in (True, True, False):
        shifts = page.evaluate("() => allShifts()")
        if again and sum(shift["value"] for shift in shifts) >= SHIFT:
            page.reload()
            wait(page)
    assert sum(shift["value"] for shift in shifts) < SHIFT, (width, shifts)
    assert sideways(page) <= 0, width


def accessible(page, axe, parts=(), changed=()):
    """Insist that axe finds nothing; in the dark only in these parts, where it has seen the rest.

    Where it has seen all of the page before, it looks only at what changed since.
    """
    page.emulate_media(color_scheme="light")
    assert axe(page, parts=changed) == [], "light"
    page.emulate_media(color_scheme="dark")
    assert axe(page, rules=COLOURS, parts=parts) == [], "dark"
    page.emulate_media(color_scheme="light")


def play(page, kind):
    """Take one step in the first player of a kind."""
    mount = page.locator(f"[data-fourps={kind}]").first
    for step in PLAYS[kind]:
        (step(mount) if callable(step) else mount.locator(step)).click()
    if kind == "figure":
        control = mount.locator(f"{FIGURE} :is(select, input[type=range])").first
        control.press("ArrowDown" if control.evaluate("one => one.matches('select')") else "End")


def look(reader, site, name, axe):
    """Open a page of the book as a phone and a desk do, and insist on all that holds for each.

    axe sees all of it narrow and light, where most stands below the other and little room is left,
    and its colours in the dark; after a step of play it sees the player. A page of each kind it sees
    whole then too, wide, and in the dark with what stands around the text.
    """
    page = reader.page
    kinds = loaded(reader, site, name)
    for width in WIDTHS[name in KINDS]:
        page.set_viewport_size({"width": width, "height": 800})
        accessible(page, axe, [] if name in KINDS else ["article"])
    for kind in kinds:
        play(page, kind)
    for width in WIDTHS[name in KINDS] if kinds else ():
        page.set_viewport_size({"width": width, "height": 800})
        players = [f"[data-fourps={kind}]" for kind in kinds]
        accessible(page, axe, players, [] if name in KINDS else players)


def look_everywhere(reader, site, name, axe):
    """Do the same, with axe looking at everything in both widths and schemes, before and after."""
    page = reader.page
    kinds = loaded(reader, site, name, silent)
    for steps in ((), kinds) if kinds else ((),):
        for kind in steps:
            play(page, kind)
        for width in (NARROW, WIDE):
            page.set_viewport_size({"width": width, "height": 800})
            accessible(page, axe)


def loaded(reader, site, name, wait=settled):
    """Open a page on a narrow screen and on a wide one; return the kinds of players on it.

    Where there is more room, what jumps jumps on each page of its kind, but for figures.
    """
    page = reader.page
    page.set_viewport_size({"width": NARROW, "height": 800})
    response = page.goto(f"{site}/{name}.html")
    wait(page)
    assert "script-src 'self'" in response.headers["content-security-policy"]
    kinds = [kind for kind in PLAYS if page.locator(f"[data-fourps={kind}]").count()]
    light(reader, site, kinds)
    still(page, NARROW, wait)
    page.set_viewport_size({"width": WIDE, "height": 800})
    if name in (*KINDS, *LABS) or wait is silent:
        page.reload()
        wait(page)
        still(page, WIDE, wait)
    assert sideways(page) <= 0, WIDE
    return kinds
