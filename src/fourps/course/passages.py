"""The passages of a page that a translator translates, and the page in another language.

A passage is a heading, a paragraph, a cell of a table or the title of a box: what Sphinx takes into
a catalogue. Pages in a notebook, exercises and rubrics are translated here, in their source, with
the sentences that the site has too.
"""

from __future__ import annotations

import ast
import contextlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fourps.course.glossary import entries
from fourps.course.page import PARSER, PROSE, TITLED, Directive, directive
from fourps.course.problem import BrokenSourceError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path


# a letter begins no list, heading or quote, so a line may begin with it
_BREAK = re.compile(r"(?<=\S) (?=[^\W\d_])")
_BAR = re.compile(r"(?<!\\)\|")
# what stands in them is prose too, for pages of the site
_ONLINE = {"start", "three"}
# nbgrader takes out what stands between them
_MARKS = frozenset(
    f"{end} {what}"
    for end in ("BEGIN", "END")
    for what in ("SOLUTION", "HIDDEN TESTS", "MARK SCHEME")
)


@dataclass(frozen=True)
class Passage:
    """What is translated as a whole."""

    line: int
    """1-based line of the file on which it starts."""
    source: str
    """As it stands there, without the marks of quotes and lists before its lines."""
    cell: bool = False
    """Whether it is a cell of a table, which shares its line with others."""

    @property
    def text(self) -> str:
        """The key of its translation: the same in one line, as Sphinx has it."""
        return self.source.replace("\n", " ").strip()


def passages(text: str) -> list[Passage]:
    r"""Return the passages of a page, in its order.

    Parameters
    ----------
    text
        All of the page, in MyST.

    Examples
    --------
    >>> parts = passages("# A\n\n:::{fold} Why\n- Since it\n  is so.\n:::\n\n| x | |\n|--|--|\n")
    >>> [(passage.line, passage.text) for passage in parts]
    [(1, 'A'), (3, 'Why'), (4, 'Since it is so.'), (8, 'x')]
    """
    return [passage for passage in _within(text, 1) if passage.text and passage.text not in _MARKS]


def told(text: str) -> list[Passage]:
    r"""Return what the code of an exercise tells learners: assertions, hints, and docstrings.

    Parameters
    ----------
    text
        All of an exercise, in MyST.

    Examples
    --------
    >>> cell = "```{code-cell}\nassert a, 'Try a.'\npoints(b, 2, 'read ' 'twice')\n```"
    >>> [(passage.line, passage.text) for passage in told(cell)]
    [(2, 'Try a.'), (3, 'read twice')]
    >>> [passage.text for passage in told("```{code-cell}\ndef a():\n    'Return it.'\n```")]
    ['Return it.']
    """
    tokens = [token for token in PARSER.parse(text) if token.map]
    directives = [directive(token, token.map[0] + 1) for token in tokens if token.map]
    cells = [cell for cell in directives if cell and cell.name == "code-cell"]
    return [
        Passage(cell.first + constant.lineno - 1, str(constant.value))
        for cell in cells
        for constant in _said(cell.body)
    ]


def documented(source: str, say: Callable[[str], str]) -> str:
    r"""Return code whose functions are documented in another language.

    Parameters
    ----------
    source
        Of a cell. What is no Python, and a docstring of several lines, stays as it is.
    say
        Gives a text in that language.

    Examples
    --------
    >>> text = documented("def a():\n    'Return x.'\n    return 1", {"Return x.": "Rend x."}.get)
    >>> text.replace(chr(34), "'").split("\n")
    ['def a():', "    '''Rend x.'''", '    return 1']
    """
    # what ast counts are bytes
    lines = [line.encode() for line in source.split("\n")]
    for node in _parsed(source):
        text = _docstring(node)
        if text and text.lineno == text.end_lineno and text.end_col_offset:
            line = lines[text.lineno - 1]
            docstring = say(str(text.value)).replace("\\", "\\\\").replace('"""', r"\"\"\"")
            start, end = line[: text.col_offset], line[text.end_col_offset :]
            lines[text.lineno - 1] = start + f'"""{docstring}"""'.encode() + end
    return b"\n".join(lines).decode()


