"""Names of languages, which way each runs, and two that exist only to find missing words.

``en-XA`` and ``ar-XB`` are the names that Unicode's data and browsers use for such languages: the
first has accents, brackets and 40 % more length, the second also runs from right to left.
"""

from __future__ import annotations

import os
import re
from datetime import date
from typing import TYPE_CHECKING

from fourps.course.mime import LANGUAGE

if TYPE_CHECKING:
    from babel import Locale

ACCENTED, RIGHT_TO_LEFT = "en-XA", "ar-XB"
LONGER = 0.4
_LATIN = "AaBbCcDdEeFfGgHhIiJjKkLlMmNnOoPpQqRrSsTtUuVvWwXxYyZz"
_MARKED = "ÅåƁƀÇçÐðÉéƑƒĜĝĤĥÎîĴĵĶķĹĺṀɱÑñÖöÞþǪǫŔŕŠšŢţÛûṼṽŴŵẊẋÝýŽž"
_ACCENTS = str.maketrans(_LATIN, _MARKED)
_PADDING = "ôñé ţŵö ţĥŕéé ƒöûŕ ƒîṽé šîẋ šéṽéñ éîĝĥţ ñîñé ţéñ "
# what a translator leaves as it is: roles, code, addresses, markup and places to be filled
_KEPT = re.compile(
    r"(\{[\w:-]+\}`[^`]*`|`+[^`]+`+|\]\([^)]*\)|\{[^{}]*\}|</?[A-Za-z][^<>]*>|https?://\S+"
    r"|%\(\w+\)s|%[sd]|&#?\w+;|\$\{[^}]*\})"
)
# but a term reads as its translation, and leads where it led
_TERM = re.compile(r"(\{term\}`)([^`<>]+?)(?: <([^`<>]+)>)?`")


def here() -> str:
    """Return the language of the notebook that is being run; English, if nobody said.

    Examples
    --------
    >>> here()
    'en'
    """
    return os.environ.get(LANGUAGE) or "en"


def tag(code: str) -> str:
    """Return a code as HTML wants it.

    Examples
    --------
    >>> tag("pt_BR")
    'pt-BR'
    """
    return code.replace("_", "-")


def folders(code: str) -> list[str]:
    """Return the folders that have the texts of a language, the most special first.

    Examples
    --------
    >>> folders("fr-CA"), folders("fr")
    (['fr_CA', 'fr'], ['fr'])
    """
    parts = code.replace("-", "_").split("_")
    return ["_".join(parts[:count]) for count in range(len(parts), 0, -1)]


def without_region(code: str) -> str:
    """Return the language of a code alone.

    Examples
    --------
    >>> without_region("fr-CA"), without_region("fr")
    ('fr', 'fr')
    """
    return folders(code)[-1]


def direction(code: str) -> str:
    """Return ``rtl`` for a language that runs from right to left, else ``ltr``.

    Examples
    --------
    >>> [direction(code) for code in ("ar", "fa-AF", "he", "ur", "fr", "ar-XB")]
    ['rtl', 'rtl', 'rtl', 'rtl', 'ltr', 'rtl']
    """
    return str(_locale(without_region(code)).text_direction)


def name(code: str, reader: str = "") -> str:
    """Return what a language is called in a reader's language, or else in itself.

    Examples
    --------
    >>> name("fr"), name("ar"), name("en-XA"), name("en", "fr")
    ('français', 'العربية', 'English (XA)', 'anglais')
    """
    language, _, region = tag(code).partition("-")
    called = str(_locale(language).get_display_name(without_region(reader or code)))
    return f"{called} ({region})" if region else called


def is_pseudo(code: str) -> bool:
    """Return whether a language exists only to find words that nobody could translate.

    Examples
    --------
    >>> is_pseudo("en_XA"), is_pseudo("en")
    (True, False)
    """
    return tag(code) in (ACCENTED, RIGHT_TO_LEFT)


def has_words(text: str) -> bool:
    """Return whether a text has anything to translate: words, or a number written our way.

    Examples
    --------
    >>> [has_words(text) for text in ("2030", "{cite:p}`who2003`", "b", "2,030", "Go.")]
    [False, False, False, True, True]
    """
    prose = "".join(_KEPT.split(_TERM.sub(r"\2", text))[::2])
    # a letter alone names a row or an answer
    return len(prose.strip()) > 1 and bool(re.search(r"[^\W\d_]|\d(?:[.,:]\d| ?%)", prose))


def pseudo(text: str) -> str:
    """Write a text with accents, in brackets and 40 % longer; markup and places stay.

    Examples
    --------
    >>> pseudo("Step {step} of **this**")
    '[Šţéþ {step} öƒ **ţĥîš** ôñéé]'
    >>> pseudo("{cite:p}`who2003`")
    '{cite:p}`who2003`'
    >>> pseudo("Ask {term}`them <they>`")
    '[Åšķ {term}`ţĥéɱ <they>` ô]'
    """
    text = _TERM.sub(lambda term: f"{term[1]}{_accents(term[2])} <{term[3] or term[2]}>`", text)
    # split by one group: every second part is what is kept
    parts = _KEPT.split(text)
    length = sum(map(len, parts[::2]))
    if not "".join(parts[::2]).strip():
        return text
    parts[::2] = map(_accents, parts[::2])
    # a word at a time, so that lines can break
    extra = max(1, round(LONGER * length) - 3)
    padding = (_PADDING * (1 + extra // len(_PADDING)))[:extra].rstrip().ljust(extra, "é")
    return f"[{''.join(parts)} {padding}]"


def _locale(language: str) -> Locale:
    # whatever runs in a cell loads this file, and few cells need Babel
    from babel import Locale

    return Locale.parse(language)


def _accents(text: str) -> str:
    return text.translate(_ACCENTS)


def day_text(said: str, language: str) -> str:
    """Return a day as a language writes it; what is no day as it stands.

    Examples
    --------
    >>> day_text("2026-11-30", "en"), day_text("2026-11-30", "fr"), day_text("soon", "en")
    ('30 November 2026', '30 novembre 2026', 'soon')
    """
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return said
    from babel.dates import format_date

    plain = language == "en" or is_pseudo(language)
    locale = "en_GB" if plain else tag(language).replace("-", "_")
    return str(format_date(day, "long", locale=locale))
