"""A language with accents, brackets and 40 % more length: what stays plain was never translatable."""

import re
import shutil

import pytest
import yaml
from book_pages import settled, sideways
from kept import finished
from players import option

pytestmark = [pytest.mark.browser]

ACCENTED, RIGHT_TO_LEFT = "en-XA", "ar-XB"
# one page of each kind
KINDS = {
    "first page": "book/welcome",
    "lesson": "modules/demo/lesson",
    "lab": "modules/demo/lab",
    "scenario": "modules/demo/practice",
    "quiz": "modules/demo/quiz",
    "aid": "modules/demo/aid",
    "glossary": "book/glossary",
    "my course": "book/my-course",
    "three questions": "book/three",
    "privacy": "book/privacy",
    "search": "search",
}
# what has the same letters in every language, and why
ALLOWED = {
    "script[type='application/json'], script, style, noscript": "read by no reader",
    "pre, code": "programs, what they print, and ids",
    "[lang]:not(html)": "the name of each language in itself",
    ".fp-brand, title": "the name of the book",
    ".m-labels, .fp-name": "names of invented regions and people",
    ".citation, .citation-reference, a[href*='references.html#']": "authors and titles of sources",
    "#sources ~ ul, section:has(> #sources) ul, #id1 ul": "authors and titles of sources",
    "[data-sources] a, .fp-source a": "authors and titles of sources",
}
NAMES = (
    r"Small book|CC BY 4\.0|\bMIT\b|\bJavaScript\b|\b\w+\.(?:ipynb|ics|json)\b"
    r"|(?:Small|Tiny) \d+|fourps1:\S+|\b[a-z]+-[a-z0-9-]+\b"
    # a day as the browser itself writes it, which knows no months of these languages
    r"|\b[A-Z][a-z]+ \d{1,2}, 20\d\d\b"
    # signs that a text of the small book holds to try the players
    r"|</?\w+>|&amp;|\{\w+\}(?:`[^`]*`)?|`\w+`|\(x\.md\)"
)
# every text and name on a page, seen or folded, that has plain letters
PLAIN = """([allowed, names]) => {
  const found = new Set(), read = ["aria-label", "alt", "title", "placeholder", "aria-valuetext", "data-longest"];
  const look = (text, where) => {
    if (/[A-Za-z]{3,}/.test(text.replace(new RegExp(names, "g"), ""))) found.add(`${where}: ${text.trim().slice(0, 90)}`);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    if (element.closest(allowed)) continue;
    if (node.nodeType === Node.TEXT_NODE) look(node.data, element.className || element.localName);
    else for (const name of read) if (node.hasAttribute(name)) look(node.getAttribute(name), name);
  }
  return [...found];
}"""

ANSWER = """(screen) => {
  for (const one of screen.querySelectorAll("input:is([type=radio], [type=checkbox]):not(:disabled)")) one.checked = true;
  screen.querySelectorAll("select:not(:disabled)").forEach((one, place) => { one.selectedIndex = place + 1; });
}"""


@pytest.fixture(scope="module")
def book(root, build_book, tmp_path_factory):
    """A book with a page of each kind, in English and in both pseudo-languages."""
    folder = tmp_path_factory.mktemp("words") / "book"
    shutil.copytree(root / "tests" / "book" / "fixture", folder)
    shutil.copytree(root / "tests" / "book" / "figures", folder, dirs_exist_ok=True)
    (folder / KINDS["aid"]).with_suffix(".md").write_text(
        "---\ndescription: A reminder.\n---\n# An aid\n\n:::{guidance}\nKnock first.\n:::\n"
    )
    toc = yaml.safe_load((folder / "_toc.yml").read_text("utf-8"))
    sections = toc["parts"][0]["chapters"][0]["sections"]
    sections += [{"file": KINDS["lab"]}, {"file": KINDS["aid"]}]
    (folder / "_toc.yml").write_text(yaml.safe_dump(toc, sort_keys=False))
    return build_book(folder, folder / "_build", "en", ACCENTED, RIGHT_TO_LEFT)


def searching(page):
    page.goto(f"{page.url}?q=%C7%AB%C3%BB%C3%B6%C4%B7%C4%B7%C3%A5")
    page.locator("#search-results > p, #search-results li").first.wait_for()
    yield "searched"


def keeping(page):
    """Keep, mark as read, carry in what is no file of ours, ask for a reminder, and erase."""
    for agree in page.locator(".fp-agree").all()[:1]:
        agree.click()
        yield "kept"
    for button in page.locator(".fp-read-mark button").all()[:1]:
        button.click()
        yield "marked"
    for chooser in page.locator("input[type=file]").all():
        for content in (b"?", b'{"format": 9}', b'{"format": 3}'):
            page.locator(".fp-said").evaluate("one => { one.textContent = ''; }")
            chooser.set_input_files({"name": "x", "mimeType": "text/json", "buffer": content})
            page.locator(".fp-said:not(:empty)").wait_for()
            yield f"carried in {content}"
        page.eval_on_selector_all("details", "all => all.forEach((one) => { one.open = true; })")
        page.locator(".fp-export").click()
        page.locator(".fp-remind button").click()
        yield "carried out"
    for erase in page.locator(".fp-erase").all()[:1]:
        erase.click()
        yield "asked"
        page.locator(".fp-erase-yes").click()
        yield "erased"


