"""Make feedback for any course, with no hidden test in it and nothing that acts.

``python -m nbseal.giveback.feedback_pages generate_feedback ps1 60`` stands for
``nbgrader generate_feedback ps1 --force``, with whatever the course configures, and makes the page
of points and comments besides (`nbseal.giveback.feedback_page`). A plain hand-in, which has no code
of the learner's own, gets that page alone. A word more, ``lines``, has it quote the rubric.

Each learner's pages are made in a process of their own, which is ended after so many seconds; a
line of JSON says of each what went wrong. A line without a name says why no more could be made.
"""

from __future__ import annotations

import json
import os
import re
import sys
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from nbconvert.exporters.exporter import Exporter
from nbconvert.writers.files import FilesWriter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.apps import GenerateFeedbackApp, NbGrader
from nbgrader.converters import GenerateFeedback
from nbgrader.converters.base import NbGraderException
from nbgrader.utils import is_solution
from traitlets.utils.importstring import import_item

from nbseal.base.cells import grade_id
from nbseal.base.moves import remove_folder
from nbseal.base.notebook_file import NotebookFileError, load
from nbseal.base.profile import profile
from nbseal.base.whole_files import replacing, unfinished
from nbseal.giveback.each_learner import each
from nbseal.giveback.feedback_data import Lines, Marked, feedback_data, page_name, read_marked
from nbseal.giveback.feedback_page import page
from nbseal.inert import Inert, InertPages
from nbseal.inside.limits import Limits
from nbseal.machine import brief, stopped, stops_all
from nbseal.plain.released import ReleasedCode
from nbseal.plugins.hide_tests import HideTests

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# on top of what is loaded, as the notebook itself had it
MEMORY_MB = Limits.memory_mb
# notebooks that are asked for their language beforehand
_MANY = 20
# before what is nobody's fault, such as a full disk
_ALL = "all: "


