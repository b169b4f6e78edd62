"""A book in French: every text is found, translated and played."""

from __future__ import annotations

import io
import json
import os
import pickle
import re
import shutil
from typing import NamedTuple

import pytest
from babel.messages.pofile import read_po

from fourps.course.passages import passages
from fourps.course.words import words

pytestmark = pytest.mark.once

DEMO = "modules/demo"
PLACES = [("practice", "scenario"), ("quiz", "quiz"), ("cells", "scenario"), ("cells", "quiz")]

# translated by hand; everything else is turned upside down by `pseudo`
FRENCH = {
    # lesson and outcomes
    "A small lesson": "Une petite leçon",
    "The quokka waits beside the ferry {cite:p}`small2003`.": (
        "Le quokka attend près du bac {cite:p}`small2003`."
    ),
    "Article 1 speaks of umbrellas {cite:p}`tiny2015`.": (
        "L'article 1 parle de parapluies {cite:p}`tiny2015`."
    ),
    "Open a door only after knocking on it.": "N'ouvrir une porte qu'après avoir frappé.",
    "One good answer": "Une bonne réponse",
    # scenario: situation, choice, rationale, ending
    "Behind the door an axolotl sings.": "Derrière la porte chante un axolotl.",
    "Sit down and listen to the end of her song.": "S'asseoir et écouter la fin de son chant.",
    "Nobody can keep a promise about the weather.": "Personne ne peut promettre le temps.",
    "The window is closed, and nobody knows why.": "La fenêtre est fermée, sans raison connue.",
    # quiz: question, feedback, why
    "What does it do first?": "Que fait-il d'abord ?",
    "Luck is not something that one can promise.": "On ne peut pas promettre la chance.",
    "Carry what helps, and leave what forces.": "Portez ce qui aide, laissez ce qui force.",
    # a term, where it is used and where it is explained
    "knock": "coup",
    "Before a {term}`knock` you wait, and after a {term}`knock` you wait again.": (
        "Avant un {term}`coup` on attend, et après un {term}`coup` on attend encore."
    ),
    'In this book: a sound that asks {cite:p}`small2003`. It is "soft" & short.': (
        "Dans ce livre : un son qui demande {cite:p}`small2003`."
    ),
    # what is looked up by another letter
    "umbrella": "abri",
    "UM": "ÀB",
    # what no paragraph says
    "Read on a wet day": "Lu un jour de pluie",
    "Web page": "Page web",
    "Small Press": "Petites presses",
    # the page of links
    "Welcome": "Bienvenue",
    "This small book begins here. Go to [the lesson](../modules/demo/lesson.md).": (
        "Ce petit livre commence ici. Allez à [la leçon](../modules/demo/lesson.md)."
    ),
}
# what French calls sources, and the titles that stay English
CALLED = """\
words: {Tiny: Menu, Nobody: Nul}
bodies: {Small Office: Petit bureau}
sources:
  small2003: {title: Recommandations pour un petit livre, label: Petit 2003}
  tiny2015: {gloss: Principes de petites choses}
"""
OTHER = "synonyms: {frapper: coup, ombrelle: abri}\n"
TITLES = ("Principles of tiny things", "What no page cites")
# one of two texts that could be alike in English
KNOCKS = "questions/first-knock/options/knock/text"
_PLACE = re.compile(r"\{\w+\}(?!`)")


class French(NamedTuple):
    """The French book, and the catalogues that it was made from."""

    book: object
    html: object
    catalogues: dict

    def page(self, name):
        return (self.html / f"{name}.html").read_text("utf-8")


def pseudo(text):
    """Translate a text so that its English cannot be found, and its signs stay as they are."""
    return _PLACE.sub(lambda place: place[0].swapcase(), text.swapcase())


def translated(text):
    # whether the minutes are part of the title's text is for the directive to decide
    if text.startswith("Think *twice*"):
        return text.replace("Think *twice*", "Réfléchissez *deux fois*")
    return FRENCH.get(text) or pseudo(text)


