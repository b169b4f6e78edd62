"""Tell files that hold answers from all else, whatever form they have."""

import re
from contextlib import suppress
from functools import cache

from bs4 import BeautifulSoup, ParserRejectedMarkup

from fourps.book.after.release.papers import KEY, SOLUTION, exercises
from fourps.course import saying
from fourps.course.passages import passages
from fourps.course.words import languages
from fourps.grading import exercise_text
from fourps.grading.key import key

# passages of a rubric that tell it, and letters that a page has by no chance
_LONGEST, _TELLING = 5, 40


def holds_key(data, course):
    """Say whether a file holds a key: that of a paper, or what only an exercise's key says."""
    text = data.decode("utf-8", "replace")
    # what a script reads is no text of a page
    plain = [letters(text)]
    # nor is a script a page
    with suppress(ParserRejectedMarkup):
        plain.append(letters(BeautifulSoup(text, "html.parser").get_text()))
    return KEY in text or any(secret in one for secret in _only_in_keys(course) for one in plain)


@cache
def _only_in_keys(course):
    """Return each solution, hint and the longest passages of each rubric, by letters alone."""
    secrets = set()
    for language in languages():
        for _, rubric, tasks in exercises(course, language):
            longest = sorted((passage.text for passage in passages(rubric)), key=len)[-_LONGEST:]
            secrets.update(map(letters, [*longest, *SOLUTION.findall(tasks)]))
    secrets.update(map(letters, _hints(course)))
    return frozenset(secret for secret in secrets if len(secret) >= _TELLING)


def _hints(course):
    """Yield what a check says of an answer that is not right, in each language: a key has it."""
    for path in course.glob("exercises/*/exercise.md"):
        tasks = key(exercise_text.read(path), str(path)).values()
        for language in languages():
            say = saying.exercise(course, path.parent.name, language)
            yield from (say(task.hint) for task in tasks)


def letters(text):
    """Return a text without what pages, notebooks and documents write in ways of their own."""
    return re.sub(r"[\W_]+", "", text.replace("\\n", " ")).lower()
