"""Make a built book ready for a static host.

What a folder holds that was not published by us stays, whatever is published over it.
"""

from __future__ import annotations

import gzip
import os
import shutil
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import brotli

from fourps.book.after.bare_pages import missing
from fourps.book.after.built import MISSING, Built, write_offline
from fourps.book.after.headers import NGINX, headers_file, nginx, site_headers, with_policy
from fourps.course.local import EMPTY, LOCAL
from nbseal.base.errors import UserError
from nbseal.base.whole_files import replacing, write_whole

if TYPE_CHECKING:
    from pathlib import Path

_TEXT = (".html", ".css", ".js", ".json", ".svg", ".xml", ".txt", ".webmanifest", ".csv", ".ipynb")
# a line for each file that was published; it travels with the folder
_PUBLISHED = ".published"
# what hosts and git look for, and what may lie there before anything was published
_BEFORE = ("CNAME",)


def _for_search_engines(site: Path, base: str) -> None:
    """List every page under its whole address."""
    pages = [path.relative_to(site).as_posix() for path in Built(site).pages]
    left_out = (MISSING, "index.html", "units.html", "unsaved.html", "search.html")
    urls = "".join(
        f"<url><loc>{escape(base + page)}</loc></url>\n"
        for page in pages
        if not page.endswith(left_out) and 'http-equiv="refresh"' not in (site / page).read_text()
    )
    (site / "sitemap.xml").write_text(
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}</urlset>\n',
        "utf-8",
    )
    (site / "robots.txt").write_text(f"User-agent: *\nSitemap: {base}sitemap.xml\n", "utf-8")


def _compress(site: Path) -> None:
    """Put a compressed copy beside each text, as small as it gets: it is made once, sent often.

    The host's own file has none: it would be sent in place of one that the host puts there later.
    """
    for path in sorted(site.rglob("*")):
        if path.suffix in _TEXT and path != site / LOCAL:
            data = path.read_bytes()
            path.with_name(f"{path.name}.gz").write_bytes(gzip.compress(data, 9, mtime=0))
            path.with_name(f"{path.name}.br").write_bytes(brotli.compress(data, quality=11))


def host_file(html: Path, to: Path) -> Path:
    """Return the host's own file that a published folder will have.

    It is that of the build where whoever builds has filled it in, and else that which is there.
    """
    built, there = html / LOCAL, to / LOCAL
    filled = built.is_file() and built.read_text("utf-8") != EMPTY
    return built if filled or not there.is_file() else there


def publish(html: Path, to: Path, base: str = "/") -> int:
    """Write a folder that a static host can send as it is, and return the number of its pages.

    Parameters
    ----------
    html
        The built pages.
    to
        The folder to write. What was published there before is replaced; whatever else lies there
        stays, and what the host filled in (`host_file`). What belongs into nginx's configuration
        comes beside it, into a file of its
        name and ``.nginx.conf``.
    base
        Where the book will be: a whole address, which search engines need, or a path.

    Raises
    ------
    NotOursError
        If `to` holds something else, or a file that would be replaced is not ours.
    """
    rules = to.with_name(f"{to.name}.nginx.conf")
    if rules.exists() and NGINX not in rules.read_text("utf-8", "replace"):
        raise NotOursError(f"{rules} was not published by fourps; move it away")
    # a link to the folder stays a link
    to = to.resolve()
    foreign = foreign_files(to)
    base = base.rstrip("/") + "/"
    top = urlsplit(base).path
    moved = [(top + old, top + new) for old, new in Built(html).release["moved"].items()]
    folders = [edition.folder for edition in Built(html).languages]
    with replacing(to) as site:
        shutil.copytree(html, site, ignore=shutil.ignore_patterns(".buildinfo", MISSING))
        if (local := host_file(html, to)).is_file():
            shutil.copyfile(local, site / LOCAL)
        headers = site_headers(site)
        for path in Built(site).pages:
            path.write_bytes(with_policy(path.read_bytes()))
        # every page has changed; what follows is for the host, and no device loads it
        for book in Built(site).languages:
            release = book.release
            write_offline(book.html, release["version"], release["moved"], book.local)
        (site / MISSING).write_bytes(with_policy(missing(Built(html), top).encode()))
        if urlsplit(base).netloc:
            _for_search_engines(site, base)
        (site / "_headers").write_text(headers_file(headers, top, folders), "utf-8")
        redirects = "".join(f"{old} {new} 301\n" for old, new in moved)
        (site / "_redirects").write_text(redirects, "utf-8")
        # a host that runs Jekyll would drop every folder that begins with an underscore
        (site / ".nojekyll").touch()
        _compress(site)
        pages = len(Built(site).pages)
        note_published(site)
        keep_foreign(foreign, to, site)
    write_whole(rules, nginx(headers, moved, top, folders).encode())
    return pages


