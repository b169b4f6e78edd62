"""The things that the pages of a course refer to: each other, named places, and sources."""

from __future__ import annotations

import os
import posixpath
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, unquote

from pybtex.backends.markdown import Backend

from fourps.course import catalogue, saying, toc
from fourps.course.bibliography import entries, label_of
from fourps.course.glossary import place as in_order
from fourps.course.inline import words as bare
from fourps.course.page import Page, read
from fourps.course.passages import translate
from fourps.course.source_style import FOREIGN, SourceStyle
from fourps.course.words import exercise_words, words
from fourps.scenario.player import FACILITATOR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fourps.course.saying import Saying

# where the table of contents is silent, a module's pages stand in the order of learning
_ORDER = [
    *("welcome", "safety", "local", "how", "world", "privacy"),
    *("lesson", "lab", "practice", "quiz", "exercise", "aid"),
]


class _Markdown(Backend):  # type: ignore[misc]
    """Writes a printed source as Markdown, with the language of what is in another one."""

    def format_tag(self, tag_name: str, text: str) -> str:
        language = tag_name.removeprefix(FOREIGN)
        if language != tag_name:
            return f'<span lang="{language}">{text}</span>'
        return str(super().format_tag(tag_name, text))


class References:
    """The pages of a course, in their order, and what they can refer to.

    Parameters
    ----------
    root
        The folder that holds ``book/`` and ``modules/``.
    language
        In which the notebooks are to be. What is not translated stands in English.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> references = References(content_root())
    >>> references.pages[0].name
    'welcome.md'
    >>> references.notebook(references.pages[0], "safety.md")
    ('Safety first', 'safety.ipynb')
    """

    def __init__(self, root: Path, language: str = "en") -> None:
        self.root = root
        self.language = language
        self._sayings: dict[Path, Saying] = {}
        self._headings: dict[Path, dict[str, str]] = {}

    def say(self, page: Path) -> Saying:
        """Return what says the texts of a page in the language of the notebooks."""
        if page not in self._sayings:
            self._sayings[page] = saying.page(self.root, page, self.language)
        return self._sayings[page]

    def text(self, page: Path) -> str:
        """Return the source of a page in the language of the notebooks."""
        text = page.read_text("utf-8")
        return text if self.language == "en" else translate(text, self.say(page), page)

    @cached_property
    def words(self) -> dict[str, str]:
        """Our own words in that language."""
        return {**words(self.language), **exercise_words(self.language)}

    @cached_property
    def labels(self) -> dict[str, str]:
        """The printed label of each citation key."""
        return label_of(self.root / "book" / "references.bib", self.language)

    @cached_property
    def pages(self) -> list[Path]:
        """Every page, in the order of the table of contents where there is one."""
        paths = [*self.root.glob("book/**/*.md"), *self.root.glob("modules/*/*.md")]
        paths += self.root.glob("modules/*/lesson/*.md")
        entries = toc.pages(self.root) if (self.root / "_toc.yml").is_file() else []

        def place(page: Path) -> tuple[Any, ...]:
            name = catalogue.name(self.root, page)
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

        return sorted(paths, key=place)

    @cached_property
    def _read(self) -> dict[Path, Page]:
        return {page: read(page) for page in self.pages}

    def title(self, page: Path) -> str:
        """Return a page's title."""
        return self._said(page, self._read[page].headings.get("", page.stem))

    def _said(self, page: Path, heading: str) -> str:
        """Return the words of a heading in the language of the notebooks."""
        if page not in self._headings:
            say = self.say(page)
            headings = [block.text for block in self._read[page].blocks if block.kind == "heading"]
            self._headings[page] = {bare(text): bare(say(text)) for text in headings}
        return self._headings[page].get(heading, heading)

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
        # a notebook has no such view
        place = "" if place == FACILITATOR else place
        if name:
            base = self.root if name.startswith("/") else start.parent
            page = Path(os.path.normpath(base / name.lstrip("/")))
            candidates = [page] if page in self._read else []
        else:
            candidates = [start, *self.pages]
        for page in candidates:
            heading = self._read[page].headings.get(place)
            if heading is not None:
                heading = self._said(page, heading)
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
        sources = entries(self.root / "book" / "references.bib", self.language)
        backend = _Markdown()
        formatted = SourceStyle().format_entries(sources.values())
        return {source.key: " ".join(source.text.render(backend).split()) for source in formatted}

    def listed(self, keys: Iterable[str]) -> str:
        """Return sources as a Markdown list, in the order of their labels.

        Examples
        --------
        >>> from fourps.course.files import content_root
        >>> References(content_root()).listed(["who2003"])[:14]
        '- **[WHO 2003]'
        """
        wanted = sorted({*keys} & {*self.labels}, key=lambda key: in_order(self.labels[key]))
        return "\n".join(f"- **[{self.labels[key]}]** {self._texts[key]}" for key in wanted)