@pytest.fixture(scope="module")
def french(new_book):
    """The small book in French, built as `jupyter-book config sphinx` and Sphinx do it."""
    book = new_book()
    # as the course's own
    book.edit("_config.yml", "    language: en\n", "    language: en\n    locale_dirs: [locale]\n")
    pots = book.extracted()
    catalogues = {}
    # Sphinx has its own words in French already
    for pot in sorted({*pots.rglob("*.pot")} - {pots / "sphinx.pot"}):
        name = pot.relative_to(pots).with_suffix("").as_posix()
        catalogue = read_po(io.BytesIO(pot.read_bytes()), locale="fr")
        catalogues[name] = [message.id for message in catalogue if message.id]
        catalogue.fuzzy = False
        for message in catalogue:
            if message.id:
                message.string = translated(message.id)
        if "It knocks." in catalogue:
            catalogue.add("It knocks.", "Il frappe.", context=KNOCKS)
        book.translate(name, catalogue)
    (book.root / "locale" / "fr" / "references.yaml").write_text(CALLED, "utf-8")
    (book.root / "locale" / "fr" / "synonyms.yaml").write_text(OTHER, "utf-8")
    html = book.in_french("-W", "--keep-going")
    return French(book, html, catalogues)


def test_texts_are_extracted(french, specs, tools):
    """Is every text of lesson, outcomes, scenario and quiz in the catalogue for translators?"""
    messages = {message for some in french.catalogues.values() for message in some}
    assert FRENCH.keys() - messages == set()
    texts = {text for spec in specs.values() for _, text in tools.leaves(spec)}
    assert texts - messages == set()


def test_page_knows_itself_alone(french):
    """Is a page that was translated kept without the rest of the book, which each next build would read?"""
    kept = french.book.root / "_build" / "trees" / DEMO / "lesson.doctree"
    page = pickle.loads(kept.read_bytes())  # noqa: S301 - just written
    assert [node for node in page.findall() if node.document not in (None, page)] == []


def test_passages_are_those_of_sphinx(french):
    """Is what is translated in the source of a page just what Sphinx extracts from it?"""
    root = french.book.root
    with (root / f"_build/gettext/{DEMO}/lesson.pot").open("rb") as stream:
        extracted = list(read_po(stream))
    page = root / DEMO / "lesson.md"
    # the places that Sphinx names are relative
    theirs = {
        (message.id, line)
        for message in extracted
        for path, line in message.locations
        if path.endswith(f"/{DEMO}/lesson.md")
    }
    read = passages(page.read_text("utf-8"))
    assert {passage.text for passage in read} == {text for text, _ in theirs}
    assert {"come in | or not", "Think *twice*", "One good answer"} <= {
        passage.text for passage in read
    }
    assert {(passage.text, passage.line) for passage in read if not passage.cell} <= theirs


def test_places_are_extracted(french):
    """Does the catalogue show the translator the file and line of a text?"""
    pot = (french.book.root / f"_build/gettext/{DEMO}/practice.pot").read_text("utf-8")
    above = pot.partition('msgid "Behind the door an axolotl sings."')[0].rpartition("\n\n")[2]
    path = os.fspath(french.book.root / DEMO / "scenario.yaml")
    line = french.book.line(f"{DEMO}/scenario.yaml", "speaker: ann") + 1
    places = {part for part in above.split("\n") if part.startswith("#:")}
    assert any(place.endswith(f"/{DEMO}/scenario.yaml:{line}") for place in places), (path, places)


def test_conditions_are_french(french, tools):
    """Are the words for a condition, on the page without JavaScript, translated too?"""
    messages = {message for some in french.catalogues.values() for message in some}
    titles = ("her trust in you", "you told her the truth")
    for page in ("practice", "cells"):
        shown = tools.parse(french.page(f"{DEMO}/{page}")).select_one(".fp-text").text
        assert [title for title in titles if pseudo(title) not in shown or title in shown] == []
    assert set(titles) <= messages


