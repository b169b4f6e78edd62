"""What a platform is told of a reader's session, call by call, and what a reader finds again."""

import json

import pytest

from fourps.play_record import Record

PAGES = ["modules/protection/lesson", "modules/protection/practice"]
START, PRACTICE = "modules/protection/lesson.html", "modules/protection/practice.html"
UNIT = {
    "start": START,
    "addresses": [START, PRACTICE],
    "pages": PAGES,
    "required": ["card-desk", "protection-quiz"],
    "done": "completed",
}
WORDS = {
    "1.2": ("cmi.core.lesson_status", "cmi.core.lesson_location", "cmi.core.exit"),
    "2004": ("cmi.completion_status", "cmi.location", "cmi.exit"),
}
DATA = "cmi.suspend_data"
NONE = {"format": 4, "attempts": [], "stopped": {}, "read": {}, "asked": {}, "drafts": {}}
STORY = str(Record("card-desk", "1a2b3c4d", "0213"))
HALF = str(Record("card-desk", "1a2b3c4d", "02"))
QUIZ = str(Record("protection-quiz", "00000000", "0.1"))
AT = "2026-11-24"
pytestmark = pytest.mark.once
versions = pytest.mark.parametrize("version", ["1.2", "2004"])


def text(*finished, stopped=None, read=(), **more):
    """Return what a player keeps: what was finished, and where one stopped."""
    attempts = [
        {
            "kind": "quiz" if "quiz" in record else "scenario",
            "record": record,
            "result": "done" if "quiz" in record else "safe",
            "at": AT,
        }
        for record in finished
    ]
    places = {stopped.split(":")[1]: {"record": stopped, "at": AT}} if stopped else {}
    kept = NONE | {"attempts": attempts, "stopped": places, "read": dict.fromkeys(read, AT)}
    return json.dumps(kept | more)


def keep(*finished, **more):
    """Return the act of a player that keeps."""
    return ["setItem", "fourps", text(*finished, **more)]


@pytest.fixture
def session(javascript):
    """Return a function that has a session with a platform, which starts with some values."""

    def have(*acts, unit=UNIT, **more):
        return javascript("session", unit=unit, acts=acts, **more)

    return have


def told(found):
    """Return what was set, in order, and each commit."""
    return [
        call[1:] if call[0] == "SetValue" else call[0]
        for call in found["calls"]
        if call[0] != "GetValue"
    ]


@versions
def test_at_once(session, version):
    """Is a platform told at once that nothing is completed, and that one will come back?"""
    status, _, leaving = WORDS[version]
    found = session(version=version)
    assert found["begun"]
    assert told(found) == ["Initialize", [status, "incomplete"], [leaving, "suspend"], "Commit"]
    assert found["start"] == START


@versions
def test_before_a_yes(session, version):
    """Before a yes: does only the status go out, whatever is read and played?"""
    status, *_ = WORDS[version]
    acts = [["visit", PRACTICE], ["finish", "card-desk"], ["visit", START]]
    before = session(version=version)
    assert session(*acts, version=version)["calls"] == before["calls"]
    found = session(*acts, ["finish", "protection-quiz"], version=version)
    assert found["calls"][len(before["calls"]) :] == [
        ["SetValue", status, "completed"],
        ["Commit", ""],
    ]
    assert found["text"] is None


@pytest.mark.parametrize(
    ("version", "mode"), [("1.2", "cmi.core.lesson_mode"), ("2004", "cmi.mode")]
)
def test_only_looking(session, version, mode):
    """Is nothing told of a guest, for whom a platform keeps nothing, and is that said?"""
    looking = {mode: "browse"}
    found = session(keep(STORY), ["finish", "protection-quiz"], version=version, values=looking)
    assert found["said"] == ["unrecorded"]
    assert found["held"].get(DATA) is None
    assert told(found)[-1] == ("Finish" if version == "1.2" else "Terminate")
    assert session(version=version, values={mode: "normal"})["said"] != ["unrecorded"]


