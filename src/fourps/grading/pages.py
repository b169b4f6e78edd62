"""Make feedback as nbgrader does, for any course, with no hidden test in it.

``python -m fourps.grading.pages generate_feedback ps1`` stands for ``nbgrader generate_feedback
ps1``, with whatever the course configures.
"""

from __future__ import annotations

import sys
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbgrader.apps import GenerateFeedbackApp, NbGrader
from nbgrader.converters import GenerateFeedback
from nbgrader.converters.base import NbGraderException

from fourps.grading.feedback import HideTests
from fourps.grading.ordinary import OneLinePages


class Pages(GenerateFeedback):  # type: ignore[misc] # nbgrader has no types
    """nbgrader's converter, which first hides the tests and takes a folder of any name."""

    preprocessors: list[Any]
    exporter_class: type

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        others = [step for step in self.preprocessors if step is not HideTests]
        self.preprocessors = [HideTests, *others]
        if self.exporter_class is OneLinePages:
            # nobody has to be left out here
            self.exporter_class = HTMLExporter

    def _format_source(self, assignment_id: str, student_id: str, escape: bool = False) -> str:  # noqa: FBT001, FBT002
        path: str = super()._format_source(assignment_id, student_id, escape)
        # escaped, it is a pattern, whose dots would not take a line break in a name
        return f"(?s){path}" if escape else path


class PagesApp(GenerateFeedbackApp):  # type: ignore[misc] # nbgrader has no types
    """nbgrader's program, with `Pages` in place of its converter."""

    def start(self) -> None:
        NbGrader.start(self)
        [self.coursedir.assignment_id] = self.extra_args
        try:
            Pages(coursedir=self.coursedir, parent=self).start()
        except NbGraderException:
            # it has said why
            sys.exit(1)


if __name__ == "__main__":
    PagesApp.launch_instance(sys.argv[2:])
