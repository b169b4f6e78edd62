"""Reads ``exercises/*/rubric.md``, in English or through its catalogue, for whoever marks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TYPE_CHECKING, NoReturn

from fourps.course import saying
from fourps.course.files import course_here
from fourps.course.passages import translate
from fourps.course.problem import BrokenSourceError, Problem
from nbseal.base.rubric import LEVELS, Criterion, Rubric, Sample

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

NAME = "rubric.md"
# the item that says what to do at a real case leads to the page with local help
_STOP = "book/local.md"
_CELL = re.compile(r"task-([0-9]+)")
_HEADING = re.compile(r"(#{2,3}) (?P<title>.+)")
_TASK = re.compile(r"[^\d:]*?(?P<number>[0-9]+)\s*:.*?\((?P<most>[0-9]+)\b[^)]*\)")
_ITEM = re.compile(r"^- ", re.MULTILINE)
_BAR = re.compile(r"(?<!\\)\|")
# how both begin: a word in any language, a colon, points
_POINTS = re.compile(r"\*\*[^*:]+:\s*(?P<points>[0-9]+)\b[^*]*\*\*")
_SCORES = re.compile(r"\b([A-Z])\s([0-3])\b")
_HEAD = 2


@dataclass(frozen=True)
class _Block:
    """Lines without an empty one between them, and the line of the file on which they start."""

    line: int
    text: str

    @property
    def is_quote(self) -> bool:
        return self.text.startswith(">")


def for_cell(folder: Path, assignment: str, cell: str, language: str) -> Rubric | None:
    """Return the rubric of a graded cell; None where the course has none for it.

    Parameters
    ----------
    folder
        nbgrader's folder. The course is the one beside it, or the one that a command means.
    assignment, cell
        nbgrader's names, such as ``protection`` and ``task-10``.
    language
        Such as ``fr``.
    """
    task = _CELL.fullmatch(cell)
    beside = folder.resolve().parent
    root = beside if (beside / "exercises").is_dir() else course_here().resolve()
    path = root / "exercises" / assignment / NAME
    if not task or not path.is_file():
        return None
    return read(root, path, language).get(int(task[1]))


def read(root: Path, path: Path, language: str = "en") -> dict[int, Rubric]:
    """Read the rubric of an exercise, by the number of the task.

    Parameters
    ----------
    root
        The folder of the course.
    path
        Of the rubric, within it.
    language
        Such as ``fr``.

    Raises
    ------
    BrokenSourceError
        With the line, if something is not as a rubric has it.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> root = content_root()
    >>> rubrics = read(root, root / "exercises" / "protection" / "rubric.md")
    >>> [(number, rubric.most, rubric.cap) for number, rubric in rubrics.items()]
    [(10, 15, 5), (11, 15, 5)]
    """
    english = path.read_text("utf-8")
    text = translate(english, saying.page(root, path, language), path)
    found: dict[int, Rubric] = {}
    before = stop = ""
    for heading, blocks in _parts([*_blocks(text)], "## "):
        task = _TASK.match(heading.text.removeprefix("## "))
        if task:
            rubric = _rubric(path, heading, blocks, int(task["most"]))
            found[int(task["number"])] = replace(rubric, before=before, stop=stop)
        else:
            before, stop = _before("\n\n".join(block.text for block in blocks))
    if not found:
        _broken(path, 1, 'a heading such as "## Task 10: the message (15 points)" is missing')
    if not stop:
        _broken(path, 1, f"no item says what to do at a real case; it names `{_STOP}`")
    return found


def _blocks(text: str) -> Iterator[_Block]:
    lines: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        alone = bool(_HEADING.match(line))
        if lines and (alone or not line.strip()):
            yield _Block(number - len(lines), "\n".join(lines))
            lines = []
        if alone:
            yield _Block(number, line)
        elif line.strip():
            lines.append(line)


def _parts(blocks: Sequence[_Block], mark: str) -> Iterator[tuple[_Block, list[_Block]]]:
    """Yield each heading of a kind with what follows, up to the next of them."""
    starts = [at for at, block in enumerate(blocks) if block.text.startswith(mark)]
    for start, end in zip(starts, [*starts[1:], len(blocks)], strict=True):
        yield blocks[start], [*blocks[start + 1 : end]]


def _before(text: str) -> tuple[str, str]:
    """Return what to know before one marks, and of it what to do at a real case."""
    items = _ITEM.split(text)
    stop = [item for item in items if _STOP in item]
    return "".join(f"- {item}" for item in items if item.strip() and item not in stop), "".join(
        stop
    )


def _rubric(path: Path, heading: _Block, blocks: list[_Block], most: int) -> Rubric:
    about = [*takewhile(lambda block: not block.text.startswith("### "), blocks)]
    tables = [block for block in about if block.text.startswith("|")]
    caps = [block for block in about if _POINTS.match(block.text)]
    if not tables:
        _broken(path, heading.line, "the task has no table of criteria")
    if not caps:
        _broken(path, heading.line, 'the task has no paragraph such as "**Cap: 5 points** if ..."')
    criteria = _criteria(path, tables[0])
    rest = [block.text for block in about if block not in (tables[0], caps[0])]
    cap, text = _cap(caps[0])
    title = heading.text.removeprefix("## ")
    rubric = Rubric(title, criteria, cap, text, "\n\n".join(rest))
    if rubric.most != most:
        message = f"{len(criteria)} criteria make {rubric.most} points, and not {most}"
        _broken(path, heading.line, message)
    return replace(rubric, samples=_samples(path, rubric, heading, blocks[len(about) + 1 :]))


def _criteria(path: Path, table: _Block) -> tuple[Criterion, ...]:
    criteria = []
    for number, line in enumerate(table.text.split("\n")[_HEAD:], table.line + _HEAD):
        cells = [cell.strip().replace("\\|", "|") for cell in _BAR.split(line.strip())[1:-1]]
        if len(cells) != len(LEVELS) + 2 or not all(cells):
            _broken(path, number, "a row has a letter, a criterion, and what earns 3, 2, 1 and 0")
        criteria.append(Criterion(cells[0], cells[1], tuple(cells[2:])))
    return tuple(criteria)


def _cap(block: _Block) -> tuple[int, str]:
    start = _POINTS.match(block.text)
    assert start is not None  # noqa: S101 - it was chosen by this
    return int(start["points"]), " ".join(block.text[start.end() :].split())


def _samples(
    path: Path, rubric: Rubric, heading: _Block, blocks: Sequence[_Block]
) -> tuple[Sample, ...]:
    starts = [at for at, block in enumerate(blocks) if _is_sample(block)]
    if not starts:
        message = 'the task has no sample that begins like "**Weak: 4 points (A 1, B 0, C 3).**"'
        _broken(path, heading.line, message)
    ends = [*starts[1:], len(blocks)]
    return tuple(
        _sample(path, rubric, blocks[start], blocks[start + 1 : end])
        for start, end in zip(starts, ends, strict=True)
    )


def _is_sample(block: _Block) -> bool:
    start = _POINTS.match(block.text)
    return start is not None and start.end() == len(block.text)


def _sample(path: Path, rubric: Rubric, title: _Block, blocks: Sequence[_Block]) -> Sample:
    start = _POINTS.match(title.text)
    given = {key: int(score) for key, score in _SCORES.findall(title.text)}
    scores = tuple(given.get(one.key, -1) for one in rubric.criteria)
    points = int(start["points"]) if start else -1
    if -1 in scores or len(given) != len(scores):
        _broken(path, title.line, "a sample has a number for each criterion, such as A 1, B 0")
    if points not in (sum(scores), rubric.points(scores, cap=True)):
        _broken(path, title.line, f"its criteria make {sum(scores)} points, and not {points}")
    quotes = [re.sub(r"^> ?", "", one.text, flags=re.MULTILINE) for one in blocks if one.is_quote]
    why = "\n\n".join(one.text for one in blocks if not one.is_quote)
    return Sample(title.text.strip("*"), "\n\n".join(quotes), scores, points, why)


def _broken(path: Path, line: int, message: str) -> NoReturn:
    raise BrokenSourceError(Problem(path, line, "rubric", "", message))
