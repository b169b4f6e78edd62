"""``fourps book``."""

from __future__ import annotations

import contextlib
import os
import socket
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from fourps.cli.book_package import book_package
from fourps.cli.book_words import book_text, book_words
from fourps.cli.building import built
from fourps.cli.printing import Folder, Output, find_course
from nbseal.base.errors import UserError
from nbseal.cli.printing import bar, counted, errors, fail, out, writing

if TYPE_CHECKING:
    from collections.abc import Iterator

app = typer.Typer(help="Build and serve the online book.", no_args_is_help=True)
app.command("package")(book_package)
app.command("text")(book_text)
app.command("words")(book_words)

Languages = Annotated[
    list[str] | None,
    typer.Option(
        "--language",
        help="A language such as fr; may be repeated: the first at the top, each other in a "
        "folder. By default as _config.yml says. en-XA and ar-XB show what is not translatable.",
        show_default=False,
    ),
]


@app.command("build")
def book_build(folder: Folder = None, output: Output = None, language: Languages = None) -> None:
    """Build the book into _build/html, and what reviewers are asked into _build/review.

    Example: fourps book build --language en --language fr
    """
    course = find_course(folder)
    target = built(course, output, language).parent / "review"
    from fourps.book.after.review import write

    with writing(target):
        written, begun = write(course, target)
    if written:
        out.print(f"Wrote what reviewers are asked into {target}.", highlight=False)
    for table in begun:
        out.print(f"{table} holds answers, so it stays, with its page.", highlight=False)


@app.command("pdf")
def book_pdf(
    folder: Folder = None,
    output: Output = None,
    out_file: Annotated[
        Path | None,
        typer.Option(
            "--out",
            help="The file; by default book.pdf in _build. Each further language gets one of its "
            "own, as book-fr.pdf.",
        ),
    ] = None,
    language: Languages = None,
) -> None:
    """Build the book and have Chromium print all of it into one file for each language.

    Example: fourps book pdf --out four-ps.pdf
    """
    course = find_course(folder)
    html = built(course, output, language)
    from fourps.book.after.built import Built

    target = out_file or html.parent / "book.pdf"
    for book in Built(html).languages:
        added = f"-{book.folder.rstrip('/')}" if book.folder else ""
        _print(book.html, target.with_stem(f"{target.stem}{added}"))


def _print(html: Path, target: Path) -> None:
    """Print one language."""
    from rich import progress

    from fourps.book.after.pdf import write_pdf

    shown = bar(
        progress.TextColumn("{task.description}"),
        progress.BarColumn(),
        progress.TaskProgressColumn(),
        progress.TimeElapsedColumn(),
    )
    join = shown.add_task("Joining the pages")
    # Chromium lays all of them out as one document, and does not say how far it is
    printing = shown.add_task("Printing them", start=False, total=None)

    def tell(done: int, of: int) -> None:
        shown.update(join, completed=done, total=of)
        if done == of:
            shown.start_task(printing)

    with writing(target), shown:
        sheets = write_pdf(html, target, tell)
    size = target.stat().st_size / 1e6
    pages = counted(sheets, "sheet")
    out.print(f"Wrote {target}: {pages}, {size:.1f} MB.", highlight=False)


@contextlib.contextmanager
def _using(port: int) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        # as it was started: `make serve` takes it from where no shell looks
        advice = f"Try: {sys.argv[0]} book serve --port {port + 1}"
        raise fail(
            f"Port {port} cannot be used ({os.strerror(error.errno or 0)}). {advice}"
        ) from error


@app.command("serve")
def book_serve(
    folder: Folder = None,
    output: Output = None,
    language: Languages = None,
    port: Annotated[int, typer.Option(help="The port on 127.0.0.1.")] = 8000,
) -> None:
    """Build the book, serve it, and build again when a page changes.

    Example: fourps book serve --port 8001
    """
    course = find_course(folder)
    with _using(port):
        # before the build, which takes minutes
        socket.create_server(("127.0.0.1", port)).close()
    from fourps.book.side_by_side import Builders

    # what the first build has loaded, those after each edit need not load
    with Builders(stay=True) as builders:
        html = built(course, output, language, builders)
        import asyncio

        from fourps.book.serve import HOST, application, follow

        def rebuild() -> None:
            try:
                built(course, output, language, builders)
            except (UserError, OSError) as error:
                fail(error)

        async def serve() -> None:
            application(html).listen(port, HOST)
            out.print(f"Serving http://{HOST}:{port}/ (stop with Ctrl+C)", highlight=False)
            await follow(course, rebuild)

        with _using(port), contextlib.suppress(KeyboardInterrupt):
            asyncio.run(serve())


