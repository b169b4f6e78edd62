"""A built page as it stands on a shelf: it leads only to its unit, and what it says holds there."""

from __future__ import annotations

import hashlib
import json
from html import escape
from typing import TYPE_CHECKING

from lxml import html as lxml_html
from lxml.html import builder as make

from fourps.book.after.bare_pages import CHARSET
from fourps.book.after.headers import with_policy
from fourps.book.after.shelves.kept_here import say_what_is_kept
from fourps.book.after.shelves.page_tree import PageTree, drop, scripts_data, text_of, to_text
from fourps.book.after.shelves.place import address_of, is_elsewhere
from fourps.book.after.shelves.pruned import prune
from fourps.book.after.shelves.shelf_data import turned
from fourps.course.local import LOCAL

if TYPE_CHECKING:
    from fourps.book.after.shelves.page_tree import Element
    from fourps.book.after.shelves.place import Place

SHELF_SCRIPT = "_static/shelf.js"
# what belongs to a site in several languages, and to notebooks
_SITE = ("fp-bar-language", "fp-languages", "fp-run")
# as `front/ended.js` says it
_ENDED = 'document.dispatchEvent(new CustomEvent("fourps-ended",{{detail:{id}}}));'
# what HTML lets end by itself is ended all the same: what follows must not become a part of it
_MAY_END = ("p", "li", "td", "th", "dd", "dt", "option")


def parse(page: bytes) -> Element:
    """Return a built page as a tree."""
    return lxml_html.document_fromstring(page.decode())


def description_of(page: bytes) -> str:
    """Return what a page says of itself, if it does."""
    return " ".join(parse(page).xpath("/html/head/meta[@name='description']/@content"))


def shelved(root: Element, name: str, place: Place) -> dict[str, bytes]:
    """Return a page as it stands on a shelf, with the files that it shares with other pages.

    Its tree is changed on the way.
    """
    page = _Page(root, name, place)
    page.leave_out()
    page.turn_data()
    say_what_is_kept(page)
    prune(page)
    page.turn_way_on()
    page.unlink()
    return page.share() | {name: page.written()}


class _Page(PageTree):
    def leave_out(self) -> None:
        """Leave out what belongs to a site, a saved course or a notebook."""
        for name in _SITE:
            drop(self.of(name))
        drop([one for one in self.root.iter("script") if "serviceWorker" in (one.text or "")])
        if self.place.keeps == "nothing":
            drop(self.of("fp-read-mark"))
        if self.name not in self.place.own:
            # it tells the parts of another unit
            drop(self.of("fp-place"))

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

    def turn_way_on(self) -> None:
        """Have each button that leads out of the unit lead to its beginning."""
        for brand in self.of("fp-brand"):
            brand.set("href", address_of(self.name, self.place.start))
        for link in self.of("fp-btn"):
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
                to_text(link)

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


def _in_words(link: Element, address: str) -> None:
    """Show the address of a link to another host, which leads nowhere from here."""
    said = text_of(link)
    to_text(link)
    if said.rstrip("/") not in (address, address.rstrip("/")):
        link.tail = f" ({address}){link.tail or ''}"