def test_kolibri(session):
    """Is a unit passed where a platform knows no other end?"""
    acts = [["finish", name] for name in UNIT["required"]]
    found = session(*acts, unit=UNIT | {"done": "passed"})
    assert found["held"]["cmi.core.lesson_status"] == "passed"


@versions
def test_each_event(session, javascript, version):
    """After a yes: does each event reach the platform at once, each followed by a commit?"""
    status, place, _ = WORDS[version]
    acts = [
        ["visit", PRACTICE],
        keep(),
        keep(stopped=HALF),
        [*keep(STORY)],
        ["finish", "card-desk"],
        ["visit", START],
        keep(STORY, read=PAGES[:1]),
        [*keep(STORY, QUIZ, read=PAGES[:1])],
    ]
    found = session(*acts, version=version)
    [key] = javascript("pageKeys", pages=PAGES[:1])
    first = "f1|g19|s,card-desk,1a2b3c4d|"
    assert told(found)[4:] == [
        [DATA, "f1|||||"],
        [place, PRACTICE],
        "Commit",
        [DATA, f"{first}|0,02,0|"],
        [place, f"{PRACTICE}#card-desk"],
        "Commit",
        [DATA, f"{first}0,0213,0,0||"],
        [place, PRACTICE],
        "Commit",
        [place, START],
        "Commit",
        [DATA, f"{first}0,0213,0,0||0,{key}"],
        "Commit",
        [
            DATA,
            f"f1|g19|s,card-desk,1a2b3c4d;q,protection-quiz,00000000|0,0213,0,0;1,0.1,4,0||0,{key}",
        ],
        # last: Kolibri saves at once when it hears it, and all else later
        [status, "completed"],
        "Commit",
    ]
    assert {*found["said"]} == {"recorded"}


def test_nothing_twice(session):
    """Is a platform asked for nothing where nothing changed, a draft for instance?"""
    draft = {"drafts": {"protection": {"at": AT, "fields": {"task-1": "mine"}}}}
    once = session(keep(STORY))
    again = session(keep(STORY), keep(STORY, **draft), ["visit", ""], keep(STORY))
    assert again["calls"] == once["calls"]
    assert json.loads(session(keep(STORY, **draft))["text"])["drafts"]


@versions
def test_coming_back(session, version):
    """Does a reader who comes back find the same records, and the same place?"""
    _, place, _ = WORDS[version]
    first = session(
        ["visit", PRACTICE], keep(QUIZ, stopped=HALF, read=PAGES), ["end"], version=version
    )
    assert told(first)[-1] == ("Finish" if version == "1.2" else "Terminate")
    again = session(version=version, values=first["held"])
    assert json.loads(again["text"]) == json.loads(text(QUIZ, stopped=HALF, read=PAGES))
    assert again["start"] == f"{PRACTICE}#card-desk"
    # the player takes its name out of the address: who stops again right away comes back there again
    third = session(["visit", PRACTICE], ["end"], version=version, values=first["held"])
    assert third["held"][place] == f"{PRACTICE}#card-desk"


@pytest.mark.parametrize("status", ["completed", "passed"])
def test_stays_completed(session, status):
    """Does what is completed stay so, whatever is begun again?"""
    found = session(keep(stopped=HALF), values={"cmi.core.lesson_status": status})
    assert found["held"]["cmi.core.lesson_status"] == status
    assert ["cmi.core.lesson_status", "incomplete"] not in told(found)


@pytest.mark.parametrize(
    "status", ["", "not attempted", "unknown", "browsed", "failed", "incomplete"]
)
def test_is_incomplete(session, status):
    """Is any other status incomplete at once?"""
    found = session(values={"cmi.core.lesson_status": status})
    assert found["held"]["cmi.core.lesson_status"] == "incomplete"


