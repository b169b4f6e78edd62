"""Write a report as one page that needs nothing else: no script, no other file, no network.

There are two: the facilitator's own, and the one that may be passed on. Who lays two pages of the
second kind beside each other sees what has changed between them, and may know who that was. So it
is written once, when the cohort has ended: of groups of ten people or more, with counts rounded to
five and nothing else. ``docs/sharing.md`` says what it may still give away.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import Environment, PackageLoader, StrictUndefined

import fourps.course.words
from fourps.report.analysis import ENOUGH, about
from fourps.report.pseudonyms import FILE
from fourps.report.words import words
from nbseal.base.errors import Reason, UserError
from nbseal.base.whole_files import in_turn, write_private

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from fourps.report.cohort import Cohort
    from nbseal.gradebook.settings import CourseFolder


# days are written as the course writes them
_LOCALES = {"en": "en_GB"}


def page(cohort: Cohort, shown: Mapping[str, str], day: date, language: str, *, named: bool) -> str:
    """Write the report that is the facilitator's own, a whole page. What others wrote is escaped.

    Parameters
    ----------
    cohort
        What it says.
    shown
        What each learner is called in it, by id.
    day
        When it was made.
    language
        One of `fourps.report.words.languages`.
    named
        Whether `shown` says who people are.
    """
    people = sorted(cohort.people, key=lambda person: shown[person.id].casefold())
    told = partial(Reason.said, texts=words(language))
    return _render(
        "page.html",
        cohort,
        language,
        day,
        people=people,
        shown=shown,
        named=named,
        said=told,
        listed=lambda cues: ", ".join(cue.said(told) for cue in cues),
    )


def closed_page(cohort: Cohort, day: date, language: str) -> str:
    """Write the report that may be passed on, a whole page.

    Parameters
    ----------
    cohort
        What it says; no count in it is printed as it is.
    day
        When the cohort was closed.
    language
        One of `fourps.report.words.languages`.
    """
    under = words(language)["under-ten"]
    return _render(
        "closed.html",
        cohort,
        language,
        day,
        count=lambda number: about(number) or under,
        started=sum(person.started for person in cohort.people),
        states={
            exercise.name: [person.states[exercise.name] for person in cohort.people]
            for exercise in cohort.marked
        },
    )


def _render(name: str, cohort: Cohort, language: str, day: date, **more: Any) -> str:
    environment = Environment(
        loader=PackageLoader("fourps.report", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    say = partial(_say, words(language), language)
    return environment.get_template(name).render(
        cohort=cohort,
        language=language,
        day=format_date(day, "long", locale=_LOCALES.get(language, language)),
        say=say,
        share=partial(_number, language, say("not-computable"), "0.00"),
        kinds=fourps.course.words.words(language),
        enough=ENOUGH,
        file=FILE,
        **more,
    )


def _say(texts: Mapping[str, str], language: str, key: str, **values: Any) -> str:
    """Return a text, filled; numbers are written as the language does."""
    filled = {
        name: format_decimal(value, "0.#", locale=language) if isinstance(value, float) else value
        for name, value in values.items()
    }
    return texts[key].format(**filled)


def _number(language: str, none: str, form: str, value: float | None) -> str:
    return none if value is None else str(format_decimal(value, form, locale=language))


CLOSED = "closed.html"


class ClosingError(UserError):
    """The cohort stays as it is; the message says why."""


def close(course: CourseFolder, cohort: Cohort, day: date, language: str) -> Path:
    """Write the page that may be passed on, and return where it lies.

    It stays in the course's folder, where it says that the cohort is closed.

    Parameters
    ----------
    cohort
        What the report says.
    day
        When the cohort is closed.
    language
        One of `fourps.report.words.languages`.

    Raises
    ------
    ClosingError
        If it was closed before, fewer than ten learners have handed in anything, or something is
        not graded or cannot be read.
    """
    path = course / CLOSED
    with in_turn(course):
        if path.exists():
            raise ClosingError(
                f"This cohort was closed: {path} is the page to pass on. A second one is not made: "
                "beside the first it could show what one person has changed since. The next cohort "
                "gets a folder of its own."
            )
        if cohort.troubles or cohort.ungraded:
            names = ", ".join(cohort.ungraded) or "what is named above"
            raise ClosingError(
                "The page to pass on is made once, of everything. Not everything is graded, or can "
                f"be read ({names}): mend that first."
            )
        started = sum(person.started for person in cohort.people)
        if started < ENOUGH:
            raise ClosingError(
                f"Learners who handed in anything: {started}. A page to pass on is about ten or "
                "more: with fewer, a count is soon about one of them."
            )
        write_private(path, closed_page(cohort, day, language).encode())
    return path
