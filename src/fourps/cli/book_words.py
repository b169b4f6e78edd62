"""``fourps book words`` and ``text``: what is translated, and how a text reads in a language."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fourps.cli.printing import Folder, Output, find_course
from nbseal.cli.printing import counted, errors, fail, out, writing

if TYPE_CHECKING:
    from fourps.course.saying import Saying

_HEAD = re.compile(r"\A---\n.*?^---$", re.DOTALL | re.MULTILINE)
_DESCRIPTION = re.compile(r"(?<=^description: ).+(?:\n[ \t].+)*", re.MULTILINE)


def book_words(
    folder: Folder = None,
    *,
    language: Annotated[
        str, typer.Option(help="The language of the translation, such as fr.", show_default=False)
    ],
    output: Output = None,
) -> None:
    """Write what is to be translated into locale, and keep what was translated.

    Example: fourps book words --language fr
    """
    course = find_course(folder)
    from fourps.book.extract import extract
    from fourps.translation.update import beside_the_book, joined, update

    with errors.status("Reading the book ..."):
        texts = joined(extract(course, output or course / "_build"), beside_the_book(course))
    with writing(course / "locale"):
        standing = update(course, language, texts)
    files = counted(len(standing.changed), "file")
    out.print(
        f"{standing.translated} of {standing.texts} texts are translated; wrote {files} in locale.",
        highlight=False,
    )


def book_text(
    page: Annotated[Path, typer.Argument(help="Such as exercises/protection/rubric.md.")],
    language: Annotated[str, typer.Option(help="The language, such as fr.")],
    folder: Folder = None,
) -> None:
    """Print a page, a rubric or an exercise of the course in another language, as Markdown.

    Example: fourps book text exercises/protection/rubric.md --language fr
    """
    from fourps.course import saying
    from fourps.course.language import tag
    from fourps.course.passages import translate

    root, path = find_course(folder).resolve(), page.resolve()
    if not path.is_file() or not path.is_relative_to(root):
        raise fail(f"{page} is no page of the course in {root}.")
    say = saying.page(root, path, tag(language))
    # as it is: a table keeps its lines, whatever the terminal
    # that of an exercise with its solutions is for nobody: what lacks there is no gap
    text = _described(path.read_text("utf-8"), saying.page(root, path, tag(language)))
    sys.stdout.write(translate(text, say, path))
    if say.lacks:
        errors.print("Some of it is not translated yet, and in English.", highlight=False)


def _described(text: str, say: Saying) -> str:
    """Say the description of a page, which stands in its head and is no passage of it."""

    def translated(match: re.Match[str]) -> str:
        return say(" ".join(match[0].split()))

    return _HEAD.sub(lambda head: _DESCRIPTION.sub(translated, head[0]), text)
