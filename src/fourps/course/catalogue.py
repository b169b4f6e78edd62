"""The sentences of one page in another language, as a translator wrote them.

Each page of the book, and each text that is no page of it, has a gettext catalogue of its own:
``locale/<language>/LC_MESSAGES/<page>.po`` below the course. English is the key. The language of a
region, such as ``fr-CA``, has those of its language for whatever it has none of its own.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from fourps.course.language import folders, is_pseudo, pseudo
from fourps.course.problem import BrokenSourceError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from babel.messages.catalog import Message

# a string stands alone on its line, or behind a keyword, between two quotation marks
_LINE = re.compile(r'(?:#~ ?)?(?:msg[\w\[\]]+\s*)?"(?:[^"\\]|\\[\\"ntr])*"$')
_COUNTED = re.compile(r" on \d+$")
# a role such as {cite:p}`key` is markup
_PLACE = re.compile(r"\{([A-Za-z_]\w*)\}(?!`)")


@dataclass(frozen=True)
class Entry:
    """One sentence of a catalogue.

    Attributes
    ----------
    text
        In English.
    string
        What the translator wrote; empty where nothing is.
    context
        What tells two equal English texts apart; most have none.
    line
        Where it stands in the file.
    is_fuzzy
        Whether somebody has yet to look at the translation.
    """

    text: str
    string: str
    context: str
    line: int
    is_fuzzy: bool

    @property
    def said(self) -> str:
        """The translation as readers get it: what is fuzzy counts as untranslated."""
        return "" if self.is_fuzzy else self.string


@dataclass(frozen=True)
class Catalogue:
    """What a page says in another language.

    Examples
    --------
    >>> from pathlib import Path
    >>> some = Catalogue(Path("lesson.po"), [Entry("Go.", "Allez.", "", 1, False)])
    >>> some.gettext("Go."), some.gettext("Stay."), some.lacks("Stay.")
    ('Allez.', 'Stay.', True)
    """

    path: Path
    """The file, which a page without any translation has not."""
    entries: list[Entry] = field(default_factory=list)
    """In the order of the page."""
    by_rule: bool = False
    """Whether a rule translates whatever there is (`fourps.course.language.pseudo`)."""

    def gettext(self, text: str, context: str = "") -> str:
        """Return a text in the language of the catalogue; in English what it lacks.

        Parameters
        ----------
        text
            In English; where its lines break makes no difference.
        context
            What tells it apart from another text that is alike in English.
        """
        if self.by_rule:
            return pseudo(text)
        return self._find(text, context) or text

    def lacks(self, text: str, context: str = "") -> bool:
        """Return whether a text has no translation that readers get."""
        return not self.by_rule and bool(text.strip()) and not self._find(text, context)

    @property
    def untranslated(self) -> list[Entry]:
        """What still stands in English."""
        return [entry for entry in self.entries if not entry.said]

    def _find(self, text: str, context: str) -> str:
        # as Sphinx writes it into a template
        flat = text.replace("\n", " ").strip()
        ways = [(context, text), (context, flat), ("", text), ("", flat)]
        return next((self._known[way] for way in ways if way in self._known), "")

    @cached_property
    def _known(self) -> dict[tuple[str, str], str]:
        return {(entry.context, entry.text): entry.said for entry in self.entries if entry.said}

    @staticmethod
    def read(path: Path) -> Catalogue:
        """Read a catalogue once, until its file changes.

        Parameters
        ----------
        path
            A ``.po`` file.

        Raises
        ------
        BrokenSourceError
            With file and line, if it is no UTF-8 text, no catalogue, or leaves a place to be filled
            out of a translation.
        """
        return _read(path, path.stat().st_mtime_ns)


def folder(root: Path, language: str, locale: str = "locale") -> Path:
    """Return where a language's own catalogues stand.

    Examples
    --------
    >>> from pathlib import Path
    >>> folder(Path(), "pt-BR").as_posix()
    'locale/pt_BR/LC_MESSAGES'
    """
    return root / locale / folders(language)[0] / "LC_MESSAGES"


def load(root: Path, page: str, language: str) -> Catalogue:
    """Return what a page says in a language.

    Parameters
    ----------
    root
        The folder of the course.
    page
        As Sphinx names it, such as ``modules/foundations/lesson/parts``; that of an exercise is
        ``exercises/foundations``.
    language
        A code such as ``fr`` or ``pt-BR``.

    Raises
    ------
    BrokenSourceError
        As from `Catalogue.read`.

    Examples
    --------
    >>> from pathlib import Path
    >>> load(Path("nowhere"), "lesson", "fr").gettext("Go.")
    'Go.'
    >>> load(Path("nowhere"), "lesson", "en-XA").gettext("Go.")
    '[Ĝö. ô]'
    """
    paths = [folder(root, code) / f"{page}.po" for code in folders(language)]
    if is_pseudo(language):
        return Catalogue(paths[0], by_rule=True)
    own = next((path for path in paths if path.is_file()), None)
    return Catalogue.read(own) if own else Catalogue(paths[0])


def beside(root: Path, language: str, name: str) -> Path:
    """Return the path of what a language has beside its catalogues, whether it is there or not.

    Examples
    --------
    >>> from pathlib import Path
    >>> beside(Path("nowhere"), "fr-CA", "terms.csv").as_posix()
    'nowhere/locale/fr/terms.csv'
    """
    paths = [root / "locale" / code / name for code in folders(language)]
    return next((path for path in paths if path.is_file()), paths[-1])


def name(root: Path, path: Path) -> str:
    """Return what a page below a folder is called, and so its catalogue.

    Examples
    --------
    >>> from pathlib import Path
    >>> name(Path(), Path("book/how.md"))
    'book/how'
    """
    return path.relative_to(root).with_suffix("").as_posix()


def files(root: Path, language: str, locale: str = "locale") -> dict[str, Path]:
    """Return the catalogues of a language, by the names of their pages.

    Parameters
    ----------
    root
        The folder of the course.
    language
        A code such as ``fr`` or ``pt-BR``.
    locale
        The folder of all languages, below the course.

    Examples
    --------
    >>> from pathlib import Path
    >>> files(Path("nowhere"), "fr")
    {}
    """
    paths: dict[str, Path] = {}
    for code in reversed(folders(language)):
        top = folder(root, code, locale)
        paths |= {name(top, path): path for path in top.rglob("*.po")}
    return dict(sorted(paths.items()))


def places(text: str) -> set[str]:
    """Return what is filled in when a text is shown.

    Examples
    --------
    >>> sorted(places("{count} of {all}, says {cite:p}`who2003` or {term}`this`"))
    ['all', 'count']
    """
    return set(_PLACE.findall(text))


# each player of a page asks, and looks its texts up in the same table
@lru_cache(maxsize=512)
def _read(path: Path, _changed: int) -> Catalogue:
    return Catalogue(path, _entries(path))


def _entries(path: Path) -> list[Entry]:
    from babel.messages.pofile import PoFileError, read_po

    content = _decoded(path)
    if problems := list(_cut_off(path, content)):
        raise BrokenSourceError(*problems)
    try:
        messages = read_po(io.StringIO(content), abort_invalid=True)
    except (PoFileError, ValueError) as error:
        line = getattr(error, "lineno", None) or 0
        # Babel counts lines from 0, within its message too
        message = f"not a gettext catalogue: {_COUNTED.sub('', str(error))}"
        raise BrokenSourceError(Problem(path, line + 1, "catalogue", "", message)) from error
    entries = [
        Entry(*_texts(message), message.context or "", message.lineno or 1, message.fuzzy)
        for message in messages
        if message.id
    ]
    if problems := [problem for entry in entries for problem in _unfilled(path, entry)]:
        raise BrokenSourceError(*problems)
    return entries


def _texts(message: Message) -> tuple[str, str]:
    """Return the English and its translation; of a plural, which no page has, the first."""
    both = (message.id, message.string or "")
    english, string = (text if isinstance(text, str) else text[0] for text in both)
    return english, string


def _decoded(path: Path) -> str:
    content = path.read_bytes()
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        message = f"not UTF-8 ({error.reason}): save the file in that encoding"
        raise BrokenSourceError(Problem(path, line, "encoding", "", message)) from error


def _cut_off(path: Path, content: str) -> Iterator[Problem]:
    """Yield each string that does not end where its line ends: Babel would drop or bend it."""
    for number, line in enumerate(content.split("\n"), 1):
        text = line.strip()
        is_string = text.startswith(('"', "msg", '#~ "', "#~ msg"))
        if is_string and not _LINE.match(text):
            message = 'a string must stand between two ", with \\" for each within it'
            yield Problem(path, number, "catalogue", "", message)


def _unfilled(path: Path, entry: Entry) -> Iterator[Problem]:
    """Yield what is filled in on one side only; where nothing is, braces are signs like others."""
    wanted = places(entry.text)
    if not (entry.said and wanted):
        return
    filled = places(entry.said)
    for name in sorted(wanted - filled):
        message = f"the translation has lost {{{name}}}, which is filled in when it is shown"
        yield Problem(path, entry.line, "placeholder", "", message)
    for name in sorted(filled - wanted):
        message = f"nothing fills in {{{name}}}: the English has no such place"
        yield Problem(path, entry.line, "placeholder", "", message)
