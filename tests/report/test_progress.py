from datetime import UTC, datetime

import numpy as np
import pytest

from fourps.report.progress import Cue, people, reached
from nbseal.base.errors import Reason
from nbseal.gradebook.snapshot import Exercise, Task
from nbseal.gradebook.verdicts import Verdict
from nbseal.reasons import because

NOW = datetime(2026, 11, 25, tzinfo=UTC)
LATE, ENDED = because("late", cells="3"), because("ended", status=3)


def exercise(marks, name="one", points=(5, 5), due=None, extra=None):
    """An exercise; None stands for a task that waits for a person."""
    array = np.array([[np.nan if x is None else x for x in row] for row in marks.values()], float)
    array = array.reshape(len(marks), len(points))
    return Exercise(
        name=name,
        due=due,
        tasks=tuple(Task("exercise", f"task-{n}", p) for n, p in enumerate(points, 1)),
        learners=tuple(marks),
        marks=array,
        waits=np.isnan(array),
        extra=np.zeros(len(marks)) if extra is None else np.array(extra, float),
    )


def look(learners, exercises, **more):
    given = {"outcomes": {}, "handed_in": (), "records": {}, "criterion": 0.7, "now": NOW}
    found = people(learners, exercises=exercises, **given | more)
    return {one.id: one for one in found}


def test_states():
    """Has each learner the state of their exercise?"""
    one = exercise({"done": [4, 4], "less": [1, 2], "waits": [5, None]})
    found = look(
        ["done", "less", "waits", "none", "new", "broken", "half", "lost", "last"],
        [one],
        outcomes={
            ("broken", "one"): Verdict("one", "broken", "failed", (LATE,)),
            ("half", "one"): Verdict("one", "half", "partly", (LATE, ENDED)),
            ("lost", "one"): Verdict("one", "lost", "missing", (because("nothing"),)),
        },
        handed_in={("new", "one"), ("none", "two")},
    )
    assert {name: person.states["one"] for name, person in found.items()} == {
        "done": "reached",
        "less": "below",
        "waits": "waits",
        "none": "none",
        "new": "handed-in",
        "broken": "failed",
        "half": "partly",
        "lost": "none",
        "last": "none",
    }
    assert found["less"].reasons == {"help-below": [Cue("one (3/10)")]}
    assert found["broken"].reasons == {"help-failed": [Cue("one", (LATE,))]}
    assert found["half"].reasons == {"help-partly": [Cue("one", (LATE, ENDED))]}
    assert not any(found[name].reasons for name in ("done", "waits", "none", "new"))
    assert [name for name in found if found[name].finished] == ["done"]
    assert [name for name in found if not found[name].started] == ["none", "lost", "last"]


def test_missing():
    """Is a hand-in missed when it is past its date, or when three quarters of all have it?"""
    soon = exercise({"a": [5, 5]}, "soon", due=datetime(2026, 11, 26, tzinfo=UTC))
    late = exercise({"a": [5, 5], "b": [5, 5]}, "late", due=datetime(2026, 11, 24, tzinfo=UTC))
    most = exercise({"a": [5, 5], "b": [5, 5], "c": [5, 5]}, "most")
    few = exercise({"a": [5, 5], "b": [5, 5]}, "few")
    found = look(["a", "b", "c", "d"], [soon, late, most, few])
    assert [person.reasons for person in found.values()] == [
        {},
        {},
        {"help-due": [Cue("late")]},
        {"help-nothing": []},
    ]


def test_records_are_a_start():
    """Has somebody started who handed in records only?"""
    most = exercise({name: [5, 5] for name in "abc"})
    assert look("abcd", [most], records={"d": 2})["d"].reasons == {"help-others": [Cue("one")]}


def test_no_points():
    """Is a hand-in without points asked about in its own words?"""
    found = look(["a"], [exercise({"a": [0, 0]})])
    assert found["a"].reasons == {"help-empty": [Cue("one")]}


def test_tasks_that_most_solved():
    """Are three tasks without points named when most others solved them, and only then?"""
    points = (1, 1, 1, 7)
    marks = {f"p{number}": [1, 1, 1, 7] for number in range(9)}
    found = look([*marks, "x"], [exercise(marks | {"x": [0, 0, 0, 3]}, points=points)])
    assert found["x"].reasons == {
        "help-below": [Cue("one (3/10)")],
        "help-tasks": [Cue("one (task-1; task-2; task-3)")],
    }
    found = look([*marks, "x"], [exercise(marks | {"x": [1, 0, 0, 3]}, points=points)])
    assert "help-tasks" not in found["x"].reasons


@pytest.mark.parametrize(
    ("marks", "extra", "complete"),
    [
        ([49, 0, 0], 0, True),  # the way without programming
        ([48, 0, 0], 0, False),
        ([48, 0, 0], 1, True),  # extra credit counts
        ([40, 15, 15], 0, True),
        ([45, 12, 12], 0, False),
        ([90, 0, 0], 0, True),  # a mark above the maximum
    ],
)
def test_both_ways(marks, extra, complete):
    """Do 49 of the first 70 points complete an exercise of 100 points, and 70 of all?"""
    one = exercise({"a": marks}, points=(70, 15, 15))
    assert reached(np.array([*marks, extra], float), one, 0.7) == complete


def test_other_courses():
    """Does an exercise with other points have one way, and does one without points stand still?"""
    one = exercise({"a": [4, 1]}, points=(5, 5))
    assert not reached(np.array([4.0, 1.0, 0.0]), one, 0.7)
    assert reached(np.array([4.0, 1.0, 0.0]), one, 0.5)
    assert look(["a"], [exercise({"a": []}, points=())])["a"].states == {"one": "reached"}


def test_reason_names_nobody():
    """Is a learner's id, which may stand in a path, left out of a reason?"""
    why = because("no-time", folder="/course/submitted/ada/adage")
    old = Reason.quoted("/course/submitted/ada/adage is no folder")
    gone = Verdict("one", "ada", "failed", (why, old))
    found = look(["ada"], [exercise({})], outcomes={("ada", "one"): gone})
    [cue] = found["ada"].reasons["help-failed"]
    assert cue.said().startswith("one (timestamp.txt in /course/submitted/…/adage holds no time.")
    assert cue.said().endswith(" /course/submitted/…/adage is no folder)")
