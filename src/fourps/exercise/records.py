"""Look whether a decision record is whole. What was chosen in it is never marked."""

from __future__ import annotations

from pathlib import Path

from fourps.course.files import find
from fourps.exercise.messages import of_record, refused
from fourps.play_record import RecordError
from fourps.scenario.engine import decode
from fourps.scenario.model import load


def check_record(line: object, reference: str) -> None:
    """Check that a record belongs to a scenario and reaches one of its endings.

    Parameters
    ----------
    line
        The record.
    reference
        The scenario: a module of the course, or the path of a YAML file.

    Raises
    ------
    AssertionError
        With a message for the learner.

    Examples
    --------
    >>> check_record("", "protection")
    Traceback (most recent call last):
    AssertionError: There is no record yet. Play the scenario to an ending and copy the line here.
    """
    if type(line) is not str or not line.strip():
        raise refused("record-none")
    scenario, _ = load(find(reference, "scenario.yaml", Path()))
    try:
        attempt = decode(scenario, line)
    except RecordError as error:
        raise of_record(error) from None
    if attempt.ending is None:
        raise refused("record-stops", count=len(attempt.path))
