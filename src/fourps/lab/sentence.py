"""Sentences and words of a lab in the language of whoever reads them.

A lab says what it shows in sentences with places in braces, so that a translator meets each once,
whatever it is filled with.
"""

from __future__ import annotations

from html import escape, unescape
from numbers import Integral
from typing import TYPE_CHECKING, Any

from fourps.lab.number import number
from fourps.lab.reader import is_number, reader

if TYPE_CHECKING:
    from collections.abc import Iterable


def sentence(template: str, **values: Any) -> str:
    """Say a sentence in the reader's language.

    Parameters
    ----------
    template
        The English sentence, with the name of each place in braces.
    **values
        What comes into each place: a word that is translated by itself, another sentence, a list
        of them, or a number. A whole number has no commas, since it may be a year:
        `fourps.lab.number.number` gives it some.

    Examples
    --------
    >>> people = number(9300)
    >>> sentence("{site}: {people} people in {year}", site="Ferry Road", people=people, year=2030)
    'Ferry Road: 9,300 people in 2030'
    >>> sentence("Nothing: {what}", what=["the weather", "the tide"])
    'Nothing: the weather, the tide'
    """
    found = reader().translation(template)
    if values:
        found = found.format_map({name: _say(value) for name, value in values.items()})
    return said(found)


def word(text: str) -> str:
    """Say a word in the reader's language, or leave what is in it already.

    Examples
    --------
    >>> word("under 30"), word("9,300")
    ('under 30', '9,300')
    """
    known = reader()
    if text in known.said or not text.strip():
        return text
    if is_number(text):
        return known.number(text)
    return said(known.translation(text))


def in_markup(text: str) -> str:
    """Say what stands in a table or drawing; a line that a drawing broke is said already.

    Examples
    --------
    >>> in_markup("rose &amp; fell")
    'rose &amp; fell'
    """
    plain = unescape(text)
    return escape(plain if plain in reader().lines else word(plain), quote=False)


def said(text: str) -> str:
    """Return a text that is made of what the reader understands, as it is.

    Examples
    --------
    >>> said(f"{word('Ferry Road')} ({word('3')})")
    'Ferry Road (3)'
    """
    reader().said.add(text)
    return text


def listed(texts: Iterable[str], between: str = ", ") -> str:
    """Say words or sentences one after another.

    Parameters
    ----------
    texts
        What is listed.
    between
        A sign with its space: a comma, or a semicolon, or a colon.

    Examples
    --------
    >>> listed(["rose", "fell"], "; ")
    'rose; fell'
    """
    return said(reader().signs(between).join(map(word, texts)))


def _say(value: Any) -> str:
    if isinstance(value, str):
        return word(value)
    if isinstance(value, list):
        return listed(value)
    return str(value) if isinstance(value, Integral) else number(value)
