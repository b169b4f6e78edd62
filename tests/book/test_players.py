"""What the directive and the cell draw, and what a page loads for it."""

from __future__ import annotations

import json
import re
from collections import Counter
from html.parser import HTMLParser
from importlib.metadata import version

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourps.book.html import embed
from fourps.course.words import words
from fourps.front import says

DEMO = "modules/demo"
PLACES = [("practice", "scenario"), ("quiz", "quiz"), ("cells", "scenario"), ("cells", "quiz")]
PAGES = [
    *("book/welcome", "book/references", "book/privacy", "book/report"),
    *(f"{DEMO}/{name}" for name in ("lesson", "practice", "quiz", "cells")),
]
NASTY = (
    "Signs: \"double\", 'single' & 1 < 2 > 0 -- so... </script><script>alert(1)</script> "
    "<b>bold</b> &amp; *stars* **two** _underscores_ {braces} {term}`role` `ticks` [link](x.md) "
    r"$x$ \n مرحبا بكم (שלום)."
)


def mount(good, page, kind):
    (player,) = good.soup(f"{DEMO}/{page}").select(f"[data-fourps={kind}]")
    return player


@pytest.fixture(scope="module")
def texts(specs, tools):
    return {kind: dict(tools.leaves(spec)) for kind, spec in specs.items()}


def test_fixture_has_every_kind(specs, texts):
    """Does the small book hold every kind of question, ending and text that these tests need?"""
    kinds = {question["kind"] for question in specs["quiz"]["questions"].values()}
    assert kinds == {"single", "multiple", "reason", "order", "match"}
    assert {ending["kind"] for ending in specs["scenario"]["endings"]} == {
        *("safe", "gaps", "repaired", "unsafe")
    }
    assert texts["scenario"]["nodes/corridor/text/1"] == NASTY
    assert len(texts["scenario"]) == 47
    assert len(texts["quiz"]) == 41


@pytest.mark.parametrize(("page", "kind"), [("practice", "scenario"), ("quiz", "quiz")])
def test_directive_and_cell_draw_the_same(good, page, kind):
    """Are directive and cell alike but for the level of headings and the ids of citations?"""

    def drawn(name):
        html = re.sub(r'data-level="\d"', "", str(mount(good, name, kind)))
        html = re.sub(r"<(/?)h\d>", r"<\1h>", html)
        return re.sub(r'(<span class="bibtex-citation") id="id\d+"', r"\1", html)

    assert drawn(page) == drawn("cells")


@pytest.mark.parametrize(("page", "kind"), PLACES)
def test_headings(good, page, kind):
    """Do a player's headings stand one level below the section around it?"""
    player = mount(good, page, kind)
    above = player.find_previous(re.compile(r"^h[1-6]$"))
    expected = int(above.name[1]) + (kind == "scenario" or page == "quiz")
    # on the page with cells the quiz has a section of its own
    expected += page == "cells" and kind == "quiz"
    levels = {int(element.name[1]) for element in player.find_all(re.compile(r"^h[1-6]$"))}
    assert levels == {expected}
    assert int(player["data-level"]) == expected


@pytest.mark.parametrize(("page", "kind"), PLACES)
def test_data_has_no_text(good, specs, texts, page, kind):
    """Does the embedded data carry the whole structure, none of the texts, and only words that are said?"""
    script = mount(good, page, kind).find("script").string
    words_said = {key: text for key, text in words("en").items() if says(kind, key)}
    data, whole = json.loads(script), bare(specs[kind], texts[kind])
    for name, person in whole.get("people", {}).items():
        person["face"] = data["spec"]["people"][name]["face"]
        assert re.fullmatch(r"_static/people\.svg\?v=[0-9a-f]{8}", person["face"]["src"])
        assert person["face"]["along"] == 0
    if kind == "quiz":
        # the result says in words which outcomes to read again
        assert data.pop("taught").keys() == {"1.1", "1.2"}
    assert data == {"spec": whole, "words": words_said}
    assert [text for text in texts[kind].values() if text in script] == []


def bare(spec, leaves):
    """Return data as JSON carries it, with its texts and sources taken out."""
    result = json.loads(json.dumps(spec))

    for key in leaves:
        *parents, last = key.split("/")
        around = result
        for part in parents:
            around = around[int(part) if isinstance(around, list) else part]
        if isinstance(around, list):
            around[int(last)] = ""
        else:
            del around[last]
    choices = [
        choice for node in result.get("nodes", {}).values() for choice in node["choices"].values()
    ]
    for item in (*choices, *result.get("questions", {}).values()):
        del item["sources"]
    return result


@pytest.mark.parametrize(("page", "kind"), PLACES)
def test_every_text_once(good, texts, tools, page, kind):
    """Has every text of the data exactly one place in the page, with that text?"""
    elements = mount(good, page, kind).select("[data-text]")
    assert Counter(element["data-text"] for element in elements) == Counter(texts[kind].keys())
    shown = {element["data-text"]: tools.untypeset(element.text) for element in elements}
    assert shown == {key: tools.untypeset(text) for key, text in texts[kind].items()}


