"""The only JavaScript of the project, and how its modules become one script.

The modules here keep to single-line ``import { a, b } from "./x.js";`` and to ``export`` in front
of a declaration. A page opened from ``file://`` cannot load modules, so they become one classic
script; JupyterLab gets the same code as one module.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import nbseal

HERE = Path(__file__).parent
_GRADER = Path(nbseal.__file__).parent
# the desk and the page of feedback are the grader's
_FOLDERS = (HERE, _GRADER / "mark", _GRADER / "giveback")
PLAYER_SHEETS = ("tokens", "fourps", "page", "paper", "frame", "pieces")
ALL_SHEETS = (*PLAYER_SHEETS, "front")
_IMPORT = re.compile(r'^import \{ ([^}]*) \} from "\./(\w+)\.js";\n', re.MULTILINE)
# comments on lines of their own, and indentation: a quarter of what a phone would load
_COMMENT = re.compile(
    r"^[ \t]*(?:/\*\*(?:(?!\*/).)*\*/[ \t]*\n|//[^\n]*\n|\n|(?=\S))", re.MULTILINE | re.DOTALL
)
_REMARK = re.compile(r"/\*.*?\*/\n?", re.DOTALL)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:function|const|class) (\w+))", re.MULTILINE)


def _wrap(name: str) -> tuple[str, list[str]]:
    """Return a module as a function call that returns its exports, and what it imports."""
    paths = (folder / f"{name}.js" for folder in _FOLDERS)
    text = next(path for path in paths if path.is_file()).read_text("utf-8")
    needs = [match[2] for match in _IMPORT.finditer(text)]
    exports = ", ".join(_EXPORT.findall(text))
    body = _EXPORT.sub("", _IMPORT.sub(r"const { \1 } = $\2;\n", text))
    body = _COMMENT.sub("", body)
    return f"const ${name} = (() => {{\n{body}return {{ {exports} }};\n}})();\n", needs


def _bundle(*entries: str) -> str:
    done: dict[str, str] = {}

    def add(name: str) -> None:
        if name not in done:
            text, needs = _wrap(name)
            for need in needs:
                add(need)
            done[name] = text

    for entry in entries:
        add(entry)
    return "".join(done.values())


@cache
def page_script(entry: str = "page") -> str:
    """Return a classic script.

    Parameters
    ----------
    entry
        ``page`` for the quizzes and figures of a page, ``story`` for its scenario, ``terms`` for
        its terms, ``group`` for the group page, ``offline`` for the panel that saves the course,
        ``worker`` for the service worker, ``course`` for the page "My course", ``marked`` for the
        mark at the end of a page on which nothing is played, ``search`` for the page "Search",
        ``start`` for the button of the first page, ``three`` for the page "Three questions",
        ``aloud`` for what is said aloud, ``exercise`` for an exercise, ``beside`` for a page whose
        text states rules, ``folder`` for the marking desk of a release,
        ``shell`` for the frame that holds a package on somebody else's platform, ``shelf`` for what
        runs first in each page of one.

    Examples
    --------
    >>> "import {" in page_script()
    False
    """
    return f'(() => {{\n"use strict";\n{_bundle(entry)}}})();\n'


@cache
def _named(player: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return what may be a key in a player's script, and what keys are made of there."""
    text = _bundle(player, "host")
    names = re.findall(r"words\.(\w+)|[\"'`]([\w-]+)[\"'`]", text)
    return frozenset(sum(names, ())), tuple(re.findall(r"`([\w-]+-)\$\{", text))


def says(player: str, key: str) -> bool:
    """Return whether a player of a page may say a word: its script names the key, or its beginning.

    Parameters
    ----------
    player
        ``scenario``, ``quiz`` or ``three``.
    key
        Of a word.

    Examples
    --------
    >>> says("scenario", "why-first"), says("scenario", "kind-safe"), says("scenario", "done-date")
    (True, True, False)
    """
    names, begun = _named(player)
    # why a file is refused is named where it is read, and said on "My course" and setup.html alone
    return not key.startswith(("import-", "local-")) and (key in names or key.startswith(begun))


@cache
def widget_module(player: str) -> str:
    """Return the module that anywidget loads.

    Parameters
    ----------
    player
        ``scenario``, ``quiz`` or ``explore``.

    Examples
    --------
    >>> widget_module("quiz").strip().endswith("export default { render: $quiz.renderQuiz };")
    True
    """
    return f"{_bundle(player)}export default {{ render: ${player}.render{player.title()} }};\n"


def style() -> str:
    """Return the style sheet of the players, in pages and in JupyterLab."""
    return (HERE / "fourps.css").read_text("utf-8")


def page_style(*names: str) -> str:
    """Return style sheets of a static page: by default all, of the players and what is around them.

    Comments stay behind: they were a seventh of what a phone would load.

    Parameters
    ----------
    names
        Of sheets here: `PLAYER_SHEETS`, which each page loads, ``front``, which no story needs, or
        ``exercise``, which only exercises need.

    Examples
    --------
    >>> "/*" in page_style(), page_style("front") in page_style()
    (False, True)
    """
    sheets = [(HERE / f"{name}.css").read_text("utf-8") for name in names or ALL_SHEETS]
    return _REMARK.sub("", "".join(sheets))


def desk_style() -> str:
    """Return the style sheet of the marking desk of a release."""
    return page_style("folder") + _REMARK.sub(
        "", (_GRADER / "mark" / "desk.css").read_text("utf-8")
    )


def feedback_template() -> str:
    """Return what ``feedbackpage.js`` fills."""
    return (_GRADER / "giveback" / "feedback_page.html").read_text("utf-8")


def print_style() -> str:
    """Return the style sheet of the whole book on paper."""
    return (HERE / "print.css").read_text("utf-8")
