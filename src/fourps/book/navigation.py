"""The navigation, made once in a build, and marked for each page.

The theme would resolve the whole table of contents for every page, and take it apart again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from bs4 import BeautifulSoup
from furo.navigation import get_navigation_tree
from sphinx.environment.adapters.toctree import global_toctree_for_doc
from sphinx.util.osutil import relative_uri

from fourps.book.html import on_page
from fourps.course.words import words

if TYPE_CHECKING:
    from docutils.nodes import document
    from sphinx.application import Sphinx

# a page at the top that stands in no table of contents
_NOWHERE = "genindex"
# the one whose navigation is known
_THEME = "furo"


class _Entry(NamedTuple):
    """A line of the navigation."""

    classes: list[str]
    address: str
    """Of its page, from the top of the site; empty if it leads elsewhere."""
    text: str
    """What is read; all of the link if it leads elsewhere."""
    closed: str
    opened: str
    """What shows and hides the entries below it, as long as it hides and as long as it shows."""
    below: list[_Part]

    @property
    def folder(self) -> str:
        """Where the pieces of its lesson are, if it has some."""
        return f"{self.address.removesuffix('.html')}/"


class _List(NamedTuple):
    """Entries."""

    kind: str
    """Its class, if it has one on every page."""
    parts: list[_Part]


# a string is what stands between them, as it is
_Part = str | _Entry | _List


class Navigation:
    """The theme's navigation: switches named, modules numbered, and the page marked.

    The pieces of a lesson stand below the module that one is in; the others' own pages show theirs.

    Parameters
    ----------
    html
        As the theme makes it for a page at the top of the site that is not in it.
    expand
        What a switch is called; ``{title}`` is its page.

    Examples
    --------
    >>> entry = '<li class="toctree-l1"><a class="reference internal" href="a/b.html">B</a></li>'
    >>> Navigation(f"<ul>{entry}</ul>", "").of("a/c.html")
    '<ul><li class="toctree-l1"><a class="reference internal" href="b.html">B</a></li></ul>'
    """

    def __init__(self, html: str, expand: str) -> None:
        soup: Any = BeautifulSoup(html, "html.parser")
        for switch in soup.select("input.toctree-checkbox"):
            # each stands behind the link of its page
            title = "".join(link.get_text() for link in switch.find_previous_siblings("a"))
            switch["aria-label"] = expand.format(title=title)
        for chapters in soup.select("ul:has(> .toctree-l1.has-children:nth-of-type(2))"):
            # a class that it has already, `current`, is no style of ours
            chapters["class"] = ["fp-n"]
        self._ways: dict[str, list[_Entry]] = {}
        self._parts = self._read(soup, [])
        self._drawn: dict[tuple[str, int], str] = {}

    def of(self, address: str) -> str:
        """Return the navigation of a page, given its address from the top of the site."""
        folder = address.rpartition("/")[0]
        base = f"{folder}/." if folder else "."
        return _Page(base, self._ways.get(address, []), self._drawn).draw(self._parts)

    def _read(self, parent: Any, above: list[_Entry]) -> list[_Part]:
        return [self._part(child, above) for child in parent]

    def _part(self, element: Any, above: list[_Entry]) -> _Part:
        if element.name == "ul":
            return _List(" ".join(element.get("class", ())), self._read(element, above))
        return self._entry(element, above) if element.name == "li" else str(element)

    def _entry(self, item: Any, above: list[_Entry]) -> _Entry:
        link, *others = item
        inside = "internal" in link["class"]
        switch = [tag for tag in others if tag.name in ("input", "label")]
        closed = "".join(map(str, switch))
        for box in switch[:1]:
            box["checked"] = ""
        opened = "".join(map(str, switch))
        text = link.decode_contents() if inside else str(link)
        address = link["href"] if inside else ""
        entry = _Entry(item["class"], address, text, closed, opened, [])
        way = [*above, entry]
        if inside:
            self._ways.setdefault(address, way)
        entry.below.extend(self._part(tag, way) for tag in others if tag not in switch)
        return entry


class _Page(NamedTuple):
    """A page whose navigation is drawn."""

    base: str
    """From where it sees the others."""
    way: list[_Entry]
    """The entries that it stands below, the outermost first, and its own."""
    drawn: dict[tuple[str, int], str]
    """What it does not stand below, as it was drawn for other pages of its folder."""

    def draw(self, parts: list[_Part], hidden: tuple[str, ...] = ()) -> str:
        return "".join(self._draw(part, hidden) for part in parts)

    def _draw(self, part: _Part, hidden: tuple[str, ...]) -> str:
        if isinstance(part, str):
            return part
        if isinstance(part, _Entry):
            return self._mark(part) if self._leads_here(part) else self._other(part, hidden)
        here = any(isinstance(entry, _Entry) and self._leads_here(entry) for entry in part.parts)
        kind = part.kind or ("current" if here else "")
        head = f'<ul class="{kind}">' if kind else "<ul>"
        return f"{head}{self.draw(part.parts, hidden)}</ul>"

    def _leads_here(self, entry: _Entry) -> bool:
        return any(entry is step for step in self.way)

    def _mark(self, entry: _Entry) -> str:
        level, *more = entry.classes
        own = entry is self.way[-1]
        classes = " ".join([level, "current", *more, *["current-page"] * own])
        link = self._link(entry)
        if own:
            link = '<a aria-current="page" class="current reference internal" href="#">'
            link += f"{entry.text}</a>"
        return f'<li class="{classes}">{link}{entry.opened}{self.draw(entry.below)}</li>'

    def _other(self, entry: _Entry, hidden: tuple[str, ...]) -> str:
        key = self.base, id(entry)
        if not hidden and key in self.drawn:
            return self.drawn[key]
        if entry.address.startswith(hidden):
            return ""
        below = self.draw(entry.below, (*hidden, entry.folder))
        classes = " ".join(entry.classes)
        html = f'<li class="{classes}">{self._link(entry)}{entry.closed}{below}</li>'
        if not hidden:
            self.drawn[key] = html
        return html

    def _link(self, entry: _Entry) -> str:
        if not entry.address:
            return entry.text
        address = relative_uri(self.base, entry.address)
        return f'<a class="reference internal" href="{address}">{entry.text}</a>'


def _navigation(app: Sphinx) -> Navigation:
    """Return the navigation of a book whose pages were all read; it is made once."""
    builder: Any = app.builder
    if not hasattr(builder, "fourps_navigation"):
        tree = global_toctree_for_doc(
            app.env, _NOWHERE, builder, collapse=False, titles_only=True, maxdepth=-1
        )
        html = get_navigation_tree(builder.render_partial(tree)["fragment"]) if tree else ""
        expand = words(app.config.language)["page-expand"]
        builder.fourps_navigation = Navigation(html, expand)
    return builder.fourps_navigation  # type: ignore[no-any-return]


def _withhold(app: Sphinx, _page: str, context: dict[str, Any], _doctree: document | None) -> None:
    """Keep the theme from making the navigation of each page anew."""
    if app.config.html_theme == _THEME:
        context["toctree"] = lambda **_options: ""


def _show(app: Sphinx, page: str, context: dict[str, Any], _doctree: document | None) -> None:
    if app.config.html_theme == _THEME:
        address = app.builder.get_target_uri(page)
        context["furo_navigation_tree"] = _navigation(app).of(address)


def register(app: Sphinx) -> None:
    """Come before the theme, and again after it."""
    on_page(app, _withhold, 100)
    on_page(app, _show, 900)
