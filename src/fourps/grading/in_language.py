"""Feedback in the language of the notebook that was handed in.

What a check says itself is said in that language where marks are made. What its author wrote, hints
and assertions, and the texts that nbgrader took from the release, are put into it here.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_locked, is_solution

from fourps.course import saying
from fourps.course.english.exercises import HINT
from fourps.course.files import content_root
from fourps.course.passages import translate
from fourps.course.problem import BrokenSourceError
from fourps.exercise.messages import messages
from fourps.handin.released_exercise import language_of

if TYPE_CHECKING:
    from fourps.course.saying import Saying


class InLanguage(NbGraderPreprocessor):  # type: ignore[misc] # nbgrader has no types
    """Put what a course of ours wrote in English into the language of a notebook.

    Set it after `HideTests`, which knows the sentences of a check as they stand there.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        language = language_of(nb)
        if language == "en":
            return nb, resources
        module = resources.get("nbgrader", {}).get("assignment", "")
        say = saying.exercise(content_root(), Path(module).name, language)
        for cell in nb.cells:
            if cell.cell_type == "markdown" and is_locked(cell):
                cell.source = _text(cell.source, say)
            elif cell.cell_type == "code" and is_grade(cell) and not is_solution(cell):
                for output in cell.outputs:
                    _output(output, say, language)
        return nb, resources


def _text(source: str, say: Saying) -> str:
    try:
        return translate(source, say, Path())
    except BrokenSourceError:
        # `fourps check` says so to translators; a learner gets it as it was released
        return source


def _output(output: Any, say: Saying, language: str) -> None:
    if output.output_type == "stream":
        lines = output.text.splitlines()
        output.text = "".join(f"{_line(line, say, language)}\n" for line in lines)
    elif output.output_type == "error":
        english = output.evalue
        translated = output.evalue = say(english)
        output.traceback = [translated if line == english else line for line in output.traceback]


def _line(line: str, say: Saying, language: str) -> str:
    if line.startswith(HINT):
        hint = say(line.removeprefix(HINT))
        return messages(language)["hint"].format(hint=hint)
    return say(line)
