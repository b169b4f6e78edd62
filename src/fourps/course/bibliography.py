"""The bibliography in a reader's language: what its sources are called there, and their labels.

``book/references.bib`` is in English. What a language says of it stands in two places: names,
titles and labels in ``references.yaml`` beside its catalogues, by the keys of the bibliography, and
whatever else is printed of a source in the catalogue of the page that lists them all.
"""

from __future__ import annotations

import csv
import re
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from pybtex.database import BibliographyData, Entry, Person, parse_string
from pybtex.errors import capture
from pybtex.exceptions import PybtexError
from pybtex.scanner import PybtexSyntaxError

from fourps.course.catalogue import beside, load
from fourps.course.language import without_region
from fourps.course.problem import BrokenSourceError, Problem
from fourps.course.source import Source, Strict, Text, read_text
from fourps.course.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

NAMES = "references.yaml"
PAGE = "book/references"
# what translators find in the catalogue
SAID = (
    *("howpublished", "type", "institution", "publisher", "address", "series", "edition", "note"),
)
# fields that no author writes: the language that a source is printed in, that of its title, and
# what the title means to readers of another one
LANGUAGE, TITLE_LANGUAGE, GLOSS = "fourps-language", "fourps-title-language", "fourps-gloss"
_UNDATED = "n.d."
# signs that TeX takes for its own
_TEX = re.compile(r"[{}%&#_$~^\\]")


class Called(Strict):
    """What a language calls a source.

    Attributes
    ----------
    title
        That of its edition in the language; without one, it is cited by its English title.
    gloss
        What the English title means, where there is no such edition.
    label
        What is printed in the text, where the words of labels do not make it.
    """

    title: Text | None = None
    gloss: Text | None = None
    label: Text | None = None


class Names(Strict):
    """What a language calls bodies and sources.

    Attributes
    ----------
    words
        Words of labels, such as ``WHO``, in the language.
    bodies
        Bodies that write, by their English names.
    sources
        By their keys.
    """

    words: dict[Text, Text] = {}
    bodies: dict[Text, Text] = {}
    sources: dict[Text, Called] = {}

    def label(self, key: str, english: str) -> str:
        """Return the label of a source, from the English one.

        Examples
        --------
        >>> names = Names(words={"WHO": "OMS", "et al.": "et coll.", "n.d.": "s. d."})
        >>> names.label("a", "WHO et al. 2011"), names.label("b", "WHO page n.d.")
        ('OMS et coll. 2011', 'OMS page s. d.')
        """
        own = self.sources.get(key, Called()).label
        return own or self._words.sub(lambda word: self.words[word[0]], english)

    @cached_property
    def _words(self) -> re.Pattern[str]:
        longest = sorted(self.words, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest)) or '(?!)'})(?!\w)")


def names(root: Path, language: str) -> Names:
    """Return what a language calls bodies and sources.

    Parameters
    ----------
    root
        The folder of the course.
    language
        Its code; English has no such file.

    Raises
    ------
    BrokenSourceError
        With file and line.
    """
    return _names(root, language)[0]


def label_of(path: Path, language: str = "en") -> dict[str, str]:
    """Return the label of each source in a language, by its key.

    Parameters
    ----------
    path
        The bibliography, ``book/references.bib`` of a course.
    language
        Its code.

    Raises
    ------
    BrokenSourceError
        As from `labels` and `names`.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> label_of(content_root() / "book" / "references.bib", "fr")["who2003"]
    'OMS 2003'
    """
    called = names(path.parents[1], language)
    return {key: called.label(key, english) for key, english in labels(path).items()}


def entries(
    path: Path, language: str = "en", say: Callable[[str], str] | None = None
) -> dict[str, Entry]:
    """Return the sources of a bibliography as they are printed in a language, by their keys.

    Parameters
    ----------
    path
        The bibliography, ``book/references.bib`` of a course.
    language
        Its code.
    say
        Gives a text in the language; by default as the catalogue of `PAGE` has it.

    Raises
    ------
    BrokenSourceError
        As from `label_of`, and with file and line of a broken catalogue.
    """
    root = path.parents[1]
    called, label = names(root, language), label_of(path, language)
    say = say or load(root, PAGE, language).gettext
    plain = parse_string(path.read_text("utf-8"), "bibtex").entries
    return {key: _said(entry, called, label[key], language, say) for key, entry in plain.items()}


def problems(root: Path, language: str) -> Iterator[Problem]:
    """Yield what a language calls sources that the bibliography has not, and equal labels.

    Raises
    ------
    BrokenSourceError
        With file and line of what cannot be read.
    """
    path = root / "book" / "references.bib"
    called, source = _names(root, language)
    if not source:
        return
    known = labels(path)
    for key in called.sources:
        if key not in known:
            message = f"there is no '{key}' in {path.relative_to(root).as_posix()}"
            line = source.line(("sources", key))
            yield Problem(source.path, line, "unknown-source", key, message)
    seen: dict[str, str] = {}
    for key, english in known.items():
        label = called.label(key, english)
        if label in seen:
            message = f"'{label}' is the label of '{seen[label]}' too: give one of them its own"
            line = source.line(("sources", key)) if key in called.sources else 1
            yield Problem(source.path, line, "shorthand", key, message)
        seen.setdefault(label, key)


