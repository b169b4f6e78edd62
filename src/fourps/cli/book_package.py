"""``fourps book package``."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from fourps.cli.building import built
from fourps.cli.printing import Folder, Output, find_course
from nbseal.cli.printing import bar, counted, out, say, writing


def book_package(
    folder: Folder = None,
    *,
    shelf: Annotated[
        str,
        typer.Option(
            "--for",
            help="scorm12 for Moodle, Totara, ILIAS and Open edX; scorm2004 where a platform asks "
            "for it; kolibri and zim (Kiwix) for a room without internet; epub for e-readers.",
        ),
    ],
    module: Annotated[
        str,
        typer.Option(
            help="One module such as protection, or half-hour, or course for all in one; by "
            "default each of them, and for e-readers the whole course.",
            show_default=False,
        ),
    ] = "",
    language: Annotated[
        list[str] | None,
        typer.Option(
            "--language",
            help="A language such as fr; may be repeated; by default every one of the book.",
            show_default=False,
        ),
    ] = None,
    number: Annotated[
        int | None,
        typer.Option(
            "--channel-version",
            help="For Kolibri, which imports a channel again only under a higher number; by "
            "default made from the version of the course (1.2.3 is 1020300).",
            show_default=False,
        ),
    ] = None,
    output: Output = None,
    to: Annotated[
        Path | None,
        typer.Option("--out", help="The folder to write into; by default _build/packages."),
    ] = None,
) -> None:
    """Build the book, and pack it for the platform of an organisation.

    Example: fourps book package --for scorm12 --module protection --language fr
    """
    from fourps.book.after.shelves.packages import packages, weight, write

    html = built(find_course(folder), output)
    # what is wrong with a request is said before anything is written
    wanted = packages(shelf, html, tuple(language or ()), module, number)
    target = to or html.parent / "packages"
    began = time.perf_counter()
    with writing(target), bar() as shown:
        target.mkdir(parents=True, exist_ok=True)
        for _ in shown.track(write(wanted, target), total=len(wanted), description="Packing"):
            pass
    for one in wanted:
        say(f"{weight(target / one.name) / 1e6:6.2f} MB  {target / one.name}")
    took = time.perf_counter() - began
    out.print(f"Wrote {counted(len(wanted), 'package')} in {took:.1f} s.", highlight=False)
