"""Find what must be mended in the catalogues of a language, with file and line."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from fourps.course import bibliography
from fourps.course.catalogue import Catalogue, Entry, beside, files, load
from fourps.course.language import without_region
from fourps.course.passages import passages
from fourps.course.problem import BrokenSourceError, Problem
from fourps.course.source import Source, Strict, Text
from fourps.translation import french, markup, numbers
from fourps.translation.french import EASY, ease
from fourps.translation.wording import AVOID, TERMS, Wording
from nbseal.base.errors import UserError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_KEPT = re.compile(
    '"([^"]{2,})"|\N{LEFT DOUBLE QUOTATION MARK}(.{2,}?)\N{RIGHT DOUBLE QUOTATION MARK}'
    r"|(?<!\*)\*([^*]{2,})\*(?!\*)"
)

# between the marks of either language
_OPEN = '[*"«\N{LEFT DOUBLE QUOTATION MARK}]'
_CLOSE = '[*"»\N{RIGHT DOUBLE QUOTATION MARK}]'


class Allowed(Strict):
    """What a gate finds and shall pass.

    Attributes
    ----------
    gate
        ``markup``, ``number``, ``typography``, ``term`` or ``avoid``.
    text
        The English, or how it begins.
    reason
        Why it is right all the same.
    """

    gate: Text
    text: Text
    reason: Text


class _Exceptions(Strict):
    exceptions: list[Allowed] = []


class UnknownPageError(UserError):
    """A name that no page of a translation has."""


class Findings(NamedTuple):
    """What was found.

    Attributes
    ----------
    problems
        What must be mended.
    warnings
        Pages that are hard to read.
    unreadable
        Whether a file could not be read at all.
    """

    problems: list[Problem]
    warnings: list[Problem]
    unreadable: bool


def check(root: Path, language: str, only: Sequence[str] = ()) -> Findings:
    """Look at every translation of a language.

    Parameters
    ----------
    root
        The folder of the course. Beside the catalogues ``terms.csv`` lists the terms of the
        language, ``avoid.yaml`` words to avoid, ``exceptions.yaml`` what passes all the same, and
        ``references.yaml`` what sources are called.
    language
        Its code.
    only
        Names of pages, or of folders of pages; by default all, and then exceptions that nothing
        needs are found too.

    Raises
    ------
    UnknownPageError
        If one of `only` is no page that has a catalogue, and no folder of such pages.
    """
    chosen = _chosen(root, language, only)
    problems: list[Problem] = []
    warnings: list[Problem] = []
    unreadable = False
    try:
        wording = Wording.read(*(beside(root, language, name) for name in (TERMS, AVOID)))
        exceptions = _Passing(beside(root, language, "exceptions.yaml"))
        problems += () if only else _of_sources(root, language)
    except BrokenSourceError as error:
        return Findings(list(error.problems), [], unreadable=True)
    for page, path in chosen.items():
        try:
            catalogue = Catalogue.read(path)
        except BrokenSourceError as error:
            problems += error.problems
            unreadable = True
            continue
        slips = list(broken(root, page, catalogue, language))
        for entry in catalogue.entries:
            if entry.said:
                slips += _of(path, entry, language, wording)
        problems += exceptions.left(catalogue, sorted(slips))
        if _is_french(language):
            warnings += _hard(root, page, catalogue)
    unused = () if only else exceptions.unused()
    return Findings([*problems, *unused], warnings, unreadable)


def _chosen(root: Path, language: str, only: Sequence[str]) -> dict[str, Path]:
    """Return the catalogues that are asked for, by the names of their pages."""
    known = files(root, language)
    chosen = {page: path for page, path in known.items() if not only}
    for name in only:
        start = f"{name.strip('/')}/"
        within = {page: path for page, path in known.items() if f"{page}/".startswith(start)}
        if not within:
            near = get_close_matches(name, known)
            hint = f" Did you mean {' or '.join(near)}?" if near else ""
            message = f"no page of the translation into '{language}' is called '{name}'.{hint}"
            raise UnknownPageError(message)
        chosen |= within
    return chosen


def broken(root: Path, page: str, found: Catalogue, language: str) -> Iterator[Problem]:
    """Yield what a build cannot have: markup that a translation lost or made up, and lost terms.

    Parameters
    ----------
    root
        The folder of the course.
    page
        Its name; what its own file does not say is shown letter by letter, and has no markup.
    found
        Its catalogue.
    language
        Its language.
    """
    prose, terms = _prose(root, page), _terms(root, language)
    for entry in found.entries:
        if entry.said and entry.text in prose:
            for message in markup.differences(entry.text, entry.said):
                yield Problem(found.path, entry.line, "markup", "", message)
            for term in markup.terms(entry.said):
                if terms and term.casefold() not in terms:
                    message = f"there is no '{term}' in the glossary of this language"
                    yield Problem(found.path, entry.line, "markup", "", message)


def _terms(root: Path, language: str) -> set[str]:
    """Return what the glossary says in a language, its terms among it."""
    page = "book/glossary"
    try:
        catalogue = load(root, page, language)
    except BrokenSourceError:
        # that file is a finding of its own
        return set()
    return {catalogue.gettext(text).casefold() for text in _prose(root, page)}


def _prose(root: Path, page: str) -> frozenset[str]:
    paths = (root / f"{page}.md", root / page / "exercise.md")
    return _passages("\n\n".join(path.read_text("utf-8") for path in paths if path.is_file()))


@lru_cache(maxsize=4)
def _passages(text: str) -> frozenset[str]:
    """Return the passages of a page; those of the glossary are asked for with every page."""
    return frozenset(passage.text for passage in passages(text))


def _of_sources(root: Path, language: str) -> Iterator[Problem]:
    """Yield what is wrong with what a language calls sources."""
    yield from bibliography.problems(root, language)
    if _is_french(language):
        for path, line, text in bibliography.texts(root, language):
            for difference in french.differences(text):
                yield Problem(path, line, "typography", "", difference)


def _of(path: Path, entry: Entry, language: str, wording: Wording) -> Iterator[Problem]:
    english, text = _without_kept(markup.prose(entry.text), markup.prose(entry.said))
    slips = {
        "number": numbers.differences(english, text, language),
        "typography": french.differences(text) if _is_french(language) else (),
        "term": wording.lacking(english, text),
        "avoid": wording.unwanted(text),
    }
    for name, messages in slips.items():
        for message in messages:
            yield Problem(path, entry.line, name, "", message)


def _without_kept(english: str, text: str) -> tuple[str, str]:
    """Leave out what is quoted, or in italics, and the same in both.

    Learners type it, such as "ask: A", or a table of data has it.
    """
    for quoted in list(_KEPT.finditer(english)):
        kept = next(filter(None, quoted.groups()))
        stands = rf"{_OPEN}\W?{re.escape(kept)}\W?{_CLOSE}"
        if re.search(stands, text):
            english, text = english.replace(quoted[0], "-"), re.sub(stands, "-", text)
    return english, text


def _hard(root: Path, page: str, catalogue: Catalogue) -> Iterator[Problem]:
    """Yield a warning if a page, all of which is translated, is hard to read."""
    prose = _prose(root, page)
    texts = [entry for entry in catalogue.entries if entry.text in prose]
    whole = all(entry.said for entry in texts)
    score = ease(markup.prose(entry.said) for entry in texts) if whole else None
    if score is not None and score < EASY:
        message = f"reading ease {score:.0f}; at least {EASY:g}: shorter sentences, shorter words"
        yield Problem(catalogue.path, 1, "hard-to-read", "", message)


def _is_french(language: str) -> bool:
    return without_region(language) == "fr"


class _Passing:
    """The exceptions of a language, and which of them were needed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._all: list[Allowed] = []
        self._needed: set[int] = set()
        if path.is_file():
            loaded, self._source = Source.load(path, _Exceptions)
            self._all = loaded.exceptions

    def left(self, catalogue: Catalogue, problems: list[Problem]) -> Iterator[Problem]:
        """Yield the problems of a catalogue that nobody has allowed."""
        english = {entry.line: entry.text for entry in catalogue.entries}
        for problem in problems:
            passing = {
                number
                for number, allowed in enumerate(self._all)
                if allowed.gate == problem.name and english[problem.line].startswith(allowed.text)
            }
            self._needed |= passing
            if not passing:
                yield problem

    def unused(self) -> Iterator[Problem]:
        """Yield each exception that allows nothing."""
        for number, exception in enumerate(self._all):
            if number not in self._needed:
                line = self._source.line(("exceptions", number))
                message = f"nothing needs it: '{exception.text}'"
                yield Problem(self._path, line, "unused-exception", "", message)
