"""Open a course as nbgrader's own commands do."""

from __future__ import annotations

import contextlib
import logging
import warnings
from typing import TYPE_CHECKING, Any

from nbgrader.apps import AutogradeApp
from nbgrader.utils import setenv

from fourps.grading.settings import require

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextlib.contextmanager
def opened(folder: Path) -> Iterator[Any]:
    """Read a course's configuration, and work in its folder for as long as the block runs.

    Parameters
    ----------
    folder
        With ``nbgrader_config.py``.

    Yields
    ------
    AutogradeApp
        nbgrader's program, configured; what it says goes only to its log file, if it has one.

    Raises
    ------
    NoCourseError
        If there is no ``nbgrader_config.py``.
    """
    require(folder)
    # the configuration may import what lies beside it, and read the variable
    with (
        contextlib.chdir(folder),
        setenv(NBGRADER_EXECUTION="autograde"),
        warnings.catch_warnings(),
    ):
        warnings.simplefilter("ignore")
        app = AutogradeApp()
        app.initialize([])
        for handler in app.log.handlers:
            if not isinstance(handler, logging.FileHandler):
                handler.setLevel(logging.CRITICAL)
        yield app
