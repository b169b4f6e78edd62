"""What the pages of a course refer to: each other, named places, and sources."""

from __future__ import annotations

import os
import posixpath
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from pybtex.backends.markdown import Backend
from pybtex.database import parse_file
from pybtex.style.formatting.plain import Style

from fourps.course import toc
from fourps.course.citations import labels
from fourps.course.page import Page, read

if TYPE_CHECKING:
    from collections.abc import Iterable

# where the table of contents is silent, a module's pages stand in the order of learning
_ORDER = [
    *("welcome", "safety", "local", "how", "world", "privacy"),
    *("lesson", "lab", "practice", "quiz", "exercise", "aid"),
]


class References:
    """The pages of a course, in their order, and what they can refer to.

    Parameters
    ----------
    root
        The folder that holds ``book/`` and ``modules/``.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> references = References(content_root())
    >>> references.pages[0].name
    'welcome.md'
    >>> references.notebook(references.pages[0], "safety.md")
    ('Safety first', 'safety.ipynb')
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    @cached_property
    def labels(self) -> dict[str, str]:
        """The printed label of each citation key."""
        return labels(self.root / "book" / "references.bib")

    @cached_property
    def pages(self) -> list[Path]:
        """Every page, in the order of the table of contents where there is one."""
        found = [*self.root.glob("book/*.md"), *self.root.glob("modules/*/*.md")]
        found += self.root.glob("modules/*/lesson/*.md")
        entries = toc.pages(self.root) if (self.root / "_toc.yml").is_file() else []

        def place(page: Path) -> tuple[Any, ...]:
            name = page.relative_to(self.root).with_suffix("").as_posix()
            known = page.stem in _ORDER
            late = _ORDER.index(page.stem) if known else len(_ORDER)
            if name in entries:
                return entries.index(name), -1, name
            # after the last page of its folder that the table of contents names
            beside = [
                number
                for number, entry in enumerate(entries)
                if posixpath.dirname(entry) == posixpath.dirname(name)
            ]
            return max(beside, default=len(entries)), late, name

        return sorted(found, key=place)

    @cached_property
    def _read(self) -> dict[Path, Page]:
        return {page: read(page) for page in self.pages}

    def title(self, page: Path) -> str:
        """Return a page's title."""
        return self._read[page].headings.get("", page.stem)

    def address(self, start: Path, page: Path) -> str:
        """Return the address of a page's notebook, seen from another page's."""
        relative = os.path.relpath(page.with_suffix(".ipynb"), start.parent)
        return quote(Path(relative).as_posix())

    def notebook(self, start: Path, target: str) -> tuple[str, str] | None:
        """Find title and address (in a notebook) of what a link leads to; None if nothing is there.

        Parameters
        ----------
        start
            The page.
        target
            The link's target: a page, a place in a page, or a place anywhere (``#name``).
        """
        name, _, place = unquote(target).partition("#")
        if name:
            base = self.root if name.startswith("/") else start.parent
            page = Path(os.path.normpath(base / name.lstrip("/")))
            candidates = [page] if page in self._read else []
        else:
            candidates = [start, *self.pages]
        for page in candidates:
            heading = self._read[page].headings.get(place)
            if heading is not None:
                address = "" if page == start and place else self.address(start, page)
                # JupyterLab makes a heading's anchor so
                anchor = f"#{quote(heading.replace(' ', '-'))}" if place else ""
                return heading, address + anchor
        return None

    def cited(self, page: Path) -> list[str]:
        """Return the keys that a page cites."""
        return self._read[page].cited

    @cached_property
    def _texts(self) -> dict[str, str]:
        """What is printed of each source; many pages list the same ones."""
        entries = parse_file(str(self.root / "book" / "references.bib"), "bibtex").entries
        backend = Backend()
        formatted = Style().format_entries(entries.values())
        return {one.key: " ".join(one.text.render(backend).split()) for one in formatted}

    def listed(self, keys: Iterable[str]) -> str:
        """Return sources as a Markdown list, in the order of their labels.

        Examples
        --------
        >>> from fourps.course.files import content_root
        >>> References(content_root()).listed(["who2003"])[:14]
        '- **[WHO 2003]'
        """
        wanted = sorted({*keys} & {*self.labels}, key=lambda key: self.labels[key].casefold())
        return "\n".join(f"- **[{self.labels[key]}]** {self._texts[key]}" for key in wanted)
