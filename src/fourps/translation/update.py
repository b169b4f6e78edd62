"""Bring the catalogues of a language up to what the English says now.

A translation stays where its sentence stays, and goes along where its sentence went. What is no
longer said stays in its file, as gettext's tools mark it: it may come back.
"""

from __future__ import annotations

from difflib import get_close_matches
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from babel.messages.catalog import Catalog
from babel.messages.pofile import denormalize, read_po, write_po

from fourps.course import catalogue
from fourps.course.catalogue import Catalogue, files, folder, load
from fourps.course.language import has_words
from fourps.course.passages import Passage, passages, told

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from babel.messages.catalog import Message

    Key = tuple[str, str]

_HEADER = """\
# Written by `fourps book words`; docs/translating.md says how to go on.
msgid ""
msgstr ""
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""
_BEFORE = "| msgid "
# a line a sentence: whoever compares two versions sees which sentence changed
_WIDE = 1_000_000


class Text(NamedTuple):
    """A text that readers see.

    Attributes
    ----------
    english
        As it is written.
    files
        Where, below the course.
    """

    english: str
    files: tuple[str, ...] = ()


class Standing(NamedTuple):
    """How far the catalogues are.

    Attributes
    ----------
    texts, translated
        How many there are, and how many of them have a translation that readers get.
    changed
        The files that were written.
    """

    texts: int
    translated: int
    changed: list[Path]


def update(root: Path, language: str, book: Mapping[str, Iterable[Text]]) -> Standing:
    """Write the catalogues of a language, one a page; done twice it changes nothing.

    Parameters
    ----------
    root, language, book
        As for `renewed`.

    Raises
    ------
    BrokenSourceError
        If a catalogue is broken; none is written then.
    """
    new = renewed(root, language, book)
    top = folder(root, language)
    header = _HEADER.format(language=top.parent.name)
    by_path = {top / f"{name}.po": catalog for name, catalog in new.items()}
    changed = [path for path, catalog in by_path.items() if _write(path, header, catalog)]
    standing = [message for catalog in new.values() for message in catalog if message.id]
    translated = sum(bool(message.string) and not message.fuzzy for message in standing)
    return Standing(len(standing), translated, changed)


class Drift(NamedTuple):
    """How far the catalogue of a page is from what the page says now.

    Attributes
    ----------
    page
        Its name.
    texts
        How many it has.
    new, changed, gone
        Without a translation; with that of an older text; and translated, but no longer said.
    """

    page: str
    texts: int
    new: int
    changed: int
    gone: int

    def __str__(self) -> str:
        counts = {"new": self.new, "changed": self.changed, "gone": self.gone}
        counted = ", ".join(f"{number} {name}" for name, number in counts.items() if number)
        return f"{self.page}: {counted} (of {self.texts})"


def drift(root: Path, language: str, book: Mapping[str, Iterable[Text]]) -> list[Drift]:
    """Return each page whose catalogue is not what the page says now.

    Parameters
    ----------
    root, language, book
        As for `renewed`.

    Raises
    ------
    BrokenSourceError
        If a catalogue is broken.
    """
    drifts = []
    new_ones = renewed(root, language, book)
    everywhere = {message.id for catalog in new_ones.values() for message in catalog}
    for page, catalog in new_ones.items():
        texts = [message for message in catalog if message.id]
        fuzzy = [message for message in texts if message.fuzzy]
        still = everywhere | {old for message in fuzzy for old in message.previous_id}
        translated = (entry.text for entry in load(root, page, language).entries if entry.said)
        gone = sum(text not in still for text in translated)
        new = sum(not message.string for message in texts)
        if new or fuzzy or gone:
            drifts.append(Drift(page, len(texts), new, len(fuzzy), gone))
    return drifts


def renewed(root: Path, language: str, book: Mapping[str, Iterable[Text]]) -> dict[str, Catalog]:
    """Return the catalogues of a language as they must be now, by page.

    Parameters
    ----------
    root
        The folder of the course.
    language
        A code such as ``fr``.
    book
        For each page by its name, all its texts in their order.

    Raises
    ------
    BrokenSourceError
        If a catalogue is broken.
    """
    old = {name: _read(path) for name, path in files(root, language).items()}
    wanted = {name: {text.english: text for text in texts} for name, texts in book.items()}
    said: dict[Key, Message] = {}
    for catalog in old.values():
        for message in (*catalog, *catalog.obsolete.values()):
            if message.id and message.string and not message.fuzzy:
                said.setdefault(_key(message), message)
    new = {name: _page(old.get(name), texts, said) for name, texts in wanted.items()}
    messages = (message for catalog in new.values() for message in catalog)
    used = {_key(message) for message in messages if message.id and message.string}
    for name, catalog in old.items():
        target = new.setdefault(name, Catalog())
        for message in (*catalog, *catalog.obsolete.values()):
            if message.id and message.string and _key(message) not in used:
                used.add(_key(message))
                target.obsolete[str(message.id), message.context or ""] = message
    return new


def _key(message: Message) -> Key:
    return message.context or "", str(message.id)


def _read(path: Path) -> Catalog:
    # says what is wrong with it, and where
    Catalogue.read(path)
    with path.open("rb") as stream:
        catalog = read_po(stream)
    for message in (*catalog, *catalog.obsolete.values()):
        before = [line for line in message.user_comments if line.startswith(_BEFORE)]
        message.user_comments = [line for line in message.user_comments if line not in before]
        message.previous_id = [denormalize(line.removeprefix(_BEFORE)) for line in before]
    return catalog


def _page(old: Catalog | None, texts: Mapping[str, Text], said: Mapping[Key, Message]) -> Catalog:
    """Return the catalogue of a page, with whatever was said somewhere before."""
    own: dict[str, list[Message]] = {}
    for message in old or ():
        if message.id:
            own.setdefault(str(message.id), []).append(message)
    first = {english: messages[0] for english, messages in own.items() if english not in texts}
    gone = {english: message for english, message in first.items() if message.string}
    new = Catalog()
    for english, text in texts.items():
        # the same words may stand here once more with a context of their own
        known = [message for message in own.get(english, []) if message.context or message.string]
        if not any(not message.context for message in known):
            known.insert(0, _elsewhere(english, said, gone))
        for message in known:
            kept = new.add(
                english,
                message.string,
                [(name, 0) for name in text.files],
                user_comments=message.user_comments,
                previous_id=message.previous_id,
                context=message.context,
            )
            # Babel takes "5 %" for a place to be filled
            kept.flags = {"fuzzy"} if message.fuzzy else set()
            if not message.fuzzy:
                kept.previous_id = []
    return new


def _elsewhere(english: str, said: Mapping[Key, Message], gone: Mapping[str, Message]) -> Message:
    """Return what another page says, or what a sentence like it said here, or nothing."""
    empty = Catalog().add(english)
    if message := said.get(("", english)):
        empty.string = message.string
    elif not has_words(english):
        empty.string = english
    elif near := get_close_matches(english, gone, 1, 0.75):
        empty.string = gone[near[0]].string
        empty.flags.add("fuzzy")
        # Babel would break what has several lines
        empty.previous_id = [] if "\n" in near[0] else [near[0]]
    return empty


def _write(path: Path, header: str, catalog: Catalog) -> bool:
    """Write a catalogue unless it is there already; return whether it was written."""
    if not (len(catalog) or catalog.obsolete):
        path.unlink(missing_ok=True)
        return True
    out = BytesIO()
    write_po(
        out, catalog, width=_WIDE, omit_header=True, include_previous=True, include_lineno=False
    )
    content = header.encode() + out.getvalue().rstrip() + b"\n"
    if path.is_file() and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return True


def joined(
    book: Mapping[str, Iterable[Text]], beside: Mapping[str, Iterable[Text]]
) -> dict[str, list[Text]]:
    """Return all texts of both by the name of their catalogue, each once.

    The page of an exercise says what stands in the exercise's own text, and a description besides.

    Examples
    --------
    >>> both = joined({"a": [Text("Go.", ("a.md",))]}, {"a": [Text("Stop.", ("b.md",))], "b": []})
    >>> [text.english for text in both["a"]], both["b"]
    (['Stop.', 'Go.'], [])
    """
    texts = {name: list(book.get(name, ())) for name in {**book, **beside}}
    for name, others in beside.items():
        first = list(others)
        known = {text.english for text in first}
        texts[name] = [*first, *(text for text in texts[name] if text.english not in known)]
    return texts


def beside_the_book(root: Path) -> dict[str, list[Text]]:
    """Return the texts of each such file, by the name of its catalogue.

    Parameters
    ----------
    root
        The folder of the course.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> texts = beside_the_book(content_root())
    >>> texts["modules/foundations/exercise"][0].english
    'Exercise: the next pile of notes'
    """
    texts: dict[str, list[Text]] = {}
    for name, path in _files(root):
        page = root / "modules" / path.parent.name / "exercise.md"
        seen = {passage.text for passage in _read_both(page)} if path.stem == "exercise" else set()
        files = (path.relative_to(root).as_posix(),)
        for passage in sorted(_read_both(path), key=lambda passage: passage.line):
            # model answers and hints of hidden tests are in no package of the course
            of = catalogue.name(root, page) if passage.text in seen else name
            texts.setdefault(of, []).append(Text(passage.text, files))
    return texts


def _files(root: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(root.glob("exercises/*/*.md")):
        name = path.parent.relative_to(root).as_posix()
        yield name if path.stem == "exercise" else f"{name}/{path.stem}", path
    guide = root / "autograder" / "README.md"
    if guide.is_file():
        yield "autograder/README", guide


def _read_both(page: Path) -> list[Passage]:
    """Return the passages of a page, and what its cells say."""
    text = page.read_text("utf-8") if page.is_file() else ""
    return [*passages(text), *told(text)]
