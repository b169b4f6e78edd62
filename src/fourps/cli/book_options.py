"""What several commands of ``fourps book`` are told."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Output = Annotated[
    Path | None, typer.Option(help="Where to build; by default _build in the course.")
]
