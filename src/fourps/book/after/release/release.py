"""Write what a release consists of: files that people can use without any program."""

from __future__ import annotations

import hashlib
import tempfile
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from nbseal.base import zip_entry
from nbseal.base.whole_files import replacing, write_whole

from fourps.book.after import zip_file
from fourps.book.after.bare_pages import in_each_language, small_page
from fourps.book.after.built import Built
from fourps.book.after.pdf import write_pdf
from fourps.book.after.release import dossier, group, pack, papers, phone
from fourps.course.words import words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    # writes files of one language: course, built book, folder, language
    Part = Callable[[Path, Path, Path, str], None]

SUMS = "SHA256SUMS"


def _guide(_course: Path, site: Path, folder: Path, language: str) -> None:
    """Print the facilitator guide."""
    html = Built(site).in_language(language)
    folder.mkdir(parents=True, exist_ok=True)
    write_pdf(html, folder / "guide.pdf", wanted=_is_guide)


def _is_guide(name: str) -> bool:
    """Whether a page is printed for facilitators: the guide, and what whoever decides reads.

    Examples
    --------
    >>> [_is_guide(name) for name in ("book/facilitator", "book/guide-plans", "book/how")]
    [True, True, False]
    """
    return name.startswith(("book/facilitator", "book/guide-", "book/adopting"))


# what facilitators get beside the course, one folder a language
FOR_FACILITATORS: tuple[Part, ...] = (
    _guide,
    group.write,
    pack.write,
    papers.write,
    papers.keys,
    dossier.write,
)
FOR_PHONES: tuple[Part, ...] = (phone.write,)


def write_release(
    course: Path, site: Path, to: Path, step: Callable[[str], None] = lambda _: None
) -> list[Path]:
    """Write the files of a release into a folder, and return them in the order of their names.

    Parameters
    ----------
    course
        The folder of the course.
    site
        Its built book, in all languages.
    to
        The folder to write: it is there whole, or as it was.
    step
        Called with the name of each file before it is made.

    Raises
    ------
    fourps.book.after.chromium.PdfError
        If no Chromium can print.
    """
    stem = zip_file.name(site).removesuffix(".zip")
    languages = [one.about["lang"] for one in Built(site).languages]
    with replacing(to) as folder:
        folder.mkdir()
        step(f"{stem}.zip")
        zip_file.pack(site, folder / f"{stem}.zip")
        for language in languages:
            step(f"{stem}-{language}.pdf")
            write_pdf(Built(site).in_language(language), folder / f"{stem}-{language}.pdf")
            step(f"{stem}-phone-{language}.zip")
            files = _made(course, site, FOR_PHONES, language)
            write_whole(folder / f"{stem}-phone-{language}.zip", zip_entry.pack(files))
        step(f"{stem}-facilitators.zip")
        made = {code: dict(_made(course, site, FOR_FACILITATORS, code)) for code in languages}
        first = (zip_file.FIRST, _first(Built(site), made).encode())
        files = ((f"{code}/{name}", made[code][name]) for code in made for name in made[code])
        write_whole(folder / f"{stem}-facilitators.zip", zip_entry.pack([first, *files]))
        _sum_up(folder)
    return sorted(to.iterdir())


def _made(
    course: Path, site: Path, parts: tuple[Part, ...], language: str
) -> Iterator[tuple[str, bytes]]:
    """Yield name and bytes of each file that some parts make of a language."""
    with tempfile.TemporaryDirectory(prefix="fourps-release-") as place:
        folder = Path(place)
        for part in parts:
            part(course, site, folder, language)
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield path.relative_to(folder).as_posix(), path.read_bytes()


def _first(book: Built, made: Mapping[str, Iterable[str]]) -> str:
    """Return the page that says what the facilitators' file holds."""
    bodies = {}
    for language, names in made.items():
        mine = {key: escape(text) for key, text in words(language).items()}
        links = "".join(f'<li><a href="{language}/{name}">{name}</a>' for name in names)
        bodies[language] = (
            f"<h1>{mine['release-facilitators']}</h1>\n<p>{mine['release-begin']}</p>\n"
            f"<p><b>{mine['release-keys']}</b></p>\n<ul>{links}</ul>"
        )
    title = f"{book.about['name']} {book.release['version']}"
    return small_page(title, in_each_language(bodies), next(iter(made)))


def _sum_up(folder: Path) -> None:
    """Write the checksums, in the form that ``sha256sum --check`` reads."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(folder.iterdir())
    ]
    write_whole(folder / SUMS, "".join(lines).encode())
