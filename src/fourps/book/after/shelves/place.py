"""Where a page stands on a shelf: its unit, and what of the course is in it."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal
from urllib.parse import unquote, urlsplit

Keeps = Literal["shell", "nothing"]
_ELSEWHERE = re.compile(r"(?!data:)[a-z][a-z0-9+.-]*:|//", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """What a page must know of the unit that it stands in."""

    names: frozenset[str]
    """Of all pages of the unit."""
    own: frozenset[str]
    """Of those that it is about; the others help to understand them."""
    start: str
    title: str
    language: str
    keeps: Keeps
    whole: bool
    """Whether it is the whole course."""
    kept: str = ""
    """The page that says what is kept."""
    ends: str = ""
    """The page that ends a unit in which nothing of its own is played."""

    def has(self, name: str, address: str) -> bool:
        """Whether what an address on a page leads to is in the unit."""
        return leads_to(name, address) in self.names


def leads_to(name: str, address: str) -> str:
    """Return the name of the file to which an address on a page leads.

    Examples
    --------
    >>> leads_to("book/half-hour/own.html", "../safety.html#leave")
    'book/safety.html'
    >>> leads_to("book/safety.html", "#leave")
    'book/safety.html'
    """
    if address.startswith("#") or not address:
        return name
    return _from(name.rpartition("/")[0], address) or name


# the menu stands on every page of a folder
@lru_cache(maxsize=1 << 14)
def _from(folder: str, address: str) -> str:
    path = unquote(urlsplit(address).path)
    return posixpath.normpath(posixpath.join(folder, path)) if path else ""


def address_of(name: str, target: str) -> str:
    """Return the address of a file, as a page has to name it.

    Examples
    --------
    >>> address_of("modules/protection/lab.html", "book/safety.html")
    '../../book/safety.html'
    """
    return posixpath.relpath(target, posixpath.dirname(name) or ".")


def is_elsewhere(address: str) -> bool:
    """Whether an address is one of another host, of a letter box or of a telephone.

    Examples
    --------
    >>> [is_elsewhere(one) for one in ("https://example.org/", "mailto:a@b.example", "a.html#b")]
    [True, True, False]
    """
    return bool(_ELSEWHERE.match(address))
