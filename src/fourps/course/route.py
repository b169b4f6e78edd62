"""The line below a heading that says its outcomes, and whether it is of the core route."""

from __future__ import annotations

import re

_LINE = re.compile(
    r"\*(?P<core>Core route\.)?\s*(?:Outcomes?\s+(?P<numbers>[\d.,\sand]+?)\.)?\s*\*"
)

_NUMBER = re.compile(r"\d+\.\d+")


def core(text: str) -> bool:
    """Say whether a paragraph marks a section of the core route, as ``*Core route. Outcome 3.1.*``.

    Examples
    --------
    >>> core("*Core route. Outcome 3.1.*"), core("*Outcome 3.1.*")
    (True, False)
    """
    found = _LINE.fullmatch(text.strip())
    return bool(found and found["core"])


def marked(text: str) -> list[str]:
    """Return the outcomes that a paragraph names, as ``*Outcome 3.6.*``; none for other lines.

    Examples
    --------
    >>> marked("*Core route. Outcomes 3.1 and 3.2.*"), marked("Outcome 3.1 is hard.")
    (['3.1', '3.2'], [])
    """
    found = _LINE.fullmatch(text.strip())
    return _NUMBER.findall(found["numbers"] or "") if found else []