class Pages(GenerateFeedback):  # type: ignore[misc] # nbgrader has no types
    """nbgrader's converter, which hides tests, cleans the rest and takes a folder of any name."""

    preprocessors: list[Any]
    exporter_class: type
    assignments: dict[str, list[str]]

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        first = [HideTests, *map(import_item, profile().feedback_steps), Inert]
        self.preprocessors = [*first, *(step for step in self.preprocessors if step not in first)]
        self.exporter_class = InertPages
        self.force = True
        self.marked = Marked("")
        self.lines = Lines(Path(), told=False)
        self._trouble = ""
        self._new: Path | None = None
        self._read: dict[str, Any] = {}
        self._drawn: list[str] = []
        self._released: dict[str, ReleasedCode] = {}
        self._texts: dict[str, dict[str, str]] = {}

    def _format_source(self, assignment_id: str, student_id: str, escape: bool = False) -> str:  # noqa: FBT001, FBT002
        path: str = super()._format_source(assignment_id, student_id, escape)
        # escaped, it is a pattern, whose dots would not take a line break in a name
        return f"(?s){path}" if escape else path

    def find(self) -> dict[str, str]:
        """Return the folder of each learner, ready to be converted one by one."""
        self.init_notebooks()
        self.writer = FilesWriter(parent=self, config=self.config)
        self._steps = self.exporter_class(parent=self, config=self.config)
        for step in self.preprocessors:
            self._steps.register_preprocessor(step)
        # draws what has gone through all steps
        self.exporter = self.exporter_class(parent=self, config=self.config, preprocessors=[])
        self._warm()
        names = {Path(path).stem for paths in self.assignments.values() for path in paths}
        self._released = {name: self._of_release(name) for name in names}
        pattern = self._format_source("(?P<assignment_id>.*)", "(?P<student_id>.*)", escape=True)
        matches = {folder: re.match(pattern, folder) for folder in self.assignments}
        folders = {match["student_id"]: folder for folder, match in matches.items() if match}
        left_out = self.coursedir.student_id_exclude.split(",")
        mine = {
            learner: folder
            for learner, folder in folders.items()
            if learner not in left_out and learner in self.marked.marks
        }
        self._read_languages(mine.values())
        return mine

    def _read_languages(self, folders: Iterable[str]) -> None:
        """Have the course's texts read in the languages of most, before processes are copied."""
        paths = (path for folder in islice(folders, _MANY) for path in self.assignments[folder])
        languages = set()
        for path in paths:
            # whatever is wrong with one is told of it later
            with suppress(NotebookFileError):
                languages.add(profile().language_of(load(Path(path))))
        for language in languages:
            profile().about(self.coursedir.assignment_id, language)
            profile().words(language)

    def _warm(self) -> None:
        """Have what each process needs loaded before it is copied."""
        cells = [new_markdown_cell("*a* $b$"), new_code_cell("c")]
        # the page wants marks, which nobody has here; by then all of it is read
        with suppress(Exception):
            self.exporter.from_notebook_node(new_notebook(cells=cells))

    def convert(self, learner: str, folder: str) -> str:
        """Convert the notebooks of one learner, all or none; return what went wrong."""
        every = self.assignments
        # where no process is copied, what was of another learner is still there
        self.assignments, self._trouble = {folder: every[folder]}, ""
        self._read, self._drawn = {}, []
        try:
            with self._noted(), replacing(self._place(learner)) as self._new:
                self.convert_notebooks()
            with self._noted():
                super().run_post_convert_hook()
        except Exception:  # noqa: BLE001 - it is noted
            return self._trouble
        finally:
            self.assignments, self._new = every, None
        return ""

    def forget(self, learner: str) -> None:
        """Remove what there is of a learner's pages."""
        place = self._place(learner)
        for folder in (place, unfinished(place)):
            remove_folder(folder, ignore_errors=True)

    def _place(self, learner: str) -> Path:
        return Path(super()._format_dest(self.coursedir.assignment_id, learner))

    def _format_dest(self, assignment_id: str, student_id: str, escape: bool = False) -> str:  # noqa: FBT001, FBT002
        if self._new:
            return str(self._new)
        return str(super()._format_dest(assignment_id, student_id, escape))

    def run_post_convert_hook(self) -> None:
        """Wait with it until the pages are at their place."""

    def init_destination(self, assignment_id: str, student_id: str) -> bool:
        with self._noted():
            return bool(super().init_destination(assignment_id, student_id))

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        with self._noted():
            super().init_assignment(assignment_id, student_id)

    def convert_single_notebook(self, notebook_filename: str) -> None:
        with self._noted():
            resources = self.init_single_notebook_resources(notebook_filename)
            learner, name = (resources["nbgrader"][key] for key in ("student", "notebook"))
            resources["metadata"] = {"name": name, "path": str(Path(notebook_filename).parent)}
            notebook = nbformat.read(notebook_filename, as_version=4)
            notebook, resources = Exporter.from_notebook_node(self._steps, notebook, resources)
            self._read[name] = notebook
            # what somebody stopped at is copied no further
            if self._says_no_more(name, notebook) or self.marked.stopped_of(learner):
                return
            self._drawn.append(f"{name}{self.exporter.file_extension}")
            self.write_single_notebook(*self.exporter.from_notebook_node(notebook, resources))

    def _says_no_more(self, name: str, notebook: Any) -> bool:
        """Say whether all that a learner wrote is on the one page: texts and numbers, and no code.

        Compared is with what learners got, since hidden tests are out of both.
        """
        pictures = any(map(_has_pictures, notebook.cells))
        return not pictures and self._released[name].read(notebook) is not None

    def _untouched(self, name: str) -> Iterator[str]:
        """Yield the answer cells of a notebook that are as learners got them."""
        code, texts = self._released[name], self._texts.get(name, {})
        yield from code.untouched(self._read[name])
        for cell in self._read[name].cells:
            if cell.cell_type == "markdown" and texts.get(grade_id(cell)) == cell.source:
                yield grade_id(cell)

    def _of_release(self, name: str) -> ReleasedCode:
        """Return the code of a notebook as learners got it, and know its texts."""
        folder = self.coursedir.format_path(
            self.coursedir.release_directory, ".", self.coursedir.assignment_id
        )
        cells: list[Any] = []
        # a course may not keep it
        with suppress(NotebookFileError):
            cells = load(Path(folder) / f"{name}.ipynb").cells
        self._texts[name] = {grade_id(cell): cell.source for cell in cells if is_solution(cell)}
        return ReleasedCode([cell for cell in cells if cell.cell_type == "code"], marker=False)

    def set_permissions(self, assignment_id: str, student_id: str) -> None:
        with self._noted():
            # all notebooks are read by now
            untouched = {(name, cell) for name in self._read for cell in self._untouched(name)}
            given = (self.marked, student_id, self._read, self._drawn, self.lines)
            data = feedback_data(*given, untouched=untouched)
            place = Path(self._format_dest(assignment_id, student_id))
            place.mkdir(parents=True, exist_ok=True)
            (place / page_name(self._read)).write_text(page(data), "utf-8", newline="\n")
            super().set_permissions(assignment_id, student_id)

    @contextmanager
    def _noted(self) -> Iterator[None]:
        """Note what goes wrong: nbgrader's own error does not say it."""
        try:
            yield
        except MemoryError:
            self._trouble = self._trouble or f"it needs more than {MEMORY_MB} MB of memory"
            raise
        except Exception as error:
            trouble = f"{_ALL}{stopped(error)}" if stops_all(error) else brief(error)
            self._trouble = self._trouble or trouble
            raise


def _has_pictures(cell: Any) -> bool:
    """Say whether a learner's text has pictures with it."""
    return bool(is_solution(cell) and cell.get("attachments"))


class PagesApp(GenerateFeedbackApp):  # type: ignore[misc] # nbgrader has no types
    """nbgrader's program, with `Pages` in place of its converter."""

    def start(self) -> None:
        NbGrader.start(self)
        self.coursedir.assignment_id, seconds, *lines = self.extra_args
        root = Path(self.coursedir.root)
        try:
            pages = Pages(coursedir=self.coursedir, parent=self)
            os.chdir(root)
            pages.marked = read_marked(root, self.coursedir.assignment_id)
            pages.lines = Lines(root, told=bool(lines))
            folders = pages.find()
        except NbGraderException:
            # it has said why
            sys.exit(1)
        troubles = each(
            list(folders),
            lambda learner: pages.convert(learner, folders[learner]),
            seconds=float(seconds),
            memory_mb=MEMORY_MB,
            at_once=os.cpu_count() or 1,
        )
        for learner, trouble in troubles:
            if trouble.startswith(_ALL):
                sys.stdout.write(f"{json.dumps(['', trouble.removeprefix(_ALL)])}\n")
                break
            if trouble:
                # a process that was ended may have left half of a page
                pages.forget(learner)
            sys.stdout.write(f"{json.dumps([learner, trouble])}\n")


if __name__ == "__main__":
    PagesApp.launch_instance(sys.argv[2:])