def test_french_is_shown(french, tools):
    """Is the French on the page of a lesson?"""
    shown = " ".join(tools.untypeset(tools.parse(french.page(f"{DEMO}/lesson")).text).split())
    for text in (
        "Une petite leçon",
        "Le quokka attend près du bac [Petit 2003].",
        "N'ouvrir une porte qu'après avoir frappé.",
        "Conseil du cours : vérifiez la procédure de votre organisation",
        "Une bonne réponse",
        "Réfléchissez deux fois (5 min)",
        "coup Dans ce livre : un son qui demande. Ouvrir le glossaire Fermer",
        "Une petite leçon · partie 1 sur 4 · environ 8 min",
    ):
        assert tools.untypeset(text) in shown


def test_what_no_paragraph_says(french, good, tools):
    """Are the description of a page, remarks on sources and the page of units in French too?"""
    english = good.soup(f"{DEMO}/lesson").select_one("meta[name=description]")["content"]
    page = tools.parse(french.page(f"{DEMO}/lesson"))
    text = page.select_one("meta[name=description]")["content"]
    assert tools.untypeset(text) == tools.untypeset(pseudo(english))
    assert "Lu un jour de pluie" in page.select_one("article").text
    assert "Read on a wet day" in good.soup(f"{DEMO}/lesson").select_one("article").text
    assert "Lu un jour de pluie" in tools.parse(french.page("book/references")).text
    units = tools.parse(french.page("units"))
    assert (units.html["lang"], units.h1.text) == ("fr", words("fr")["units-title"])


@pytest.mark.parametrize(("page", "kind"), PLACES)
def test_data_is_french(french, good, tools, page, kind):
    """Does a player get French words, and the same structure and version as in English?"""
    pages = (french.page(f"{DEMO}/{page}"), good.page(f"{DEMO}/{page}"))
    data, plain = (
        json.loads(tools.parse(html).select_one(f"[data-fourps={kind}] script").string)
        for html in pages
    )
    assert data["words"].items() <= words("fr").items()
    assert data["words"]["again"] == "Recommencer"
    assert data["spec"] == plain["spec"]
    assert data["spec"]["version"]


@pytest.mark.parametrize(("page", "kind"), PLACES)
def test_every_text_is_french(french, tools, specs, page, kind):
    """Is each text where the player takes it from in French, letter by letter?"""
    mount = tools.parse(french.page(f"{DEMO}/{page}")).select_one(f"[data-fourps={kind}]")
    shown = {
        element["data-text"]: tools.untypeset(element.text)
        for element in mount.select("[data-text]")
    }
    leaves = dict(tools.leaves(specs[kind]))
    french_texts = {key: translated(text) for key, text in leaves.items()}
    french_texts |= {KNOCKS: "Il frappe."} if kind == "quiz" else {}
    assert shown == {key: tools.untypeset(text) for key, text in french_texts.items()}


@pytest.mark.parametrize(("page", "kind"), PLACES)
def test_no_english_is_left(french, tools, specs, page, kind):
    """Is the page without JavaScript free of English sentences, also in front of an answer?"""
    mount = tools.parse(french.page(f"{DEMO}/{page}")).select_one(f"[data-fourps={kind}]")
    shown = tools.untypeset(mount.select_one(".fp-text").text)
    english = [text for _, text in tools.leaves(specs[kind]) if tools.untypeset(text) in shown]
    assert english == []


def test_no_notice(french):
    """Does a page all of which is translated say nothing about it?"""
    for page in ("lesson", "practice", "quiz", "cells"):
        assert "fp-note" not in french.page(f"{DEMO}/{page}")


