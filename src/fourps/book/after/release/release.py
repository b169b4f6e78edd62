"""Write what a release consists of: files that people can use without any program."""

from __future__ import annotations

import hashlib
import tempfile
from html import escape
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from fourps.book.after.bare_pages import in_each_language, small_page
from fourps.book.after.built import Built
from fourps.book.after.headers import with_policy
from fourps.book.after.pdf import write_pdf
from fourps.book.after.release import desk, group, pack, papers, phone
from fourps.course.local import LOCAL, SETUP
from fourps.course.words import words
from nbseal.base import zip_entry
from nbseal.base.whole_files import replacing, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    # writes files of one language: course, built book, folder, language
    Part = Callable[[Path, Path, Path, str], None]

FIRST, FOLDER = "READ-ME-FIRST.html", "course"
SUMS = "SHA256SUMS"


def _first_page(book: Built) -> str:
    """Return the page that stands beside the folder."""
    bodies = {edition.about["lang"]: _ways(edition) for edition in book.languages}
    names = " · ".join(dict.fromkeys(edition.about["name"] for edition in book.languages))
    title = f"{names} {book.release['version']}"
    body = f"<h1>{escape(title)}</h1>\n{in_each_language(bodies)}"
    return small_page(title, body, book.about["lang"])


def _ways(book: Built) -> str:
    """Return what the page says in the language of a book, and where it leads."""
    about = book.about
    mine = {key: escape(text) for key, text in words(about["lang"]).items()}
    ways = [(about["start_url"], mine["zip-open"])]
    if (book.html / SETUP).is_file():
        ways.append((SETUP, mine["setup-title"]))
    links = "".join(
        f'<p><a href="{FOLDER}/{book.folder}{to}">{label}</a></p>\n' for to, label in ways
    )
    return f"{links}<p>{mine['zip-unpack']}</p>\n<p>{mine['zip-local']}</p>"


def _carried(path: Path) -> bytes:
    """Return a file as it is read from a folder, where no host sends a policy with a page."""
    return with_policy(path.read_bytes()) if path.suffix == ".html" else path.read_bytes()


def zip_name(html: Path, languages: Iterable[str] = ()) -> str:
    """Return what the file of a built book is called, with its version and what was asked for."""
    return f"{'-'.join(['four-ps', Built(html).release['version'], *languages])}.zip"


def write_zip(html: Path, out: Path) -> int:
    """Write a built book into one file, and return its size in bytes.

    The same pages give the same bytes.
    """
    book = Built(html)
    paths = (path for language in book.languages for _, path in language.files())
    files = {f"{FOLDER}/{path.relative_to(html).as_posix()}": path for path in paths}
    # beside the first page, also for who sets up the unpacked folder
    if (html / LOCAL).is_file():
        files[f"{FOLDER}/{LOCAL}"] = html / LOCAL
    pages = ((name, _carried(path)) for name, path in sorted(files.items()))
    data = zip_entry.pack(chain([(FIRST, _first_page(book).encode())], pages))
    write_whole(out, data)
    return len(data)


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
    desk.write,
    pack.write,
    papers.write,
    papers.keys,
    pack.write_dossier,
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
    fourps.book.after.pdf.PdfError
        If no Chromium can print.
    """
    stem = zip_name(site).removesuffix(".zip")
    languages = [edition.about["lang"] for edition in Built(site).languages]
    with replacing(to) as folder:
        folder.mkdir()
        step(f"{stem}.zip")
        write_zip(site, folder / f"{stem}.zip")
        for language in languages:
            step(f"{stem}-{language}.pdf")
            write_pdf(Built(site).in_language(language), folder / f"{stem}-{language}.pdf")
            step(f"{stem}-phone-{language}.zip")
            files = _made(course, site, FOR_PHONES, language)
            write_whole(folder / f"{stem}-phone-{language}.zip", zip_entry.pack(files))
        step(f"{stem}-facilitators.zip")
        every = {code: dict(_made(course, site, FOR_FACILITATORS, code)) for code in languages}
        first = (FIRST, _facilitators_page(Built(site), every).encode())
        files = ((f"{code}/{name}", every[code][name]) for code in every for name in every[code])
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


def _facilitators_page(book: Built, files: Mapping[str, Iterable[str]]) -> str:
    """Return the page that says what the facilitators' file holds."""
    bodies = {}
    for language, names in files.items():
        mine = {key: escape(text) for key, text in words(language).items()}
        links = "".join(f'<li><a href="{language}/{name}">{name}</a>' for name in names)
        bodies[language] = (
            f"<h1>{mine['release-facilitators']}</h1>\n<p>{mine['release-begin']}</p>\n"
            f"<p><b>{mine['release-keys']}</b></p>\n<ul>{links}</ul>"
        )
    title = f"{book.about['name']} {book.release['version']}"
    return small_page(title, in_each_language(bodies), next(iter(files)))


def _sum_up(folder: Path) -> None:
    """Write the checksums, in the form that ``sha256sum --check`` reads."""
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(folder.iterdir())
    ]
    write_whole(folder / SUMS, "".join(lines).encode())
