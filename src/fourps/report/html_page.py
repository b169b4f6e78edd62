"""Write a report as one page that needs nothing else: no script, no other file, no network.

There are two: the facilitator's own, and the one that may be passed on.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from babel.dates import format_date
from babel.numbers import format_decimal
from jinja2 import Environment, PackageLoader, StrictUndefined
from nbseal.base.errors import Reason

import fourps.course.words
from fourps.report.disclosure import ENOUGH, about
from fourps.report.pseudonyms import FILE
from fourps.report.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from fourps.report.cohort_parts import Cohort

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
    people = sorted(cohort.people, key=lambda one: shown[one.id].casefold())
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
        started=sum(one.started for one in cohort.people),
        states={
            one.name: [person.states[one.name] for person in cohort.people] for one in cohort.marked
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
