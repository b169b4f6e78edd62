"""A figure in a book: its words are text of the page, and it is drawn again when its data change."""

from __future__ import annotations

import io
import json
import re
import shutil
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from bs4 import BeautifulSoup

from fourps.course.words import words

pytestmark = pytest.mark.slow  # each book executes its cells

FIGURES = Path(__file__).parent / "figures"
LAB = "modules/demo/lab"
DATA = "modules/demo/data/crossings.csv"
SHORES = ("Left <b>bank</b>", "Right & wrong")
FIRST = "Left <b>bank</b>, shown from 0, until 2030: 12.0 in 2030."
ALT = "{shore}, shown from {least}, until {year}: {told}.{cut}"
PRINTED = "In all {count} wallabies, {share} % of them by day"
LAST = (
    "Right & wrong, shown from 5, until 2031: 7.0 in 2030, 0.0 in 2031."
    " The least that is shown is high, so that one year may be blank."
)


@pytest.fixture(scope="module")
def book(new_book):
    """The small book with a lab in it, built; no test changes its sources."""
    book = new_book()
    shutil.copytree(FIGURES, book.root, dirs_exist_ok=True)
    book.edit("_toc.yml", "modules/demo/cells", f"modules/demo/cells\n          - file: {LAB}")
    book.built()
    return book


def french(text):
    """Turn a text upside down, and leave its places as they are."""
    return re.sub(r"(\{\w+\})", lambda place: place[1].swapcase(), text).swapcase()


@pytest.fixture
def another(book, new_book):
    """The same book in a folder of its own, to be changed."""
    return new_book(book)


@pytest.fixture(scope="module")
def mount(book):
    (figure,) = book.soup(LAB).select("[data-fourps=figure]")
    return figure


@pytest.fixture(scope="module")
def spec(mount):
    return json.loads(mount.find("script").string)["spec"]


def test_first_frame_in_the_page(mount):
    """Does the page itself show the first frame, and say it once, in its alt text?"""
    (svg,) = mount.find_all("svg")
    assert svg["aria-hidden"] == "true"
    assert mount.select_one(".fp-alt").text == FIRST
    assert mount.find("figcaption").text == "Wallabies on the ferry"
    assert "aspect-ratio:324 / 216" in mount.select_one(".fp-frame")["style"]


def test_the_question_before(mount):
    """Does the question stand before the figure, with a choice for each answer, and who reads it skip it?"""
    asked = mount.select_one("figure > fieldset.fp-guess + .fp-shown").find_previous_sibling()
    assert asked.find("legend").text == (
        f"{words('en')['figure-guess']} On which <i>shore</i> are more?"
    )
    assert [element.text for element in asked.find_all("label")] == ["left", "right"]
    assert asked.find("button").text == words("en")["figure-show"]
    assert mount.select_one(".fp-shown [data-text='guess/told']").text == "Left & no doubt."


def test_every_text_once(mount, spec):
    """Has every text one place in the page, and no place in the data?"""
    frames = len(spec["frames"])
    assert frames == 8
    expected = {"caption", *(f"controls/{place}/label" for place in range(3))}
    expected |= {f"controls/0/options/{place}" for place in range(2)}
    expected |= {f"frames/{place}/alt" for place in range(frames)}
    expected |= {"guess/ask", "guess/options/0", "guess/options/1", "guess/told"}
    keys = [element["data-text"] for element in mount.select("[data-text]")]
    assert sorted(keys) == sorted(expected)
    shown = {element["data-text"]: element.text for element in mount.select("[data-text]")}
    assert shown["controls/1/label"] == "Least <i>shown</i>"
    assert tuple(shown[f"controls/0/options/{place}"] for place in range(2)) == SHORES
    assert shown["frames/7/alt"] == LAST
    data = mount.find("script").string
    assert [text for text in shown.values() if text in data] == []


def test_frames_once(mount, spec):
    """Are the other frames in the data, each once, and the first only in the page?"""
    drawn = [frame["svg"] for frame in spec["frames"]]
    assert drawn[0] == ""
    assert all(svg.startswith("<svg ") for svg in drawn[1:])
    assert len(set(drawn)) == 8
    assert "<svg" not in mount.find("script").string


def test_table(mount):
    """Is the data a real table in a fold, with a caption, headings and markup come through?"""
    fold = mount.select_one("details.fp-data")
    assert not fold.has_attr("open")
    # by ear it is told from that of the next figure
    named = f"{words('en')['figure-data']}, Wallabies on the ferry"
    assert fold.find("summary").text.strip() == named
    assert fold.find("summary").contents[0] == words("en")["figure-data"]
    # nothing numbers it: the author numbers figures, or does not
    assert fold.find("caption").text.strip() == "Wallabies on the ferry"
    heads = [cell.text.strip() for cell in fold.select("thead th")]
    assert heads == ["shore", "year", "wallabies", "told by"]
    rows = [
        [cell.text.strip() for cell in row.find_all(["th", "td"])]
        for row in fold.select("tbody tr")
    ]
    assert rows == [
        [SHORES[0], "2030", "12", "the bandicoot"],
        [SHORES[0], "2031", "3", "the bandicoot"],
        [SHORES[1], "2030", "7", "<script>alert(1)</script>"],
        [SHORES[1], "2031", "", "nobody"],
    ]
    assert fold.select_one("tbody tr").find("th").text.strip() == SHORES[0]


