"""What a page says of keeping, on a shelf: one says all of it, and the others name that one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml.html import builder as make

from fourps.book.after.shelves.page_tree import drop, links, text_of
from fourps.book.after.shelves.place import address_of

if TYPE_CHECKING:
    from fourps.book.after.shelves.page_tree import Element, PageTree

# in place of what the page said of the device
_KEPT = (
    *("shelf-asks", "shelf-status", "shelf-what", "shelf-who"),
    *("shelf-erase", "shelf-leave"),
)
_NOTHING_KEPT = ("shelf-nothing-asks", "shelf-nothing-leave")


def say_what_is_kept(page: PageTree) -> None:
    """Say on one page what is kept here, and on each that names it that it is other here."""
    article = page.root.find(".//article")
    if article is None or not page.place.kept:
        return
    if page.name == page.place.kept:
        _tell(page, article)
    else:
        _hint(page, article)
    named = {text_of(link) for tree in page.of("sidebar-tree") for link in _leading(page, tree)}
    for link in _leading(page, page.root):
        if text_of(link) in named:
            _name_anew(link, _title(page))


def _leading(page: PageTree, part: Element) -> list[Element]:
    """Return the links that lead to the page that says all of it."""
    return [link for link, to in links(part, page.name) if to == page.place.kept]


def _title(page: PageTree) -> str:
    return page.words["shelf-nothing-title" if page.place.keeps == "nothing" else "shelf-title"]


def _tell(page: PageTree, article: Element) -> None:
    """Put what holds here in place of what the page says of the device."""
    (panel,) = page.root.xpath("//*[@data-fourps='kept']")
    for one in list(article):
        article.remove(one)
    nothing = page.place.keeps == "nothing"
    texts = [make.P(page.words[key]) for key in (_NOTHING_KEPT if nothing else _KEPT)]
    section = make.SECTION(make.H1(_title(page)), *texts)
    if not nothing:
        section.append(panel)
    article.append(section)
    page.root.find(".//title").text = _title(page)
    drop([*page.of("toc-scroll"), *page.of("fp-contents")])


def _hint(page: PageTree, article: Element) -> None:
    """Say after a page's first sentence that what it says of the device is other here."""
    heading = article.find(".//h1")
    if heading is not None and _leading(page, article):
        link = make.A(_title(page), href=address_of(page.name, page.place.kept))
        first = next(heading.itersiblings("p"), heading)
        first.addnext(make.P(page.words["shelf-note"], " ", link, "."))


def _name_anew(link: Element, title: str) -> None:
    """Give a link that is named by a page's title the title that the page has here."""
    innermost = link
    while len(innermost) == 1:
        innermost = innermost[0]
    innermost.text = title
