"""What of the desk's page its headers have to name."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

_STYLE = re.compile(r'^export const FRAME_STYLE = "([^"\\]*)";$', re.MULTILINE)


def style_hash(style: str) -> str:
    """Return by what a Content-Security-Policy names a style.

    Examples
    --------
    >>> style_hash("body{}")[:14]
    "'sha256-fJgECl"
    """
    digest = hashlib.sha256(style.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _frame_style() -> str:
    found = _STYLE.search((Path(__file__).parent / "parts.js").read_text("utf-8"))
    if not found:
        raise LookupError("parts.js has no FRAME_STYLE in one line")
    return found[1]


FRAME_STYLE = _frame_style()
"""Of the frame that holds what a learner wrote."""
