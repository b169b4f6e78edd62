"""Make feedback as nbgrader does, for any course, with no hidden test in it and nothing that acts.

``python -m fourps.grading.pages generate_feedback ps1 60`` stands for ``nbgrader generate_feedback
ps1 --force``, with whatever the course configures. Each learner's pages are made in a process of
their own, which is ended after so many seconds; a line of JSON says of each what went wrong.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from nbconvert.writers.files import FilesWriter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.apps import GenerateFeedbackApp, NbGrader
from nbgrader.converters import GenerateFeedback
from nbgrader.converters.base import NbGraderException

from fourps.grading.each import each
from fourps.grading.feedback import HideTests
from fourps.grading.inert import Inert, InertPages
from fourps.grading.inside.limits import Limits
from fourps.grading.machine import brief, stops_all

if TYPE_CHECKING:
    from collections.abc import Iterator

# on top of what is loaded, as the notebook itself had it
MEMORY_MB = Limits.memory_mb
_STOPS = "Pages cannot be written here: "


class Pages(GenerateFeedback):  # type: ignore[misc] # nbgrader has no types
    """nbgrader's converter, which hides tests, cleans the rest and takes a folder of any name."""

    preprocessors: list[Any]
    exporter_class: type
    assignments: dict[str, list[str]]

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        first = [HideTests, Inert]
        self.preprocessors = [*first, *(one for one in self.preprocessors if one not in first)]
        self.exporter_class = InertPages
        self.force = True
        self._trouble = ""

    def _format_source(self, assignment_id: str, student_id: str, escape: bool = False) -> str:  # noqa: FBT001, FBT002
        path: str = super()._format_source(assignment_id, student_id, escape)
        # escaped, it is a pattern, whose dots would not take a line break in a name
        return f"(?s){path}" if escape else path

    def find(self) -> dict[str, str]:
        """Return the folder of each learner, ready to be converted one by one."""
        self.init_notebooks()
        self.writer = FilesWriter(parent=self, config=self.config)
        self.exporter = self.exporter_class(parent=self, config=self.config)
        self._warm()
        for step in self.preprocessors:
            self.exporter.register_preprocessor(step)
        pattern = self._format_source("(?P<assignment_id>.*)", "(?P<student_id>.*)", escape=True)
        matches = {folder: re.match(pattern, folder) for folder in self.assignments}
        return {match["student_id"]: folder for folder, match in matches.items() if match}

    def _warm(self) -> None:
        """Have what each process needs loaded before it is copied."""
        cells = [new_markdown_cell("*a* $b$"), new_code_cell("c")]
        # the page wants marks, which nobody has here; by then all of it is read
        with suppress(Exception):
            self.exporter.from_notebook_node(new_notebook(cells=cells))

    def one(self, folder: str) -> str:
        """Convert the notebooks of one learner; return what went wrong."""
        self.assignments = {folder: self.assignments[folder]}
        try:
            self.convert_notebooks()
        except NbGraderException as error:
            return self._trouble or brief(error)
        return ""

    def forget(self, learner: str) -> None:
        """Remove what there is of a learner's pages."""
        place = self._format_dest(self.coursedir.assignment_id, learner)
        shutil.rmtree(os.path.normpath(place), ignore_errors=True)

    def init_destination(self, assignment_id: str, student_id: str) -> bool:
        with self._noted():
            found: bool = super().init_destination(assignment_id, student_id)
            return found

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        with self._noted():
            super().init_assignment(assignment_id, student_id)

    def convert_single_notebook(self, notebook_filename: str) -> None:
        with self._noted():
            super().convert_single_notebook(notebook_filename)

    @contextmanager
    def _noted(self) -> Iterator[None]:
        """Note what goes wrong: nbgrader's own error does not say it."""
        try:
            yield
        except MemoryError:
            self._trouble = f"it needs more than {MEMORY_MB} MB of memory"
            raise
        except Exception as error:
            self._trouble = f"{_STOPS}{brief(error)}" if stops_all(error) else brief(error)
            raise


class PagesApp(GenerateFeedbackApp):  # type: ignore[misc] # nbgrader has no types
    """nbgrader's program, with `Pages` in place of its converter."""

    def start(self) -> None:
        NbGrader.start(self)
        self.coursedir.assignment_id, seconds = self.extra_args
        try:
            pages = Pages(coursedir=self.coursedir, parent=self)
            os.chdir(self.coursedir.root)
            folders = pages.find()
        except NbGraderException:
            # it has said why
            sys.exit(1)
        made = each(
            list(folders),
            lambda learner: pages.one(folders[learner]),
            seconds=float(seconds),
            memory_mb=MEMORY_MB,
            at_once=os.cpu_count() or 1,
        )
        for learner, trouble in made:
            if trouble.startswith(_STOPS):
                # a full disk, say, is nobody's fault
                sys.exit(trouble)
            if trouble:
                # a process that was ended may have left half of a page
                pages.forget(learner)
            sys.stdout.write(f"{json.dumps([learner, trouble])}\n")


if __name__ == "__main__":
    PagesApp.launch_instance(sys.argv[2:])
