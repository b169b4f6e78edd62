"""Keep hidden tests out of what learners get back.

Where learners' code shares a process with a check, anything that comes out of it may be made by
that code, and may hold what it saw of a hidden test. So nothing of it is shown: it only tells which
of the author's sentences to show, and those are read from the check's own text.
"""

from __future__ import annotations

import ast
import contextlib
import html
import re
import string
from typing import TYPE_CHECKING, Any

from nbformat.v4 import new_output
from nbgrader.preprocessors import ClearHiddenTests
from nbgrader.utils import is_grade, is_solution

from nbseal.base.profile import profile
from nbseal.marker.checks import is_noted, parsed
from nbseal.seal.sealed_execute import SealedExecute

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    # what stands fixed in a sentence; between two parts stood a value
    Sentence = tuple[str, ...]

_COLOURS = re.compile(r"\x1b\[[0-9;]*m|\\(?:x1b|u001b)\[[0-9;]*m")
# what an assertion says is meant to be read, on a line of its own too
_ONLY_TEXT = re.compile(r"""\s*[bfru]*(["']).*\1[\s,)]*""", re.IGNORECASE)
# where an error came from, if that is a helper of this course's exercises
_HELPER = r"File [^\n]*[/\\]{}[/\\]"
# or if it is the check
_HERE = re.compile(r"Cell In\s*\[")
_GAP = "…"
_KEYWORDS = {"hint", "msg", "message", "err_msg"}
# where a helper `points(share, maximum, hint)` has its hint
_THIRD = 2
# what of unittest's looks at one thing, and may be given a message as the second
_OF_ONE = {"assertTrue", "assertFalse", "assertIsNone", "assertIsNotNone"}
# what hands its further arguments on to what is tried
_CALLS = re.compile("raises|warn|logs|compare", re.IGNORECASE)
_VALUE = re.compile(r"%(?:\(\w*\))?[-+ #0]*\d*(?:\.\d+)?[a-zA-Z]")
# a shorter line could stand anywhere, and a shorter sentence be said by anybody
_TELLING = 8


