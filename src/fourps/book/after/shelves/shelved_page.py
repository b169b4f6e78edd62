"""A built page as it stands on a shelf: it leads only to its unit, and what it says holds there."""

from __future__ import annotations

import hashlib
import json
from html import escape
from typing import TYPE_CHECKING, Any

from lxml import html as lxml_html
from lxml.html import builder as make

from fourps.book.after.bare_pages import CHARSET
from fourps.book.after.headers import with_policy
from fourps.book.after.shelves.place import address_of, is_elsewhere, leads_to
from fourps.book.after.shelves.shelf_data import turned
from fourps.course.local import LOCAL
from fourps.course.words import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fourps.book.after.shelves.place import Place

    # no type information is published for lxml
    Element = Any

SHELF_SCRIPT = "_static/shelf.js"
# what belongs to a site in several languages, and to notebooks
_SITE = ("fp-bar-language", "fp-languages", "fp-run")
# what a link is shown in, which goes with it
_GOES = {
    "fp-footer": "li",
    "fp-bar-pages": "a",
    "fp-bar-search": "",
    "related-pages": "a",
    "fp-after-chapter": "",
    "fp-term-ways": "a",
}
# as `front/ended.js` says it
_ENDED = 'document.dispatchEvent(new CustomEvent("fourps-ended",{{detail:{id}}}));'
# what the page says in place of what it said of the device
_KEPT = (
    *("shelf-asks", "shelf-status", "shelf-what", "shelf-who"),
    *("shelf-erase", "shelf-leave"),
)
_NOTHING_KEPT = ("shelf-nothing-asks", "shelf-nothing-leave")
# of a link that is text by now
_OF_LINKS = ("href", "title", "download", "class", "rel", "hreflang", "data-done")
# what HTML lets end by itself is ended all the same: what follows must not become a part of it
_MAY_END = ("p", "li", "td", "th", "dd", "dt", "option")


def parse(page: bytes) -> Element:
    """Return a built page as a tree."""
    return lxml_html.document_fromstring(page.decode())


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


def keeps_here(root: Element) -> Element | None:
    """Return the panel of the page that shows what is kept, if this is that page."""
    return next(iter(root.xpath("//*[@data-fourps='kept']")), None)


def shelved(root: Element, name: str, place: Place) -> dict[str, bytes]:
    """Return a page as it stands on a shelf, with the files that it shares with other pages.

    Its tree is changed on the way.
    """
    page = _Page(root, name, place)
    page.leave_out()
    page.turn_data()
    page.say_what_is_kept()
    page.prune()
    page.turn_way_on()
    page.unlink()
    return page.share() | {name: page.written()}


