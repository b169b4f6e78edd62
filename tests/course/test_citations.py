import pytest

from fourps.course.citations import labels
from fourps.course.problem import BrokenSourceError

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
