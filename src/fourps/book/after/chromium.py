"""Have Chromium print a page."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

from nbseal.base.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_LIMIT = 600  # seconds


class PdfError(UserError):
    """No PDF was written; the message says what to do."""


def find_browser() -> str:
    """Return the path of a Chromium on this machine; PdfError says that there is none."""
    for name in BROWSERS:
        found = shutil.which(name)
        if found:
            return found
    raise PdfError(
        f"The PDF is printed by Chromium or Chrome, and none of {', '.join(BROWSERS)} is on PATH. "
        "On Debian or Ubuntu: apt-get install chromium"
    )


def print_page(browser: str, html: str, folder: Path) -> bytes:
    """Return a page as a tagged PDF; PdfError says why there is none.

    Parameters
    ----------
    browser
        As `find_browser` returns it.
    html
        The page.
    folder
        An empty one, but for what the page loads.
    """
    page, printed = folder / "book.html", folder / "book.pdf"
    page.write_text(html, "utf-8")
    command = [
        browser,
        "--headless",
        "--disable-gpu",
        "--no-first-run",
        "--no-pdf-header-footer",
        f"--user-data-dir={folder / 'profile'}",
        f"--print-to-pdf={printed}",
        # Chromium refuses to run as root otherwise; it opens our own pages and no network
        *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []),
        page.as_uri(),
    ]
    try:
        done = subprocess.run(  # noqa: S603 - a browser on PATH; no shell
            command, capture_output=True, text=True, timeout=_LIMIT, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise PdfError(f"{browser} did not finish printing in {_LIMIT} s.") from error
    if done.returncode or not printed.is_file():
        raise PdfError(f"{browser} did not print: {done.stderr.strip()[-400:]}")
    return printed.read_bytes()