@pytest.mark.slow
def test_our_own_build(french, tools):
    """Does our own build make the same French book, and say where one sentence is lacking?"""
    lost = french.book.root / "locale" / "fr" / "LC_MESSAGES" / DEMO
    for page, start in (("lesson", "Une bonne réponse"), ("practice", "S'asseoir et")):
        text = (lost / f"{page}.po").read_text("utf-8")
        edited = re.sub(rf'msgstr "{start}[^"]*"', 'msgstr ""', text, count=1)
        (lost / f"{page}.po").write_text(edited, "utf-8")
    result = french.book.run("fourps", "book", "build", "--language", "fr", "--output", "out")
    assert result.status == 0, result.output
    page = french.book.root / "out" / "html" / DEMO / "practice.html"
    assert "Derrière la porte chante un axolotl." in page.read_text("utf-8")
    assert '"again":"Recommencer"' in page.read_text("utf-8")
    for name, plain in (("lesson", "One good answer"), ("practice", "Sit down and listen")):
        soup = tools.parse((page.parent / f"{name}.html").read_text("utf-8"))
        note = soup.select_one("article .fp-note")
        assert note.text == words("fr")["page-partly"].format(language="anglais")
        english = [
            element for element in soup.select("article [lang=en]") if element.text not in TITLES
        ]
        assert {plain in element.text for element in english} == {True}
    assert "fp-note" not in (page.parent / "quiz.html").read_text("utf-8")
    # what sources are called is seen by the next build
    called = french.book.root / "locale" / "fr" / "references.yaml"
    called.write_text(CALLED.replace("Petit 2003", "Bureau 2003"), "utf-8")
    again = french.book.run("fourps", "book", "build", "--language", "fr", "--output", "out")
    assert again.status == 0, again.output
    assert "[Bureau 2003]" in tools.parse(page.read_text("utf-8")).text
    called.write_text(CALLED, "utf-8")
    assert [*french.book.root.glob("locale/**/*.mo")] == []


@pytest.mark.slow
def test_region(french, tools):
    """Has the book of a region the pages of its language, and its own where it has some?"""
    catalogues = french.book.root / "locale"
    text = (catalogues / "fr" / "LC_MESSAGES" / DEMO / "quiz.po").read_text("utf-8")
    own = catalogues / "fr_CA" / "LC_MESSAGES" / DEMO / "quiz.po"
    own.parent.mkdir(parents=True)
    own.write_text(text.replace("Que fait-il d'abord", "Que fait-il en premier"), "utf-8")
    result = french.book.run("fourps", "book", "build", "--language", "fr-CA", "--output", "region")
    shutil.rmtree(catalogues / "fr_CA")
    assert result.status == 0, result.output
    for page, text in (
        ("practice", "Derrière la porte chante un axolotl."),
        ("quiz", "Que fait-il en premier"),
        ("cells", "Que fait-il d'abord"),
    ):
        html = (french.book.root / "region" / "html" / DEMO / f"{page}.html").read_text("utf-8")
        soup = tools.parse(html)
        assert soup.html["lang"] == "fr-CA"
        assert tools.untypeset(text) in tools.untypeset(soup.text)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("page", "slip", "line", "said"),
    [
        ("lesson", ("small2003`.", "`."), "msgid", "[markup] {cite:p}`small2003` is missing"),
        ("quiz", ("{braces}", "{brace}"), "msgid", "[placeholder] the translation has lost {br"),
        ("cells", ("Portez", "\udce9"), "msgstr", "[encoding] not UTF-8"),
    ],
)
def test_broken_catalogue(french, page, slip, line, said):
    """Does a French build name file, line and slip of a broken catalogue, and publish nothing?"""
    path = french.book.root / "locale" / "fr" / "LC_MESSAGES" / DEMO / f"{page}.po"
    whole = path.read_bytes()
    before, _, after = whole.decode().rpartition(slip[0])
    path.write_bytes((before + slip[1] + after).encode("utf-8", "surrogateescape"))
    result = french.book.run("fourps", "book", "build", "--language", "fr", "--output", "none")
    path.write_bytes(whole)
    assert result.status == 1
    place = before[: before.rindex(line)].count("\n") + 1
    assert f"{page}.po:{place}: WARNING: {said}" in result.output
    assert not (french.book.root / "none" / "html").exists()


@pytest.mark.slow
def test_for_translators(new_book, specs, tools):
    """Does the language for translators leave its templates where they are told to look, and no text plain?"""
    book = new_book()
    result = book.run("fourps", "book", "build", "--language", "en-XA")
    assert result.status == 0, result.output
    templates = book.root / "_build" / ".work" / "en-XA" / "gettext"
    template = templates / DEMO / "practice.pot"
    assert "Behind the door an axolotl sings." in template.read_text("utf-8")
    for page, kind in PLACES:
        mount = book.soup(f"{DEMO}/{page}").select_one(f"[data-fourps={kind}]")
        texts = dict(tools.leaves(specs[kind]))
        shown = {element["data-text"]: element.text for element in mount.select("[data-text]")}
        assert [key for key in texts if shown[key][0] != "["] == []
        assert sum(map(len, shown.values())) > 1.3 * sum(map(len, texts.values()))


