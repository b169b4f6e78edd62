"""A page as a chapter: without what a book cannot do, and with all that the page says."""

from __future__ import annotations

import pytest
from lxml import etree

from fourps.book.after.shelves.chapter import chapter, link
from fourps.book.after.shelves.drawings import GREY, Pictures
from fourps.course.words import words

pytestmark = pytest.mark.once

WORD = words("en")
TITLES = {"modules/water/quiz": "Check", "book/safety": "Safety first"}
FACES = (
    '<svg xmlns="http://www.w3.org/2000/svg"><svg x="0" viewBox="0 0 1 1"><path id="a"/></svg>'
    '<svg x="9" viewBox="0 0 1 1"><path id="b"/></svg></svg>'
)
SCENE = (
    '<svg xmlns="http://www.w3.org/2000/svg"><style>svg { color: blue }</style><path id="c"/></svg>'
)


@pytest.fixture
def read(tmp_path):
    """Return a function that makes a chapter of what stands on a page, and gives its XHTML."""
    places = tmp_path / "_static" / "places"
    places.mkdir(parents=True)
    (places / "well.svg").write_text(SCENE, "utf-8")
    (tmp_path / "_static" / "people.svg").write_text(FACES, "utf-8")

    def made(text, name="modules/water/quiz", **others):
        pictures = Pictures(tmp_path)
        chapters = {
            one: chapter(
                f"<article><section><h1>One</h1>{said}</section></article>".encode(),
                one,
                TITLES,
                WORD,
                pictures,
            )
            for one, said in ({name: text} | others).items()
        }
        link(chapters)
        made.pictures = pictures.files
        xhtml = chapters[name].text()
        # it is what readers of XML can read
        etree.fromstring(xhtml)
        return xhtml.removeprefix("<section><h1>One</h1>").removesuffix("</section>")

    return made


def test_screen(read):
    """Is left out what a book cannot do, and what of the text is about doing it?"""
    assert (
        read(
            '<nav class="fp-place">part 1</nav><p class="fp-print"><button>Print</button></p>'
            "<script>play()</script><div data-keep></div><p hidden>Hosted</p><style>p {}</style>"
            '<svg class="fp-i" viewBox="0 0 1 1"></svg><!-- said --><p></p><div data-fourps="quiz">'
            f'<div class="fp-text"><p>{WORD["text-quiz"]}</p><p>{WORD["paper-sheet"]}</p>'
            '<p><a href="#gate">Begin</a></p><p>Read.</p></div></div>'
        )
        == "<div><div><p>Read.</p></div></div>"
    )


def test_folded(read):
    """Does an answer stand at the end, and do links lead there and back?"""
    assert read(
        '<div class="fp-part"><p>Question 1 of 2</p><p>True?</p><details class="fp-fold">'
        "<summary>Answer and why</summary> <p>Yes.</p></details>Go on.</div><p>End.</p>"
    ) == (
        '<div class="fp-part"><p>Question 1 of 2</p><p>True?</p>'
        '<p><a id="fold-1" href="#note-1">Answer and why</a></p>Go on.</div>'
        '<p>End.</p><section class="notes"><h2>Answers and details</h2>'
        '<div class="note" id="note-1"><p class="note-title"><a href="#fold-1">Question 1 of 2. '
        "Answer and why</a></p><p>Yes.</p></div></section>"
    )


def test_form(read):
    """Is a form something to fill in on paper?"""
    assert read(
        '<form data-exercise><fieldset><legend>Your answer</legend><div class="fp-kinds">'
        '<label class="fp-tick"><input type="radio" name="a"><span>seen</span></label>'
        '<label class="fp-tick"><input type="radio" name="a"><span>guess</span></label></div>'
        "</fieldset><label>Which day? <select><option value=''>Choose</option>"
        "<option value=1>Monday</option></select></label>"
        '<div class="fp-ordering"><p class="fp-small">Move.</p><label>Mine</label><ol class="fp-order"><li>a</li></ol><p>Room</p></div>'
        '<p>Sum: <input type="text"></p><div data-handin><p>Print it.</p></div></form>'
    ) == (
        '<div><div><p>Your answer</p><p class="fp-kinds">☐\xa0seen   ☐\xa0guess</p></div>'
        "<p>Which day? ☐\xa0Monday</p><div><ul><li>a</li></ul><p>Room</p></div><p>Sum:  ____</p>"
        f"<div><p>{WORD['epub-handin']}</p></div></div>"
    )


