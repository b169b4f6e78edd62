"""A built page as a chapter to read: what it says without scripts, forms and buttons.

What is folded on a page, such as the answers of a quiz, stands at the end of its chapter, and a
link leads there and back: many readers of books show at once what should be unfolded.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import lxml.html
from lxml import etree

from fourps.book.after.contents import PARSER, resolve
from fourps.book.after.shelves.drawings import draw
from fourps.book.after.shelves.to_fill_in import as_text
from fourps.book.after.shelves.wide_tables import in_cards

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fourps.book.after.shelves.drawings import Pictures

_NO_TEXT = frozenset(("script", "style", "noscript", "template", "button", "progress"))
# what moves through pages, plays, keeps or is of use on a screen only; the rest is about drawings
_LEFT_OUT = frozenset(
    (
        *("headerlink", "fp-place", "fp-onward", "fp-run", "fp-read-mark", "fp-term", "fp-print"),
        *("fp-clock", "fp-live", "fp-asking", "fp-moves", "fp-count-words", "fp-shape", "fp-made"),
        *("fp-search", "fp-host", "fp-controls", "toctree-wrapper"),
        *("fp-i", "fp-dot"),
    )
)
# they say nothing when they hold nothing
_BLOCKS = ("p", "div", "ul")
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_SHEET = Path(__file__).parent / "epub_parts" / "book.css"
_REMARK = re.compile(r"/\*.*?\*/\n?", re.DOTALL)
_CLASS = re.compile(r"\.([a-z][\w-]*)")
_NOT_KEPT = ("data-keep", "data-ask", "data-fourps-offline")
# they say of the answers of a quiz that they are folded, and how it is printed
_OF_THE_SCREEN = ("text-quiz", "paper-sheet")
_KEPT = frozenset(
    (
        *("id", "href", "src", "alt", "lang", "dir", "width", "height", "start", "value"),
        *("colspan", "rowspan", "scope", "headers", "data-heading"),
    )
)
_ROLES = frozenset(
    ("list", "listitem", "table", "rowgroup", "row", "cell", "columnheader", "rowheader")
)


@dataclass(frozen=True)
class Chapter:
    """What a page says, as an element of XHTML, and what it is called."""

    name: str
    title: str
    body: Any

    @property
    def address(self) -> str:
        """Where it stands in a book."""
        return f"{self.name}.xhtml"

    @property
    def ids(self) -> set[str]:
        """The places in it that links may lead to."""
        return {element.get("id") for element in self.body.iter() if element.get("id")}

    def text(self) -> str:
        """Return it as XHTML; drawings and pages have namespaces that their first element names."""
        return str(etree.tostring(self.body, encoding="unicode", with_tail=False))


def chapter(
    page: bytes,
    name: str,
    titles: Mapping[str, str],
    word: Mapping[str, str],
    pictures: Pictures,
) -> Chapter:
    """Return a page as a chapter whose links are as they were on the page.

    Parameters
    ----------
    page
        The file of a built page.
    name
        Its address without ``.html``.
    titles
        What the pages of the book are called, by name.
    word
        The words of the page's language.
    pictures
        Those of the book, to which the page's are added.

    Examples
    --------
    >>> from pathlib import Path
    >>> from fourps.book.after.shelves.drawings import Pictures
    >>> from fourps.course.words import words
    >>> page = b"<article><section><details><summary>Why</summary><p>So.</p></details></section>"
    >>> print(chapter(page, "one", {"one": "One"}, words("en"), Pictures(Path())).text())
    <section><p><a id="fold-1" href="#note-1">Why</a></p><section class="notes"...
    """
    article = lxml.html.document_fromstring(page, parser=PARSER).find(".//article")
    if article is None:
        raise ValueError(f"{name}.html has no article")
    body = article.find("section")
    _leave_out(body, word)
    _name_ways(body, name, titles)
    as_text(body)
    _unfold(body, word["epub-notes"])
    _flatten_code(body)
    in_cards(body)
    draw(body)
    pictures.take(body, name)
    _keep_attributes(body)
    return Chapter(name, titles[name], body)


def _leave_out(body: Any, word: Mapping[str, str]) -> None:
    """Remove what a book has no use for."""
    for element in list(body.iter()):
        classes = element.get("class", "").split()
        is_hidden = element.get("hidden") is not None
        if (
            element.tag in _NO_TEXT
            or is_hidden
            or not _LEFT_OUT.isdisjoint(classes)
            or any(key in element.attrib for key in _NOT_KEPT)
        ):
            element.drop_tree()
    screen = {word[key] for key in _OF_THE_SCREEN}
    for paragraph in body.xpath(".//*[@class='fp-text']/p"):
        link = paragraph.find("a")
        # "Begin" leads to what follows
        begins = link is not None and len(paragraph) == 1 and "data-text" not in link.attrib
        if begins or paragraph.text_content() in screen:
            paragraph.drop_tree()
    for waiting in body.xpath(".//*[@data-three]/*/p[1]"):
        waiting.drop_tree()
    for hand_in in body.xpath(".//*[@data-handin]/p"):
        hand_in[:], hand_in.text = [], word["epub-handin"]


def _name_ways(body: Any, name: str, titles: Mapping[str, str]) -> None:
    """Call a button that leads on as the page that it leads to."""
    for link in body.xpath(".//*[@class='fp-start']/a"):
        target, _ = resolve(name, link.get("href"))
        if target in titles:
            link[:], link.text = [], titles[target]


def _unfold(body: Any, heading: str) -> None:
    """Move what is folded to the end."""
    notes = lxml.html.Element("section", {"class": "notes", "id": "notes"})
    etree.SubElement(notes, "h2").text = heading
    folds = list(body.iter("details"))
    for number, fold in enumerate(folds, 1):
        summary = fold.find("summary")
        title = " ".join(f"{_question(fold)}{summary.text_content()}".split())
        place = lxml.html.Element("p")
        there = etree.SubElement(place, "a", id=f"fold-{number}", href=f"#note-{number}")
        there.text, there[:] = summary.text, summary[:]
        place.tail = fold.tail
        fold.getparent().replace(fold, place)
        fold.tag, fold.tail = "div", None
        fold.attrib.clear()
        fold.attrib.update({"class": "note", "id": f"note-{number}"})
        back = lxml.html.Element("p", {"class": "note-title"})
        etree.SubElement(back, "a", href=f"#fold-{number}").text = title
        fold.text, summary.tail = None, None
        fold.replace(summary, back)
        notes.append(fold)
    if folds:
        body.append(notes)


def _question(fold: Any) -> str:
    """Return which question of a quiz an answer is of, to stand in front of its title."""
    part = fold.getparent()
    asked = part.find("p") if part.get("class") == "fp-part" else None
    return "" if asked is None else f"{asked.text_content()}. "


def _flatten_code(body: Any) -> None:
    """Take the colours out of code: a book has none, and they are most of its size."""
    for code in body.iter("pre"):
        code[:], code.text = [], code.text_content()


def _keep_attributes(body: Any) -> None:
    """Leave what a book can use of attributes, and out what then says nothing."""
    drawings = set(body.xpath(".//svg/descendant-or-self::*"))
    for element in list(body.iter()):
        if element in drawings:
            continue
        for key, value in element.attrib.items():
            if key == "class":
                _keep_classes(element, value)
            elif key not in _KEPT and not (key == "role" and value in _ROLES):
                del element.attrib[key]
        if "lang" in element.attrib:
            element.set(_LANGUAGE, element.get("lang"))
        if element.tag == "span" and not element.attrib:
            element.drop_tag()
    for element in list(body.iter(*_BLOCKS)):
        is_empty = not len(element) and not (element.text or "").strip()
        if is_empty and "id" not in element.attrib:
            element.drop_tree()


def _keep_classes(element: Any, value: str) -> None:
    kept = " ".join(name for name in value.split() if name in styled())
    if kept:
        element.set("class", kept)
    else:
        del element.attrib["class"]


@cache
def style() -> str:
    """Return the style of a book. Its names are those of edges, since many readers know no others.

    Examples
    --------
    >>> "/*" in style()
    False
    """
    return _REMARK.sub("", _SHEET.read_text("utf-8"))


@cache
def styled() -> frozenset[str]:
    """Return the classes that the style of a book names.

    Examples
    --------
    >>> "admonition" in styled(), "docutils" in styled()
    (True, False)
    """
    return frozenset(_CLASS.findall(style()))


def link(chapters: Mapping[str, Chapter]) -> None:
    """Have the links of chapters lead within their book: one to a page that it has not is text."""
    there = {name: one.ids for name, one in chapters.items()}
    used: dict[str, set[str]] = {name: set() for name in chapters}
    for name, one in chapters.items():
        for anchor in list(one.body.iter("a")):
            address = anchor.get("href", "")
            target, place = resolve(name, address)
            if urlsplit(address).scheme:
                _say_address(anchor, address)
            elif target in chapters:
                place = place if place in there[target] else ""
                used[target].add(place)
                anchor.set("href", _address(name, target, place))
            else:
                anchor.drop_tag()
    for name, one in chapters.items():
        _keep_ids(one.body, used[name])


def _keep_ids(body: Any, used: set[str]) -> None:
    """Leave the first of each id to which a link leads: a translated page may have one twice."""
    for element in body.xpath(".//*[@id][not(ancestor-or-self::svg)]"):
        if element.get("id") in used:
            used.remove(element.get("id"))
        else:
            del element.attrib["id"]
            if element.tag == "span" and not element.attrib:
                element.drop_tag()


def _address(here: str, target: str, place: str) -> str:
    """Return how a chapter leads to another, or to a place in it.

    Examples
    --------
    >>> _address("modules/protection/quiz", "book/safety", ""), _address("quiz", "quiz", "note-1")
    ('../../book/safety.xhtml', '#note-1')
    """
    folder = posixpath.dirname(here) or "."
    file = "" if place and target == here else posixpath.relpath(f"{target}.xhtml", folder)
    return f"{file}#{place}" if place else file


def _say_address(anchor: Any, address: str) -> None:
    """Put an address in words behind a link that does not say it: paper cannot be tapped."""
    said = anchor.text_content().strip()
    if said not in address and not said.startswith("doi:"):
        anchor.tail = f" ({address}){anchor.tail or ''}"
