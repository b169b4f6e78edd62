"""Read a weekday and a time, in any language of the course."""

from __future__ import annotations

import re
from functools import cache

# what stands between hour and minute in one language or another
_MOMENT = re.compile(r"\W*([^\W\d_]+)\.?,?\s+(?:à\s+)?([01]?\d|2[0-4])\s*[:.hH]\s*([0-5]\d)\W*")


def moment(answer: object) -> object:
    r"""Return a weekday and a time as English writes them; what is none is returned as it is.

    Examples
    --------
    >>> moment("vendredi 9 h 30"), moment("Friday 09:30"), moment("Friday"), moment(4)
    ('Friday 09:30', 'Friday 09:30', 'Friday', 4)
    """
    found = _MOMENT.fullmatch(answer) if type(answer) is str else None
    day = _days().get(found[1].casefold()) if found else None
    return f"{day} {int(found[2]):02}:{found[3]}" if found and day else answer


@cache
def _days() -> dict[str, str]:
    """Return the weekdays in English, by their name in any language that exercises speak."""
    from babel import Locale

    from fourps.course.words import EXERCISE, languages

    def names(language: str) -> dict[int, str]:
        return dict(Locale.parse(language, sep="-").days["format"]["wide"])

    english = names("en")
    return {
        name.casefold(): english[number]
        for language in languages(EXERCISE)
        for number, name in names(language).items()
    }
