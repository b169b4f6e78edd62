"""``fourps mark``."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from fourps.cli.grade import PROFILE
from nbseal.base.profile import profile, use
from nbseal.cli.mark import (
    Browser,
    Copy,
    Language,
    Marker,
    Names,
    Port,
    Saved,
    mark_command,
)

_CONFIGURATION = "nbgrader_config.py"


def mark(
    exercise: Annotated[str, typer.Argument(help="The exercise, such as protection.")],
    task: Annotated[int, typer.Argument(min=1, help="The number of the written task.")],
    *,
    marker: Marker = "first",
    names: Names = False,
    language: Language = "en",
    copy: Copy = None,
    port: Port = 0,
    browser: Browser = True,
    saved: Saved = None,
    course: Annotated[
        Path | None,
        typer.Option(
            help=f"nbgrader's folder, with {_CONFIGURATION}.",
            show_default="the one here, else autograder",
        ),
    ] = None,
) -> None:
    """Mark one written task of all learners in a browser. Example: fourps mark protection 10.

    The page is for this computer alone. It has the rubric beside the text, shows no ids, and says
    its keys where ? is pressed. Ctrl+C ends it. A second marker adds --marker second.
    """
    use(PROFILE)
    folder = course or (Path() if Path(_CONFIGURATION).is_file() else profile().folder)
    mark_command(
        exercise,
        f"task-{task}",
        marker=marker,
        names=names,
        language=language,
        copy=copy,
        port=port,
        browser=browser,
        saved=saved,
        course=folder,
    )
