"""The desk over a gradebook in which nbgrader's own programs read and write."""

import shutil

import pytest
from desk_marker import Marker
from nbgrader import api

from nbseal.base.errors import UserError
from nbseal.gradebook.by_hand import NoTaskError, SameMarkerError
from nbseal.gradebook.marks import read_marks
from nbseal.gradebook.opening import NoGradebookError, gradebook
from nbseal.mark import opened
from nbseal.mark.checked import LONGEST, BadDecisionError
from nbseal.mark.desk import NotSavedError
from nbseal.mark.view import Options, OtherPointsError
from nbseal.remove_learner import remove


def rows(course):
    """Return what each row says, in their order."""
    return course.sql(
        "select marker, student, kind, points, undoes from nbseal_decisions order by id"
    )


def test_what_is_shown(desk):
    """Is each text there, with the rubric and without an id, in an order that is not that of the ids?"""
    with desk() as first:
        task = first.load()
        assert (task["title"], task["most"], task["cap"]["points"]) == (
            "The letter (6 points)",
            6,
            2,
        )
        assert task["criteria"][0]["name"] == "It is <em>clear</em>"
        assert "<strong>If it is real,</strong>" in task["stop"]
        assert [text["words"] for text in first.texts.values()] != [4, 1, 1]
        assert "<em>Friday</em>" in first.texts["ada"]["html"]
        for who, text in first.texts.items():
            assert who not in str(text)
            assert len(text["key"]) == 16
        again = first.load()["texts"]
        assert [text["key"] for text in again] == [text["key"] for text in task["texts"]]
    with desk(names=True) as named:
        assert {text["who"] for text in named.load()["texts"]} == {"ada", "ben", "cem"}


def test_order_of_its_own(course, desk):
    """Do texts stand in another order for another task, and is nothing of it known without the gradebook?"""
    with desk() as first:
        keys = [text["key"] for text in first.load()["texts"]]
    course.sql("update assignment set id = 'other'")
    course.sql("update notebook set assignment_id = 'other'")
    course.sql("update submitted_assignment set assignment_id = 'other'")
    with desk() as first:
        assert {text["key"] for text in first.load()["texts"]}.isdisjoint(keys)


def test_a_mark(course, desk):
    """Has nbgrader the points and the comment, and is every decision a row that stays?"""
    with desk() as first:
        after = first.mark("ada", 3, 2, comment="  Kind.\0 ")
        assert after["mine"] == {"scores": (3, 2), "cap": False, "points": 5, "comment": "Kind."}
        assert after["comments"] == ["Kind."]
        assert course.given()["ada"] == (5, 0, "Kind.")
        first.mark("ada", 3, 2, cap=True, comment="Look again.")
        assert course.given()["ada"] == (2, 0, "Look again.")
        assert course.given()["ben"] == (None, 1, None)
        key = first.desk.undo()
        assert key == first.texts["ada"]["key"]
        assert course.given()["ada"] == (5, 0, "Kind.")
        assert first.desk.undo() == key
        assert first.desk.undo() is None
        assert course.given()["ada"] == (None, 1, None)
    assert rows(course) == [
        ("first", "ada", "mark", 5, None),
        ("first", "ada", "mark", 2, None),
        ("first", "ada", "undo", None, 2),
        ("first", "ada", "undo", None, 1),
    ]


def test_export_sees_it(course, desk):
    """Do reports and exports read what the desk wrote?"""
    with desk() as first:
        first.mark("ada", 3, 2, comment="Kind.")
    with gradebook(course.folder) as book:
        marks = {one.learner: one for one in read_marks(book, "ps1")}
    assert (marks["ada"].points, marks["ada"].comments, marks["ada"].done) == (
        5,
        {"letter": "Kind."},
        True,
    )
    assert marks["ben"].unmarked == ["letter"]


def test_other_points(course, desk):
    """Is a task refused whose released points are not those of its rubric?"""
    course.sql("update grade_cells set max_score = 7")
    with pytest.raises(OtherPointsError, match="has 6 points, and the released cell 7"), desk():
        pass


def test_no_such_task(course, desk):
    """Is a task that nobody marks refused, with those that are there?"""
    course.cell = "essay"
    with pytest.raises(NoTaskError, match="exercise/letter"), desk():
        pass
    course.cell = "exercise/letter"
    with desk() as first:
        assert len(first.texts) == 3


@pytest.mark.parametrize(
    "decision",
    [
        {"scores": [3]},
        {"scores": [3, 4]},
        {"scores": [3, 1.5]},
        {"scores": [3, True]},
        {"scores": [3, None]},
        {"scores": "33"},
        {"comment": None},
        {"comment": "a" * (LONGEST + 1)},
        {"kind": "other"},
    ],
)
def test_what_the_page_never_sends(course, desk, decision):
    """Is anything refused that is no decision, with nothing written?"""
    with desk() as first:
        with pytest.raises(BadDecisionError):
            first.put("ada", {"kind": "mark", "scores": [3, 3], "comment": ""} | decision)
        with pytest.raises(BadDecisionError):
            first.desk.put("0" * 16, {"kind": "stop"}, "")
    assert rows(course) == []
    assert course.given()["ada"] == (None, 1, None)


