"""How many people a module has, and whether a letter is one of them."""

import pytest

from fourps.check import check


@pytest.fixture
def found(course):
    """Return a function that adds text to a lesson and a quiz, and gives what is wrong with people."""
    module = course / "modules" / "welcome"
    lesson, quiz = module / "lesson.md", module / "quiz.yaml"

    def find(in_lesson="", in_quiz=""):
        lesson.write_text(f"{lesson.read_text('utf-8')}\n{in_lesson}\n", "utf-8")
        asked = quiz.read_text("utf-8").replace("A woman waits.", f"A woman waits. {in_quiz}")
        quiz.write_text(asked, "utf-8")
        return [
            (one.path.name, one.name, one.message)
            for one in check(course).problems
            if one.name in ("letter-twice", "many-people")
        ]

    return find


def test_two_people(found):
    """Is a letter named that stands for a woman of 34 in the lesson and a man of 61 in the quiz?"""
    ((file, name, message),) = found("S., a seamstress of 34, asks.", "S., 61, is a baker.")
    assert (file, name) == ("quiz.yaml", "letter-twice")
    assert message.startswith("S. is 34 years old elsewhere in this module, and 61 here: give one")


def test_one_person(found):
    """Does a person pass who is met again, and "I." that begins a sentence?"""
    assert (
        found("S., 34, asks. S. goes.", 'S., a seamstress of 34, says: "So do I., 12 of us."') == []
    )


@pytest.mark.parametrize(("count", "named"), [(12, 0), (13, 1)])
def test_many(found, count, named):
    """Is a lesson named in which more than twelve people have a letter?"""
    people = "ABCDEFGHJKLMN"[:count]
    said = found("\n\n".join(f"{letter}. waits." for letter in people))
    assert [name for _, name, _ in said] == ["many-people"] * named
    assert all("13 people have a letter in this lesson (A, B, C" in one for _, _, one in said)
