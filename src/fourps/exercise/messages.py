"""What a check tells a learner, in the language of the notebook.

Checks are the same cells in every language, so the notebook cannot say it: whoever starts the
kernel does (`fourps.course.mime.LANGUAGE`). Where nobody did, and where marks are made, it is
English.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from fourps.course.english import EXERCISES
from fourps.course.english.exercise import CHECKS
from fourps.course.english.feedback import FEEDBACK
from fourps.course.language import here
from fourps.play_record import REFUSALS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fourps.play_record import RecordError

_PLACE = re.compile(r"\{(\w+)\}")


@cache
def messages(language: str) -> dict[str, str]:
    """Return every sentence of the checks in a language, by key.

    Parameters
    ----------
    language
        A code such as ``fr``. Where a translation is missing, English stands.

    Examples
    --------
    >>> messages("en")["letter-twice"]
    'One letter stands in your answer twice.'
    >>> messages("fr")["letter-twice"]
    'Une lettre figure deux fois dans votre réponse.'
    """
    if language == "en":
        # where marks are made, no catalogue has to be read
        return {**EXERCISES, **REFUSALS}
    from fourps.course.words import exercise_words, translated

    # what records refuse is said in reports too
    return {**exercise_words(language), **translated(REFUSALS, language, "report")}


def in_language(text: str, language: str) -> str:
    """Return what a check said in English in another language; any other text stays as it is.

    Marks are made in English, and read in the language of the learner.

    Examples
    --------
    >>> in_language("One letter stands in your answer twice.", "fr")
    'Une lettre figure deux fois dans votre réponse.'
    >>> in_language("7 is not a week.", "fr")
    '7 is not a week.'
    """
    theirs = messages(language)
    for key, pattern in _patterns() if language != "en" else ():
        if found := pattern.fullmatch(text):
            return theirs[key].format(**found.groupdict())
    return text


@cache
def _patterns() -> list[tuple[str, re.Pattern[str]]]:
    """Return what each sentence looks like with its places filled, the most telling one first."""
    texts = {**CHECKS, **FEEDBACK, **REFUSALS}
    fixed = {key: _PLACE.split(text) for key, text in texts.items()}
    made = {key: "".join(_groups(parts)) for key, parts in fixed.items()}
    order = sorted(made, key=lambda key: -sum(map(len, fixed[key][::2])))
    return [(key, re.compile(made[key], re.DOTALL)) for key in order]


def _groups(parts: list[str]) -> Iterator[str]:
    """Yield the fixed parts of a sentence, and between them what each of its places may hold."""
    for number, part in enumerate(parts):
        if number % 2 == 0:
            yield re.escape(part)
        elif part in parts[1:number:2]:
            yield f"(?P={part})"
        else:
            yield f"(?P<{part}>.*)"


def message(key: str, /, **values: object) -> str:
    """Return a sentence with its places filled.

    Examples
    --------
    >>> message("left-letters", letters="a, b")
    'Keep exactly these letters on the left: a, b.'
    """
    return messages(here())[key].format(**values)


def refused(key: str, /, **values: object) -> AssertionError:
    """Return what a check raises."""
    return AssertionError(message(key, **values))


def of_record(error: RecordError) -> AssertionError:
    """Return what a check raises of a record that cannot be used."""
    return AssertionError(error.reason.said(messages(here())))
