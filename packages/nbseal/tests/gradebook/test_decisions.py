"""What counts of what people decided."""

import pytest
from sqlalchemy import create_engine, select

from nbseal.gradebook import tables
from nbseal.gradebook.decisions import (
    Decision,
    add,
    are_apart,
    counting,
    is_stopped,
    latest,
    rows,
    standing,
    stopped,
)

TEXT = ("ada", "exercise", "task-10")


def decision(marker="first", points=9.0, kind="mark", **more):
    return Decision("ps1", *TEXT, marker, kind, **{"text_hash": "h1", "points": points} | more)


@pytest.fixture
def database():
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        tables.create(connection)
        yield connection
    engine.dispose()


def of_both(*decisions):
    """Return what both markers decided, in this order."""
    numbered = [(number, one) for number, one in enumerate(decisions, 1)]
    every = [Decision(**vars(one) | {"id": number}) for number, one in numbered]
    return standing(every)[TEXT]


def test_rows_are_read_as_they_were_added(database):
    """Does a row come back as it was, with its id and its time, and stay when it is taken back?"""
    given = decision(scores=(3.0, 1.0), cap=True, comment="Two words: «kind».")
    first = add(database, given)
    assert [first] == rows(database, "ps1") == [*standing([first])[TEXT].values()]
    assert (first.scores, first.cap, first.comment) == ((3, 1), True, "Two words: «kind».")
    assert first.at.year > 2000
    second = add(database, decision(points=4.0))
    back = add(database, decision(kind="undo", points=None, undoes=second.id))
    assert rows(database, "ps1") == [first, second, back]
    assert latest(database, "ps1") == {("ada", "task-10"): first}
    add(database, decision(kind="undo", points=None, undoes=first.id))
    assert latest(database, "ps1") == {}
    assert len(database.execute(select(tables.DECISION)).all()) == 4


def test_no_table_yet():
    """Is nothing decided in a gradebook of an older release?"""
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        assert latest(connection, "ps1") == {}
    engine.dispose()


def test_a_notebook_of_two(database):
    """Are cells of the same name in two notebooks told apart?"""
    add(database, decision())
    other = Decision("ps1", "ada", "two", "task-10", "first", "mark", "h1", points=3.0)
    add(database, other)
    assert latest(database, "ps1", "exercise")["ada", "task-10"].points == 9
    assert latest(database, "ps1", "two")["ada", "task-10"].points == 3


@pytest.mark.parametrize(
    ("one", "other", "counts"),
    [
        (decision(points=9.0), decision("second", 11.0), 11.0),
        (decision(points=9.0), decision("second", 7.0), 9.0),
        (decision(points=9.0), decision("second", 11.5), None),
        (decision(points=12.0), decision("second", 9.0), None),
        # whether a text could do harm is decided together, unless it changes nothing
        (decision(points=7.0), decision("second", 5.0, cap=True), None),
        (decision(points=4.0), decision("second", 4.0, cap=True), 4.0),
        # nobody marks what may be real
        (decision(points=9.0), decision("second", None, "stop"), None),
        (decision(points=None, kind="stop"), decision("second", 9.0), None),
        # of what was handed in before nothing is compared
        (decision(points=2.0, text_hash="h0"), decision("second", 12.0), 12.0),
    ],
)
def test_two_markers(one, other, counts):
    """Do the higher points count, unless the markers are apart or one has stopped?"""
    both = of_both(one, other)
    found = counting(both)
    assert (found and found.points) == counts
    assert is_stopped(both) == ("stop" in (one.kind, other.kind))
    assert are_apart(both) == (counts is None and not is_stopped(both))


def test_comments_of_both():
    """Does a learner get what both wrote, each once, that of the one who counts first?"""
    both = of_both(decision(comment="Low."), decision("second", 10.0, comment="High."))
    assert counting(both).comment == "High.\n\nLow."
    same = of_both(decision(comment="Same."), decision("second", 10.0, comment="Same."))
    assert counting(same).comment == "Same."
    # of equal ones the first counts
    assert counting(of_both(decision(), decision("second"))).marker == "first"


def test_stopped(database):
    """Is a text at which somebody stopped named as one that needs another task?"""
    add(database, decision())
    assert stopped(database, "ps1") == []
    add(database, decision("second", None, "stop"))
    assert stopped(database, "ps1") == [TEXT]
