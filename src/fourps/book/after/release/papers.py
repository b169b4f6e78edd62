"""Papers of a room, one file each: stories and sheets for learners, and apart from them the keys.

All come from the pages that are built, as a reader without JavaScript sees them, so that they say
the same in each language.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup
from markdown_it import MarkdownIt

from fourps.book.after.bare_pages import small_page
from fourps.book.after.built import Built
from fourps.course import saying, version
from fourps.course.passages import translate
from fourps.course.words import words
from fourps.front import page_style
from nbseal.base.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bs4 import Tag

# says of a file that it holds answers
KEY = '<meta name="fourps" content="key">'
_RUBRIC, _TASKS = "rubric.md", "exercise.md"
_TASK = re.compile(r"^### (?!BEGIN|END)", re.MULTILINE)
SOLUTION = re.compile(r"^### BEGIN SOLUTION\n(.*?)^### END SOLUTION$", re.MULTILINE | re.DOTALL)
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table")
# what leads to a reason, which on paper has the number of what happened
_ONLINE = ".fp-part > p:nth-last-child(2):has(> a[href^='#']:not([data-text]))"
# on a screen and on paper: black on white, and nothing that a colour says
_STYLE = (
    "body{font:1rem/1.45 sans-serif;margin:2rem auto;padding-inline:1rem;max-inline-size:44rem;"
    "background:#fff;color:#000}pre{white-space:pre-wrap}table{border-collapse:collapse}"
    "td,th{border:1px solid;padding:.2rem .4rem;text-align:start;vertical-align:top}"
    ".fp-part{border:1px solid #767676;margin-block:.8rem;padding:.2rem 1rem}"
    "div:not([data-fourps])>.fp-text>.fp-part{break-inside:avoid}a{color:inherit}"
    "@page{size:A4;margin:14mm 13mm 16mm;@bottom-center{content:counter(page);"
    "font:8pt sans-serif}}@media print{body{margin:0;padding:0;max-inline-size:none;"
    "font-size:10.5pt}}"
)


def write(_course: Path, site: Path, folder: Path, language: str) -> None:
    """Write each story, quiz and test of a language without its answers, below ``papers``.

    Parameters
    ----------
    _course
        The folder of the course.
    site
        Its built book.
    folder
        What a release has of the language.
    language
        Such as ``fr``.
    """
    for name, mount in _mounts(site, language):
        if mount["data-fourps"] == "quiz":
            for answer in mount.select("details, .fp-text > p:first-of-type"):
                answer.decompose()
        _write(folder / "papers" / f"{name}.html", mount, language)


def keys(course: Path, site: Path, folder: Path, language: str) -> None:
    """Write the key of each quiz, test and exercise of a language, below ``keys``.

    Parameters
    ----------
    course
        The folder of the course, with its exercises.
    site
        Its built book.
    folder
        What a release has of the language.
    language
        Such as ``fr``.
    """
    for name, mount in _mounts(site, language):
        if mount["data-fourps"] == "quiz":
            for answer in mount.select("details, summary"):
                answer.name = "div"
            for help_text in mount.select(".fp-text > p"):
                help_text.decompose()
            _write(folder / "keys" / f"{name}.html", mount, language, KEY)
    mine = words(language)
    for name, rubric, exercise in exercises(course, language):
        body = _MARKDOWN.render(rubric) + f"<h2>{escape(mine['paper-solutions'])}</h2>"
        body += "".join(f"<h3>{escape(task)}</h3>{text}" for task, text in _solutions(exercise))
        title = rubric.partition("\n")[0].lstrip("# ")
        page = small_page(title, body, language, KEY, _STYLE)
        write_whole(folder / "keys" / f"exercise-{name}.html", page.encode())


def _mounts(site: Path, language: str) -> Iterator[tuple[str, Tag]]:
    """Yield each story, quiz and test of a built book, with the name of its file."""
    html = Built(site).in_language(language)
    for page in sorted([*html.glob("modules/*/*.html"), *html.glob("book/*.html")]):
        soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
        for mount in soup.select("[data-fourps=scenario], [data-fourps=quiz]"):
            kind = "story" if mount["data-fourps"] == "scenario" else "quiz"
            of = page.parent.name
            if of == "book":
                of, kind = page.stem, "test" if kind == "quiz" else kind
            elif page.stem not in ("practice", "quiz"):
                of = f"{of}-{page.stem}"
            yield f"{kind}-{of}", mount


def _write(path: Path, mount: Tag, language: str, head: str = "") -> None:
    """Write what stands in a page as a page of its own, without what is of use on a screen only."""
    for element in mount.select(f"script, img, .fp-text > p:has(> a[href^='#']), {_ONLINE}"):
        element.decompose()
    for text in mount.select("[data-text*='/options/']"):
        if text.parent and not text.find_parent(class_="fp-fold"):
            text.parent.insert(0, "☐ ")
    for element in mount.select("[data-text], [data-sources]"):
        # its name may tell what an answer is worth
        element["data-text"] = ""
        del element["data-sources"]
    for link in mount.select("a:not([href^='#'])"):
        link.unwrap()
    title = mount.select_one("h2, h3, h4")
    name = title.get_text() if title else path.stem
    kind = ' data-fourps="scenario"' if mount["data-fourps"] == "scenario" else ""
    body = f"<div{kind}>{mount.decode_contents()}</div>"
    body += f"<p><small>Four Ps {version()}</small></p>"
    page = small_page(name, body, language, head, page_style("paper") + _STYLE)
    write_whole(path, page.encode())


def exercises(course: Path, language: str) -> Iterator[tuple[str, str, str]]:
    """Yield the name, the rubric and the tasks of each exercise in a language."""
    for path in sorted(course.glob(f"exercises/*/{_RUBRIC}")):
        rubric, tasks = (
            translate(file.read_text("utf-8"), saying.page(course, file, language), file)
            for file in (path, path.with_name(_TASKS))
        )
        yield path.parent.name, rubric, tasks


def _solutions(exercise: str) -> Iterator[tuple[str, str]]:
    """Yield the heading of each task that has a solution, and the solution as HTML."""
    for task in _TASK.split(exercise)[1:]:
        parts = [
            f"<pre>{escape(match[1].strip())}</pre>"
            if task[: match.start()].count("```") % 2
            else _MARKDOWN.render(match[1])
            for match in SOLUTION.finditer(task)
        ]
        if parts:
            yield task.partition("\n")[0], "".join(parts)
