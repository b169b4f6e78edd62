"""What the commands of ``fourps grade`` share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

MISSING = "Grading needs the extra 'facilitator': pip install 'fourps[facilitator]' ({})"
Course = Annotated[
    Path, typer.Option("--course", help="nbgrader's folder, with nbgrader_config.py.")
]
Root = Annotated[
    Path | None,
    typer.Option(help="The folder of the course; by default the one here.", show_default=False),
]
Zone = Annotated[
    str, typer.Option(help="Time zone, such as Europe/Paris; by default this computer's.")
]
