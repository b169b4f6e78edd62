"""What the commands of ``fourps grade`` share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

# as in `fourps.grading.gradebook.settings`, which needs the extra
_CONFIGURATION = Path("nbgrader_config.py")


def _found(context: typer.Context, option: typer.CallbackParam, folder: Path) -> Path:
    """Return the folder named or, where none is, the one here if nbgrader has a course in it."""
    source = context.get_parameter_source(str(option.name))
    # by name: some releases of Typer have a copy of Click's class
    named = source is not None and source.name != "DEFAULT"
    return folder if named or not _CONFIGURATION.is_file() else Path()


Course = Annotated[
    Path,
    typer.Option(
        "--course",
        callback=_found,
        help="nbgrader's folder, with nbgrader_config.py.",
        show_default="the one here, else autograder",
    ),
]
Root = Annotated[
    Path | None,
    typer.Option(help="The folder of the course; by default the one here.", show_default=False),
]
Zone = Annotated[
    str, typer.Option(help="Time zone, such as Europe/Paris; by default this computer's.")
]