def test_links(read):
    """Does a link arrive: within the book, elsewhere with its address in words, or is it text?"""
    safety = '<p id="leave">Leave</p><p id="idle">Idle</p>'
    assert read(
        '<p><a href="../../book/safety.html#leave">one</a> <a href="../../book/safety.html#no">two</a>'
        ' <a href="../../book/world.html">three</a> <a href="#">four</a>'
        ' <a href="https://example.org/a?b=1&amp;c=2">five</a>.'
        ' <a href="https://example.org/d">https://example.org/d</a></p>',
        **{"book/safety": safety},
    ) == (
        '<p><a href="../../book/safety.xhtml#leave">one</a> <a href="../../book/safety.xhtml">two</a>'
        ' three <a href="quiz.xhtml">four</a>'
        ' <a href="https://example.org/a?b=1&amp;c=2">five</a> (https://example.org/a?b=1&amp;c=2).'
        ' <a href="https://example.org/d">https://example.org/d</a></p>'
    )
    assert read(
        safety, "book/safety", **{"modules/water/quiz": "<a href='../../book/safety.html#leave'>"}
    ) == ('<p id="leave">Leave</p><p>Idle</p>')


def test_same_id_twice(read):
    """Is an id there once, even where a page has it twice?"""
    text = '<p><a href="#a">To</a> <span id="a">one</span> <span id="a">two</span></p>'
    assert read(text) == '<p><a href="#a">To</a> <span id="a">one</span> two</p>'


def test_way_on(read):
    """Is a button that leads on called as the page that it leads to?"""
    text = '<div class="fp-start"><a class="fp-btn" href="../../book/safety.html"><span>Begin</span></a></div>'
    assert read(text, **{"book/safety": ""}) == (
        '<div><a href="../../book/safety.xhtml">Safety first</a></div>'
    )


def test_drawing(read):
    """Has a drawing its size, a colour for each of ours, and names as SVG writes them?"""
    assert read(
        '<div class="fp-frame" style="aspect-ratio:2 / 1;max-inline-size:40px"><svg viewBox="0 0 2 1">'
        '<clipPath id="k"><rect width="2"/></clipPath><text class="t" fill="var(--color-background-primary, #fff)">1'
        '</text><path clip-path="url(#k)" stroke="var(--fp-blue)"/></svg></div>'
    ) == (
        '<div><svg viewBox="0 0 2 1" xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
        '<clipPath id="k"><rect width="2"/></clipPath><text fill="#000">1</text>'
        '<path clip-path="url(#k)" stroke="#1c6cb0"/></svg></div>'
    )


def test_pictures(read):
    """Is each face a file of its own, and is a drawing of a place grey?"""
    assert read(
        '<p><img class="fp-face" src="../../_static/people.svg?v=1" alt="" style="object-position:100% 0">'
        '<img src="../../_static/places/well.svg?v=2" alt="A well" loading="lazy"></p>'
    ) == (
        '<p><img class="fp-face" src="../../pictures/people-100.svg" alt=""/>'
        '<img src="../../pictures/well.svg" alt="A well"/></p>'
    )
    face, well = (
        etree.fromstring(read.pictures[f"pictures/{name}.svg"]) for name in ("people-100", "well")
    )
    assert [one.get("id") for one in face] == ["b"]
    assert "x" not in face.attrib
    assert (well.get("color"), [one.get("id") for one in well]) == (GREY, ["c"])


def test_wide_table(read):
    """Does a table with more columns than a page has room for say what each cell is?"""
    heads, cells = (f"<th>{'</th><th>'.join('abcdefg')}</th>", "<th>1</th>" + "<td>2</td>" * 6)
    wide = read(f"<table><thead><tr>{heads}</tr></thead><tbody><tr>{cells}</tr></tbody></table>")
    assert '<table class="fp-cards" role="table">' in wide
    assert '<th data-heading="a" role="rowheader">1</th>' in wide
    assert '<td data-heading="g" role="cell">2</td>' in wide
    assert "fp-cards" not in read("<table><thead><tr><th>a</th></tr></thead></table>")


def test_languages(read):
    """Is what is in another language marked for readers of XML too, and only that?"""
    assert read(
        '<p><span class="std">A</span> <span lang="fr">b</span> <code><span>c</span></code></p>'
    ) == ('<p>A <span lang="fr" xml:lang="fr">b</span> <code>c</code></p>')
