"""The build that the commands of ``fourps book`` begin with."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from nbseal.cli.printing import errors, out

if TYPE_CHECKING:
    from pathlib import Path

    from fourps.book.side_by_side import Builders


def built(
    course: Path,
    output: Path | None,
    languages: list[str] | None = None,
    builders: Builders | None = None,
    **config: Any,
) -> Path:
    """Build the book, say how long it took, and return the folder of its pages."""
    from fourps.book.build import build

    began = time.perf_counter()
    with errors.status("Building the book ..."):
        folder = output or course / "_build"
        html = build(course, folder, languages or (), builders=builders, **config)
    out.print(f"Built {html} in {time.perf_counter() - began:.1f} s.", highlight=False)
    return html