@pytest.mark.parametrize(("page", "kind"), PLACES)
def test_every_source_once(good, specs, place, page, kind):
    """Has every choice and question with sources its citations, with their labels and links?"""
    keys = {
        "scenario": [
            f"nodes/{name}/choices/{key}/sources"
            for name, node in specs["scenario"]["nodes"].items()
            for key, choice in node["choices"].items()
            if choice["sources"]
        ],
        "quiz": [f"questions/{name}/sources" for name in specs["quiz"]["questions"]],
    }
    label = {"small2003": "Small 2003", "tiny2015": "Tiny 2015"}
    elements = mount(good, page, kind).select("[data-sources]")
    assert Counter(element["data-sources"] for element in elements) == Counter(keys[kind])
    for element in elements:
        sources = place(specs[kind], element["data-sources"].replace("/", "."))
        links = element.find_all("a")
        assert [a.text for a in links] == [label[source["label"]] for source in sources]
        for link in links:
            target, _, anchor = link["href"].partition("#")
            assert target == "../../book/references.html"
            assert good.soup("book/references").find(id=anchor)


@pytest.mark.parametrize("page", ["practice", "cells"])
def test_advice_without_a_source(good, page):
    """Does a choice for which no document decides say that it is the course's advice?"""
    player = mount(good, page, "scenario")
    lines = {}
    for name in ("sorry", "knock", "swear"):
        reason = player.select_one(f"[data-text$='/choices/{name}/rationale']").parent
        below = (paragraph.text for paragraph in reason.find_next_siblings("p"))
        lines[name] = next(
            text for text in below if text.startswith(("Source", "This is the course"))
        )
    assert lines["sorry"] == words("en")["advice"] == "This is the course's own advice."
    assert lines["knock"] == "Source: [Small 2003]"
    assert lines["swear"].startswith("Sources: [Small 2003")


@pytest.mark.parametrize(("page", "kind"), PLACES)
def test_one_copy_of_each_text(good, texts, tools, page, kind):
    """Does each text stand once in the page, but for names of speakers, which their scenes say too?"""
    shown = tools.untypeset(good.soup(f"{DEMO}/{page}").select_one("article").text)
    kept = [text for key, text in texts[kind].items() if not re.fullmatch("people/.+/name", key)]
    counts = {text: shown.count(tools.untypeset(text)) for text in kept}
    assert {text: count for text, count in counts.items() if count != 1} == {}


@pytest.mark.parametrize(("page", "kind"), PLACES)
def test_nothing_is_injected(good, page, kind):
    """Do texts with markup in them stay texts?"""
    player = mount(good, page, kind)
    assert [str(element) for element in player.select("[data-text]") if element.find(True)] == []
    assert len(player.find_all("script")) == 1
    # but for numbers of ours
    marked = player.find_all(["b", "em", "i", "code", "img"])
    assert [element for element in marked if not re.fullmatch(r"\d+[a-z]?", element.text)] == []
    scripts = good.soup(f"{DEMO}/{page}").find_all("script")
    assert [element for element in scripts if "alert(1)" in (element.string or "")] == []


@pytest.mark.parametrize("page", ["practice", "cells"])
def test_quotes_are_curly(good, page):
    """Do dashes and dots come through as the author wrote them, and quotation marks as in lessons?"""
    player = mount(good, page, "scenario")
    shown = NASTY.replace("\"double\", 'single'", "\u201cdouble\u201d, \u2018single\u2019")
    assert player.select_one("[data-text='nodes/corridor/text/1']").text == shown


@pytest.mark.parametrize(("page", "kind"), PLACES)
def test_links_lead_somewhere(good, page, kind):
    """Does every link of the page without JavaScript lead to a part of it?"""
    player = mount(good, page, kind)
    targets = {a["href"][1:] for a in player.find_all("a") if a["href"].startswith("#")}
    ids = Counter(element["id"] for element in good.soup(f"{DEMO}/{page}").find_all(id=True))
    assert [target for target in targets if ids[target] != 1] == []
    assert [name for name, count in ids.items() if count > 1] == []
    assert bool(targets) == (kind == "scenario")


def test_order_gives_nothing_away(good):
    """Is the right order of a question hidden until its fold is opened?"""
    part = mount(good, "quiz", "quiz").find(id="small-quiz-steps")
    listed = [
        element["data-text"].split("/")[3]
        for element in part.select("[data-text]")
        if element["data-text"].endswith("/text")
    ]
    assert sorted(listed) == ["enter", "rap", "walk"]
    assert listed != ["walk", "rap", "enter"]
    assert part.select_one("details").get("open") is None


