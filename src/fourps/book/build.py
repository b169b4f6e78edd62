"""Build the book: all of it, or nothing."""

from __future__ import annotations

import contextlib
import shutil
import sys
from typing import TYPE_CHECKING, Any

import jupyter_book.sphinx
import sphinx.locale
import yaml
from jupyter_book.sphinx import build_sphinx
from sphinx.util.console import nocolor

from fourps.book import pseudo_translation
from fourps.course.error import FourpsError
from fourps.course.language import is_pseudo, tag
from fourps.course.toc import missing_pages
from fourps.swap_folder import replacing

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

# what jupyter_client says of a kernel that ended before it answered
_KERNEL_DIED = "Kernel died before replying"


class BuildError(FourpsError):
    """The book was not built; what is wrong was printed."""


def build(source: Path, output: Path, languages: Sequence[str] = (), **config: Any) -> Path:
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
    for name in ("_config.yml", "_toc.yml"):
        if not (source / name).is_file():
            raise FileNotFoundError(f"{source / name} is missing: is this the folder of the book?")
    missing = list(missing_pages(source.resolve()))
    if missing:
        raise BuildError("\n".join(map(str, missing)))
    work, unfinished = output / ".work", output / ".unfinished"
    if unfinished.exists():
        # killed half-way: pages that were read and not written would never be written
        shutil.rmtree(work, ignore_errors=True)
    output.mkdir(parents=True, exist_ok=True)
    unfinished.touch()
    if not sys.stderr.isatty():
        nocolor()
    settings = _settings(source) | config
    named = settings.get("fourps_languages") or [settings.get("language", "en")]
    codes = [tag(code) for code in languages or named]
    config["fourps_languages"] = codes
    config["html_baseurl"] = settings.get("html_baseurl", "")
    if not all(_build(source, work / code, output, code, config) for code in codes):
        # Sphinx warns of a page only when it reads it: kept, the next build would pass
        shutil.rmtree(work, ignore_errors=True)
        unfinished.unlink()
        raise BuildError("The book was not built. Mend what is named above and build again.")
    html = _publish([work / code / "html" for code in codes], codes, output / "html")
    unfinished.unlink()
    return html


def linkcheck(source: Path, output: Path) -> Path:
    """Ask every link to another host whether it still answers.

    Folders are those of `build`. What comes back is Sphinx's report, one JSON object a line;
    BuildError says that there is none.
    """
    # many hosts build their anchors with scripts, which nobody runs here
    config = {"linkcheck_anchors": False, "linkcheck_timeout": 30, "linkcheck_retries": 2}
    work = output / ".work" / "linkcheck"
    report = work / "linkcheck" / "output.json"
    report.unlink(missing_ok=True)
    _run(source, work, output, config, "linkcheck")
    if not report.is_file():
        raise BuildError("The links were not followed. Mend what is named above and try again.")
    return report


def templates(source: Path, output: Path) -> Path:
    """Have Sphinx write all texts of the book, as translators begin with them.

    Folders are those of `build`. What comes back is the folder with a ``.pot`` file for each page.
    """
    work = output / ".work" / "templates"
    # those of pages that have gone
    shutil.rmtree(work / "gettext", ignore_errors=True)
    config = {"language": "en", "gettext_compact": False}
    if _run(source, work, output, config, "gettext") != 0:
        shutil.rmtree(work, ignore_errors=True)
        raise BuildError("The texts were not read. Mend what is named above and try again.")
    return work / "gettext"


def _settings(source: Path) -> dict[str, Any]:
    """Return what a book's own file says to Sphinx."""
    settings = yaml.safe_load((source / "_config.yml").read_text("utf-8"))
    return dict(settings.get("sphinx", {}).get("config", {}))


def _build(source: Path, work: Path, output: Path, code: str, config: dict[str, Any]) -> bool:
    """Build one language into a folder of its own; return whether nothing was wrong."""
    config = {**config, "language": code.replace("-", "_")}
    if is_pseudo(code):
        if _run(source, work, output, {**config, "language": "en"}, "gettext") != 0:
            return False
        pseudo_translation.write(work / "gettext", work / "locale", config["language"])
        config["locale_dirs"] = [str((work / "locale").resolve())]
    if code != config["fourps_languages"][0] and config["html_baseurl"]:
        config["html_baseurl"] = f"{config['html_baseurl'].rstrip('/')}/{code}/"
    status = _run(source, work, output, config)
    if isinstance(status, Exception) and _KERNEL_DIED in str(status):
        # another process may take a kernel's port between its choice and its use
        sys.stderr.write("A kernel did not start. Building once more ...\n")
        status = _run(source, work, output, config)
    return bool(status == 0)


def _run(
    source: Path, work: Path, output: Path, config: dict[str, Any], builder: str = "html"
) -> Any:
    """Run Sphinx; return 0, another exit status, or what was raised."""
    # Sphinx would add the words of the language before, where several are built in one process
    sphinx.locale.translators.clear()
    with _refusals():
        status = build_sphinx(
            source.resolve(),
            work / builder,
            builder=builder,
            doctreedir=work / f"doctrees-{builder}",
            noconfig=True,
            path_config=str(source / "_config.yml"),
            confoverrides={
                "external_toc_path": str((source / "_toc.yml").resolve()),
                "latex_individualpages": False,
                "nb_execution_cache_path": str((output / ".jupyter_cache").resolve()),
                **config,
            },
            warningiserror=True,
            keep_going=True,
            quiet=True,
        )
    if isinstance(status, OSError) and status.errno:
        raise status
    return status


@contextlib.contextmanager
def _refusals() -> Iterator[None]:
    """Have Sphinx keep its long word on errors to itself where the system refused something."""
    tell = jupyter_book.sphinx.handle_exception

    def handle(app: Any, args: Any, error: BaseException, *more: Any) -> None:
        if not (isinstance(error, OSError) and error.errno):
            tell(app, args, error, *more)

    jupyter_book.sphinx.handle_exception = handle
    try:
        yield
    finally:
        jupyter_book.sphinx.handle_exception = tell


def _publish(fresh: list[Path], codes: list[str], target: Path) -> Path:
    """Put the new pages, all but the first language in folders, in place of the old in one step."""
    with replacing(target) as new:
        shutil.copytree(fresh[0], new)
        for html, code in zip(fresh[1:], codes[1:], strict=True):
            shutil.copytree(html, new / code)
    return target
