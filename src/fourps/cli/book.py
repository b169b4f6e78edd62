"""``fourps book``."""

from __future__ import annotations

import asyncio
import contextlib
import time
from pathlib import Path
from typing import Annotated

import typer

from fourps.cli.common import Folder, errors, fail, out
from fourps.cli.common import course as find_course

app = typer.Typer(help="Build and serve the online book.", no_args_is_help=True)

Output = Annotated[
    Path | None, typer.Option(help="Where to build; by default _build in the course.")
]
Languages = Annotated[
    list[str] | None,
    typer.Option(
        "--language",
        help="A language such as fr; may be repeated: the first at the top, each other in a "
        "folder. By default as _config.yml says. en-XA and ar-XB show what is not translatable.",
        show_default=False,
    ),
]


def _build(course: Path, output: Path | None, languages: list[str] | None) -> Path:
    try:
        from fourps.book.build import BuildError, build
    except ImportError as error:
        message = f"Building needs the extra 'book': pip install 'fourps[book]' ({error})"
        raise fail(message) from error
    began = time.perf_counter()
    try:
        with errors.status("Building the book ..."):
            html = build(course, output or course / "_build", languages or ())
    except (BuildError, FileNotFoundError) as error:
        raise fail(error) from error
    out.print(f"Built {html} in {time.perf_counter() - began:.1f} s.", highlight=False)
    return html


@app.command("build")
def book_build(folder: Folder = None, output: Output = None, language: Languages = None) -> None:
    """Build the book into _build/html. Example: fourps book build --language en --language fr."""
    _build(find_course(folder), output, language)


@app.command("pdf")
def book_pdf(
    folder: Folder = None,
    output: Output = None,
    out_file: Annotated[
        Path | None, typer.Option("--out", help="The file; by default book.pdf beside the pages.")
    ] = None,
    language: Languages = None,
) -> None:
    """Build the book and have Chromium print all of it into one file.

    Example: fourps book pdf --out four-ps.pdf
    """
    course = find_course(folder)
    html = _build(course, output, language)
    from fourps.book.pdf import PdfError, write_pdf
    from fourps.course.source import Source

    target = out_file or html.parent / "book.pdf"
    try:
        with errors.status("Printing the book ..."):
            sheets = write_pdf(html, Source.read(course / "_toc.yml").data["root"], target)
    except PdfError as error:
        raise fail(error) from error
    except OSError as error:
        raise fail(f"{target} cannot be written: {error.strerror or error}.") from error
    size = target.stat().st_size / 1e6
    out.print(f"Wrote {target}: {sheets} sheets, {size:.1f} MB.", highlight=False)


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
    html = _build(course, output, language)
    from fourps.book.serve import HOST, follow, listen

    def rebuild() -> None:
        with contextlib.suppress(typer.Exit):
            _build(course, output, language)

    async def serve() -> None:
        listen(html, port)
        out.print(f"Serving http://{HOST}:{port}/ (stop with Ctrl+C)", highlight=False)
        await follow(course, rebuild)

    try:
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(serve())
    except OSError as error:
        advice = f"Try: fourps book serve --port {port + 1}"
        raise fail(f"Port {port} cannot be used ({error.strerror}). {advice}") from error
