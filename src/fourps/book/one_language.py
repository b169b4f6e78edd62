"""Build the book in one language, into a folder of its own."""

from __future__ import annotations

import contextlib
import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jupyter_book.sphinx
import sphinx
import sphinx.locale
from babel.messages.pofile import read_po, write_po
from jupyter_book.sphinx import build_sphinx
from sphinx.util.console import nocolor

from fourps.course.language import is_pseudo, pseudo

if TYPE_CHECKING:
    from collections.abc import Iterator

# how seldom Python looks for what nobody needs; as usual, that takes a fifth of a build
COLLECT = (200_000, 50, 100)
# what jupyter_client says of a kernel that ended before it answered
_KERNEL_DIED = "Kernel died before replying"
_SPHINX = Path(sphinx.__file__).parent / "locale"


def build_language(
    source: Path, work: Path, output: Path, code: str, config: dict[str, Any]
) -> bool:
    """Build one language, and return whether nothing was wrong; what was, is printed.

    Parameters
    ----------
    source
        The folder of the book.
    work
        The folder of this language; the pages come into ``html`` within it.
    output
        The folder that all languages share.
    code
        The language.
    config
        Sphinx configuration; its ``fourps_languages`` are those of the site.
    """
    config = {**config, "language": code.replace("-", "_")}
    if is_pseudo(code):
        if run(source, work, output, {**config, "language": "en"}, "gettext") != 0:
            return False
        _write_pseudo(work / "gettext", work / "locale", config["language"])
        config["locale_dirs"] = [str((work / "locale").resolve())]
    if code != config["fourps_languages"][0] and config["html_baseurl"]:
        config["html_baseurl"] = f"{config['html_baseurl'].rstrip('/')}/{code}/"
    status = run(source, work, output, config)
    if isinstance(status, Exception) and _KERNEL_DIED in str(status):
        # another process may take a kernel's port between its choice and its use
        sys.stderr.write("A kernel did not start. Building once more ...\n")
        status = run(source, work, output, config)
    return bool(status == 0)


def run(
    source: Path, work: Path, output: Path, config: dict[str, Any], builder: str = "html"
) -> Any:
    """Run Sphinx; return 0, another exit status, or what was raised."""
    if not sys.stderr.isatty():
        nocolor()
    # Sphinx would add the words of the language before, where several are built in one process
    sphinx.locale.translators.clear()
    with _refusals(), _seldom_collected():
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
def _seldom_collected() -> Iterator[None]:
    before = gc.get_threshold()
    gc.set_threshold(*COLLECT)
    try:
        yield
    finally:
        gc.set_threshold(*before)


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


def _write_pseudo(templates: Path, locale: Path, language: str) -> None:
    """Write the catalogues of a pseudo-language.

    Parameters
    ----------
    templates
        The folder with the ``.pot`` files of the book, as Sphinx extracts them.
    locale
        Where the catalogues come; a value for Sphinx's ``locale_dirs``.
    language
        The code of the language, as Sphinx writes it.
    """
    folder = locale / language / "LC_MESSAGES"
    ours = ((path, path.relative_to(templates)) for path in templates.rglob("*.pot"))
    for template, name in (*ours, (_SPHINX / "sphinx.pot", Path("sphinx.pot"))):
        with template.open("rb") as stream:
            catalogue = read_po(stream)
        catalogue.fuzzy = False
        for message in catalogue:
            if message.id:
                message.string = pseudo(str(message.id))
        path = folder / name.with_suffix(".po")
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as out:
            write_po(out, catalogue)
