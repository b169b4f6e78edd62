"""`make_inert` as a step of nbgrader, for any course that names it."""

from __future__ import annotations

from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor

from fourps.grading.inert.whole_notebook import make_inert


class Inert(NbGraderPreprocessor):  # type: ignore[misc] # nbgrader has no types
    """Stands last in ``Autograde.autograde_preprocessors``.

    In ``GenerateFeedback.preprocessors`` it stands before ``GetGrades``, which adds what people
    wrote. In ``HTMLExporter.preprocessors`` it cleans what the formgrader shows of notebooks that
    were graded without it.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        make_inert(nb)
        return nb, resources