@versions
def test_unnamed_status(session, version):
    """Where a platform never names the status: is a unit incomplete at first, and never again?"""
    status, _, leaving = WORDS[version]
    unnamed = {f"GetValue {status}": ""}
    assert session(version=version, answers=unnamed)["held"][status] == "incomplete"
    left = {status: "completed", leaving: "suspend"}
    found = session(version=version, answers=unnamed, values=left)
    assert found["held"][status] == "completed"


def test_across_sessions(session):
    """Is a unit completed by what was kept before and what is finished now?"""
    first = session(keep(STORY))
    assert first["held"]["cmi.core.lesson_status"] == "incomplete"
    found = session(["finish", "protection-quiz"], values=first["held"])
    assert found["held"]["cmi.core.lesson_status"] == "completed"


def test_nothing_required(session):
    """Is a unit in which nothing must be finished never completed by being opened?"""
    found = session(["visit", PRACTICE], unit=UNIT | {"required": []})
    assert found["held"]["cmi.core.lesson_status"] == "incomplete"


def test_no_score(session):
    """Is never anything told but the status, the text, the place, how one goes, and for how long?"""
    names = set()
    for version, words in WORDS.items():
        acts = [["visit", PRACTICE], keep(STORY, QUIZ), ["removeItem", "fourps"], ["end"]]
        found = session(*acts, version=version)
        names = {name for word, name, *_ in found["calls"] if word == "SetValue"}
        time = "cmi.core.session_time" if version == "1.2" else "cmi.session_time"
        assert names == {*words, DATA, time}


@versions
def test_the_end(session, version):
    """Is a session ended once: its time, a commit, and nothing more?"""
    found = session(["end"], ["end"], keep(STORY), version=version)
    time, last = (
        ("cmi.core.session_time", "Finish")
        if version == "1.2"
        else ("cmi.session_time", "Terminate")
    )
    [(name, value), *rest] = told(found)[4:]
    assert (name, value) in {(time, "0000:00:00"), (time, "PT0S")}
    assert rest == ["Commit", last]


def test_erased(session):
    """Is what is erased gone from the platform too, but for the status?"""
    first = session(["visit", PRACTICE], keep(STORY, QUIZ, read=["modules/gone/lesson"]))
    found = session(["removeItem", "fourps"], values=first["held"])
    assert found["held"][DATA] == found["held"]["cmi.core.lesson_location"] == ""
    assert found["held"]["cmi.core.lesson_status"] == "completed"
    assert found["text"] is None
    again = session(["removeItem", "fourps"], keep(), values=first["held"])
    assert again["held"][DATA] == "f1|||||"


def test_another_release(session):
    """Are records of another version, and marks of pages that are gone, kept and told again?"""
    old = "f1|fnx|s,card-desk,00000001;q,gone,1a2b3c4d|0,0213,0,0;1,1,4,1||0,zzz"
    found = session(keep(), values={DATA: old})
    assert found["held"][DATA] == "f1|fnx||||0,zzz"
    whole = session(values={DATA: old})
    assert [one["record"].split(":")[1:3] for one in json.loads(whole["text"])["attempts"]] == [
        ["card-desk", "00000001"],
        ["gone", "1a2b3c4d"],
    ]
    # the place of a page that is gone is forgotten
    assert (
        session(values={DATA: old, "cmi.core.lesson_location": "modules/gone/lab.html"})["start"]
        == START
    )


@pytest.mark.parametrize(
    "place",
    [
        "http://a.test/",
        "//a.test/x.html",
        "../x.html",
        "javascript:alert(1)",
        f"{START}#<b>",
        f"/{START}",
    ],
)
def test_a_place_elsewhere(session, place):
    """Does a place that a platform made up lead nowhere but to the first page?"""
    assert session(values={DATA: "f1|||||", "cmi.core.lesson_location": place})["start"] == START


