"""The desk beside runs of grading, in both kinds of databases."""

import pytest

from nbseal.gradebook.marks import read_marks
from nbseal.gradebook.opening import gradebook
from nbseal.mark import opened
from nbseal.mark.view import Options


class Marker:
    """Somebody who marks the essay."""

    def __init__(self, course):
        self.course = course
        self.said = []

    def texts(self):
        with opened(
            self.course.folder, "ps1", "essay", Options(names=True), self.said.append
        ) as desk:
            return {text["who"]: text for text in desk.load()["texts"]}

    def mark(self, who, points, comment=""):
        with opened(
            self.course.folder, "ps1", "essay", Options(names=True), self.said.append
        ) as desk:
            text = next(text for text in desk.load()["texts"] if text["who"] == who)
            decision = {"kind": "mark", "scores": [points], "comment": comment}
            return desk.put(text["key"], decision, text["seen"])


def marks(course, who):
    """Return the marks that reports and exports have of a learner."""
    with gradebook(course.folder) as book:
        return next(one for one in read_marks(book, "ps1") if one.learner == who)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_graded_again(small_course, right, request, kind):
    """Stays a mark of the desk when work is graded again, and does it wait when the text is another?"""
    url = request.getfixturevalue("postgres")("desk") if kind == "postgresql" else ""
    course = small_course(f"desk-{kind}", url=url, quick=True)
    for who in ("ada", "ben"):
        course.submit(who, right)
    assert course.grade().returncode == 0
    marker = Marker(course)
    assert {text["words"] for text in marker.texts().values()} == {3}
    marker.mark("ada", 3, "Kind.\0")
    assert course.grade("--force").returncode == 0
    assert (marks(course, "ada").by_hand["essay"], marks(course, "ada").waiting) == (3, [])
    assert marks(course, "ada").comments == {"essay": "Kind."}
    assert marker.texts()["ada"]["waits"] == ""
    assert marks(course, "ben").waiting == ["essay"]
    course.submit("ada", right | {"essay": "I wrote something else."})
    assert course.grade().returncode == 0
    again = marker.texts()["ada"]
    assert (again["waits"], again["mine"]["points"], again["words"]) == ("anew", 3, 4)
    assert marks(course, "ada").waiting == ["essay"]
    assert marker.mark("ada", 4)["waits"] == ""
    assert (marks(course, "ada").by_hand["essay"], marks(course, "ada").waiting) == (4, [])
    assert marker.said == []


def test_beside_a_run(small, right):
    """Are marks kept that are given while a run grades the same work, and does neither wait for long?"""
    for who in ("ada", "ben", "cem", "dov"):
        small.submit(who, right)
    assert small.grade().returncode == 0
    marker, given = Marker(small), {}
    process = small.start("--force", "--workers", "1")
    while process.poll() is None:
        for who in ("ada", "ben", "cem", "dov"):
            points = (given.get(who, 0) + 0.25) % 4
            marker.mark(who, points)
            given[who] = points
    status, said = small.end(process)
    assert status == 0, said
    assert given
    for who, points in given.items():
        assert (marks(small, who).by_hand["essay"], marks(small, who).waiting) == (points, [])
    count = small.sql("select count(*) from nbseal_decisions")[0][0]
    assert count >= len(given)
