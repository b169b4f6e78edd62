"""The sentences that a check tells a learner, in the language of the notebook.

Checks are the same cells in every language, so the notebook cannot say it: whoever runs them does
(`fourps.course.mime.LANGUAGE`), the marker too. Where nobody did, it is English.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from fourps.course.english import EXERCISES
from fourps.course.language import here
from fourps.play_record import REFUSALS

if TYPE_CHECKING:
    from fourps.play_record import RecordError


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
        # no catalogue has to be read
        return {**EXERCISES, **REFUSALS}
    from fourps.course.words import exercise_words, translated

    # what records refuse is said in reports too
    return {**exercise_words(language), **translated(REFUSALS, language, "report")}


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