class _Page:
    def __init__(self, root: Element, name: str, place: Place) -> None:
        self.root = root
        self.name = name
        self.place = place
        self.words = words(place.language)

        self._by_class: dict[str, list[Element]] = {}
        for element in root.xpath("//*[@class]"):
            for name_of_class in element.get("class").split():
                self._by_class.setdefault(name_of_class, []).append(element)

    def _of(self, name: str) -> list[Element]:
        """Return the elements of a class; to look for each anew would take most of the time."""
        return self._by_class.get(name, [])

    def has(self, address: str) -> bool:
        return not is_elsewhere(address) and self.place.has(self.name, address)

    def leave_out(self) -> None:
        """Leave out what belongs to a site, a saved course or a notebook."""
        for name in _SITE:
            _drop(self._of(name))
        _drop([one for one in self.root.iter("script") if "serviceWorker" in (one.text or "")])
        if self.place.keeps == "nothing":
            _drop(self._of("fp-read-mark"))
        if self.name not in self.place.own:
            # it tells the parts of another unit
            _drop(self._of("fp-place"))

    def turn_data(self) -> None:
        """Give the scripts of the page what holds on a shelf."""
        for script, value in scripts_data(self.root):
            if (new := turned(value, self.name, self.place)) != value:
                text = json.dumps(new, ensure_ascii=False, separators=(",", ":"))
                script.text = text.replace("<", "\\u003c")
        for mount in self.root.xpath("//*[@data-words]"):
            value = turned(json.loads(mount.get("data-words")), self.name, self.place)
            mount.set("data-words", json.dumps(value, ensure_ascii=False, separators=(",", ":")))
        for meta in self.root.xpath("//meta[@name='fourps-local']"):
            meta.set("content", address_of(self.name, LOCAL))

    def say_what_is_kept(self) -> None:
        """Say what is kept here: on one page all of it, and a hint on those that name that page."""
        article = self.root.find(".//article")
        if article is None or not self.place.kept:
            return
        if self.name == self.place.kept:
            self._tell(article)
        else:
            self._hint(article)
        of_menu = {one for tree in self._of("sidebar-tree") for one in self._to_kept(tree)}
        for link in self._to_kept(self.root):
            if _text(link) in {_text(one) for one in of_menu}:
                _name_anew(link, self._says())

    def _to_kept(self, part: Element) -> list[Element]:
        return [link for link, to in links(part, self.name) if to == self.place.kept]

    def _tell(self, article: Element) -> None:
        """Put what holds here in place of what the page says of the device."""
        panel = keeps_here(self.root)
        for one in list(article):
            article.remove(one)
        texts = [make.P(self.words[key]) for key in self._kept_texts()]
        article.append(make.SECTION(make.H1(self._says()), *texts))
        if panel is not None and self.place.keeps == "shell":
            article[0].append(panel)
        self.root.find(".//title").text = self._says()
        _drop([*self._of("toc-scroll"), *self._of("fp-contents")])

    def _hint(self, article: Element) -> None:
        """Say after a page's first sentence that what it says of the device is other here."""
        heading = article.find(".//h1")
        if heading is not None and self._to_kept(article):
            link = make.A(self._says(), href=address_of(self.name, self.place.kept))
            first = next(heading.itersiblings("p"), heading)
            first.addnext(make.P(self.words["shelf-note"], " ", link, "."))

    def _says(self) -> str:
        key = "shelf-nothing-title" if self.place.keeps == "nothing" else "shelf-title"
        return self.words[key]

    def _kept_texts(self) -> tuple[str, ...]:
        return _NOTHING_KEPT if self.place.keeps == "nothing" else _KEPT

    def prune(self) -> None:
        """Take what leads out of the unit from the bar, the menu, the footer and the head."""
        for link in self.root.xpath("/html/head/link[@rel='next' or @rel='prev' or @rel='search']"):
            if not self.has(link.get("href")):
                link.drop_tree()
        for holder, tag in _GOES.items():
            for found in self._of(holder):
                self._prune(found, tag)
        for tree in self._of("sidebar-tree"):
            self._prune_menu(tree)

    def _prune(self, found: Element, tag: str) -> None:
        out = [link for link in found.iter("a") if not self.has(link.get("href", ""))]
        if tag in ("", "a"):
            _drop([found] if out and not tag else out)
        else:
            _drop([line for link in out for line in link.iterancestors(tag)])
        if found.tag == "nav" and not len(found):
            found.drop_tree()

    def _prune_menu(self, tree: Element) -> None:
        """Leave the lines of the menu that lead to a page that is there."""
        if not self.place.whole:
            # one of them has no number
            for numbered in tree.find_class("fp-n"):
                numbered.classes.discard("fp-n")
        # from the innermost line outwards
        for line in reversed(list(tree.iter("li"))):
            above = line.getparent().getparent()
            if self.place.whole and above.tag == "li" and "current" not in above.classes:
                # the parts of a module stand in its own menu: in all they are a tenth of the whole
                line.drop_tree()
                continue
            link, below = line.find("a"), line.find(".//li") is not None
            if not below:
                _drop([one for one in line if one is not link])
                line.classes.discard("has-children")
            if link is not None and not self.has(link.get("href", "")):
                for one in line.findall("ul/li"):
                    one.set("class", one.get("class", "").replace("toctree-l2", "toctree-l1"))
                    line.addprevious(one)
                line.drop_tree()
        _drop([one for one in tree.iter("ul") if one.find("li") is None])
        for caption in tree.find_class("caption"):
            after = caption.getnext()
            if after is None or after.tag != "ul":
                caption.drop_tree()

    def turn_way_on(self) -> None:
        """Have each button that leads out of the unit lead to its beginning."""
        for brand in self._of("fp-brand"):
            brand.set("href", address_of(self.name, self.place.start))
        for link in self._of("fp-btn"):
            if link.tag != "a" or self.has(link.get("href", "")):
                continue
            holders = {name for one in link.iterancestors() for name in one.classes}
            if not holders & {"fp-onward", "fp-start"}:
                continue
            link.set("href", address_of(self.name, self.place.start))
            if "fp-onward" in holders and (label := link.find("span")) is not None:
                said = self.words["shelf-home-done" if link.get("data-done") else "shelf-home"]
                label.clear()
                label.text = f"{said} "
                label.append(make.B(self.place.title))

    def unlink(self) -> None:
        """Make text of each link that leads to another host, or to what is not in the unit."""
        for link in list(self.root.iter("a")):
            address = link.get("href")
            if address is None or "fp-exit" in link.classes:
                continue
            if is_elsewhere(address):
                _in_words(link, address)
            elif not self.has(address):
                _to_text(link)

    def share(self) -> dict[str, bytes]:
        """Have what each page says in its own scripts and styles stand once, in files of theirs."""
        shared = {}
        for element in [*self.root.iter("script", "style")]:
            if not element.text or element.attrib:
                continue
            text = element.text.encode()
            ending = "js" if element.tag == "script" else "css"
            name = f"_static/{hashlib.sha256(text).hexdigest()[:8]}.{ending}"
            shared[name] = text
            address = address_of(self.name, name)
            if element.tag == "script":
                element.text = ""
                element.set("src", address)
            else:
                element.addprevious(make.LINK(rel="stylesheet", href=address))
                element.drop_tree()
        return shared

    def written(self) -> bytes:
        """Return the page with its script first, and with its policy."""
        if self.name == self.place.ends:
            # who has come here has done all that there is to do
            here = json.dumps(self.name.removesuffix(".html"))
            self.root.find("body").append(make.SCRIPT(_ENDED.format(id=here)))
        for element in self.root.iter(*_MAY_END):
            if not len(element) and element.text is None:
                element.text = ""
        text = lxml_html.tostring(self.root, encoding="unicode", doctype="<!doctype html>")
        keeps, close = self.place.keeps, escape(self.words["shell-close"])
        first = (
            f'{CHARSET}<meta name="fourps-keeps" content="{keeps}" data-close="{close}">'
            f'<script src="{address_of(self.name, SHELF_SCRIPT)}"></script>'
        )
        return with_policy(text.replace(CHARSET, first, 1).encode())


def _drop(elements: list[Element]) -> None:
    """Take elements out, and leave what stands after them."""
    for element in elements:
        if element.getparent() is not None:
            element.drop_tree()


def _to_text(link: Element) -> None:
    link.tag = "span"
    for name in _OF_LINKS:
        link.attrib.pop(name, None)


def _in_words(link: Element, address: str) -> None:
    """Show the address of a link to another host, which leads nowhere from here."""
    said = _text(link)
    _to_text(link)
    if said.rstrip("/") not in (address, address.rstrip("/")):
        link.tail = f" ({address}){link.tail or ''}"


def _text(link: Element) -> str:
    return "".join(link.itertext()).strip()


def _name_anew(link: Element, title: str) -> None:
    """Give a link that is named by a page's title the title that the page has here."""
    innermost = link
    while len(innermost) == 1:
        innermost = innermost[0]
    innermost.text = title
