"""The command ``fourps``."""

from __future__ import annotations

import asyncio
import contextlib
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

import fourps.check
from fourps.course.files import content_root

app = typer.Typer(
    help="Four Ps: an open course on counter-trafficking in humanitarian action.",
    no_args_is_help=True,
    add_completion=False,
)
book = typer.Typer(help="Build and serve the online book.", no_args_is_help=True)
app.add_typer(book, name="book")

_out = Console(soft_wrap=True)
_errors = Console(stderr=True, soft_wrap=True)

Folder = Annotated[
    Path | None,
    typer.Argument(help="The folder of the course; by default the one here.", show_default=False),
]
Output = Annotated[
    Path | None, typer.Option(help="Where to build; by default _build in the course.")
]


def _course(folder: Path | None) -> Path:
    if folder is None:
        folder = Path() if Path("_toc.yml").is_file() else content_root()
    return folder


def _fail(message: object) -> typer.Exit:
    _errors.print(str(message), style="bold red", markup=False, highlight=False)
    return typer.Exit(1)


@app.command()
def check(folder: Folder = None) -> None:
    """Check every scenario, quiz, page and citation. Example: fourps check ."""
    try:
        report = fourps.check.check(_course(folder))
    except FileNotFoundError as error:
        raise _fail(error) from error
    for fact in report.facts:
        _out.print(fact, markup=False, highlight=False)
    for problem in report.problems:
        _errors.print(str(problem), markup=False, highlight=False)
    if report.problems:
        raise _fail(f"{len(report.problems)} to mend.")
    _out.print("Nothing to mend.")


def _build(course: Path, output: Path | None) -> Path:
    try:
        from fourps.book.build import BuildError, build
    except ImportError as error:
        message = f"Building needs the extra 'book': pip install 'fourps[book]' ({error})"
        raise _fail(message) from error
    began = time.perf_counter()
    try:
        with _errors.status("Building the book ..."):
            html = build(course, output or course / "_build")
    except (BuildError, FileNotFoundError) as error:
        raise _fail(error) from error
    _out.print(f"Built {html} in {time.perf_counter() - began:.1f} s.", highlight=False)
    return html


@book.command("build")
def book_build(folder: Folder = None, output: Output = None) -> None:
    """Build the book into _build/html. Example: fourps book build ."""
    _build(_course(folder), output)


@book.command("serve")
def book_serve(
    folder: Folder = None,
    output: Output = None,
    port: Annotated[int, typer.Option(help="The port on 127.0.0.1.")] = 8000,
) -> None:
    """Build the book, serve it, and build again when a page changes.

    Example: fourps book serve --port 8001
    """
    course = _course(folder)
    html = _build(course, output)
    from fourps.book.serve import HOST, follow, listen

    def rebuild() -> None:
        with contextlib.suppress(typer.Exit):
            _build(course, output)

    async def serve() -> None:
        listen(html, port)
        _out.print(f"Serving http://{HOST}:{port}/ (stop with Ctrl+C)", highlight=False)
        await follow(course, rebuild)

    try:
        with contextlib.suppress(KeyboardInterrupt):
            asyncio.run(serve())
    except OSError as error:
        advice = f"Try: fourps book serve --port {port + 1}"
        raise _fail(f"Port {port} cannot be used ({error.strerror}). {advice}") from error