def test_pairs_of_terms(french, good, tools):
    """Do the pairs of terms read the same in each language, the reader's own column first, without notes?"""

    def cells(book):
        rows = tools.parse(book.page("book/glossary")).select("table:has([lang])")[0].select("tr")
        return [[cell.text.strip() for cell in row.select("th, td")] for row in rows]

    assert cells(good) == [
        ["English", "Français", words("en")["term-checked"]],
        ["knock", "coup", words("en")["term-usage"]],
        ["umbrella", "parapluie", words("en")["term-proposed"]],
    ]
    assert cells(french) == [
        ["Français", "English", words("fr")["term-checked"]],
        ["coup", "knock", words("fr")["term-usage"]],
        ["parapluie", "umbrella", words("fr")["term-proposed"]],
    ]


def test_in_order(french, good, tools):
    """Are terms, the letters to jump to and rows in the order of each language, and lead where they led?"""

    def orders(book):
        page = tools.parse(book.page("book/glossary"))
        return (
            [(element["id"], element.next.strip()) for element in page.select("dl.glossary dt")],
            [(element.text, element["href"]) for element in page.select(".fp-letters a")],
            [
                element.text.strip()
                for element in page.select("table")[-1].select("tbody tr > :first-child")
            ],
        )

    assert orders(good) == (
        [("term-knock", "knock"), ("term-umbrella", "umbrella")],
        [("K", "#term-knock"), ("U", "#term-umbrella")],
        ["DO", "UM"],
    )
    assert orders(french) == (
        [("term-umbrella", "abri"), ("term-knock", "coup")],
        [("A", "#term-umbrella"), ("C", "#term-knock")],
        ["ÀB", "do"],
    )


def test_sources(french, tools):
    """Are labels, hover titles, lists of sources and the bibliography in French, and English titles marked?"""
    lesson, listed = (
        tools.parse(french.page(name)) for name in (f"{DEMO}/lesson", "book/references")
    )
    tiny = "Tiny Group. Principles of tiny things [Principes de petites choses]. Page web, 2015."
    small = "Petit bureau. Recommandations pour un petit livre. Petites presses, 2003."
    cited = {
        element.text: element["title"] for element in lesson.select(".bibtex-citation a[title]")
    }
    assert cited == {"Petit 2003": small, "Menu 2015": f"{tiny} Lu un jour de pluie."}
    own = lesson.find(string="[Menu 2015]").find_parent("li")
    assert own.text.split() == f"[Menu 2015] {tiny} Lu un jour de pluie.".split()
    sources = [" ".join(element.text.split()) for element in listed.select("div.citation")]
    assert [source.partition("]")[0] for source in sources] == [
        "[Menu 2015",
        "[Nul 2019",
        "[Petit 2003",
    ]
    assert small in sources[2]
    for page in (own, listed.select_one("article")):
        titles = [element.text for element in page.select("[lang=en]")]
        assert titles == [title for title in TITLES if page is not own or title == TITLES[0]]


def test_other_words(french, good, tools):
    """Does the glossary list words from elsewhere, and the search know them, where a language has any?"""

    def known(html):
        text = (html / "searchindex.js").read_text("utf-8")
        return json.loads(re.search(r"setIndex\((.*)\)", text)[1])["synonyms"]

    word = words("fr")
    page = tools.parse(french.page("book/glossary"))
    (above,) = page.find_all("p", string=word["other-words"])
    rows = above.find_next("table").select("tr")
    assert [[cell.text.strip() for cell in row.select("th, td")] for row in rows] == [
        [word["other-words-there"], word["other-words-here"]],
        ["frapper", "coup"],
        ["ombrelle", "abri"],
    ]
    assert known(french.html) == {"frapper": "coup", "ombrelle": "abri"}
    assert words("en")["other-words"] not in good.page("book/glossary")
    assert known(good.html) == {}