def test_code_is_folded_behind_the_figure(book, mount):
    """Does a reader meet the figure first, and the code after it, folded under one word?"""
    cell = mount.find_parent(class_="cell")
    fold = cell.find("details", class_="fp-code")
    assert not fold.has_attr("open")
    assert fold.find("summary").text == f"{words('en')['cell-code']}, Wallabies on the ferry"
    assert "explore" in fold.find("pre").text
    assert fold.sourceline > mount.sourceline
    # nothing else stands in the cell
    for element in (fold, mount):
        element.extract()
    assert cell.text.strip() == ""
    # nor what anybody's front end or a widget would need
    assert [
        name for name in ("mystnb", "widget-state", "require.js") if name in book.page(LAB)
    ] == []


def test_words_only_of_figures(book):
    """Does the page carry the few words that a figure says, and no player's?"""
    (figure,) = book.soup(LAB).select("[data-fourps=figure]")
    carried = json.loads(figure.find("script").string)["words"]
    assert carried == {k: text for k, text in words("en").items() if k.startswith("figure-")}


def test_search(book):
    """Does the search find captions, alt texts and cells of the table, and no drawing?"""
    terms = book.terms()
    for word in ("ferri", "blank", "bandicoot", "shore"):
        assert LAB in terms[word], word
    assert {"viewbox", "currentcolor", "evenodd"}.isdisjoint(terms)


def test_data_changes(another):
    """Is a figure drawn anew when only a data file has changed, or was added, and else not?"""
    another.built()
    executed = another.executed()
    another.built()
    assert another.executed() == executed
    another.edit(DATA, "2030,12,", "2030,17,")
    another.built()
    assert "17.0 in 2030" in another.page(LAB)
    assert FIRST not in another.soup(LAB).text
    assert another.executed() != executed


def test_other_builders(another):
    """Do the words and the table of a figure reach a builder that knows nothing of figures?"""
    assert another.run("jupyter-book", "config", "sphinx", another.root).status == 0
    built = another.run("sphinx-build", "-q", "-b", "text", ".", another.root / "_build" / "text")
    assert built.status == 0, built.output
    text = (another.root / "_build" / "text" / f"{LAB}.txt").read_text("utf-8")
    for part in (FIRST, "Wallabies on the ferry", "the bandicoot", "Least <i>shown</i>"):
        assert part in text
    assert "<svg" not in text


def test_mistakes_stop_the_build(another):
    """Does a figure that is too large stop the build, with its name, size and what to do?"""
    another.edit(f"{LAB}.md", "year=[2030, 2031],", "year=range(2030, 2050),")
    result = another.build()
    assert result.status == 1
    assert "'Wallabies on the ferry' has 80 views (2 shore x 2 least x 20 year)" in result.output
    assert "Give a control fewer values" in result.output


def test_french(another):
    """Is every text of a figure found for translation, and does the page speak it?"""
    pots = another.extracted()
    catalogue = read_po(io.BytesIO((pots / f"{LAB}.pot").read_bytes()), locale="fr")
    ids = {message.id for message in catalogue}
    expected = {"Wallabies on the ferry", "Shore", "Least <i>shown</i>", *SHORES}
    expected |= {ALT, "{n} in {year}", PRINTED, "mean"}
    expected |= {"told by", "the bandicoot", "<script>alert(1)</script>"}
    expected |= {"On which <i>shore</i> are more?", "left", "right", "Left & no doubt."}
    assert expected <= ids
    # finished sentences, numbers and words of ours are no work for a translator
    assert {FIRST, LAST, "2030", "12", "12.0", words("en")["figure-data"]}.isdisjoint(ids)
    catalogue.fuzzy = False
    for message in catalogue:
        if message.id in expected:
            message.string = french(message.id)
    another.translate(LAB, catalogue)
    html = another.in_french("-D", "locale_dirs=locale")
    page = (html / f"{LAB}.html").read_text("utf-8")
    shown = BeautifulSoup(page, "html.parser")
    alt = "lEFT <B>BANK</B>, SHOWN FROM 0, UNTIL 2030: 12,0 IN 2030."
    assert shown.select_one(".fp-alt").text == alt
    assert "iN ALL 22 WALLABIES, 0,5 % OF THEM BY DAY\n" in shown.text
    row = shown.select("table.dataframe tr")[-1]
    assert [cell.text for cell in row.select("th, td")][:2] == ["MEAN", "2030,5"]
    assert words("fr")["figure-data"] in page
    assert "THE BANDICOOT" in page
