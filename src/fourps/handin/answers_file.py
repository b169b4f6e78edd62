"""The text file of answers: a hand-in that is made without a notebook, and how it is read.

Its first line says to whoever opens it what it is; behind an empty line stands JSON (format 2). An
answer is the text of its cell, by the cell's ``grade_id``.
"""

from __future__ import annotations

import json
import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, ValidationError

from fourps.course.source import Identifier, Strict
from fourps.handin.handin_file import HandInError, Learner, RecordLine
from fourps.handin.released_exercise import Release
from nbseal.base.from_outside import shown
from nbseal.base.handins import NotAnswersError

# bytes of a file, and code points of an answer
LARGEST, LONGEST = 131_072, 8_000
LINE = "These are answers to an exercise of the course Four Ps. Hand in this file as it is."
# by what such a file is known, also where its end is missing
_SIGN = re.compile(r'^\{\s*"format"', re.MULTILINE)
_HALF = re.compile("[\ud800-\udfff]")
_AGAIN = "ask for the file as the exercise's page made it."


def _whole(text: Any) -> Any:
    """Return a text without halves of characters, which no file can hold."""
    return _HALF.sub("?", text) if isinstance(text, str) else text


Answer = Annotated[str, Field(max_length=LONGEST), BeforeValidator(_whole)]
GradeId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,100}$")]


class Answers(Strict):
    """What was handed in, and what it says about itself. Nobody has vouched for it."""

    format: Literal[2] = 2
    """2."""
    exercise: Identifier
    release: Release
    """The exercise, and the version of the course whose page the file was made on."""
    language: Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}([-_][A-Za-z]{2,4})?$")]
    """In which it was answered; feedback is given in it."""
    learner: Learner
    """The id that the learner gave, or a pseudonym."""
    written: Annotated[str, Field(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}Z$")]
    """When, by the clock of the learner's device. It never decides whether a hand-in is late."""
    answers: Annotated[dict[GradeId, Answer], Field(max_length=100)]
    """What would stand between the quotation marks of an answer cell, or in a written one."""
    records: Annotated[list[RecordLine], Field(max_length=100)] = []
    """Decision and quiz records. They show practice and are never marked."""


def write_answers(answers: Answers, line: str = LINE) -> bytes:
    """Return a file of answers; the same answers give the same bytes.

    Parameters
    ----------
    answers
        What is handed in.
    line
        The first line, in the reader's language.

    Raises
    ------
    HandInError
        If the file would be over 128 KB.

    Examples
    --------
    >>> about = {"exercise": "protection", "release": "0.1.0", "learner": "ada"}
    >>> about |= {"language": "en", "written": "2026-12-01T10:00Z"}
    >>> answers = Answers(**about, answers={"task-2": "letters: a, c"})
    >>> parse_answers(write_answers(answers), "protection-ada.txt") == answers
    True
    """
    data = f"{line}\n\n{answers.model_dump_json(indent=1)}\n".encode()
    if len(data) > LARGEST:
        raise HandInError(f"{answers.exercise}-{answers.learner}.txt would be over 128 KB.")
    return data


def parse_answers(data: bytes, name: str) -> Answers:
    """Read a file of answers, and refuse whatever is not exactly one.

    Parameters
    ----------
    data
        The file's bytes, from anybody.
    name
        What it is called in messages.

    Raises
    ------
    NotAnswersError
        If it is no such file at all.
    HandInError
        In one line, which begins with `name`: what is wrong with it, and what to do.

    Examples
    --------
    >>> parse_answers(b"Buy milk.", "notes.txt")
    Traceback (most recent call last):
    nbseal.base.handins.NotAnswersError: notes.txt: no file of answers.
    """
    name = shown(name)
    # some programs write a null byte beside each letter
    if not _SIGN.search(data.replace(b"\0", b"").decode("utf-8-sig", "replace")):
        raise NotAnswersError(f"{name}: no file of answers.")
    if len(data) > LARGEST:
        raise HandInError(f"{name}: over 128 KB, more than answers can take; {_AGAIN}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise HandInError(f"{name}: another program changed it (no UTF-8); {_AGAIN}") from error
    return _answers(_document(text, name), name)


def _document(text: str, name: str) -> Any:
    """Return the JSON of a file that has nothing besides but its first line."""
    sign = _SIGN.search(text)
    start = sign.start() if sign else 0
    try:
        document, end = _READER.raw_decode(text, start)
    except (ValueError, RecursionError) as error:
        raise HandInError(f"{name}: its end is missing, or it was changed; {_AGAIN}") from error
    if "\n" in text[:start].strip() or text[end:].strip():
        raise HandInError(f"{name}: a text stands before or behind the answers; {_AGAIN}")
    return document


def _answers(document: Any, name: str) -> Answers:
    try:
        return Answers.model_validate(document)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = shown(".".join(map(str, first["loc"])))
        why = f"it is not as it should be at {where}; {_AGAIN}"
        if where == "format":
            why = "another format of hand-in; install the newest course."
        elif first["type"] == "string_too_long":
            why = f"{where} has over 8,000 characters; ask for a shorter answer."
        raise HandInError(f"{name}: {why}") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object no name of which stands there twice: nobody could say which one counts."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name is there twice")
    return found


def _no_number(text: str) -> Any:
    raise ValueError(text)


_READER = json.JSONDecoder(
    object_pairs_hook=_once, parse_constant=_no_number, parse_float=_no_number
)
