"""Markdown: as it is while all readers take it for text, pictures and links, and else as text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fourps.grading.inert.readers import is_harmless

if TYPE_CHECKING:
    from fourps.grading.inert.allowance import Allowance

_NOTE = "Shown as it was written: it holds more than text, links and pictures that came with it."
_SHOWN = re.compile(rf"{re.escape(_NOTE)}\n\n(`{{3,}})text\n(?P<body>.*)\n\1\n?", re.DOTALL)
# whatever a reader could take for markup, a picture, a file or the target of a link
_TELLING = re.compile(
    r"<[a-zA-Z/!?]|!\[|attachment:|mermaid|\]:|\]\((?!https?://[^\s&\\<>]*\)|#[\w-]*\))"
    r"|\\[a-zA-Z]",
    re.IGNORECASE,
)
# each of these can make a reader look on to the end
_STARTS = re.compile(r"[\\$\[`*_<!~|(\]]")
# reading a text that is nothing but starts takes a second at this
MOST_EFFORT = 20_000_000
_LONG_LINE = re.compile(r"[^\n]{500}(?=[^\n])")
LEFT_OUT = "[Left out: it is too long.]"


def inert_markdown(source: str, allowance: Allowance) -> str:
    """Return Markdown in which nothing acts and nothing is asked for from elsewhere.

    Examples
    --------
    >>> from fourps.grading.inert.allowance import Allowance
    >>> inert_markdown("*Ask* first. [Why](https://example.org)", Allowance())
    '*Ask* first. [Why](https://example.org)'
    >>> print(inert_markdown("<script>a()</script>", Allowance()))
    Shown as it was written: it holds more than text, links and pictures that came with it.
    <BLANKLINE>
    ```text
    <script>a()</script>
    ```
    """
    if _is_shown(source):
        return source
    steps = effort(source)
    if steps <= MOST_EFFORT and allowance.take("effort", steps):
        return source if is_inert(source) else as_written(source)
    if allowance.take("text", len(source)):
        # nbconvert looks for links in code too, to the end of each line
        return as_written(re.sub(_LONG_LINE, "\\g<0>\n", source))
    return LEFT_OUT


def is_inert(source: str) -> bool:
    """Say whether every reader takes a text for what only shows itself.

    Readers differ in what they take for code, so a tag in code has to be one for all of them.

    Examples
    --------
    >>> is_inert("`<script>` is a tag"), is_inert("<script>")
    (True, False)
    """
    return not _TELLING.search(source) or is_harmless(source)


def effort(source: str) -> int:
    r"""Return how much work it may be to read a text, in steps that mean nothing by themselves.

    Examples
    --------
    >>> effort("Ten words of an answer."), effort("\\[" * 4000)
    (23000, 72000000)
    """
    return len(source) * (len(_STARTS.findall(source)) + 1000)


def as_written(source: str) -> str:
    """Return Markdown that shows a text letter by letter.

    Examples
    --------
    >>> as_written("a\\n```\\nb").splitlines()[2:]
    ['````text', 'a', '```', 'b', '````']
    """
    longest = max(map(len, re.findall("`+", source)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{_NOTE}\n\n{fence}text\n{source}\n{fence}"


def _is_shown(source: str) -> bool:
    shown = _SHOWN.fullmatch(source)
    return shown is not None and shown[1] not in shown["body"]
