import pytest

from fourps.handin.records import players
from fourps.play_record import Record
from fourps.quiz.marking import encode, mark
from fourps.report.records import in_folder, in_hand_ins, read
from fourps.scenario.engine import encode as encode_play
from fourps.scenario.engine import replay
from nbseal.base.errors import UserError
from nbseal.collect.submissions import Submission


@pytest.fixture(scope="module")
def known(root):
    return players(root)


@pytest.fixture(scope="module")
def lines(maker, known):
    """Return records: two whole plays, one that stopped, a whole test and an empty one."""
    chance = maker.random.Random(7)
    scenario, quiz = known.scenarios["card-desk"], known.quizzes["before"]
    return [
        encode_play(replay(scenario, maker._play(scenario, 0.9, chance))),
        encode_play(replay(scenario, maker._play(scenario, 0.1, chance))),
        encode_play(replay(scenario, [])),
        maker._answers(quiz, 0.5, chance),
        encode(mark(quiz, {})),
    ]


def put(folder, name, *texts):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(f"{text}\n" for text in texts), "utf-8")


def handed_in(place):
    return [Submission(one.name, one.parent.name, one) for one in sorted(place.glob("*/*"))]


def test_of_hand_ins(tmp_path, known, lines):
    """Are records of hand-ins read, the first of several counted, and a copy counted once?"""
    put(tmp_path, "ada/one/records.txt", lines[0], lines[3])
    put(tmp_path, "ada/two/records.txt", lines[0], lines[1], lines[2])
    put(tmp_path, "ben/one/records.txt", lines[4], "")
    put(tmp_path, "ben/one/other.txt", lines[0])
    found = read(in_hand_ins(handed_in(tmp_path)), known)
    assert {name: [*one] for name, one in found.plays.items()} == {"card-desk": ["ada"]}
    assert encode_play(found.plays["card-desk"]["ada"]) == lines[0]
    assert {name: [*one] for name, one in found.answers.items()} == {"before": ["ada"]}
    assert found.learners == {"ada": 4, "ben": 1}
    assert found.stopped == {"card-desk": 1, "before": 1}
    assert found.refused == []


def test_of_a_folder(tmp_path, known, lines):
    """Are records read that came another way, whoever is named by file or folder?"""
    put(tmp_path, "zoë.txt", lines[0])
    put(tmp_path, "ben/week-1/any.txt", lines[3])
    assert read(in_folder(tmp_path), known).learners == {"zoë": 1, "ben": 1}


def test_of_a_platform(tmp_path, known, lines):
    """Do records that a platform exported count behind those handed in, and those in both once?"""
    put(tmp_path, "ada/one/records.txt", lines[1], lines[3])
    practice = {"ada": [lines[0], lines[3]], "ben": [lines[2], "nonsense"]}
    found = read(in_hand_ins(handed_in(tmp_path)), known, practice)
    assert encode_play(found.plays["card-desk"]["ada"]) == lines[1]
    assert found.learners == {"ada": 3, "ben": 1}
    assert [learner for learner, _ in found.refused] == ["ben"]


def test_a_file_is_no_folder(tmp_path, known):
    """Is an export that is named as a folder of records refused, and what to do with it said?"""
    (tmp_path / "e.csv").write_text("username,state\n", "utf-8")
    with pytest.raises(
        UserError, match=r"take it once with fourps grade collect e\.csv; each report"
    ):
        read(in_folder(tmp_path / "e.csv"), known)


def test_a_mark_before_the_first_letter(tmp_path, known, lines):
    """Are records read from a file that some program wrote with a byte-order mark?"""
    put(tmp_path, "ada.txt", f"\ufeff{lines[3]}")
    assert read(in_folder(tmp_path), known).refused == []


def test_not_readable(tmp_path, known, lines):
    """Is each record that cannot be read named with its learner, and do the others count?"""
    old = str(Record.parse(lines[0])._replace(version="00000000"))
    put(tmp_path, "ada/one/records.txt", old, "nonsense", lines[3])
    (tmp_path / "ben" / "one").mkdir(parents=True)
    (tmp_path / "ben" / "one" / "records.txt").write_bytes(b"\xff\xfe\x00" * 900_000)
    found = read(in_hand_ins(handed_in(tmp_path)), known)
    assert found.learners == {"ada": 1}
    assert [learner for learner, _ in found.refused] == ["ada", "ada", "ben"]
    assert "made with version 00000000" in str(found.refused[0][1])
    assert all(len(str(why)) < 300 for _, why in found.refused)