def translate(text: str, say: Callable[[str], str], path: Path) -> str:
    r"""Return a page with another text in the place of each passage, and all else as it was.

    What is written over several lines stays so where it has words enough, so that lines keep their
    numbers.

    Parameters
    ----------
    text
        All of the page, in MyST.
    say
        Gives a passage in another language; what it does not know it gives back.
    path
        Of the page, for messages.

    Raises
    ------
    BrokenSourceError
        With the passage's line, if its translation would be no passage, such as one that begins
        like a list.

    Examples
    --------
    >>> from pathlib import Path
    >>> says = {"A": "B", "x": "y | z"}
    >>> page = "# A\n\n> - A\n\n| x | A |\n|--|--|"
    >>> print(translate(page, lambda english: says[english], Path("a.md")))
    # B
    <BLANKLINE>
    > - B
    <BLANKLINE>
    | y \| z | B |
    |--|--|
    >>> translate("A", lambda english: f"- {english}", Path("a.md"))
    Traceback (most recent call last):
    fourps.course.problem.BrokenSourceError: a.md:1: [translation] ... '- A'; it would be no ...
    """
    before = passages(text)
    after = [" ".join(say(passage.text).split("\n")).strip() or passage.text for passage in before]
    lines: list[str | None] = [*text.split("\n")]
    at = 0
    while at < len(before):
        # the cells of a row are put into their line together
        upto = at + 1
        while before[at].cell and upto < len(before) and _is_beside(before[at], before[upto]):
            upto += 1
        if after[at:upto] != [passage.text for passage in before[at:upto]]:
            _put(lines, before[at:upto], after[at:upto])
        at = upto
    page = "\n".join(line for line in lines if line is not None)
    again = [passage.text for passage in passages(page)]
    if again != after:
        wrong = next(
            (n for n, (new, old) in enumerate(zip(again, after, strict=False)) if new != old),
            min(len(again), len(after) - 1),
        )
        message = (
            f"the translation of {before[wrong].text!r} is {after[wrong]!r}; it would be no "
            "passage of its kind. Does it begin like a list, heading or quote?"
        )
        raise BrokenSourceError(Problem(path, before[wrong].line, "translation", "", message))
    return page


def _within(text: str, first: int) -> Iterator[Passage]:
    """Yield the passages of a text that begins on a line of the file."""
    is_cell = False
    for token in PARSER.parse(text):
        if token.type in ("td_open", "th_open"):
            is_cell = True
        elif token.type == "inline" and token.map:
            yield Passage(first + token.map[0], token.content, is_cell)
            is_cell = False
        elif token.map and (box := directive(token, first + token.map[0])):
            yield from _of_directive(box)


def _of_directive(box: Directive) -> Iterator[Passage]:
    if box.name == "glossary":
        for entry in entries(box.body, box.first):
            yield from (Passage(line, term) for line, term in enumerate(entry.terms, entry.line))
            yield from _within(entry.meaning, entry.first)
    elif box.name in TITLED:
        yield Passage(box.line, box.argument)
        yield from _within(box.body, box.first)
    elif box.name in PROSE and box.argument:
        # what stands beside the name of a box without a title is its first line
        yield from _within(f"{box.argument}\n{box.body}", box.line)
    elif box.name in PROSE | _ONLINE:
        yield from _within(box.body, box.first)


def _parsed(source: str) -> Iterator[ast.AST]:
    """Yield each node of a cell; of one in IPython's own syntax none."""
    with contextlib.suppress(SyntaxError, ValueError):
        yield from ast.walk(ast.parse(source))


def _said(source: str) -> Iterator[ast.Constant]:
    for node in _parsed(source):
        for text in (*_spoken(node), _docstring(node)):
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                yield text


def _docstring(node: ast.AST) -> ast.Constant | None:
    first = node.body[0] if isinstance(node, ast.FunctionDef) else None
    text = first.value if isinstance(first, ast.Expr) else None
    return text if isinstance(text, ast.Constant) and isinstance(text.value, str) else None


def _spoken(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Assert):
        return [node.msg] if node.msg else []
    is_points = isinstance(node, ast.Call) and getattr(node.func, "id", "") == "points"
    if isinstance(node, ast.Call) and is_points:
        return [*node.args[2:], *(given.value for given in node.keywords if given.arg == "hint")]
    return []


def _is_beside(cell: Passage, following: Passage) -> bool:
    return following.cell and cell.line == following.line


def _put(lines: list[str | None], group: Sequence[Passage], texts: Sequence[str]) -> None:
    """Put what is said into the lines of the file where a passage, or the cells of a row, stand."""
    at = group[0].line - 1
    if group[0].cell:
        lines[at] = _row(lines[at] or "", group, texts)
        return
    before = group[0].source.split("\n")
    after = _spread(texts[0], len(before))
    for number, old in enumerate(before):
        line = lines[at + number] or ""
        # what follows are the marks that may close a heading
        start = line.rfind(old.strip())
        lines[at + number] = (
            line[:start] + after[number] + line[start + len(old.strip()) :]
            if number < len(after)
            else None
        )


def _row(line: str, cells: Sequence[Passage], texts: Sequence[str]) -> str:
    parts: list[Any] = _BAR.split(line)
    at = 0
    for cell, new in zip(cells, texts, strict=True):
        old = cell.source.replace("|", r"\|")
        while at < len(parts) and not parts[at].strip(" \t>").endswith(old):
            at += 1
        if at < len(parts):
            start = parts[at].rfind(old)
            escaped = new.replace("|", r"\|")
            parts[at] = parts[at][:start] + escaped + parts[at][start + len(old) :]
        at += 1
    return "|".join(parts)


def _spread(text: str, count: int) -> list[str]:
    """Break a text into lines of about the same length, as many as wanted if it has the words."""
    lines = []
    for left in range(count, 1, -1):
        wanted = len(text) // left
        place = next((gap.start() for gap in _BREAK.finditer(text) if gap.start() >= wanted), None)
        if place is None:
            break
        lines.append(text[:place])
        text = text[place + 1 :]
    return [*lines, text]