def texts(root: Path, language: str) -> Iterator[tuple[Path, int, str]]:
    """Yield each name, title, gloss and label that a language has, with its file and line.

    Raises
    ------
    BrokenSourceError
        With file and line of what cannot be read.
    """
    called, source = _names(root, language)
    if not source:
        return
    for table in ("words", "bodies"):
        for english, text in getattr(called, table).items():
            yield source.path, source.line((table, english)), text
    for key, source_names in called.sources.items():
        for kind in ("title", "gloss", "label"):
            if text := getattr(source_names, kind):
                yield source.path, source.line(("sources", key, kind)), text


def _names(root: Path, language: str) -> tuple[Names, Source | None]:
    path = beside(root, language, NAMES)
    if language == "en" or not path.is_file():
        return Names(), None
    return Source.load(path, Names)


def _said(
    entry: Entry, called: Names, label: str, language: str, say: Callable[[str], str]
) -> Entry:
    fields = {**entry.fields, "shorthand": label, LANGUAGE: language, TITLE_LANGUAGE: "en"}
    fields |= {name: say(fields[name]) for name in SAID if name in fields}
    if fields.get("year") == _UNDATED:
        fields["year"] = words(language)["source-undated"]
    own = called.sources.get(entry.key, Called())
    if own.title:
        fields |= {"title": _kept(own.title), TITLE_LANGUAGE: without_region(language)}
    elif own.gloss:
        fields[GLOSS] = _kept(own.gloss)
    people = entry.persons.items()
    persons = {role: [_body(person, called) for person in named] for role, named in people}
    printed = Entry(entry.type, fields=fields, persons=persons)
    printed.key = entry.key
    return printed


def _body(person: Person, called: Names) -> Person:
    """Return a body by its name in the language; whoever is no body keeps theirs."""
    name = called.bodies.get(str(person).strip("{}"))
    return Person(_kept(name)) if name else person


def _kept(text: str) -> str:
    """Return a plain text as TeX writes it, with its capitals as they are."""
    plain = _TEX.sub(lambda sign: f"\\{sign[0]}", text)
    return f"{{{plain}}}"


def labels(path: Path) -> dict[str, str]:
    """Read the short labels of a bibliography, by citation key.

    Parameters
    ----------
    path
        A BibTeX file whose entries carry a ``shorthand``, such as ``WHO 2003``.

    Raises
    ------
    BrokenSourceError
        If the file cannot be parsed, or an entry has no shorthand or one that another entry has.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> labels(content_root() / "book" / "references.bib")["who2003"]
    'WHO 2003'
    """
    return dict(_labels(path, read_text(path)))


# each player of the book asks, and all sources are parsed each time
@lru_cache(maxsize=4)
def _labels(path: Path, text: str) -> dict[str, str]:
    try:
        # strict here, whatever another library has set for the whole process
        with capture() as complaints:
            data: BibliographyData = parse_string(text, "bibtex")
    except PybtexError as error:
        complaints = [error]
    for complaint in complaints:
        line = complaint.lineno if isinstance(complaint, PybtexSyntaxError) else None
        problem = Problem(path, line or 1, "syntax", "", f"not valid BibTeX: {complaint}")
        raise BrokenSourceError(problem) from complaint
    result: dict[str, str] = {}
    problems = []
    for key, entry in data.entries.items():
        label = entry.fields.get("shorthand", "")
        if not label:
            message = "add a field shorthand={...}, the label printed in the text"
        elif label in result.values():
            message = f"the shorthand {label!r} belongs to another entry too; make it unique"
        else:
            result[key] = label
            continue
        line = text.split(f"{{{key},", 1)[0].count("\n") + 1
        problems.append(Problem(path, line, "shorthand", key, message))
    if problems:
        raise BrokenSourceError(*problems)
    return result


def fact_statuses(path: Path) -> dict[str, str]:
    """Read the fact sheet: the status of each fact by its id.

    Parameters
    ----------
    path
        A CSV file with the columns ``id`` and ``status``: ``V1`` was seen on the publisher's own
        page, ``V2`` elsewhere, ``R-h``, ``R-m`` and ``R-l`` were recalled with high, medium and low
        confidence, ``design`` is the course's own idea; ``V2+R-h`` is partly the one, partly the
        other.

    Raises
    ------
    BrokenSourceError
        If it is not UTF-8 text, or a row lacks its id or status.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> fact_statuses(content_root() / "book" / "facts.csv")["F-12"]
    'V1+V2'
    """
    statuses: dict[str, str] = {}
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            for row in rows:
                if not row.get("id") or not row.get("status"):
                    message = "expected a row under the header id,status,note,fact"
                    raise BrokenSourceError(Problem(path, rows.line_num, "shape", "", message))
                statuses[row["id"]] = row["status"]
    except (UnicodeDecodeError, csv.Error) as error:
        message = f"cannot be read as a CSV file in UTF-8: {error}"
        raise BrokenSourceError(Problem(path, 1, "unreadable", "", message)) from error
    return statuses
