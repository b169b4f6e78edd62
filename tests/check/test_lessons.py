"""What a lesson in pieces must have."""

import pytest

from fourps.check import check
from fourps.check.lessons import BETWEEN, LONGEST, is_piece
from fourps.course.page import read

FOLDER = "modules/welcome"
DECIDE = "```{decide} ../decides.yaml one\n```"
PIECE = """---
description: A piece.
---
# A piece

*Outcome 1.1.*

:::{content-note}
Nothing hard.
:::

{text}
"""


@pytest.fixture
def found(course):
    """Return a function that gives the lesson a piece, and says what is wrong with that."""

    def write(text="Short.", *, path=True, listed=True, piece=PIECE):
        lesson = course / FOLDER / "lesson.md"
        if path:
            lesson.write_text(lesson.read_text("utf-8") + "\n:::{pieces}\n:::\n", "utf-8")
        if piece:
            (course / FOLDER / "lesson").mkdir()
            page = course / FOLDER / "lesson" / "one.md"
            page.write_text(piece.replace("{text}", text), "utf-8")
        if listed:
            toc = course / "_toc.yml"
            entry = f"    sections:\n      - file: {FOLDER}/lesson/one\n"
            toc.write_text(toc.read_text("utf-8") + entry, "utf-8")
        return [
            (one.path.relative_to(course / FOLDER).as_posix(), one.line, one.name)
            for one in check(course).problems
        ]

    return write


def words(count):
    return "word " * count


def test_good(found):
    """Is a piece left alone that is short, listed, and says what it teaches?"""
    assert found() == []


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"path": False}, ("lesson.md", 1, "no-path")),
        ({"listed": False}, ("lesson/one.md", 1, "unlisted-piece")),
        ({"piece": PIECE.replace("*Outcome 1.1.*", "")}, ("lesson/one.md", 1, "piece-without-outcome")),
        ({"piece": PIECE.replace("content-note", "note")}, ("lesson/one.md", 1, "no-content-note")),
    ],
    ids=["path", "listed", "outcome", "note"],
)  # fmt: skip
def test_missing(found, options, problem):
    """Is each thing that a piece lacks named?"""
    assert found(**options) == [problem]


def test_no_pieces(found):
    """Is a way through pieces that are not there named with its line?"""
    ((path, line, name),) = found(piece="", listed=False)
    assert (path, name) == ("lesson.md", "no-pieces")
    assert line > 1


def test_words(found):
    """Is each stretch without a decision named where it begins, and a piece that is too long?"""
    half = words(LONGEST // 2 - 20)
    assert found(f"{half}\n\n{DECIDE}\n\n{half}") == [
        ("lesson/one.md", 1, "far-decision"),
        ("lesson/one.md", 14, "far-decision"),
    ]


def test_long(found):
    """Is a piece too long however many decisions it has, and is what is folded not counted?"""
    third = words(BETWEEN - 20)
    fold = f":::{{fold}} An answer\n{words(LONGEST)}\n:::"
    assert found(f"\n\n{DECIDE}\n\n".join([third, third, third]) + f"\n\n{fold}") == [
        ("lesson/one.md", 1, "long-piece")
    ]


def test_the_course(root):
    """Has every piece of the course something to decide?"""
    pages = [read(path) for path in sorted(root.glob("modules/*/lesson/*.md"))]
    assert len(pages) >= 6
    for page in pages:
        assert is_piece(page.path)
        assert any(one.name == "decide" for one in page.directives), page.path