@app.command("zip")
def book_zip(
    folder: Folder = None,
    output: Output = None,
    language: Languages = None,
    to: Annotated[
        Path | None,
        typer.Option("--out", help="The file to write; by default four-ps-VERSION.zip in _build."),
    ] = None,
) -> None:
    """Write the whole book, in all of its languages, into one file that opens from a USB stick.

    Example: fourps book zip --out four-ps.zip
    """
    html = built(find_course(folder), output, language)
    from fourps.book.after.release.release import write_zip, zip_name

    path = to or html.parent / zip_name(html, language or ())
    with writing(path):
        size = write_zip(html, path)
    out.print(f"Wrote {path}, {size / 1e6:.1f} MB. Unpack it whole.", highlight=False)


@app.command("release")
def book_release(
    folder: Folder = None,
    output: Output = None,
    language: Languages = None,
    to: Annotated[
        Path | None,
        typer.Option("--to", help="The folder to write; by default four-ps-VERSION in _build."),
    ] = None,
) -> None:
    """Write what people can use without any program: the course as one file, and more.

    The folder gets the course as one file to unpack, a PDF and the stories for phones in each
    language, a file for facilitators, which alone has the keys, and checksums. Chromium prints.

    Example: fourps book release --to release
    """
    course = find_course(folder)
    html = built(course, output, language)
    from fourps.book.after.release.release import write_release, zip_name

    target = to or html.parent / zip_name(html).removesuffix(".zip")
    with writing(target), errors.status("") as status:

        def tell(file: str) -> None:
            status.update(f"Writing {file} ...")

        written = write_release(course, html, target, tell)
    for path in written:
        out.print(f"{path.stat().st_size / 1e6:6.1f} MB  {path}", highlight=False)


def _lacking(course: Path, html: Path, to: Path) -> str:
    """Return what Local help would lack in a published folder, if the course has lines for it."""
    from fourps.book.after.publish import host_file
    from fourps.course.local import Lines, lacks, read
    from fourps.course.source import Source

    path = course / "book" / "lines.yaml"
    if not path.is_file():
        return ""
    lines, _ = Source.load(path, Lines)
    asked = filter(None, lines.pages.get("book/local.md", {}).values())
    text = host_file(html, to).read_text("utf-8", "replace")
    return lacks(read(text), asked, str(datetime.now().astimezone().date()))


@app.command("publish")
def book_publish(
    folder: Folder = None,
    *,
    to: Annotated[Path, typer.Option("--to", help="The folder to write, for a static host.")],
    output: Output = None,
    language: Languages = None,
    base_url: Annotated[
        str, typer.Option(help="Where the book will be: https://host/folder/, or a path.")
    ] = "/",
    external: Annotated[
        bool, typer.Option("--external", help="Also ask every link to another host.")
    ] = False,
    strict: Annotated[
        bool, typer.Option("--strict", help="Publish nothing while Local help is empty or overdue.")
    ] = False,
) -> None:
    """Build the book, follow its links, and write what a static host needs.

    Example: fourps book publish --to site --base-url https://example.org/four-ps/
    """
    course = find_course(folder)
    # search engines are told whole addresses; a path alone is none
    config: dict[str, Any] = (
        {"html_baseurl": f"{base_url.rstrip('/')}/"} if "://" in base_url else {}
    )
    html = built(course, output, language, **config)
    from fourps.book.after.links import broken, elsewhere
    from fourps.book.after.publish import publish
    from fourps.book.build import linkcheck
    from fourps.course.toc import address_problems

    with errors.status("Following the links ..."):
        to_mend = [*address_problems(course), *broken(html)]
        if external:
            to_mend += elsewhere(linkcheck(course, output or course / "_build"), course)
    for problem in to_mend:
        errors.print(str(problem), markup=False, highlight=False)
    if to_mend:
        raise fail(f"{len(to_mend)} to mend. Nothing was published.")
    if lacking := _lacking(course, html, to):
        errors.print(f"Readers are told: {lacking}. setup.html fills it in.", highlight=False)
        if strict:
            raise fail("Nothing was published, as --strict asks.")
    with writing(to), errors.status("Compressing the pages ..."):
        pages = publish(html, to, base_url)
    number = counted(pages, "page")
    out.print(f"Published {number} into {to}. Headers: {to}/_headers.", highlight=False)
