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
    """Is each key given its label, in the order of the file?"""
    text = "% A comment.\n" + ENTRY % ("who2003", "WHO 2003") + ENTRY % ("ilo", "ILO 2012")
    found = labels(write(text, "references.bib"))
    assert list(found.items()) == [("who2003", "WHO 2003"), ("ilo", "ILO 2012")]


def test_keys_keep_their_case(write):
    """Is a key cited exactly as it is written?"""
    assert labels(write(ENTRY % ("WHO2003", "x"), "r.bib")) == {"WHO2003": "x"}


def test_no_shorthand(refused):
    """Does an entry without a label come with its line and what to add?"""
    (problem,) = refused(ENTRY % ("a", "A") + "@misc{b,\n  title = {B}\n}\n")
    assert (problem.line, problem.name, problem.field) == (5, "shorthand", "b")
    assert "shorthand={...}" in problem.message


def test_shorthand_twice(refused):
    """Is the second of two equal labels named?"""
    (problem,) = refused(ENTRY % ("a", "Same") + ENTRY % ("b", "Other") + ENTRY % ("c", "Same"))
    assert (problem.line, problem.field) == (9, "c")
    assert "'Same'" in problem.message


def test_key_that_begins_another(refused):
    """Is the line that of the entry itself, where one key begins with another?"""
    (problem,) = refused(ENTRY % ("who2003", "x") + "@misc{who,\n title = {B}\n}\n")
    assert problem.line == 5


def test_several(refused):
    """Are all complaints made at once?"""
    assert [
        one.line for one in refused("@misc{a,\n year = {1}\n}\n@misc{b,\n year = {1}\n}\n")
    ] == [
        1,
        4,
    ]


def test_syntax(refused):
    """Does what is not BibTeX come with the line where it breaks?"""
    (problem,) = refused(ENTRY % ("a", "A") + "\n@misc{b,\n  title = {B}\n  shorthand = {B}\n}\n")
    assert (problem.name, problem.line) == ("syntax", 8)
    assert "not valid BibTeX" in problem.message


def test_key_twice(refused):
    """Is a key that stands twice named, with the file?"""
    (problem,) = refused(ENTRY % ("a", "A") + ENTRY % ("a", "B"))
    assert (problem.path.name, problem.name) == ("references.bib", "syntax")
    assert "repeated" in problem.message
    assert problem.message.endswith(" a")


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
