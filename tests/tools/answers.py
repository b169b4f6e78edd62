"""Tell files that hold answers from all else, whatever form they have."""

import re
from functools import cache

from bs4 import BeautifulSoup

from fourps.book.after.release.papers import KEY, SOLUTION, exercises
from fourps.course.passages import passages
from fourps.course.words import languages

# passages of a rubric that tell it, and letters that a page has by no chance
_LONGEST, _TELLING = 5, 40


def holds_key(data, course):
    """Say whether a file holds a key: that of a paper, or what only an exercise's key says."""
    text = data.decode("utf-8", "replace")
    plain = letters(BeautifulSoup(text, "html.parser").get_text() if "<" in text else text)
    return KEY in text or any(secret in plain for secret in _only_in_keys(course))


@cache
def _only_in_keys(course):
    """Return each solution and the longest passages of each rubric, by letters alone."""
    secrets = set()
    for language in languages():
        for _, rubric, tasks in exercises(course, language):
            longest = sorted((passage.text for passage in passages(rubric)), key=len)[-_LONGEST:]
            secrets.update(map(letters, [*longest, *SOLUTION.findall(tasks)]))
    return frozenset(secret for secret in secrets if len(secret) >= _TELLING)


def letters(text):
    """Return a text without what pages, notebooks and documents write in ways of their own."""
    return re.sub(r"[\W_]+", "", text.replace("\\n", " ")).lower()
