"""A built page as a tree: its links, the data of its scripts, and what is asked for by a class."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from fourps.book.after.shelves.place import is_elsewhere, leads_to
from fourps.course.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fourps.book.after.shelves.place import Place

    # no type information is published for lxml
    Element = Any

# what is asked for by a class is one of these
_ASKED = ("a", "button", "details", "div", "nav", "p", "span", "ul")
# of a link that is text by now
_OF_LINKS = ("href", "title", "download", "class", "rel", "hreflang", "data-done")


class PageTree:
    """A page that is changed for the unit in which it stands."""

    def __init__(self, root: Element, name: str, place: Place) -> None:
        self.root = root
        self.name = name
        self.place = place
        self.words = words(place.language)
        self._by_class: dict[str, list[Element]] = {}
        for element in root.iter(*_ASKED):
            for class_name in element.get("class", "").split():
                self._by_class.setdefault(class_name, []).append(element)

    def of(self, class_name: str) -> list[Element]:
        """Return the elements of a class; to look for each anew would take most of the time."""
        return self._by_class.get(class_name, [])

    def has(self, address: str) -> bool:
        """Whether an address on this page leads to a page of the unit."""
        return not is_elsewhere(address) and self.place.has(self.name, address)


def links(root: Element, name: str) -> Iterator[tuple[Element, str]]:
    """Yield each link of a page within the book, with the name of the file that it leads to."""
    for link in list(root.iter("a")):
        if (address := link.get("href")) and not is_elsewhere(address):
            yield link, leads_to(name, address)


def scripts_data(root: Element) -> Iterator[tuple[Element, Any]]:
    """Yield each element that has data for a script, and the data."""
    for script in root.iter("script"):
        if script.get("type") == "application/json":
            yield script, json.loads(script.text)


def drop(elements: list[Element]) -> None:
    """Take elements out, and leave what stands after them."""
    for element in elements:
        if element.getparent() is not None:
            element.drop_tree()


def to_text(link: Element) -> None:
    """Leave of a link what it says."""
    link.tag = "span"
    for name in _OF_LINKS:
        link.attrib.pop(name, None)


def text_of(element: Element) -> str:
    """Return what an element says."""
    return "".join(element.itertext()).strip()
