import pytest

from fourps.course.problem import BrokenSourceError
from fourps.course.toc import address_problems, load_addresses

TOC = "format: jb-book\nroot: start\nchapters:\n  - file: book/one\n"


@pytest.fixture
def found(tmp_path):
    """Return a function that writes the list, and gives what is wrong with it."""
    (tmp_path / "book").mkdir()
    (tmp_path / "_toc.yml").write_text(TOC, "utf-8")

    def write(*lines):
        path = tmp_path / "book" / "addresses.csv"
        path.write_text("\n".join(("address,moved_to", *lines)) + "\n", "utf-8")
        return [(one.line, one.name, one.field) for one in address_problems(tmp_path)]

    return write


GOOD = ("start.html,", "book/one.html,")


def test_good(found):
    """Is a list left alone that has each page, and whose old addresses lead to pages?"""
    assert (
        found(
            *GOOD,
            "book/old.html,book/one.html",
            "older.html,start.html#place",
            "start.html#old,book/one.html#new",
        )
        == []
    )


def test_never_published(tmp_path):
    """Has a course without a list no addresses to keep?"""
    assert load_addresses(tmp_path) == []
    assert list(address_problems(tmp_path)) == []


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        ((*GOOD, "gone.html,"), (4, "lost-address", "gone.html")),
        ((*GOOD, "gone.html,no.html"), (4, "lost-address", "gone.html")),
        ((*GOOD, "a.html,start.html", "b.html,a.html"), (5, "lost-address", "b.html")),
        ((*GOOD, "a.html,start.html", "a.html#b,start.html"), (5, "lost-address", "a.html#b")),
        (("start.html,book/one.html", GOOD[1]), (2, "address-taken", "start.html")),
        ((*GOOD, GOOD[0]), (4, "address-twice", "start.html")),
        ((GOOD[0],), (2, "new-address", "book/one.html")),
    ],
)
def test_problems(found, lines, problem):
    """Is each address that would be lost named with its line?"""
    assert found(*lines) == [problem]


@pytest.mark.parametrize("text", ["", "address\n", "address,moved_to\na.html\n"])
def test_shape(found, tmp_path, text):
    """Is a list of another shape refused with the file and line?"""
    found()
    (tmp_path / "book" / "addresses.csv").write_text(text, "utf-8")
    with pytest.raises(BrokenSourceError, match=r"addresses\.csv:\d: \[shape\] expected"):
        load_addresses(tmp_path)
