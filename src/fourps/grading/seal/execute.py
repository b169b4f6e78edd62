"""Sealed execution for ``nbgrader autograde`` itself, by configuration alone."""

from __future__ import annotations

import atexit
from pathlib import Path
from typing import Any

from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Dict, Integer, List, Unicode

from fourps.grading.inside.limits import Limits
from fourps.grading.seal.files import beside
from fourps.grading.seal.hidden import of_course
from fourps.grading.seal.worker import DEFAULT, Worker


class SealedExecute(NbGraderPreprocessor):  # type: ignore[misc] # nbgrader has no types
    """Stands in ``Autograde.autograde_preprocessors`` where nbgrader has ``Execute``."""

    timeout = Integer(30, help="Seconds that one cell may take.").tag(config=True)
    limits = Dict(
        help="Other limits, by name: see the attributes of fourps.grading.seal.Limits."
    ).tag(config=True)
    preload = List(Unicode(), default_value=[*DEFAULT], help="Modules to load once.").tag(
        config=True
    )
    sealed = Bool(
        True,  # noqa: FBT003 - traitlets takes the default so
        help="False lets notebooks do all that you can do yourself.",
    ).tag(config=True)

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        folder = Path(resources.get("metadata", {}).get("path") or ".")
        executed = self._worker().execute(nb, beside(folder))
        if executed.reason:
            self.log.warning(executed.reason)
        executed.fill(nb)
        return nb, resources

    def _worker(self) -> Worker:
        # nbgrader makes its preprocessors anew for each notebook
        limits = Limits(**({"cell_seconds": self.timeout} | self.limits))
        course = self._course()
        hidden = of_course(course) if course else ()
        key = (limits, self.sealed, tuple(self.preload), hidden)
        if key not in _workers:
            worker = Worker(limits, sealed=self.sealed, preload=self.preload, hidden=hidden)
            worker.__enter__()
            atexit.register(worker.close)
            _workers[key] = worker
        return _workers[key]

    def _course(self) -> Any:
        # nbgrader's converter knows it, and made the exporter that made this one
        parent = self.parent
        while parent is not None and not hasattr(parent, "coursedir"):
            parent = parent.parent
        return parent and parent.coursedir


_workers: dict[tuple[Any, ...], Worker] = {}
