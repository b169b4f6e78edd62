"""The lines that a host fills in for its place: beside the site, or in ``book/local.yaml``.

The same is read by ``front/hostfile.js`` in a page; ``setup.html`` writes it for whoever builds
nothing.
"""

from __future__ import annotations

import json
import re
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Literal
from urllib.parse import quote, unquote

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError

from fourps.course.source import Identifier, Strict, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fourps.course.page import Block, Page

LOCAL = "local.css"
# the page that writes it
SETUP = "setup.html"
# as the build has it: nobody has filled in anything, and no page complains that it is missing
EMPTY = "/* Nothing is filled in. setup.html writes this file. */\n"
# bytes of the file; as in `front/hostfile.js`
LIMIT = 60_000
# what would break a line, or turn the rest of it about
_UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_FILE = re.compile(r'(?:/\*[^*]*\*/)?\s*:root, :host \{ --fourps-local: "([^"\\]*)"; \}\s*')
# what JavaScript's `encodeURIComponent` leaves alone
_PLAIN = "!'()*~"
# of the two whose answer is a day
CHECKED, NEXT = "checked", "next"
# a cell in which nobody has written
_OPEN = re.compile("_+|Not filled in")


def _day(value: object) -> object:
    """Take the day that YAML reads where nobody wrote quotation marks."""
    return value.isoformat() if type(value) is date else value


def _is_day(text: str) -> str:
    if text and (len(text) != len("2026-11-30") or not date.fromisoformat(text)):
        message = "is no day such as 2026-11-30"
        raise ValueError(message)
    return text


def _fits(most: int, pattern: str = "", else_say: str = "") -> AfterValidator:
    """Return what refuses a text that is longer, as JavaScript counts it, or of another form."""

    def check(text: str) -> str:
        if len(text.encode("utf-16-le", "surrogatepass")) > 2 * most:
            message = f"is too long: {most} characters at most"
            raise ValueError(message)
        if _UNSEEN.search(text):
            message = "holds a character that is not seen: write it again"
            raise ValueError(message)
        if pattern and not re.search(pattern, text):
            raise ValueError(else_say)
        return text

    return AfterValidator(check)


_Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
_Written = Annotated[str, _fits(600, r"\S", "says nothing: leave it out")]
_Second = Annotated[str, _fits(600)]
_Short = Annotated[str, _fits(120)]
_Day = Annotated[str, BeforeValidator(_day), AfterValidator(_is_day)]
_Logo = Annotated[
    str,
    _fits(
        30_000,
        r"^(data:image/(png|jpeg|webp);base64,[A-Za-z0-9+/]+=*)?$",
        "is no small PNG, JPEG or WebP as a data: address; setup.html makes one",
    ),
]
_Language = Annotated[
    str,
    _fits(20, r"^([a-z]{2,3}(-[A-Za-z0-9]{2,8})*)?$", "is no code of a language, such as ar"),
]


class Line(Strict):
    """What stands for one question."""

    line: _Written
    """The host's words."""
    second: _Second = ""
    """The same in the second language."""


class RuleLine(Line):
    """The host's own line for a rule of law or policy."""

    who: _Short = ""
    """Who wrote it: a role."""
    checked: _Day = ""
    """The day on which it was checked."""


def _as_line(value: object) -> object:
    return {"line": value} if isinstance(value, str) else value


class Local(Strict):
    """All of it."""

    format: Literal[1] = 1
    """1. A page leaves a file with another number alone."""
    name: _Short = ""
    """Of the organisation."""
    logo: _Logo = ""
    """A small picture, as a ``data:`` address."""
    second: _Language = ""
    """The code of the second language, such as ``ar``."""
    saved: _Day = ""
    """The day on which the file was written."""
    checked: _Day = ""
    """The day of the last check."""
    next: Annotated[_Day, Field(min_length=1)]
    """The day of the next check; once it has passed, each line counts as not filled in."""
    lines: dict[_Id, Annotated[Line, BeforeValidator(_as_line)]] = {}
    """By id, as ``book/lines.yaml`` has them."""
    rules: dict[_Id, Annotated[RuleLine, BeforeValidator(_as_line)]] = {}
    """By the id of a rule of law or policy in ``book/rules.yaml``."""

    def css(self) -> str:
        """Return the text of the file: data in a custom property, which nothing runs.

        Examples
        --------
        >>> Local(next="2026-12-31", lines={"focal": {"line": "Desk 3"}}).css()[:45]
        ':root, :host { --fourps-local: "%7B%22format%'
        """
        text = json.dumps(self.model_dump(), ensure_ascii=False, separators=(",", ":"))
        return f':root, :host {{ --fourps-local: "{quote(text, safe=_PLAIN)}"; }}\n'


def read(css: str) -> Local | None:
    """Read the text of a host's file, as a page does; None where nothing can be shown of it.

    Examples
    --------
    >>> read(EMPTY), read(Local(next="2026-12-31").css()).next
    (None, '2026-12-31')
    """
    held = _FILE.fullmatch(css)
    try:
        return Local.model_validate_json(unquote(held[1])) if held and len(css) <= LIMIT else None
    except ValidationError:
        return None


def lacks(local: Local | None, ids: Iterable[str], today: str) -> str:
    """Return what a reader would miss on Local help, whose lines are `ids`; nothing if all is well.

    Examples
    --------
    >>> local = Local(next="2026-12-31", lines={"focal": {"line": "Desk 3"}})
    >>> lacks(local, ["focal"], "2026-12-31"), lacks(local, ["clinic"], "2026-12-31")
    ('', 'Local help is not filled in')
    >>> lacks(local, ["focal"], "2027-01-01")
    'the next check of Local help was due on 2026-12-31'
    """
    if local is None or local.lines.keys().isdisjoint(ids):
        return "Local help is not filled in"
    return f"the next check of Local help was due on {local.next}" if local.next < today else ""


class Lines(Strict):
    """All of them, by page."""

    pages: Annotated[dict[Text, dict[Text, Identifier | None]], Field(min_length=1)]
    """For each page, from the course's folder, the lines as they stand there, and their ids: lines
    with one id take one answer. A line without one stays blank."""

    @property
    def ids(self) -> list[str]:
        """Each id once, in the order of the file.

        Examples
        --------
        >>> Lines(pages={"a.md": {"Desk": "desk", "Sum": None}, "b.md": {"1. Desk": "desk"}}).ids
        ['desk']
        """
        every = (line for lines in self.pages.values() for line in lines.values())
        return [*dict.fromkeys(filter(None, every))]


def open_lines(page: Page) -> Iterator[Block]:
    """Yield each line of a page's tables that is to be filled in."""
    cells = [block for block in page.blocks if block.kind == "cell"]
    for line, answer in pairwise(cells):
        if line.line == answer.line and _OPEN.fullmatch(answer.text):
            yield line
