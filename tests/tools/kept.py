"""What a device keeps of somebody, as a model: what ``front/kept.js`` has to read and refuse.

There are also documents of who finished modules, records of plays that nobody made, and a group of people who
took the tests at random.
"""

from __future__ import annotations

import json
import random
from datetime import date
from string import ascii_lowercase, digits
from typing import TYPE_CHECKING, Annotated, Literal, Self

from book_pages import settled
from hypothesis import strategies as st
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from fourps.play_record import DIGITS, Record
from fourps.quiz.marking import encode, mark, options, right
from fourps.quiz.model import Multiple, Reason

if TYPE_CHECKING:
    from fourps.quiz.model import Quiz

# the most that a kept document may hold, in characters: several hundred attempts a module
LIMIT = 1_000_000
# what a page does to have it, and to put it there
STORED = "() => localStorage.getItem('fourps')"
PUT = "text => localStorage.setItem('fourps', text)"


def _whole(line: str) -> str:
    Record.parse(line)
    return line


def _day(text: str) -> str:
    date.fromisoformat(text)
    return text


# lower-case words joined by hyphens, and a page as the table of contents names it; no `__proto__`
_Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]

_Page = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*$")]

_Line = Annotated[
    str,
    Field(pattern=r"^fourps1:[a-z0-9-]+:[0-9a-f]{8}:[0-9a-z.~]*:[0-9a-z]{2}$"),
    AfterValidator(_whole),
]

_Question = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*/[a-z0-9]+(-[a-z0-9]+)*$")]

_Day = Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), AfterValidator(_day)]


_Field = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*(\.[A-Za-z0-9_-]+)*$")]


class KeptAttempt(BaseModel):
    """One finished play or quiz."""

    model_config = ConfigDict(extra="forbid", strict=True)

    kind: Literal["scenario", "quiz"]
    """What was finished."""
    record: _Line
    """Its decision record."""
    result: Literal["safe", "gaps", "repaired", "unsafe", "done"]
    """The ending's kind, or ``done`` for a quiz. It still says how a play ended when its record
    belongs to an earlier version and cannot be replayed."""
    at: _Day
    """The day, as in ``2026-11-24``."""


class KeptPlace(BaseModel):
    """Where a play or quiz was stopped half-way."""

    model_config = ConfigDict(extra="forbid", strict=True)

    record: _Line
    """The decision record so far."""
    at: _Day
    """The day."""


class KeptDraft(BaseModel):
    """Answers to an exercise that are not handed in yet."""

    model_config = ConfigDict(extra="forbid", strict=True)

    at: _Day
    """The day of the last change."""
    fields: dict[_Field, str]
    """What is filled in, by the name of each control."""


class Kept(BaseModel):
    """The document, once its reader said yes."""

    model_config = ConfigDict(extra="forbid", strict=True)

    format: Literal[4] = 4
    """4. A document of format 3 has no drafts; one with a higher number is left alone and not read."""
    attempts: list[KeptAttempt] = []
    """Finished plays and quizzes, oldest first."""
    stopped: dict[_Id, KeptPlace] = {}
    """For each id where a play was stopped half-way."""
    read: dict[_Page, _Day] = {}
    """The pages that the reader marked as read, each with the day."""
    asked: dict[_Question, dict[_Day, Literal["first", "second", "shown"]]] = {}
    """Of the questions that came back after a module, by quiz and question: on which day they were
    answered, and whether right at the first try, at the second, or at none."""
    drafts: dict[_Id, KeptDraft] = {}
    """By exercise, answers that are not handed in yet."""

    @classmethod
    def loads(cls, text: str) -> Self:
        """Read the document, or raise a ValueError."""
        document = {"format": None, **json.loads(text)}
        # before exercises were pages
        if document["format"] == 3:
            document["format"] = 4
        return cls.model_validate(document)

    def dumps(self) -> str:
        """Write the document as JSON."""
        return self.model_dump_json()


def keep(page, kept):
    """Have a device keep a document, and load the page again."""
    page.evaluate(PUT, kept.dumps())
    page.reload()
    settled(page)


def finished(page, day, *titles):
    """Return what is kept of who finished these modules, or all, on a day; the page asks them again."""
    text = page.locator("[data-three] > script").text_content()
    modules = page.evaluate("text => JSON.parse(text).spec.modules", text)
    steps = [
        step
        for module in modules
        if module["title"] in titles or not titles
        for step in module["steps"]
    ]
    assert steps
    attempts = [
        KeptAttempt(
            kind=step["kind"],
            record=str(Record(step["id"], "00000000", "")),
            result="safe" if step["kind"] == "scenario" else "done",
            at=day,
        )
        for step in steps
        if step["kind"] != "page"
    ]
    return Kept(
        attempts=attempts, read={step["id"]: day for step in steps if step["kind"] == "page"}
    )


LINE = "fourps1:card-desk:1a2b3c4d:0213:mp"
signs = ascii_lowercase + digits
# as `st.from_regex` would draw them, in a tenth of the time
ids = st.builds(
    lambda letter, more, words: "-".join([letter + more, *words]),
    st.sampled_from(ascii_lowercase),
    st.text(signs, max_size=8),
    st.lists(st.text(signs, min_size=1, max_size=8), max_size=2),
)
versions = st.text("0123456789abcdef", min_size=8, max_size=8)
moves = st.text(DIGITS + ".~", max_size=40)
records = st.builds(Record, ids, versions, moves)


# how many people took each test, the first ones of all
TOOK = {"before": 23, "after": 17, "later": 8}


def answered(quiz: Quiz, chance: random.Random, skill: float = 0.6) -> str:
    """Return the record of somebody who knows so much of what a test asks."""
    tries = {}
    for name, question in quiz.questions.items():
        ids, knows = options(question), chance.random() < skill
        while True:
            count = chance.randint(1, len(ids)) if isinstance(question, Multiple) else 1
            named = chance.sample(ids, count if hasattr(question, "options") else len(ids))
            level = [chance.choice("123")] if question.confidence else []
            told = [chance.choice(["true", "false"])] if isinstance(question, Reason) else []
            answer = (*level, *told, *named)
            if right(question, answer) or not knows:
                break
        tries[name] = [answer]
    return encode(mark(quiz, tries))


def took(quizzes: dict[str, Quiz]) -> list[list[str]]:
    """Return the records of a group, a list for each person, in the order of the tests."""
    chance = random.Random(31)  # noqa: S311 - no secret
    return [
        [answered(quizzes[name], chance) for name, many in TOOK.items() if number < many]
        for number in range(TOOK["before"])
    ]


def files(people: list[list[str]]) -> list[dict[str, str]]:
    """Return the files that these people give."""
    return [
        {"name": f"{number}.json", "text": json.dumps({"format": 1, "tests": lines})}
        for number, lines in enumerate(people)
    ]
