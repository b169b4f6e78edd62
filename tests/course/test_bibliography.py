"""What sources are called in another language, and what is wrong with it."""

import re

import pytest
from babel.messages.pofile import read_po

from fourps.course.bibliography import Names, entries, label_of, names, problems
from fourps.course.problem import BrokenSourceError

BIBLIOGRAPHY = """\
@misc{who2003, author={{World Health Organization} and Watts, Ann}, title={{Advice}}, howpublished={Leaflet},
  year={n.d.}, shorthand={WHO and Watts n.d.}}
@misc{other, author={Watts, Ann}, title={{Other advice}}, year={2020}, shorthand={Watts et al. 2020}}
"""
CALLED = """\
words: {WHO: OMS, and: et, et al.: et coll., n.d.: s. d.}
bodies: {World Health Organization: Organisation mondiale de la Santé}
sources:
  who2003: {title: "Conseils & 5 % sans avis"}
  other: {gloss: Autres conseils}
"""


@pytest.fixture
def course(tmp_path):
    """A course with two sources, and what French calls them."""
    for name, text in (
        ("book/references.bib", BIBLIOGRAPHY),
        ("locale/fr/references.yaml", CALLED),
        ("locale/fr/LC_MESSAGES/book/references.po", 'msgid "Leaflet"\nmsgstr "Dépliant"\n'),
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


@pytest.mark.parametrize("language", ["fr", "fr-CA"])
def test_said(course, language):
    """Are title, authors, label, year and kind those of the language, and TeX's own signs plain?"""
    one, other = entries(course / "book" / "references.bib", language).values()
    assert one.fields["title"] == r"{Conseils \& 5 \% sans avis}"
    assert [str(person) for person in one.persons["author"]] == [
        "{Organisation mondiale de la Santé}",
        "Watts, Ann",
    ]
    assert (one.fields["shorthand"], one.fields["howpublished"]) == (
        "OMS et Watts s. d.",
        "Dépliant",
    )
    assert one.fields["year"] == "s.\N{NO-BREAK SPACE}d."
    assert other.fields["title"] == "{Other advice}"


@pytest.mark.parametrize("language", ["en", "es", "en-XA"])
def test_not_called(course, language):
    """Are sources called as in English where a language says nothing of them?"""
    assert names(course, language) == Names()
    labels = label_of(course / "book" / "references.bib", language)
    assert labels == {"who2003": "WHO and Watts n.d.", "other": "Watts et al. 2020"}


def test_words_of_labels():
    """Is a word of a label one as a whole, and the longer of two taken first?"""
    called = Names(words={"UN": "ONU", "UN page": "Page ONU", "UNHCR": "HCR"})
    said = [called.label("", one) for one in ("UNHCR 2006", "UN page 2", "UN-UN", "FUN 1")]
    assert said == ["HCR 2006", "Page ONU 2", "ONU-ONU", "FUN 1"]


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        (
            "  other:",
            "  another:",
            5,
            "[unknown-source] another: there is no 'another' in book/ref",
        ),
        (
            *("{gloss: Autres conseils", '{label: "OMS et Watts s. d."', 5),
            "[shorthand] other: 'OMS et",
        ),
        ("gloss:", "note:", 5, "[shape] sources.other.note: "),
    ],
)
def test_problems(course, old, new, line, said):
    """Is a key that the bibliography has not named with its line, and a label that two have, and a slip?"""
    path = course / "locale" / "fr" / "references.yaml"
    path.write_text(CALLED.replace(old, new), "utf-8")
    try:
        found = list(problems(course, "fr"))
    except BrokenSourceError as error:
        found = list(error.problems)
    (problem,) = found
    assert (problem.path, problem.line) == (path, line)
    assert problem.body.startswith(said)


def test_of_the_course(root):
    """Is each label of the course short enough for a phone, French, and alone?"""
    assert list(problems(root, "fr")) == []
    found = label_of(root / "book" / "references.bib", "fr").values()
    assert [label for label in found if len(label) > 22] == []
    english = re.compile(r"\b(?:WHO|IOM|UNODC|ILO|UNHCR|OHCHR|UN|et al|and|n\.d)\b")
    assert [label for label in found if english.search(label)] == []


def test_bodies_are_those_of_the_short_names(root):
    """Do bodies and their short names in labels have the names that the list of short names gives them?"""
    path = root / "locale" / "fr" / "LC_MESSAGES" / "book" / "acronyms.po"
    with path.open("rb") as stream:
        listed = {one.id: one.string for one in read_po(stream) if one.id}
    called = names(root, "fr")
    both = {**called.words, **called.bodies}
    # a short name may stand behind the name
    other = {key: said for key, said in both.items() if not said.startswith(listed.get(key, said))}
    assert other == {}
