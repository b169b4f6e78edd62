"""Keep away from nbgrader what it would follow or stop at: links, pipes and names of two lines."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from nbconvert.exporters import Exporter, NotebookExporter
from traitlets.log import get_logger

from nbseal.inert import InertPages
from nbseal.odd_files import odd_files


def remove_odd_files(*, notebooks: list[str], **_: object) -> None:
    """Remove links and pipes from a submission before nbgrader reads it.

    It stands in ``Autograde.pre_convert_hook``. Nothing is lost, since neither has content of its
    own.

    Parameters
    ----------
    notebooks
        The submission's notebooks; those that are links are taken out.
    """
    for folder in {Path(notebook).parent for notebook in notebooks}:
        for path in [*odd_files(folder)]:
            path.unlink()
            get_logger().warning("%s was a link or no ordinary file. It was removed.", path)
    notebooks[:] = [notebook for notebook in notebooks if Path(notebook).exists()]


class _OneLine(Exporter):
    """Leaves out folders with a line break in their names, at which nbgrader stops for everybody.

    nbgrader makes its exporter once it has found the submissions, and before it begins with them.
    """

    def __init__(self, *, parent: Any = None, **more: Any) -> None:
        super().__init__(parent=parent, **more)  # type: ignore[no-untyped-call]
        for folder in [*parent.assignments]:
            name = os.path.relpath(folder, parent.coursedir.root)
            if "\n" in name:
                del parent.assignments[folder]
                get_logger().error(
                    "%r is left out, since nbgrader stops at a line break in a name. Rename it.",
                    name,
                )


class OneLineNotebooks(_OneLine, NotebookExporter):
    """For ``Autograde.exporter_class``."""


class OneLinePages(_OneLine, InertPages):
    """For ``GenerateFeedback.exporter_class``."""
