import codecs
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourps.handin.answers_file import LARGEST, Answers, parse_answers, write_answers
from fourps.handin.handin_file import HandInError
from nbseal.base.errors import RefusedError
from nbseal.base.handins import NotAnswersError

ABOUT = {
    "format": 2,
    "exercise": "protection",
    "release": "0.1.0",
    "language": "en",
    "learner": "ada",
    "written": "2026-12-01T10:00Z",
    "answers": {"task-2": "letters: a, c"},
}


def file(**changes):
    return f"Answers.\n\n{json.dumps(ABOUT | changes)}\n".encode()


TEXTS = st.text(st.characters(exclude_categories=[]), max_size=60)


@given(
    st.dictionaries(st.sampled_from(["task-1", "task_2", "record", "X" * 100]), TEXTS, max_size=5)
)
def test_comes_back(answers):
    """Is what was written read again, and do the same answers give the same bytes?"""
    about = Answers(**ABOUT | {"answers": answers})
    data = write_answers(about)
    assert parse_answers(data, "a.txt") == about
    assert data == write_answers(about)


def test_halves_of_characters():
    r"""Is half of a character a question mark, and a whole one, written as two halves, itself?"""
    data = file(answers={"task-2": "\ud83d, \udc00\ud83d, \U0001f600"})
    assert rb"\ud83d\ude00" in data
    assert parse_answers(data, "a.txt").answers == {"task-2": "?, ??, \U0001f600"}


@pytest.mark.parametrize(
    "change",
    [
        lambda data: codecs.BOM_UTF8 + data,
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.removeprefix(b"Answers.\n\n"),
        lambda data: data + b"\n\n",
    ],
)
def test_other_programs(change):
    """Is a file taken whose line ends, first letter or first line another program changed?"""
    assert parse_answers(change(file()), "a.txt").learner == "ada"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (file()[:-3], "its end is missing"),
        (file()[:40], "its end is missing"),
        (file().replace(b'"en"', b"\x93en\x94"), "no UTF-8"),
        (file().decode().encode("utf-16"), "no UTF-8"),
        (file().replace(b'"ada"', b'"ada", "learner": "ben"'), "it was changed"),
        (file().replace(b'{"task-2"', b'{"task-2": "", "task-2"'), "it was changed"),
        (file().replace(b'"ada"', b"NaN"), "it was changed"),
        (file().replace(b'"ada"', b"1e999"), "it was changed"),
        (file().replace(b'"ada"', b"9" * 100_000), "it was changed"),
        (file().replace(b'"ada"', b"[" * 100_000), "it was changed"),
        (file() + b"My phone number is ...", "before or behind"),
        (b"Dear facilitator,\n" + file(), "before or behind"),
        (file() + file(), "before or behind"),
        (file(answers={"a": "é" * 65_000}), "over 128 KB"),
        (file(format=3), "another format of hand-in; install the newest course."),
        (file(format=True), "another format of hand-in"),
        (file(answers={"task-2": "x" * 8001}), "answers.task-2 has over 8,000 characters"),
        (file(answers={"task-2": 5}), "not as it should be at answers.task-2"),
        (file(answers={str(number): "" for number in range(101)}), "at answers;"),
        (file(answers={"\ud83d": ""}), "[key];"),
        (file(learner="../ada"), "at learner"),
        (file(learner="ada\n"), "at learner"),
        (file(exercise="a/b"), "at exercise"),
        (file(language="../fr"), "at language"),
        (file(written="yesterday"), "at written"),
        (file(records=["x"]), "at records.0"),
        (file(**{"a\x1b[2J": 1}), "at a;"),
    ],
)
def test_refuses(data, message):
    """Is what is not as it should be refused in one line that says which file, why and what to do?"""
    with pytest.raises(HandInError) as caught:
        parse_answers(data, "ada\n.txt")
    line = str(caught.value)
    assert line.startswith("ada?.txt: ")
    assert message in line
    assert line.isprintable()
    assert any(word in line for word in ("ask for", "install"))


@pytest.mark.parametrize("data", [b"", b"Answers.\n", b'{"learner": "ada"}', b"\xff\xfe", b"{"])
def test_something_else(data):
    """Is a text told apart that is no hand-in at all?"""
    with pytest.raises(NotAnswersError, match=r"notes\.txt: no file of answers"):
        parse_answers(data, "notes.txt")


def test_longest():
    """Are answers of 8,000 characters taken, whatever their bytes, and is more than 128 KB not written?"""
    face = "\U0001f600" * 8000
    long = Answers(**ABOUT | {"answers": {"task-10": face, "task-11": face}})
    assert parse_answers(write_answers(long), "a.txt") == long
    assert len(write_answers(long)) < LARGEST
    many = {f"task-{number}": face for number in range(5)}
    with pytest.raises(HandInError, match=r"protection-ada\.txt would be over 128 KB"):
        write_answers(Answers(**ABOUT | {"answers": many}))


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*ABOUT, "records", "more"]), VALUES, max_size=3))
def test_any_values(changes):
    """Does a file of any JSON end in a hand-in or a refusal of one line?"""
    read(file(**changes))


@given(st.binary(max_size=300), st.integers(0, 300))
def test_any_bytes(data, at):
    """Does a file of any bytes, alone or within a hand-in?"""
    whole = file()
    read(data)
    read(whole[:at] + data + whole[at + len(data) :])


def read(data):
    try:
        answers = parse_answers(data, "a.txt")
    except RefusedError as error:
        line = str(error)
    else:
        line = "a.txt: taken"
        assert parse_answers(write_answers(answers), "a.txt") == answers
    assert line.startswith("a.txt: ")
    assert line.isprintable()
