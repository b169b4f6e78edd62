"""What stands around a text, on a shelf: a menu, a bar and a footer of the pages that are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourps.book.after.shelves.page_tree import drop

if TYPE_CHECKING:
    from fourps.book.after.shelves.page_tree import Element, PageTree

# what a link is shown in, which goes with it
_GOES = {
    "fp-footer": "li",
    "fp-bar-pages": "a",
    "fp-bar-search": "",
    "related-pages": "a",
    "fp-after-chapter": "",
    "fp-term-ways": "a",
}


def prune(page: PageTree) -> None:
    """Take what leads out of the unit from the bar, the menu, the footer and the head."""
    for link in page.root.xpath("/html/head/link[@rel='next' or @rel='prev' or @rel='search']"):
        if not page.has(link.get("href")):
            link.drop_tree()
    for holder, tag in _GOES.items():
        for found in page.of(holder):
            _prune(page, found, tag)
    for tree in page.of("sidebar-tree"):
        _prune_menu(page, tree)


def _prune(page: PageTree, found: Element, tag: str) -> None:
    out = [link for link in found.iter("a") if not page.has(link.get("href", ""))]
    if tag in ("", "a"):
        drop([found] if out and not tag else out)
    else:
        drop([line for link in out for line in link.iterancestors(tag)])
    if found.tag == "nav" and not len(found):
        found.drop_tree()


def _prune_menu(page: PageTree, tree: Element) -> None:
    """Leave the lines of the menu that lead to a page that is there."""
    if not page.place.whole:
        # one of them has no number
        for numbered in page.of("fp-n"):
            numbered.classes.discard("fp-n")
    # from the innermost line outwards
    for line in reversed(list(tree.iter("li"))):
        above = line.getparent().getparent()
        if page.place.whole and above.tag == "li" and "current" not in above.classes:
            # the parts of a module stand in its own menu: in all they are a tenth of the whole
            line.drop_tree()
            continue
        link, below = line.find("a"), line.find(".//li") is not None
        if not below:
            drop([one for one in line if one is not link])
            line.classes.discard("has-children")
        if link is not None and not page.has(link.get("href", "")):
            for one in line.findall("ul/li"):
                one.set("class", one.get("class", "").replace("toctree-l2", "toctree-l1"))
                line.addprevious(one)
            line.drop_tree()
    drop([one for one in tree.iter("ul") if one.find("li") is None])
    for caption in list(tree.iterchildren("p")):
        after = caption.getnext()
        if after is None or after.tag != "ul":
            caption.drop_tree()