class NotOursError(UserError, FileExistsError):
    """Something is there that would be lost; the message names it."""


def foreign_files(to: Path) -> list[str]:
    """Return the files, links and folders of a folder, which may exist, that we did not publish.

    They are paths below it, each folder before what is in it; folders that hold only what was
    published are not named.

    Raises
    ------
    NotOursError
        If nothing was published there, and it is neither empty nor only a place prepared for it,
        such as a new copy of a git repository.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> to = Path(tempfile.mkdtemp())
    >>> for name in ("page.html", "CNAME"):
    ...     (to / name).touch()
    >>> _ = (to / _PUBLISHED).write_text("page.html\\n")
    >>> foreign_files(to)
    ['CNAME']
    """
    if not to.exists():
        return []
    manifest = to / _PUBLISHED
    if not manifest.is_file():
        for path in to.iterdir():
            if not path.name.startswith(".") and path.name not in _BEFORE:
                raise NotOursError(
                    f"{to} holds something else, such as {path.name}; name an empty or a new folder"
                )
    ours = {_PUBLISHED, *(manifest.read_text("utf-8").splitlines() if manifest.is_file() else ())}
    return list(_foreign(to, to, ours))


def _foreign(to: Path, folder: Path, ours: set[str]) -> list[str]:
    names: list[str] = []
    for path in sorted(folder.iterdir()):
        name = path.relative_to(to).as_posix()
        if path.is_symlink() or not path.is_dir():
            names += [] if name in ours else [name]
        else:
            inside = _foreign(to, path, ours)
            mine = any(published.startswith(f"{name}/") for published in ours)
            names += inside if mine and not inside else [name, *inside]
    return names


def keep_foreign(names: list[str], to: Path, site: Path) -> None:
    """Have a new site hold, beside what is published, what was not published by us.

    Files are linked, not copied: it takes no room, and both folders have them until one goes.

    Parameters
    ----------
    names
        As `foreign_files` returns them.
    to
        Where they are.
    site
        What takes its place.

    Raises
    ------
    NotOursError
        If a file of the new site has the place of one of them.
    """
    for name in names:
        old, new = to / name, site / name
        if old.is_dir() and not old.is_symlink():
            if not new.is_dir():
                new.mkdir()
                shutil.copystat(old, new)
        elif new.is_symlink() or new.exists():
            if old.is_symlink() or not new.is_file() or old.read_bytes() != new.read_bytes():
                raise NotOursError(
                    f"{old} was not published by fourps and would be replaced; move it away"
                )
        else:
            _link(old, new)


def _link(old: Path, new: Path) -> None:
    try:
        os.link(old, new, follow_symlinks=False)
    except OSError:
        # some file systems have no links
        shutil.copy2(old, new, follow_symlinks=False)


def note_published(site: Path) -> None:
    """Write into a site which files are ours; call it before `keep_foreign`.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> site = Path(tempfile.mkdtemp())
    >>> (site / "page.html").touch()
    >>> note_published(site)
    >>> foreign_files(site)
    []
    """
    paths = [path for path in sorted(site.rglob("*")) if path.is_symlink() or not path.is_dir()]
    names = "".join(f"{path.relative_to(site).as_posix()}\n" for path in paths)
    (site / _PUBLISHED).write_text(names, "utf-8")
