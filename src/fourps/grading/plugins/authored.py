"""What the author of a check wrote for learners to read, found again in what the check said.

Where learners' code shares a process with a check, anything that comes out of it may be made by
that code, and may hold what it saw of a hidden test. So nothing of it is shown: it only tells which
of the author's sentences to show, and those are read from the check's own text.
"""

from __future__ import annotations

import ast
import re
import string
from typing import TYPE_CHECKING, Any

from fourps.exercise.points import HINT
from fourps.grading.marker.asked import parsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    # what stands fixed in a sentence; between two parts stood a value
    Sentence = tuple[str, ...]

_GAP = "…"
_KEYWORDS = {"hint", "msg", "message", "err_msg"}
# where `fourps.exercise.points` has its hint
_THIRD = 2
# what of unittest's looks at one thing, and may be given a message as the second
_OF_ONE = {"assertTrue", "assertFalse", "assertIsNone", "assertIsNotNone"}
# what hands its further arguments on to what is tried
_CALLS = re.compile("raises|warn|logs|compare", re.IGNORECASE)
_VALUE = re.compile(r"%(?:\(\w*\))?[-+ #0]*\d*(?:\.\d+)?[a-zA-Z]")
# a shorter sentence is known again only where nothing else was said
_TELLING = 8


def sentences(source: str) -> list[Sentence]:
    """Return what a check may tell a learner, as it stands in its text.

    Parameters
    ----------
    source
        Of the check, with its hidden part.

    Examples
    --------
    >>> sentences("assert a == 'right', f'{a} is no week'\\npoints(0, 2, hint='Count.')")
    [('', ' is no week'), ('Count.',)]
    """
    tree = parsed(source)
    if tree is None:
        return []
    nodes = [*ast.walk(tree)]
    named = {
        target.id: node.value
        for node in nodes
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    every = (_parts(text, named) for node in nodes for text in _told(node))
    return [parts for parts in every if any(letter.isalpha() for letter in "".join(parts))]


def shown(said: str, known: Iterable[Sentence]) -> str:
    """Return the author's longest sentence that was said, without its values; nothing if none was.

    Parameters
    ----------
    said
        By a check, or by whatever spoke in its place.
    known
        The author's sentences.

    Examples
    --------
    >>> shown("7 is not one of the weeks", [("", " is not one of the weeks")])
    '… is not one of the weeks'
    >>> shown("the secret is 7", [("", " is not one of the weeks")])
    ''
    """
    fits = [sentence for sentence in known if _is_said(sentence, said)]
    longest: Sentence = max(fits, key=_length, default=())
    return _GAP.join(longest)


def is_whole(said: str, known: Iterable[Sentence]) -> bool:
    """Say whether what was said is one of the author's sentences and nothing else.

    Examples
    --------
    >>> known = [("", " is no week")]
    >>> is_whole("7 is no week", known), is_whole("7 is no week: 8 is", known)
    (True, False)
    """
    return any(
        re.fullmatch(".*".join(map(re.escape, sentence)), said.strip(), re.DOTALL)
        for sentence in known
        if _length(sentence) >= _TELLING or sentence == (said,)
    )


def hints(text: str, known: list[Sentence]) -> list[str]:
    """Return the author's hints among some lines, each once and in the author's order.

    How often they came, and in which order, could tell something too.

    Examples
    --------
    >>> text = "Look again: b.\\nLook again: a.\\nLook again: b.\\nLook again: 7"
    >>> hints(text, [("a.",), ("b.",)])
    ['Look again: a.', 'Look again: b.']
    """
    lines = [line for line in text.splitlines() if line.startswith(HINT)]
    given = {shown(line.removeprefix(HINT), known) for line in lines}
    each = dict.fromkeys(_GAP.join(sentence) for sentence in known)
    return [f"{HINT}{sentence}" for sentence in each if sentence in given]


def _told(node: ast.AST) -> Iterator[ast.expr]:
    """Return what a part of a check tells."""
    if isinstance(node, ast.Assert) and node.msg:
        yield node.msg
    elif isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
        yield from node.exc.args
    elif isinstance(node, ast.Call):
        yield from (keyword.value for keyword in node.keywords if keyword.arg in _KEYWORDS)
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name == "points" or (name.startswith("assert") and not _CALLS.search(name)):
            # of what compares two things the third may be a message
            yield from node.args[1 if name in _OF_ONE else _THIRD :]
        elif name == "print":
            yield from node.args[:1]


def _parts(node: ast.expr, named: dict[str, ast.expr]) -> Sentence:
    """Return the fixed parts of a text, or none if it is no text."""
    if isinstance(node, ast.Name) and node.id in named:
        return _parts(named[node.id], {})
    if isinstance(node, ast.JoinedStr):
        return _joined([_parts(value, {}) for value in node.values])
    if isinstance(node, ast.FormattedValue):
        return ("", "")
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return (node.value.removeprefix(HINT),)
    if isinstance(node, ast.BinOp):
        return _of_operator(node, named)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        text = _parts(node.func.value, {}) if node.func.attr == "format" else ()
        return _of_format(*text) if len(text) == 1 else ()
    return ()


def _of_operator(node: ast.BinOp, named: dict[str, ast.expr]) -> Sentence:
    left = _parts(node.left, named)
    if isinstance(node.op, ast.Add):
        right = _parts(node.right, named)
        return _joined([left or ("", ""), right or ("", "")]) if left or right else ()
    if isinstance(node.op, ast.Mod) and len(left) == 1:
        return tuple(_VALUE.split(left[0]))
    return ()


def _joined(every: list[Sentence]) -> Sentence:
    parts = [""]
    for first, *rest in every:
        parts[-1] += first
        parts += rest
    return tuple(parts)


def _of_format(text: str) -> Sentence:
    try:
        read: list[Any] = [*string.Formatter().parse(text)]
    except ValueError:
        return ()
    return _joined([(fixed,) if name is None else (fixed, "") for fixed, name, *_ in read])


def _length(sentence: Sentence) -> int:
    return sum(map(len, sentence))


def _is_said(sentence: Sentence, said: str) -> bool:
    """Say whether the parts of a sentence stand in what was said, one after the other."""
    if said.strip() == "".join(sentence).strip():
        return True
    place = 0
    for part in sentence:
        place = said.find(part, place) + len(part)
        if place < len(part):
            return False
    return _length(sentence) >= _TELLING
