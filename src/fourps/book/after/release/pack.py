"""The documents of a workshop as Word files and slides, from the pages of the facilitator guide.

``book/guide-pack.md`` holds them, a section each. The first paragraph of a section names its file
and speaks to the facilitator; what follows is the document. A table of that page names files that
are sections of other pages of the guide, so that nothing is written twice.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from fourps.book.after.release.office import slides, word
from fourps.course.catalogue import load
from fourps.course.inline import curly
from fourps.course.language import day_text
from fourps.course.passages import translate
from nbseal.base.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FOLDER, PAGE = "pack", "guide-pack"
_SCENARIOS, _SHEET = "guide-scenarios", "Observer sheet"
_SECTION = re.compile(r"^(?=## )", re.MULTILINE)
_FILE = re.compile(r"## (.*)\n\n`([\w-]+\.(?:docx|pptx))`.*\n\n")
_MADE_FROM = re.compile(r"^\| `([\w-]+\.docx)` \| \[(.+)\]\(([\w-]+)\.md\) \|$", re.MULTILINE)
# of a scenario in the guide, what whoever observes it has to know
_OBSERVED = ("- **Pause at**", "- **Observers**")
_ADOPTING = "adopting"
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_CHECKED = re.compile(r"\{checked\}`([^`]*)`")


def write(course: Path, site: Path, folder: Path, language: str) -> None:  # noqa: ARG001
    """Write the files of one language into ``pack``, the same bytes each time.

    Parameters
    ----------
    course
        The folder that holds ``book``.
    site
        The built book, which is not needed here.
    folder
        The language's own, in the facilitators' file.
    language
        A code such as ``fr``.
    """
    # a course without this page has no pack
    if (course / "book" / f"{PAGE}.md").is_file():
        for name, data in documents(course, language):
            write_whole(folder / FOLDER / name, data)


def documents(course: Path, language: str) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each file of the pack.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> [name for name, _ in documents(content_root(), "en")][-1]
    'delete.docx'
    """
    pack = sections(course, PAGE, language)
    _, sheet = _document(pack[_SHEET])
    files = made_from(course)
    guide = {page: sections(course, page, language) for page in {page for *_, page in files}}
    english = sections(course, _SCENARIOS, "en")
    for name, heading, page in files:
        text = guide[page][heading]
        if page == _SCENARIOS:
            seen = _observed(english[heading], text)
            begin, _, body = sheet.partition("\n\n")
            text = "\n\n".join([begin, text.partition("\n")[0], *seen, body])
        yield name, word(text if page == _SCENARIOS else _higher(text), language)
    for text in pack.values():
        if match := _FILE.match(text):
            name, whole = _document(text)
            body = text[match.end() :]
            yield name, slides(body) if name.endswith("pptx") else word(whole, language)


def made_from(course: Path) -> list[tuple[str, str, str]]:
    """Return the files that are sections of the guide: their names, headings and pages."""
    return _MADE_FROM.findall((course / "book" / f"{PAGE}.md").read_text("utf-8"))


def sections(course: Path, page: str, language: str) -> dict[str, str]:
    """Return the sections of a page of the guide in a language, by their headings in English.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> sections(content_root(), "guide-pack", "fr")["Budget"].partition("\\n")[0]
    '## Budget'
    """
    english, text = translated(course, page, language)
    headings = [part.partition("\n")[0].removeprefix("## ") for part in _SECTION.split(english)]
    return dict(zip(headings[1:], _SECTION.split(text)[1:], strict=True))


def translated(course: Path, page: str, language: str) -> tuple[str, str]:
    """Return the Markdown of a page of the book, in English and in a language."""
    path = course / "book" / f"{page}.md"
    english, catalogue = path.read_text("utf-8"), load(course, f"book/{page}", language)
    return english, translate(english, lambda text: curly(catalogue.gettext(text)), path)


def _document(text: str) -> tuple[str, str]:
    """Return the file of a section, and its text without what is for the facilitator."""
    match = _FILE.match(text)
    if not match:
        raise ValueError(f"{text.partition(chr(10))[0]} names no file")
    return match[2], f"# {match[1]}\n\n{text[match.end() :]}"


def _observed(english: str, text: str) -> list[str]:
    """Return what of a scenario is for observers; the lines of both languages are the same ones."""
    lines = zip(english.split("\n"), text.split("\n"), strict=True)
    return [there for here, there in lines if here.startswith(_OBSERVED)]


def _higher(text: str) -> str:
    return re.sub(r"^#(#+ )", r"\1", text, flags=re.MULTILINE)


def write_dossier(course: Path, site: Path, folder: Path, language: str) -> None:  # noqa: ARG001
    """Write it into the folder of its language; a course without the page has none."""
    if (course / "book" / f"{_ADOPTING}.md").is_file():
        _, text = translated(course, _ADOPTING, language)
        text = _CHECKED.sub(lambda day: day_text(day[1], language), _FRONT_MATTER.sub("", text))
        write_whole(folder / f"{_ADOPTING}.docx", word(text, language))
