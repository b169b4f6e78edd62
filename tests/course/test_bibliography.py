"""The sources of the course, and what they are called in another language."""

import re

import pytest
from babel.messages.pofile import read_po

from fourps.course.bibliography import Names, entries, label_of, labels, names, problems
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


ENTRY = "@misc{%s,\n  title = {A},\n  shorthand = {%s}\n}\n"


@pytest.fixture
def refused(write):
    """Return a function that gives what is wrong with a bibliography."""

    def refuse(text):
        with pytest.raises(BrokenSourceError) as error:
            labels(write(text, "references.bib"))
        return error.value.problems

    return refuse


def test_labels(write):
    """Is each key, exactly as it is written, given its label, in the order of the file?"""
    text = "% A comment.\n" + ENTRY % ("WHO2003", "WHO 2003") + ENTRY % ("ilo", "ILO 2012")
    found = labels(write(text, "references.bib"))
    assert list(found.items()) == [("WHO2003", "WHO 2003"), ("ilo", "ILO 2012")]


NO_LABEL = "@misc{%s,\n title = {B}\n}\n"


@pytest.mark.parametrize(
    ("text", "places", "said"),
    [
        (ENTRY % ("a", "A") + NO_LABEL % "b", [(5, "shorthand", "b")], "shorthand={...}"),
        # each of two; a key that begins another; the second of two labels
        (NO_LABEL % "a" + NO_LABEL % "b", [(1, "shorthand", "a"), (4, "shorthand", "b")], ""),
        (ENTRY % ("who2003", "x") + NO_LABEL % "who", [(5, "shorthand", "who")], ""),
        (
            ENTRY % ("a", "Same") + ENTRY % ("b", "Other") + ENTRY % ("c", "Same"),
            *([(9, "shorthand", "c")], "'Same'"),
        ),
        (
            ENTRY % ("a", "A") + "\n@misc{b,\n  title = {B}\n  shorthand = {B}\n}\n",
            *([(8, "syntax", "")], "not valid BibTeX"),
        ),
        (ENTRY % ("a", "A") + ENTRY % ("a", "B"), [(1, "syntax", "")], "repeated"),
    ],
    ids=["no label", "several", "begins another", "same label", "syntax", "same key"],
)
def test_refused(refused, text, places, said):
    """Is all that is wrong named at once, where it stands, with what to do?"""
    problems = refused(text)
    assert {one.path.name for one in problems} == {"references.bib"}
    assert [(one.line, one.name, one.field) for one in problems] == places
    assert said in problems[0].message


def test_other_encoding(tmp_path):
    """Is a file in another encoding than UTF-8 refused, with its name?"""
    path = tmp_path / "references.bib"
    path.write_bytes("@misc{a, shorthand = {Übung}}\n".encode("latin-1"))
    with pytest.raises(BrokenSourceError, match=r"references\.bib:1"):
        labels(path)


def test_missing_file(tmp_path):
    """Is a bibliography that is missing named?"""
    with pytest.raises((BrokenSourceError, FileNotFoundError), match=r"references\.bib"):
        labels(tmp_path / "references.bib")
