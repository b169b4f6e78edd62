"""How a source is printed in each language."""

import pytest
from pybtex.backends import html
from pybtex.database import Entry, Person

from fourps.course.bibliography import GLOSS, LANGUAGE, TITLE_LANGUAGE
from fourps.course.source_style import SourceStyle, by_label

NB = "\N{NO-BREAK SPACE}"
FRENCH = {LANGUAGE: "fr", TITLE_LANGUAGE: "en"}


def printed(kind, authors, **fields):
    """Return a source as HTML, its words alone."""
    persons = {"author": [Person(one) for one in authors]}
    entry = Entry(kind, fields={"title": "{Advice}", "year": "2020", **fields}, persons=persons)
    entry.key = "a"
    (formatted,) = SourceStyle().format_entries([entry])
    text = formatted.text.render(html.Backend())
    text = text.replace('<span class="bibtex-protected">', "").replace("</span>", "")
    return text.replace("&nbsp;", NB).replace("\n", " ")


@pytest.mark.parametrize(
    ("kind", "fields", "english", "french"),
    [
        (
            *("misc", {"url": "https://a.org"}),
            'Advice. 2020. URL: <a href="https://a.org">https://a.org</a>.',
            f'Advice. 2020. URL{NB}: <a href="https://a.org">https://a.org</a>.',
        ),
        (
            *("misc", {"doi": "10.1/a"}),
            'Advice. 2020. <a href="https://doi.org/10.1/a">doi:10.1/a</a>.',
            f'Advice. 2020. <a href="https://doi.org/10.1/a">DOI{NB}:{NB}10.1/a</a>.',
        ),
        (
            *("book", {"publisher": "P", "series": "S", "number": "34", "edition": "Second"}),
            "<em>Advice</em>. Number 34 in S. P, second edition, 2020.",
            f"<em>Advice</em>. No{NB}34, collection «{NB}S{NB}». P, second édition, 2020.",
        ),
        (
            *("article", {"journal": "J", "volume": "3", "number": "1", "pages": "5--9"}),
            "Advice. <em>J</em>, 3(1):5\N{EN DASH}9, 2020.",
            "Advice. <em>J</em>, 3(1):5\N{EN DASH}9, 2020.",
        ),
    ],
)
def test_words(kind, fields, english, french):
    """Are the words around a source those of its language, with its spaces?"""
    assert printed(kind, ["A"], **fields) == f"A. {english}"
    said = printed(kind, ["A"], **fields, **FRENCH)
    assert said.replace("<language-en>", "").replace("</language-en>", "") == f"A. {french}"


@pytest.mark.parametrize(
    ("authors", "english", "french"),
    [
        (["{A b}", "D, C"], f"A b and C{NB}D", f"A b et C{NB}D"),
        (["A", "B", "C"], "A, B, and C", "A, B et C"),
        (["D, C", "others"], f"C{NB}D and others", f"C{NB}D et coll."),
    ],
)
def test_names(authors, english, french):
    """Are names joined as the language joins them?"""
    assert printed("misc", authors).startswith(english)
    assert printed("misc", authors, **FRENCH).startswith(french)


def test_language_of_a_title():
    """Is a title in another language marked, with what it means behind it, and none in the reader's own?"""
    mine = FRENCH | {TITLE_LANGUAGE: "fr"}
    assert "language" not in printed("misc", ["A"], **mine)
    assert "language" not in printed("misc", ["A"])
    assert "<language-en>Advice</language-en>." in printed("misc", ["A"], **FRENCH)
    assert "<language-en>Advice</language-en> [Conseils]." in printed(
        *("misc", ["A"]), **FRENCH, **{GLOSS: "{Conseils}"}
    )
    article = printed("article", ["A"], journal="J", **FRENCH)
    assert "<language-en><em>J</em></language-en>" in article


def test_order():
    """Are sources listed by the labels that the text prints, as a reader looks them up?"""
    found = [Entry("misc", fields={"shorthand": one}) for one in ("van A 1", "ÉB 1", "WHO 2")]
    assert [one.fields["shorthand"] for one in by_label(found)] == ["ÉB 1", "van A 1", "WHO 2"]
