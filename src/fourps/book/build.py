"""Build the book: all of it, or nothing."""

from __future__ import annotations

import shutil
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any

import yaml

from fourps.book.after.bare_pages import missing
from fourps.book.after.built import MISSING, Built
from fourps.book.side_by_side import Builders
from fourps.course.language import name, tag
from fourps.course.local import EMPTY, LOCAL, Local
from fourps.course.source import Source
from fourps.course.toc import missing_pages
from nbseal.base.errors import UserError
from nbseal.base.whole_files import in_turn, replacing

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class BuildError(UserError):
    """The book was not built; what is wrong was printed."""


def build(
    source: Path,
    output: Path,
    languages: Sequence[str] = (),
    *,
    builders: Builders | None = None,
    **config: Any,
) -> Path:
    """Build the book, and return the folder with the pages.

    Parameters
    ----------
    source
        The folder that holds ``_config.yml`` and ``_toc.yml``.
    output
        A folder such as ``_build``; the pages come into ``html`` within it.
    languages
        Codes such as ``fr``; by default those of ``fourps_languages`` in ``_config.yml``, or else
        its ``language``. The first stands at the top, each other in a folder of its name.
    builders
        Who builds the languages, where that is asked again and again.
    **config
        Sphinx configuration that takes precedence over ``_config.yml``.

    Raises
    ------
    BuildError
        If there was any warning. The pages of the last good build stay as they were.
    FileNotFoundError
        If `source` holds no book.
    OSError
        If something cannot be written; the pages of the last good build stay then too.
    """
    for file in ("_config.yml", "_toc.yml"):
        if not (source / file).is_file():
            raise FileNotFoundError(f"{source / file} is missing: is this the folder of the book?")
    missing = list(missing_pages(source.resolve()))
    if missing:
        raise BuildError("\n".join(map(str, missing)))
    output.mkdir(parents=True, exist_ok=True)
    # somebody may serve the book, and build it at each edit
    with in_turn(output):
        return _built(source, output, languages, config, builders)


def _built(
    source: Path,
    output: Path,
    languages: Sequence[str],
    config: dict[str, Any],
    builders: Builders | None,
) -> Path:
    """Build into a folder that nobody else builds into."""
    work, unfinished = output / ".work", output / ".unfinished"
    if unfinished.exists():
        # killed half-way: pages that were read and not written would never be written
        shutil.rmtree(work, ignore_errors=True)
    unfinished.touch()
    settings = _settings(source) | config
    usual = settings.get("fourps_languages") or [settings.get("language", "en")]
    codes = [*dict.fromkeys(tag(code) for code in languages or usual)]
    config["fourps_languages"] = codes
    config["html_baseurl"] = settings.get("html_baseurl", "")
    if wrong := _wrong((source, work, output), codes, config, builders):
        # Sphinx warns of a page only when it reads it: kept, the next build would pass
        shutil.rmtree(work, ignore_errors=True)
        unfinished.unlink()
        named = ", ".join(name(code, "en") for code in wrong)
        told = f" ({named})" if len(codes) > 1 else ""
        raise BuildError(f"The book was not built{told}. Mend what is named above and build again.")
    fresh = [work / code / "html" for code in codes]
    html = _publish(fresh, codes, output / "html", _local(source))
    unfinished.unlink()
    return html


def linkcheck(source: Path, output: Path) -> Path:
    """Ask every link to another host whether it still answers.

    Folders are those of `build`. What comes back is Sphinx's report, one JSON object a line;
    BuildError says that there is none.
    """
    from fourps.book.one_language import run

    # many hosts build their anchors with scripts, which nobody runs here
    config = {"linkcheck_anchors": False, "linkcheck_timeout": 30, "linkcheck_retries": 2}
    work = output / ".work" / "linkcheck"
    report = work / "linkcheck" / "output.json"
    report.unlink(missing_ok=True)
    run(source, work, output, config, "linkcheck")
    if not report.is_file():
        raise BuildError("The links were not followed. Mend what is named above and try again.")
    return report


def _local(source: Path) -> str:
    """Return the host's own file: empty, unless whoever builds has filled it in."""
    path = source / "book" / "local.yaml"
    return Source.load(path, Local)[0].css() if path.is_file() else EMPTY


def _settings(source: Path) -> dict[str, Any]:
    """Return what a book's own file says to Sphinx."""
    settings = yaml.safe_load((source / "_config.yml").read_text("utf-8"))
    return dict(settings.get("sphinx", {}).get("config", {}))


def _wrong(
    folders: tuple[Path, Path, Path],
    codes: list[str],
    config: dict[str, Any],
    builders: Builders | None,
) -> list[str]:
    """Build each language, and return those that went wrong."""
    if builders or len(codes) > 1:
        with nullcontext(builders) if builders else Builders() as these:
            return these.build(*folders, codes, config)
    # no other process loads it
    from fourps.book.one_language import build_language

    source, work, output = folders
    good = build_language(source, work / codes[0], output, codes[0], config)
    return [] if good else codes


def _publish(fresh: list[Path], codes: list[str], target: Path, local: str) -> Path:
    """Put the new pages, all but the first language in folders, in place of the old in one step."""
    with replacing(target) as new:
        shutil.copytree(fresh[0], new)
        for html, code in zip(fresh[1:], codes[1:], strict=True):
            shutil.copytree(html, new / code)
        (new / MISSING).write_text(missing(Built(new)), "utf-8")
        (new / LOCAL).write_text(local, "utf-8")
    return target
