"""Say the texts of a page or player of the course in another language."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fourps.course.catalogue import Catalogue, load, name
from fourps.course.language import has_words

if TYPE_CHECKING:
    from pathlib import Path

    from fourps.course.files import CourseRoot

# the directives that name a file to play
_PLAYS = r"\{{(?:scenario|quiz)\}}\s+{}\s*$"


class Saying:
    """Says texts in a language, and knows whether any had to stay in English.

    Parameters
    ----------
    *catalogues
        Of the language, the first one first; without any, English is what is wanted.

    Examples
    --------
    >>> from pathlib import Path
    >>> say = page(Path("nowhere"), Path("nowhere/book/how.md"), "en")
    >>> say("Go."), say.lacks
    ('Go.', False)
    >>> say = page(Path("nowhere"), Path("nowhere/book/how.md"), "fr")
    >>> say("Go."), say.lacks
    ('Go.', True)
    """

    def __init__(self, *catalogues: Catalogue) -> None:
        self._catalogues = catalogues
        self.missed = False
        """Whether something that was asked for had to stay in English."""

    def __call__(self, text: str) -> str:
        """Say a text, or several paragraphs of one."""
        return "\n\n".join(self._say(part) for part in text.split("\n\n"))

    def _say(self, text: str) -> str:
        for catalogue in self._catalogues:
            if not catalogue.lacks(text):
                return catalogue.gettext(text)
        self.missed = self.missed or bool(self._catalogues and has_words(text))
        return text

    @property
    def lacks(self) -> bool:
        """Whether a catalogue, or something that was asked for, is not translated."""
        return self.missed or any(catalogue.untranslated for catalogue in self._catalogues)


def page(root: CourseRoot, path: Path, language: str) -> Saying:
    """Return what says the texts of a page.

    Parameters
    ----------
    root
        The folder of the course.
    path
        Of the page, within it.
    language
        A code such as ``fr``.
    """
    if language == "en":
        return Saying()
    if path.stem == "exercise" and path.parent.parent == root / "exercises":
        return exercise(root, path.parent.name, language)
    return Saying(load(root, name(root, path), language))


def exercise(root: CourseRoot, module: str, language: str) -> Saying:
    """Return what says all texts of a module's exercise, hints too where they are known."""
    if language == "en":
        return Saying()
    names = (f"modules/{module}/exercise", f"exercises/{module}")
    return Saying(*(load(root, page, language) for page in names))


def player(root: CourseRoot, path: Path, language: str) -> Saying:
    """Return what says the texts of a scenario or quiz: the pages that show it have them.

    Parameters
    ----------
    root
        The folder of the course.
    path
        Of the YAML file; where it lies elsewhere, nothing is translated.
    language
        A code such as ``fr``.
    """
    if language == "en" or not path.is_relative_to(root):
        return Saying()
    pages = [*path.parent.glob("*.md"), *path.parent.parent.glob("*.md")]
    return Saying(
        *(load(root, name(root, page), language) for page in sorted(pages) if _plays(page, path))
    )


def _plays(page: Path, path: Path) -> bool:
    named = re.escape(path.relative_to(page.parent).as_posix())
    return bool(re.search(_PLAYS.format(named), page.read_text("utf-8"), re.MULTILINE))
