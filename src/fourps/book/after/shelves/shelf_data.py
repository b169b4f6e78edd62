"""What the scripts of a page are told on a shelf: no address that is not there, and true words."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from fourps.book.after.shelves.place import is_elsewhere
from fourps.course.words import words

if TYPE_CHECKING:
    from fourps.book.after.shelves.place import Keeps, Place

_GONE = object()


@cache
def told_here(language: str, keeps: Keeps) -> dict[str, tuple[str, str]]:
    """Return each word that is another on a shelf: by its key what the site says, and the shelf.

    Examples
    --------
    >>> told_here("en", "nothing")["kept-none"]
    ('Nothing is kept on this device.', 'Nothing is kept here.')
    """
    every = words(language)
    told = {}
    for begin in ("shelf-", "shelf-nothing-") if keeps == "nothing" else ("shelf-",):
        for key, text in every.items():
            plain = key.removeprefix(begin)
            if key.startswith(begin) and plain in every:
                told[plain] = every[plain], text
    return told


def turned(data: Any, name: str, place: Place) -> Any:
    """Return the data of a page as it is on a shelf.

    What leads to a page that is not there is left out of its list, and is nothing elsewhere.
    """
    return _Turn(name, place)(data)


class _Turn:
    def __init__(self, name: str, place: Place) -> None:
        self.name = name
        self.place = place
        self.told = told_here(place.language, place.keeps)

    def __call__(self, value: Any) -> Any:
        if isinstance(value, list):
            return [one for one in map(self, value) if one is not _GONE]
        if not isinstance(value, dict):
            return value
        if (
            (address := value.get("href"))
            and isinstance(address, str)
            and not self._is_here(address)
        ):
            return _GONE
        kept = {key: self._told(key, self(one)) for key, one in value.items()}
        if "modules" in value and isinstance(value.get("here"), int):
            kept["here"] = self._here(value)
        return kept

    def _is_here(self, address: str) -> bool:
        return not is_elsewhere(address) and self.place.has(self.name, address)

    def _told(self, key: str, value: Any) -> Any:
        site, shelf = self.told.get(key, (None, None))
        if value == site and site is not None:
            return shelf
        return None if value is _GONE else value

    def _here(self, course: dict[str, Any]) -> int:
        """Return the place of the page's own module among those that are left."""
        ways = [*course["modules"], *course.get("others", ())]
        if course["here"] < 0:
            return -1
        left = [one for one in ways if not one["href"] or self._is_here(one["href"])]
        mine = ways[course["here"]]
        return left.index(mine) if mine in left else -1
