"""The group page: what the tests of ten people or more show, from the files that they gave.

One page that needs no other file and that sends nothing: `front/group.js` reads what ``My course``
saves as tests alone, and counts as `fourps.report` does.
"""

from __future__ import annotations

import json
from html import escape
from typing import TYPE_CHECKING, Any

import fourps.quiz.model
from fourps.book.after.bare_pages import small_page
from fourps.book.after.headers import script_hashes
from fourps.course.catalogue import load
from fourps.course.words import words
from fourps.front import page_script, page_style
from fourps.handin.records import FORMS
from fourps.outcomes import outcomes_map
from fourps.quiz.player import marking, spec
from fourps.report.analysis import ENOUGH
from nbseal.base.whole_files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

NAME = "group.html"
# not even a picture of this page comes from elsewhere, and nothing goes there
_NOTHING_ELSE = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_LEAD = ("group-lead", "group-kept", "group-ask")
_LEVELS = ("group-liked", "group-learned", "group-week-4", "group-week-12", "group-changed")


def write(course: Path, site: Path, folder: Path, language: str) -> None:  # noqa: ARG001
    """Write the group page of one language, the same bytes each time.

    Parameters
    ----------
    course
        The folder that holds ``book`` and ``modules``.
    site
        The built book, which is not needed here.
    folder
        The language's own, in the facilitators' file.
    language
        A code such as ``fr``.
    """
    # a course without tests has nothing to count
    if (course / "book" / "forms").is_dir():
        write_whole(folder / NAME, page(course, language).encode())


def page(course: Path, language: str) -> str:
    """Return the group page in a language.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> "default-src 'none'" in page(content_root(), "fr")
    True
    """
    texts = words(language)
    told = {key: escape(text) for key, text in texts.items()}
    script = f"<script>{page_script('group')}</script>"
    (own,) = script_hashes(script.encode())
    policy = f"{_NOTHING_ELSE}; script-src {own}"
    levels = "".join(
        f'<p class="level"><label for="{name}">{told[name]}</label>'
        f'<textarea id="{name}" autocomplete="off"></textarea></p>\n'
        for name in _LEVELS
    )
    lead = "".join(f"<p>{told[key]}</p>\n" for key in _LEAD)
    embedded = json.dumps(data(course, language), ensure_ascii=False).replace("<", "\\u003c")
    body = (
        f"<h1>{told['group-title']}</h1>\n{lead}"
        f'<div data-group><script type="application/json">{embedded}'
        f"</script><noscript>{told['group-text']}</noscript></div>\n"
        f"<h2>{told['group-levels']}</h2>\n<p>{told['group-levels-lead']}</p>\n{levels}"
        f"<p><strong>{told['group-never']}</strong></p>\n{script}"
    )
    head = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return small_page(texts["group-title"], body, language, head, page_style("tokens", "group"))


def data(course: Path, language: str) -> dict[str, Any]:
    """Return what ``front/group.js`` reads: tests without texts, outcomes, the floor, words."""
    tests = []
    for name in FORMS:
        quiz, _ = fourps.quiz.model.load(course / "book" / "forms" / f"{name}.yaml")
        title = load(course, f"book/{name}", language).gettext(quiz.title)
        tests.append(marking(spec(quiz, {})) | {"title": title})
    asked = {question["objective"] for test in tests for question in test["questions"].values()}
    rows = (row for module in outcomes_map(course, language) for row in module.rows)
    return {
        "tests": tests,
        "outcomes": {row.number: row.text for row in rows if row.number in asked},
        "enough": ENOUGH,
        "words": {
            key: text
            for key, text in words(language).items()
            if key.startswith(("group-", "change-")) and key not in (*_LEAD, *_LEVELS)
        },
    }