def playing(page, kind):
    """Give a record that is none, then play to the end, once without an answer to each question."""
    player = page.locator(f"[data-fourps={kind}] .fp-screen")
    resume = player.locator("details:has(input:not([readonly]))").first
    resume.locator("summary").click()
    resume.locator("input").fill("fourps1:x")
    resume.locator("input + button").click()
    yield "a foreign record"
    on = player.locator(".fp-show-why, .fp-check, .fp-finish")
    for step in range(60):
        if kind == "quiz" and step % 2:
            player.evaluate(ANSWER)
        target = on.first if on.count() else player.locator(".fp-next").first
        if player.locator(".fp-choice").count():
            target = option(player)
        if not target.count():
            break
        target.click()
        yield f"step {step}"


def coming_back(page):
    """Finish the module long ago, and answer what comes back."""
    kept = finished(page, "2026-01-01").dumps()
    page.evaluate("text => localStorage.setItem('fourps', text)", kept)
    page.reload()
    player = page.locator(".fp-three .fp-screen")
    player.wait_for()
    yield "due"
    for step in range(12):
        player.evaluate(ANSWER)
        on = player.locator(".fp-check, .fp-finish")
        target = on.first if on.count() else player.locator(".fp-next").first
        if not target.count():
            break
        target.click()
        yield f"step {step}"
    page.locator(".fp-remind button").click()
    yield "reminded"


def everything(page, kind):
    """Do what can be done on a page, and yield after each step."""
    yield "loaded"
    if kind == "search":
        yield from searching(page)
    if kind in ("scenario", "quiz"):
        yield from playing(page, kind)
    if kind == "three questions":
        yield from coming_back(page)
        return
    yield from keeping(page)


@pytest.mark.parametrize("reader", [{"viewport": {"width": 320, "height": 800}}], indirect=True)
@pytest.mark.parametrize("kind", KINDS)
def test_no_word_is_hard_coded(reader, site, axe, kind):
    """Is every word on a page of this kind from a catalogue, before, during and after a play?

    And does axe find nothing, and nothing stand beyond the narrowest screen?
    """
    page = reader.page
    page.goto(f"{site}/{ACCENTED}/{KINDS[kind]}.html")
    settled(page)
    assert page.locator("html").get_attribute("lang") == ACCENTED
    assert axe(page) == []
    for step in everything(page, kind):
        assert page.evaluate(PLAIN, [", ".join(ALLOWED), NAMES]) == [], step
        assert sideways(page) <= 0, step
    assert axe(page) == []


@pytest.mark.parametrize("width", [320, 1280])
def test_right_to_left(reader, site, axe, width):
    """Does a page run from right to left, with nothing beyond the screen?"""
    page = reader.page
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{site}/{RIGHT_TO_LEFT}/{KINDS['lab']}.html")
    html = page.locator("html")
    assert (html.get_attribute("lang"), html.get_attribute("dir")) == (RIGHT_TO_LEFT, "rtl")
    assert axe(page) == []
    assert sideways(page) <= 0
    heading = page.evaluate(
        """() => { const range = document.createRange();
          range.selectNodeContents(document.querySelector("h1"));
          const [text, box] = [range.getBoundingClientRect(), document.querySelector("article").getBoundingClientRect()];
          return [text.left - box.left, box.right - text.right]; }"""
    )
    assert heading[0] > heading[1]
    if width == 1280:
        assert page.locator(".sidebar-drawer").bounding_box()["x"] > width / 2


@pytest.mark.parametrize("reader", [{"viewport": {"width": 1280, "height": 800}}], indirect=True)
def test_turned_round(reader, site):
    """Do arrows, and signs with room at one side, turn round with the page?"""
    page = reader.page

    def style(selector, name):
        return page.locator(selector).first.evaluate(f"one => getComputedStyle(one).{name}")

    for code, start, end in (("", "Left", "Right"), (f"/{RIGHT_TO_LEFT}", "Right", "Left")):
        page.goto(f"{site}{code}/{KINDS['lesson']}.html")
        turned = "back" if style(".related-pages .prev-page svg", "transform") != "none" else "on"
        ahead = style(".related-pages .next-page svg", "transform") == "none"
        assert (turned, ahead) == (("back", True) if not code else ("on", False))
        one = "p.admonition-title"
        assert float(style(one, f"padding{start}")[:-2]) > float(style(one, f"padding{end}")[:-2])
        pre = page.locator("article").evaluate(
            "one => { one.append(document.createElement('pre')); return one.lastChild.matches('pre') "
            "&& getComputedStyle(one.lastChild).direction; }"
        )
        assert pre == "ltr"  # a command is typed as it stands
        leave = page.locator("[data-fourps-exit]").bounding_box()["x"]
        assert (leave > 640) == (not code)


def test_switcher(reader, book):
    """Does the list of languages lead to the same page in each, from disk too?"""
    page = reader.page
    page.goto(f"{book.as_uri()}/{KINDS['quiz']}.html")
    links = page.locator(".fp-languages a")
    assert links.all_inner_texts() == ["English", "English (XA)", "العربية (XB)"]
    assert [one.get_attribute("lang") for one in links.all()] == ["en", ACCENTED, RIGHT_TO_LEFT]
    assert page.locator(".fp-languages [aria-current]").inner_text() == "English"
    for code in (RIGHT_TO_LEFT, ACCENTED, "en"):
        page.locator(f".fp-languages a[lang='{code}']").click()
        page.wait_for_url(re.compile(r"/modules/demo/quiz\.html$"))
        assert page.locator("html").get_attribute("lang") == code
