"""The one page that a platform opens: it holds the frame in which the course's pages change."""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Literal

from rjsmin import jsmin

from fourps.book.after.bare_pages import bare_page
from fourps.book.after.headers import with_policy
from fourps.course.words import words
from fourps.front import page_script

if TYPE_CHECKING:
    from fourps.book.after.shelves.staged import Staged

LAUNCH, SCRIPT = "launch.html", "_static/shell.js"
# the page that says nothing of the course, to which "Leave" leads
_NEUTRAL = "units.html"
_STYLE = (
    "html,body{margin:0;block-size:100%}body{display:flex;flex-direction:column;"
    "font:1rem/1.5 sans-serif;background:#fdfbf7;color:#1d2b30}"
    "iframe{flex:1;inline-size:100%;border:0}p{margin:0;padding:.5rem 1rem}"
    "[role=status]:empty{display:none}[role=status]{border-block-end:2px solid #93401f}"
    "main{margin:auto}main[hidden]{display:none}"
    "@media(prefers-color-scheme:dark){body{background:#11191c;color:#e8ecea}"
    "[role=status]{border-color:#f1a983}}"
)


def shell_page(
    staged: Staged, done: Literal["completed", "passed"] = "completed"
) -> dict[str, bytes]:
    """Return the page and its script, by their names at the root of a package.

    Parameters
    ----------
    staged
        The unit that the page opens.
    done
        What the platform is told once all that is required was played to its end.
    """
    unit = {
        "start": staged.start,
        "addresses": sorted(name for name in staged.files if name.endswith(".html")),
        "pages": staged.pages,
        "required": staged.required,
        "done": done,
    }
    # a title that ends a script ends it nowhere but in its own text
    data = json.dumps(unit, ensure_ascii=False).replace("<", "\\u003c")
    mine = {key: escape(text) for key, text in words(staged.language).items()}
    title = escape(staged.title)
    body = (
        f'<p role="status" data-unrecorded="{mine["shell-unrecorded"]}"'
        f' data-lost="{mine["shell-lost"]}"></p>\n'
        f'<iframe title="{title}" allow="clipboard-write"></iframe>\n'
        f'<main hidden data-neutral="{_NEUTRAL}"><p tabindex="-1">{mine["shell-close"]}</p>'
        "</main>\n"
        f'<noscript><p><a href="{escape(staged.start)}">{title}</a></p></noscript>\n'
        f'<script type="application/json">{data}</script>\n<script src="{SCRIPT}"></script>\n'
    )
    page = bare_page(staged.title, body, staged.language, "", _STYLE)
    return {
        LAUNCH: with_policy(page.encode()),
        SCRIPT: jsmin(page_script("shell")).encode(),
    }