def test_two_windows(course, desk):
    """Is what another window decided named, and nothing overwritten, before somebody has seen it?"""
    with desk() as one, desk() as other:
        one.mark("ada", 3, 3)
        with pytest.raises(NotSavedError, match="6 points") as caught:
            other.mark("ada", 0, 0)
        assert course.given()["ada"][0] == 6
        other.texts["ada"] |= caught.value.now
        other.mark("ada", 0, 1)
        assert course.given()["ada"][0] == 1
        one.desk.undo()
        with pytest.raises(NotSavedError, match="6 points"):
            other.mark("ada", 0, 0)
        one.desk.undo()
        with pytest.raises(NotSavedError, match="back"):
            other.mark("ada", 0, 0)
    assert len(rows(course)) == 4


def formgrader(course, who, points, comment=None):
    """Set a score as the formgrader does."""
    with api.Gradebook(course.url, "small") as book:
        grade = book.find_grade("letter", "exercise", "ps1", who)
        grade.manual_score, grade.needs_manual_grade = points, points is None
        book.find_comment("letter", "exercise", "ps1", who).manual_comment = comment
        book.db.commit()


def test_set_elsewhere(course, desk):
    """Is a score from the formgrader shown, and replaced only by somebody who was told of it?"""
    with desk() as first:
        first.mark("ada", 3, 3, comment="Mine.")
        formgrader(course, "ada", 4, "Theirs.")
        with pytest.raises(NotSavedError, match="formgrader") as caught:
            first.mark("ada", 2, 2, over=True)
        assert caught.value.now["elsewhere"] == {"points": 4, "comment": "Theirs."}
        assert course.given()["ada"] == (4, 0, "Theirs.")
        first.load()
        with pytest.raises(NotSavedError, match="formgrader"):
            first.mark("ada", 2, 2)
        # taking a mark back, or stopping, leaves it
        first.desk.undo()
        assert course.given()["ada"] == (4, 0, "Theirs.")
        first.load()
        assert first.texts["ada"]["elsewhere"] == {"points": 4, "comment": "Theirs."}
        assert first.mark("ada", 1, 1, over=True)["elsewhere"] is None
        assert course.given()["ada"] == (2, 0, None)


def test_handed_in_anew(course, desk):
    """Does a text that is another one by now wait, and is no mark taken for what nobody has read?"""
    with desk() as first:
        first.mark("ada", 3, 3)
        course.write("ada", "Something else.")
        course.sql("update grade set needs_manual_grade = 1 where id = 'g-ada'")
        with pytest.raises(NotSavedError, match="handed in") as caught:
            first.mark("ada", 1, 1)
        now = caught.value.now
        assert (now["waits"], now["mine"]["points"]) == ("anew", 6)
        assert "Something else." in now["html"]
        first.texts["ada"] |= now
        assert first.mark("ada", 1, 2)["waits"] == ""
        assert course.given()["ada"] == (3, 0, None)


def test_stop(course, desk):
    """Is a text at which somebody stopped hidden from all, without a mark, and named afterwards?"""
    with desk() as first, desk("second") as second:
        first.mark("ada", 3, 3, comment="Before I read on.")
        after = second.put("ada", {"kind": "stop"})
        assert (after["waits"], after["html"], after["words"], after["mine"]) == (
            "stopped",
            "",
            0,
            None,
        )
        assert course.given()["ada"] == (None, 1, None)
        assert first.desk.stopped() == ["ada"]
        with pytest.raises(NotSavedError, match="stopped") as caught:
            first.mark("ada", 2, 2)
        assert caught.value.now["html"] == ""
        first.load()
        assert first.texts["ada"]["html"] == ""
        # only whoever stopped takes it back; the key for marks does not
        assert second.desk.undo() is None
        assert first.put("ada", {"kind": "open"})["waits"] == "stopped"
        assert second.put("ada", {"kind": "open"})["waits"] == ""
        assert course.given()["ada"] == (6, 0, "Before I read on.")
        first.load()
        assert "Friday" in first.texts["ada"]["html"]


def test_another_task_after_a_stop(course, desk):
    """Stays a text hidden when something else is handed in, until somebody says that it may be read?"""
    with desk() as first:
        first.put("ada", {"kind": "stop"})
        course.write("ada", "The other task.")
    with desk("second") as second:
        assert (second.texts["ada"]["html"], second.texts["ada"]["anew"]) == ("", True)
        assert "other task" in second.put("ada", {"kind": "open"})["html"]