@pytest.mark.parametrize("page", PAGES)
def test_player_only_where_used(good, page):
    """Is each player's script loaded on pages that use it, and on no other?"""
    soup = good.soup(page)
    used = {element["data-fourps"] for element in soup.select("[data-fourps]")}
    assert bool(used) == (page.split("/")[-1] in {"practice", "quiz", "cells", "privacy"})
    for name, uses in (("story", "scenario" in used), ("fourps", bool(used - {"scenario"}))):
        scripts = soup.find_all("script", src=re.compile(rf"/{name}\.js(\?|$)"))
        assert len(scripts) == int(uses), name
    assert len(soup.find_all("link", href=re.compile(r"/fourps\.css(\?|$)"))) == 1


@pytest.mark.parametrize("page", [*PAGES, "search"])
def test_furniture(good, page):
    """Does every page say its version and licences, and where to report an error?"""
    soup = good.soup(page)
    footer = soup.select_one(".fp-footer")
    assert f"Small book {version('fourps')}." in footer.text
    assert "CC BY 4.0" in footer.text
    assert "MIT" in footer.text
    (report,) = footer.find_all("a", string="Report an error")
    assert re.search("report|#$", report["href"])
    assert soup.html["lang"] == "en"
    assert soup.title.text.strip()
    (leave,) = soup.select("[data-fourps-exit]")
    assert leave["href"].endswith("units.html")


@pytest.mark.parametrize("page", PAGES)
def test_description(good, page):
    """Has every page the description of its author, once and unharmed?"""
    source = (good.root / f"{page}.md").read_text("utf-8")
    expected = re.search(r"^description: (.*)$", source, re.MULTILINE)[1]
    (meta,) = good.soup(page).find_all("meta", attrs={"name": "description"})
    assert meta["content"] == expected


@pytest.mark.parametrize("page", [*PAGES, "search", "index", "units"])
def test_nothing_unused(good, page):
    """Are pages free of what other people's kernels, widgets, buttons and formulas need?"""
    html = good.page(page).lower()
    unused = [
        *("thebe", "require.js", "require.min.js", "mathjax", "html-manager", "widget-state"),
        *("widget-view", "togglebutton", "clipboard.min.js", "unpkg.com", "cdn.jsdelivr.net"),
    ]
    assert [word for word in unused if word in html] == []


def test_nothing_unused_is_shipped(good):
    """Are the files for others' kernels, widgets and formulas left out of the folder?"""
    words = ("thebe", "require", "mathjax", "html-manager")
    assert [name for name in good.files() if any(word in name.lower() for word in words)] == []


@pytest.mark.parametrize(
    ("box", "title"),
    [
        ("fp-content-note", "Content note"),
        ("fp-guidance", "Course guidance: check your organisation's procedure"),
        ("fp-official", "Not all checked: read the official text"),
        ("fp-activity", "Think twice (5 min)"),
    ],
)
def test_boxes(good, tools, box, title):
    """Is each box drawn under its title?"""
    (shown,) = good.soup(f"{DEMO}/lesson").select(f".{box}")
    assert tools.untypeset(shown.select_one(".admonition-title").text) == title
    assert len(shown.find_all("p")) == 2


def test_lesson(good):
    """Are outcomes, folds, citations and sources drawn?"""
    soup = good.soup(f"{DEMO}/lesson")
    outcomes = soup.select("ul.fp-objectives > li")
    assert [" ".join(element.text.split()) for element in outcomes] == [
        "1.1 Open a door only after knocking on it.",
        "1.2 Take back a promise while it still helps.",
    ]
    fold, more = soup.select("section > details.fp-answer")
    assert (fold.summary.text, more.summary.text) == ("One good answer", "What knocks say")
    assert "The door that somebody has opened before you." in fold.text
    # two in the text, and one under each of the two decisions
    cited = [element.text for element in soup.select(".bibtex-citation")]
    assert cited == ["[Small 2003]", "[Tiny 2015]", "[Small 2003]", "[Small 2003]"]
    listed = [element.text for element in soup.select("section#sources > ul > li")]
    assert [text.partition("]")[0] for text in listed] == ["[Small 2003", "[Tiny 2015"]
    assert "Recommendations for a small book" in listed[0]


class _Reader(HTMLParser):
    """Reads a page as a browser would: what is in a script ends at its end tag."""

    def __init__(self):
        super().__init__()
        self.tags, self.data = [], ""

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, attrs))

    def handle_data(self, data):
        self.data += data


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.sampled_from([NASTY, "<!--", "]]>"]),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(_JSON, st.sampled_from(["</script>", "<!--<script>", "</SCRIPT >", "&lt;", "\u2028", ""]))
def test_embed(value, sign):
    """Does any data come back whole from a page, with no markup of its own?"""
    value = [value, sign, {sign: value}]
    reader = _Reader()
    reader.feed(f'<script type="application/json">{embed(value)}</script>')
    reader.close()
    assert reader.tags == [("script", [("type", "application/json")])]
    assert json.loads(reader.data) == value
    assert not {"<", "&"} & set(embed(value))