@pytest.mark.parametrize(
    ("data", "state"), [("f9|new", {"format": 5}), ("f1|cut", None), ('{"a":1}', None)]
)
def test_what_cannot_be_read(session, data, state):
    """Does what cannot be read stay on the platform as it is, until the reader erases it?"""
    found = session(["visit", PRACTICE], ["finish", "card-desk"], ["end"], values={DATA: data})
    assert found["held"][DATA] == data
    assert "cmi.core.lesson_location" not in found["held"]
    assert (json.loads(found["text"]) == state) if state else found["text"] == data
    assert session(["removeItem", "fourps"], values={DATA: data})["held"][DATA] == ""


def test_a_long_place(session):
    """Is an address that is too long for a platform left out, and the rest told?"""
    long = f"book/{'a' * 250}.html"
    unit = UNIT | {"addresses": [*UNIT["addresses"], long]}
    assert (
        session(keep(), ["visit", PRACTICE], ["visit", long], unit=unit)["held"][
            "cmi.core.lesson_location"
        ]
        == ""
    )
    longest = long[5:]
    assert len(longest) == 255
    assert session(keep(), ["visit", longest])["held"]["cmi.core.lesson_location"] == longest


@pytest.mark.parametrize("answer", ["false", "throws"])
def test_who_does_not_begin(session, answer):
    """Is a platform that refuses to begin, or breaks, taken for none?"""
    found = session(keep(STORY), answers={"Initialize": answer})
    assert not found["begun"]
    assert [call[0] for call in found["calls"]] == ["Initialize", "GetValue"]
    # somebody around the course may have begun already
    held = {"cmi.core.lesson_status": "incomplete"}
    assert session(answers={"Initialize": answer}, values=held)["begun"]


@pytest.mark.parametrize("answer", ["false", "throws"])
@pytest.mark.parametrize("call", ["Commit", "SetValue", f"SetValue {DATA}"])
def test_who_forgets(session, call, answer):
    """Is the reader told what was not recorded, and is it told again with the next event?"""
    found = session(["answers", {call: answer}], keep(STORY), ["answers", {}], ["visit", PRACTICE])
    assert found["said"] == ["recorded", "lost", "recorded"]
    assert "0213" in found["held"][DATA]
    assert found["held"]["cmi.core.lesson_location"] == PRACTICE
    last = session(["answers", {call: answer}], keep(STORY), ["end"], ["end"])
    assert last["said"][1:] == ["lost", "lost", "lost"][: len(last["said"]) - 1]


API = {"API": "1.2"}
NEW = {"API_1484_11": "2004"}
FAR = {"foreign": True}


@pytest.mark.parametrize(
    ("windows", "found"),
    [
        ([API, {}], "1.2"),
        ([{}, {}, API], "1.2"),
        ([{}, NEW, API], "2004"),
        ([API | NEW, {}], "2004"),
        ([API, NEW], "1.2"),
        # another origin between, or around
        ([{}, FAR, API], "1.2"),
        ([{}, FAR | API], None),
        ([FAR], None),
        ([{"opener": [{}, API]}], "1.2"),
        ([{}, {"opener": [NEW]}], "2004"),
        ([{"opener": [FAR, FAR]}, {}], None),
        ([API, {"opener": [NEW]}], "1.2"),
        ([{}] * 40 + [API], "1.2"),
        ([{}] * 60 + [API], None),
        ([{}], None),
    ],
)
def test_where_it_is(javascript, windows, found):
    """Is a runtime found in its own window, above, and where the window came from, and never across origins?"""
    assert javascript("find", windows=windows) == found


@pytest.mark.parametrize("tries", [1, 5, 39])
def test_late(javascript, tries):
    """Is a runtime found that a platform makes later, and is not looked for without end?"""
    assert javascript("late", windows=[API], tries=tries) == {"found": True, "waited": tries}
    assert javascript("late", windows=[API], tries=100) == {"found": False, "waited": 40}