def test_second_marker(course, desk):
    """Does a second marker see nothing of the first, and both that they are far apart?"""
    with desk() as first, desk("second") as second:
        first.mark("ada", 3, 3, comment="Mine.")
        first.mark("ben", 1, 1)
        first.mark("cem", 3, 3)
        second.load()
        for text in second.texts.values():
            assert (text["mine"], text["elsewhere"], text["other"], text["waits"]) == (
                None,
                None,
                None,
                "",
            )
        assert second.load()["comments"] == []
        assert second.mark("ada", 3, 2)["waits"] == ""
        assert course.given()["ada"] == (6, 0, "Mine.")
        apart = second.mark("ben", 3, 2)
        assert apart["waits"] == "both"
        assert (apart["other"]["marker"], apart["other"]["points"]) == ("first", 2)
        assert course.given()["ben"] == (None, 1, None)
        first.load()
        assert first.texts["ben"]["other"]["points"] == 5
        assert first.desk.agreement() == {
            "criteria": {"count": 4, "exact": 1, "within": 3, "kappa": 0},
            "points": {"count": 2, "exact": 0, "within": 1, "kappa": 0},
            "apart": 1,
        }
        first.mark("ben", 2, 2)
        assert course.given()["ben"] == (5, 0, None)


def test_a_copy_on_another_computer(course, desk, tmp_path):
    """Are a second marker's decisions taken over from a copy, each once, and those of one name refused?"""
    with desk() as first:
        first.mark("ada", 3, 3)
        copy = shutil.copytree(course.folder, tmp_path / "copy") / "gradebook.db"
        there = opened(copy.parent, "ps1", "letter", Options("second"), print)
        with there as theirs:
            second = Marker(theirs)
            second.mark("ada", 3, 2)
            second.mark("ben", 1, 0)
            second.mark("cem", 0, 0)
            theirs.undo()
        first.mark("ben", 2, 2)
        formgrader(course, "cem", 4)
        assert first.desk.take_over(copy) == 4
        assert first.desk.take_over(copy) == 0
        assert course.given() == {"ada": (6, 0, None), "ben": (None, 1, None), "cem": (4, 0, None)}
        first.load()
        assert first.texts["ben"]["other"]["points"] == 1
        assert [row[2] for row in rows(course)] == ["mark"] * 5 + ["undo"]
        assert rows(course)[-1][-1] == 5
        with opened(copy.parent, "ps1", "letter", Options("first"), print) as theirs:
            Marker(theirs).mark("cem", 1, 1)
        with pytest.raises(SameMarkerError, match="first"):
            first.desk.take_over(copy)
    for wrong in (tmp_path / "none.db", course.folder / "nbgrader_config.py"):
        with desk() as first, pytest.raises(NoGradebookError, match="no copy"):
            first.desk.take_over(wrong)


def test_blind_elsewhere(course, desk):
    """Is a second marker told that the formgrader set something, and not what?"""
    with desk() as first, desk("second") as second:
        first.mark("ada", 3, 3)
        formgrader(course, "ada", 4, "Theirs.")
        second.load()
        assert second.texts["ada"]["elsewhere"] == {"points": None, "comment": ""}


def test_without_a_rubric(course, desk):
    """Are tasks without a rubric marked by points of any size up to what can be earned?"""
    course.sql("update base_cell set name = 'essay'")
    course.cell = "essay"
    for who in ("ada", "ben", "cem"):
        course.write(who, "Text.")
    with desk() as first:
        assert first.load()["criteria"] == []
        first.mark("ada", 4.5, comment="Good.")
        assert course.given()["ada"] == (4.5, 0, "Good.")
        for points in (-1, 6.5):
            with pytest.raises(BadDecisionError, match="0 to 6"):
                first.mark("ben", points)


def test_nothing_written(course, desk):
    """Is what nbgrader gave 0 by itself named so, and 0 again when a mark for it is taken back?"""
    course.sql("update grade set auto_score = 0, needs_manual_grade = 0 where id = 'g-ada'")
    with desk() as first:
        assert first.texts["ada"]["empty"]
        assert not first.texts["ben"]["empty"]
        first.mark("ada", 1, 1)
        first.desk.undo()
        assert course.given()["ada"] == (None, 0, None)


def test_removed_with_the_learner(course, desk):
    """Do all decisions over a learner's texts go with the learner, and no other?"""
    with desk() as first:
        first.mark("ada", 3, 3)
        first.mark("ben", 3, 3)
    assert remove(course.folder, "ada", lambda found: found.rows["nbseal_decisions"] == 1)
    assert [row[1] for row in rows(course)] == ["ben"]


def test_errors_are_for_people():
    """Are all of these printed by a command in a sentence?"""
    assert all(issubclass(one, UserError) for one in (NotSavedError, BadDecisionError, NoTaskError))
