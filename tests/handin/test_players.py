import pytest

from fourps.handin.records import FORMS, players
from fourps.play_record import Record, RecordError
from fourps.quiz.marking import QuizAttempt, encode, mark
from fourps.scenario.engine import Attempt, replay
from fourps.scenario.engine import encode as encode_play


@pytest.fixture(scope="module")
def known(root):
    return players(root)


def test_all(known, root):
    """Is every scenario, quiz and form of the course there, in the order of the course?"""
    files = [*root.glob("modules/*/scenario.yaml"), *root.glob("modules/*/quiz.yaml")]
    assert len(known.scenarios) == sum(path.name == "scenario.yaml" for path in files)
    assert set(known.quizzes) > set(FORMS)
    assert list(known.quizzes)[-3:] == list(FORMS)
    assert next(iter(known.scenarios)) == "five-notes"


def test_replay(known):
    """Is a record replayed by what it belongs to?"""
    scenario = known.scenarios["card-desk"]
    found = known.replay(encode_play(replay(scenario, [])))
    assert isinstance(found, Attempt)
    line = encode(mark(known.quizzes["before"], {}))
    found = known.replay(line)
    assert isinstance(found, QuizAttempt)
    assert known.replay(Record.parse(line)) == found


def test_foreign(known):
    """Is a record of something else refused?"""
    with pytest.raises(RecordError, match="no scenario or quiz"):
        known.replay(str(Record("elsewhere", "00000000", "0")))
