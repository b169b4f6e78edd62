"""What a folder holds that was not published by us: it stays, whatever is published over it."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from nbseal.base.errors import UserError

if TYPE_CHECKING:
    from pathlib import Path

# a line for each file that was published; it travels with the folder
MANIFEST = ".published"
# what hosts and git look for, and what may lie there before anything was published
_BEFORE = ("CNAME",)


class NotOursError(UserError, FileExistsError):
    """Something is there that would be lost; the message names it."""


def foreign(to: Path) -> list[str]:
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
    >>> _ = (to / MANIFEST).write_text("page.html\\n")
    >>> foreign(to)
    ['CNAME']
    """
    if not to.exists():
        return []
    manifest = to / MANIFEST
    if not manifest.is_file():
        for one in to.iterdir():
            if not one.name.startswith(".") and one.name not in _BEFORE:
                raise NotOursError(
                    f"{to} holds something else, such as {one.name}; name an empty or a new folder"
                )
    ours = {MANIFEST, *(manifest.read_text("utf-8").splitlines() if manifest.is_file() else ())}
    return list(_foreign(to, to, ours))


def _foreign(to: Path, folder: Path, ours: set[str]) -> list[str]:
    found: list[str] = []
    for path in sorted(folder.iterdir()):
        name = path.relative_to(to).as_posix()
        if path.is_symlink() or not path.is_dir():
            found += [] if name in ours else [name]
        else:
            inside = _foreign(to, path, ours)
            mine = any(one.startswith(f"{name}/") for one in ours)
            found += inside if mine and not inside else [name, *inside]
    return found


def keep(names: list[str], to: Path, site: Path) -> None:
    """Have a new site hold, beside what is published, what was not published by us.

    Files are linked, not copied: it takes no room, and both folders have them until one goes.

    Parameters
    ----------
    names
        As `foreign` returns them.
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


def note(site: Path) -> None:
    """Write into a site which files are ours; call it before `keep`.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> site = Path(tempfile.mkdtemp())
    >>> (site / "page.html").touch()
    >>> note(site)
    >>> foreign(site)
    []
    """
    paths = [path for path in sorted(site.rglob("*")) if path.is_symlink() or not path.is_dir()]
    names = "".join(f"{path.relative_to(site).as_posix()}\n" for path in paths)
    (site / MANIFEST).write_text(names, "utf-8")