class HideTests(ClearHiddenTests):  # type: ignore[misc] # nbgrader has no types
    """Remove hidden tests from feedback, and what their output tells about them.

    Of a check's output stay the hints that it gave (lines that begin as the profile says), the
    number of points, and of what an assertion said the sentence that its author wrote: libraries
    such as unittest and NumPy say what they expected. What a learner's function printed while it
    was tried is dropped, since it may have been given a hidden table, and so are tracebacks, which
    quote the tests. In a learner's own cells, and in what is left of a check's output, an output
    that quotes a hidden test is left out, since code can look at the test that calls it.

    Without the marker a learner's code can say what a check would say. There only the sentences
    stay that stand in the check's own text, with a gap for each value; and what a learner's own
    cell showed after a hidden test had run is left out.

    Set it first in ``GenerateFeedback.preprocessors``.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        self._hidden = self._lines_of_hidden_tests(nb)
        assignment = resources.get("nbgrader", {}).get("assignment", "")
        # a learner can write the note, and the configuration may have changed since
        asked = SealedExecute(config=self.config).marks(assignment)
        self._marked = asked and is_noted(nb)
        self._may_be_known = False
        self._words = profile().words(profile().language_of(nb))
        nb, resources = super().preprocess(nb, resources)
        return nb, resources

    def preprocess_cell(self, cell: Any, resources: Any, cell_index: int) -> tuple[Any, Any]:
        if cell.cell_type == "code" and is_grade(cell) and not is_solution(cell):
            if self._marked:
                known = sentences(cell.source)
                outputs = (_kept(output, known, self._words) for output in cell.outputs)
                kept = [output for output in outputs if output]
            else:
                kept = _authored(cell, sentences(cell.source), self._words)
                self._may_be_known |= self.begin_test_delimeter in cell.source
            cell, resources = super().preprocess_cell(cell, resources, cell_index)
            cell.outputs = [self._unless_it_quotes(output) for output in kept]
        elif cell.cell_type == "code" and self._may_be_known:
            cell.outputs = [_stream(f"{self._words['feedback-later']}\n")] if cell.outputs else []
        elif cell.cell_type == "code":
            cell.outputs = [self._unless_it_quotes(output) for output in cell.outputs]
        return cell, resources

    def _lines_of_hidden_tests(self, notebook: Any) -> set[str]:
        """Return what stands in hidden tests and nowhere else, as letters and digits."""
        hidden: set[str] = set()
        for cell in notebook.cells:
            inside = False
            for line in cell.source.splitlines() if is_grade(cell) else ():
                if self.begin_test_delimeter in line or self.end_test_delimeter in line:
                    inside = self.begin_test_delimeter in line
                elif inside and not _ONLY_TEXT.fullmatch(line):
                    hidden.add(_letters(line))
        shown = {
            _letters(line)
            for cell in notebook.cells
            if not is_grade(cell) or is_solution(cell)
            for line in cell.source.splitlines()
        }
        return {line for line in hidden - shown if len(line) >= _TELLING}

    def _unless_it_quotes(self, output: Any) -> Any:
        text = _letters(" ".join(_texts(output)))
        if any(line in text for line in self._hidden):
            return _stream(f"{self._words['feedback-quoted']}\n")
        return output


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _texts(part)


def _letters(text: str) -> str:
    """Return letters and digits only, so that colours, escapes and HTML hide nothing.

    Examples
    --------
    >>> _letters("\x1b[31massert\x1b[0m f(&quot;a&quot;) == 2")
    'assertfa2'
    """
    return re.sub(r"\W|_", "", html.unescape(_COLOURS.sub("", text)))


def _stream(text: str) -> Any:
    return new_output("stream", name="stdout", text=text)


def _authored(cell: Any, known: list[Sentence], words: Mapping[str, str]) -> list[Any]:
    """Return of a check what its author wrote, each kind of output once.

    How many there are could tell something too.
    """
    printed = [output.text for output in cell.outputs if output.get("name") == "stdout"]
    lines = hints("".join(printed), known)
    told = [_stream("".join(f"{line}\n" for line in lines))] if lines else []
    for output in _of_type(cell, "error")[:1]:
        # the name of another error may be one that the learner chose
        asserted = output.ename == "AssertionError"
        key = "feedback-stopped" if asserted else "feedback-failed"
        stopped = words[key].format(name=output.ename)
        text = shown(output.evalue, known) or stopped
        told.append(new_output("error", ename="Error", evalue=text, traceback=[text]))
    for output in _of_type(cell, "execute_result")[-1:]:
        with contextlib.suppress(ValueError):
            # points are what is told in any case, and more digits could tell more
            number = round(float(output.data.get("text/plain", "")), 2)
            if 0 <= number <= cell.metadata.nbgrader.get("points", 0):
                told.append(new_output("execute_result", {"text/plain": str(number)}))
    return told


def _of_type(cell: Any, kind: str) -> list[Any]:
    return [output for output in cell.outputs if output.output_type == kind]


def _asserted(error: Any, known: list[Sentence]) -> str:
    """Return what an assertion said, as far as somebody wrote it for learners."""
    *_, place, _ = ["", "", *map(str, error.traceback)]
    place = _COLOURS.sub("", place)
    folders = (name.replace(".", r"[/\\]") for name in profile().guarded)
    helped = any(re.match(_HELPER.format(folder), place) for folder in folders)
    # what a library says may begin or end with a message that has a value there
    if helped or (_HERE.match(place) and is_whole(error.evalue, known)):
        return str(error.evalue)
    return shown(error.evalue, known)


def _kept(output: Any, known: list[Sentence], words: Mapping[str, str]) -> Any:
    """Return an output without what could tell about a hidden test, or None if nothing is left."""
    if output.output_type == "stream":
        lines = [line for line in output.text.splitlines() if line.startswith(profile().hint)]
        output.text = "".join(f"{line}\n" for line in lines)
        return output if lines and output.name == "stdout" else None
    if output.output_type == "error":
        text = _asserted(output, known) if output.ename == "AssertionError" else ""
        text = text or words["feedback-stopped"].format(name=output.ename)
        output.evalue, output.traceback = text, [text]
        return output
    if output.output_type == "execute_result":
        output.data = {"text/plain": output.data.get("text/plain", "")}
        return output
    return None


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
    >>> start = profile().hint
    >>> text = "\\n".join(start + line for line in ("b.", "a.", "b.", "7"))
    >>> [line.removeprefix(start) for line in hints(text, [("a.",), ("b.",)])]
    ['a.', 'b.']
    """
    lines = [line for line in text.splitlines() if line.startswith(profile().hint)]
    given = {shown(line.removeprefix(profile().hint), known) for line in lines}
    each = dict.fromkeys(_GAP.join(sentence) for sentence in known)
    return [f"{profile().hint}{sentence}" for sentence in each if sentence in given]


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
        return (node.value.removeprefix(profile().hint),)
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
