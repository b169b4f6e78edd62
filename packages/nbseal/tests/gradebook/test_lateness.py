"""Until when an assignment can be handed in."""

from datetime import UTC, datetime, timedelta

import pytest
from nbgrader import api
from sqlalchemy import create_engine
from sqlalchemy.orm import Session

from nbseal.gradebook import tables
from nbseal.gradebook.lateness import last_moment

DUE = datetime(2026, 12, 1, 17)  # noqa: DTZ001 - as nbgrader keeps it


@pytest.fixture
def session():
    """Return a gradebook with two assignments, of which one is never due."""
    engine = create_engine("sqlite://")
    api.Base.metadata.create_all(engine)
    with Session(engine) as opened:
        course = api.Course(id="course")
        assignments = [
            api.Assignment(name="ps1", duedate=DUE, course=course),
            api.Assignment(name="ps2", course=course),
        ]
        opened.add_all([*assignments, api.Student(id="ada"), api.Student(id="ben")])
        opened.commit()
        yield opened
    engine.dispose()


def test_last_moment(session):
    """Is it the due date with the longest extension of anybody, handed in or not, in UTC?"""
    utc = DUE.replace(tzinfo=UTC)
    assert last_moment(session, "ps1") == utc
    assert last_moment(session, "ps2") is None
    assert last_moment(session, "ps3") is None
    key = session.query(api.Assignment).filter_by(name="ps1").one().id
    for learner, days in (("ada", 3), ("ben", 1)):
        extension = timedelta(days=days)
        session.add(
            api.SubmittedAssignment(assignment_id=key, student_id=learner, extension=extension)
        )
    session.flush()
    assert last_moment(session, "ps1") == utc + timedelta(days=3)
    tables.create(session.connection())
    tables.put(session.connection(), tables.EXTENSION, assignment="ps1", student="cem", days=5)
    tables.put(session.connection(), tables.EXTENSION, assignment="ps2", student="cem", days=9)
    assert last_moment(session, "ps1") == utc + timedelta(days=5)
