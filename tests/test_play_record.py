import json
import re
from string import ascii_lowercase, digits

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kept import LIMIT, STORAGE_KEY, Kept, KeptAttempt, KeptPlace

from fourps.play_record import DIGITS, Record, RecordError, checksum

LINE = "fourps1:card-desk:1a2b3c4d:0213:mp"
OTHER = str(Record("card-desk", "1a2b3c4d", "02"))
ATTEMPT = {"kind": "scenario", "record": LINE, "result": "gaps", "at": "2026-11-24"}
signs = ascii_lowercase + digits
# as `st.from_regex` would draw them, in a tenth of the time
ids = st.builds(
    lambda letter, more, words: "-".join([letter + more, *words]),
    st.sampled_from(ascii_lowercase),
    st.text(signs, max_size=8),
    st.lists(st.text(signs, min_size=1, max_size=8), max_size=2),
)
versions = st.text("0123456789abcdef", min_size=8, max_size=8)
moves = st.text(DIGITS + ".~", max_size=40)
records = st.builds(Record, ids, versions, moves)


# One line


@given(record=records)
def test_round_trip(record):
    """Does every record come back from its line?"""
    assert Record.parse(str(record)) == record


@given(record=records, before=st.text(" \t\r\n"), after=st.text(" \t\r\n"))
def test_pasted(record, before, after):
    """Do spaces and line breaks around a line not matter?"""
    assert Record.parse(f"{before}{record}{after}") == record


@pytest.mark.parametrize(
    "line",
    [
        "",
        "hello",
        "fourps1",
        LINE.replace("fourps1", "fourps2"),
        LINE.replace("fourps1", "FOURPS1"),
        LINE.rpartition(":")[0],
        f"{LINE}:0",
        LINE.replace(":", ";"),
        f"my record: {LINE}",
        f"{LINE} {LINE}",
    ],
)
def test_no_record(line):
    """Is a line that is no record answered with what one looks like?"""
    with pytest.raises(RecordError, match="This is not a decision record") as error:
        Record.parse(line)
    example = str(error.value).split()[-1]
    assert Record.parse(example).id == "card-desk"


def test_every_changed_character():
    """Is a line refused after any change of any one character?"""
    for place, digit in ((place, digit) for place in range(len(LINE)) for digit in DIGITS):
        changed = LINE[:place] + digit + LINE[place + 1 :]
        if changed != LINE:
            with pytest.raises(RecordError):
                Record.parse(changed)


@given(record=records, data=st.data())
def test_changed_character(record, data):
    """Is any line refused after a change of any one of its digits?"""
    line = str(record)
    place = data.draw(st.integers(len("fourps1:"), len(line) - 1))
    for digit in set(DIGITS) - {line[place]}:
        with pytest.raises(RecordError):
            Record.parse(line[:place] + digit + line[place + 1 :])


@given(record=records, data=st.data())
def test_swapped_characters(record, data):
    """Is any line refused after two neighbours in its body changed places?"""
    line = str(record)
    place = data.draw(st.integers(0, len(record.body) - 2))
    first, second = line[place : place + 2]
    if first != second:
        with pytest.raises(RecordError):
            Record.parse(line[:place] + second + first + line[place + 2 :])


@given(record=records, data=st.data())
def test_lost_or_doubled_character(record, data):
    """Does a lost or doubled character nearly never pass, and never crash?"""
    line = str(record)
    place = data.draw(st.integers(0, len(line) - 1))
    for changed in (
        line[:place] + line[place + 1 :],
        line[:place] + line[place:][:1] + line[place:],
    ):
        try:
            found = Record.parse(changed)
        except RecordError:
            continue
        assert str(found) == changed


@given(text=st.text())
def test_any_text(text):
    """Are the check characters of any text two digits?"""
    assert re.fullmatch(r"[0-9a-z]{2}", checksum(text))


def test_checksums_are_spread():
    """Are the check characters spread evenly, so that a wrong line passes about once in 1291?"""
    count = 1291 * 40
    found = {}
    for number in range(count):
        value = checksum(f"fourps1:card-desk:1a2b3c4d:{number:07}")
        found[value] = found.get(value, 0) + 1
    assert len(found) == 1291
    assert max(found.values()) < 3 * 40


def test_require():
    """Is a record taken where it belongs?"""
    record = Record("card-desk", "1a2b3c4d", "0")
    assert record.require("card-desk", "1a2b3c4d") is None


def test_require_id():
    """Is a record of something else refused with both names, whatever its version?"""
    with pytest.raises(RecordError, match="belongs to 'a', not to 'b'"):
        Record("a", "1a2b3c4d", "0").require("b", "11111111")


def test_require_version():
    """Is a record of another version refused with both versions and the reason?"""
    with pytest.raises(RecordError, match=r"version 1a2b3c4d; here is version 11111111\..*changed"):
        Record("a", "1a2b3c4d", "0").require("a", "11111111")


# The document that a device keeps

days = st.dates().map(str)
pages = st.sampled_from(["modules/protection/lesson", "modules/response/lab", "book/how"])
questions = st.builds(
    "{}/{}".format, ids, st.sampled_from(["first-words", "7-steps", "constructor"])
)
# the first is a name that JavaScript's own objects have
names = st.just("constructor") | ids


def kept_documents():
    """Draw documents that a device may keep."""
    attempts = st.builds(
        KeptAttempt,
        kind=st.sampled_from(["scenario", "quiz"]),
        record=records.map(str),
        result=st.sampled_from(["safe", "gaps", "repaired", "unsafe", "done"]),
        at=days,
    )
    places = st.builds(KeptPlace, record=records.map(str), at=days)
    went = st.sampled_from(["first", "second", "shown"])
    return st.builds(
        Kept,
        attempts=st.lists(attempts, max_size=3),
        stopped=st.dictionaries(names, places, max_size=3),
        read=st.dictionaries(pages, days),
        asked=st.dictionaries(questions, st.dictionaries(days, went, max_size=3), max_size=3),
    )


def values(kept):
    """Return a document as plain values."""
    return json.loads(kept.dumps())


@given(kept=kept_documents())
def test_kept_round_trip(kept):
    """Does every document come back from its text?"""
    assert Kept.loads(kept.dumps()) == kept


def test_kept_shape():
    """Is the document the plain JSON that a page writes?"""
    kept = Kept(
        attempts=[KeptAttempt(**ATTEMPT)],
        stopped={"card-desk": KeptPlace(record=OTHER, at="2026-11-25")},
        read={"modules/protection/lesson": "2026-11-24"},
        asked={"protection-quiz/first-words": {"2026-12-01": "second"}},
    )
    assert values(kept) == {
        "format": 3,
        "attempts": [ATTEMPT],
        "stopped": {"card-desk": {"record": OTHER, "at": "2026-11-25"}},
        "read": {"modules/protection/lesson": "2026-11-24"},
        "asked": {"protection-quiz/first-words": {"2026-12-01": "second"}},
    }


def without(key):
    """Return an attempt that lacks a key."""
    return {name: value for name, value in ATTEMPT.items() if name != key}


REFUSED = [
    ({"format": "2"}, "format"),
    ({"format": 0}, "format"),
    ({"format": True}, "format"),
    ({"format": None}, "format"),
    ({"attempts": []}, "format"),
    ({"format": 3, "name": "x"}, "name"),
    ({"format": 3, "attempts": {}}, "attempts"),
    ({"format": 3, "attempts": [ATTEMPT, without("record")]}, "attempts.1.record"),
    ({"format": 3, "attempts": [ATTEMPT | {"record": LINE[:-1] + "0"}]}, "attempts.0.record"),
    ({"format": 3, "attempts": [ATTEMPT | {"record": f"{LINE}\n"}]}, "attempts.0.record"),
    ({"format": 3, "attempts": [ATTEMPT | {"record": ""}]}, "attempts.0.record"),
    ({"format": 3, "attempts": [ATTEMPT | {"result": "9 of 10"}]}, "attempts.0.result"),
    ({"format": 3, "attempts": [ATTEMPT | {"kind": "film"}]}, "attempts.0.kind"),
    ({"format": 3, "attempts": [ATTEMPT | {"at": "24 November 2026"}]}, "attempts.0.at"),
    ({"format": 3, "attempts": [ATTEMPT | {"at": "2026-11-24T16:00"}]}, "attempts.0.at"),
    ({"format": 3, "attempts": [ATTEMPT | {"at": "2026-02-30"}]}, "attempts.0.at"),
    ({"format": 3, "attempts": [ATTEMPT | {"at": "0000-01-01"}]}, "attempts.0.at"),
    ({"format": 3, "attempts": [ATTEMPT | {"at": "\u0662026-01-01"}]}, "attempts.0.at"),
    ({"format": 3, "attempts": [ATTEMPT | {"by": "me"}]}, "attempts.0.by"),
    ({"format": 3, "stopped": {"a": LINE}}, "stopped.a"),
    ({"format": 3, "stopped": {"a": {"record": LINE}}}, "stopped.a.at"),
    (
        {"format": 3, "stopped": {"__proto__": {"record": LINE, "at": "2026-11-24"}}},
        "stopped.__proto__",
    ),
    ({"format": 3, "read": ["modules/a/lesson"]}, "read"),
    ({"format": 3, "read": {"modules/a/lesson": True}}, "read.modules/a/lesson"),
    ({"format": 3, "read": {"__proto__": "2026-11-24"}}, "read.__proto__"),
    ({"format": 3, "read": {"../../etc": "2026-11-24"}}, "read.../../etc"),
    ({"format": 3, "asked": ["a/b"]}, "asked"),
    ({"format": 3, "asked": {"a": {}}}, "asked.a"),
    ({"format": 3, "asked": {"a/b": "first"}}, "asked.a/b"),
    ({"format": 3, "asked": {"a/b": {"2026-02-30": "first"}}}, "asked.a/b.2026-02-30"),
    ({"format": 3, "asked": {"a/b": {"2026-11-24": "best"}}}, "asked.a/b.2026-11-24"),
    ({"format": 3, "asked": {"__proto__": {}}}, "asked.__proto__"),
    ({"format": 3, "stopped": [LINE]}, "stopped"),
    ({"format": 3, "stopped": {"a": {"record": LINE, "at": None}}}, "stopped.a.at"),
    ({"format": 1}, "format"),
    ({"format": 2, "attempts": [ATTEMPT]}, "format"),
    ([], "the document"),
    ("kept", "the document"),
]


@pytest.mark.parametrize(("document", "where"), REFUSED)
def test_other_documents(javascript, document, where):
    """Is a document of another form refused by both, by Python with the place that is wrong?"""
    text = json.dumps(document)
    with pytest.raises(RecordError, match=f"Not a record of this course: {re.escape(where)}[:.]"):
        Kept.loads(text)
    assert javascript("parse", texts=[text]) == [{"refused": "import-foreign", "step": 0}]


@pytest.mark.parametrize("text", ["", "{", "format: 1", "null", "[1", "[" * 100_000, "\ufeff{}"])
def test_no_document(javascript, text):
    """Is a text that is no document refused by both?"""
    with pytest.raises(RecordError, match="Not a record of this course: the document: "):
        Kept.loads(text)
    assert javascript("parse", texts=[text]) == [{"refused": "import-foreign", "step": 0}]


def test_newer(javascript):
    """Is a document of a newer format refused as such by both?"""
    text = '{"format": 4, "plays": []}'
    with pytest.raises(RecordError, match="its format is 4, from a newer release"):
        Kept.loads(text)
    assert javascript("parse", texts=[text]) == [{"refused": "import-newer", "step": 0}]


def test_too_long(javascript):
    """Is a text refused by both when it is one character too long, however good it is?"""
    text = Kept().dumps()
    longest = text + " " * (LIMIT - len(text))
    assert Kept.loads(longest) == Kept()
    with pytest.raises(RecordError, match="longer than 1000000 characters"):
        Kept.loads(longest + " ")
    found = javascript("parse", texts=[longest, longest + " "])
    assert found == [values(Kept()), {"refused": "import-large", "step": 0}]


@given(kept=kept_documents(), data=st.data())
def test_any_change(javascript, kept, data):
    """After any one change of a document, do both read it alike or both refuse it?"""
    document = values(kept)
    places = [
        document,
        *document["attempts"],
        *(document[one] for one in ("stopped", "read", "asked")),
    ]
    inner = [*document["stopped"].values(), *document["asked"].values()]
    place = data.draw(st.sampled_from([*places, *inner]))
    key = data.draw(st.sampled_from([*place, "__proto__", "at", "modules/a/lab"]))
    hostile = st.recursive(
        st.sampled_from([None, True, 0, 1, 2, 2.5, "", LINE, "2026-11-24", "__proto__", "safe"]),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(names, inner, max_size=2),
        max_leaves=4,
    )
    place[key] = data.draw(hostile)
    text = json.dumps(document)
    (theirs,) = javascript("parse", texts=[text])
    try:
        assert theirs == values(Kept.loads(text))
    except RecordError:
        assert "refused" in theirs


# Two documents joined (front/kept.js)


@given(ours=kept_documents(), theirs=kept_documents())
def test_merge_loses_nothing(javascript, ours, theirs):
    """Has what was joined every attempt once, every place and every page, each with its day?"""
    (found,) = javascript("merge", pairs=[[values(ours), values(theirs)]])
    kept = Kept.model_validate(found)
    both = [*ours.attempts, *theirs.attempts]
    lines = [one.record for one in kept.attempts]
    assert len(set(lines)) == len(lines)
    assert set(lines) == {one.record for one in both}
    first = {one.record: min(o.at for o in both if o.record == one.record) for one in both}
    assert {one.record: one.at for one in kept.attempts} == first
    assert [one.at for one in kept.attempts] == sorted(one.at for one in kept.attempts)
    assert kept.stopped.keys() == ours.stopped.keys() | theirs.stopped.keys()
    for name, place in kept.stopped.items():
        known = [one.stopped[name] for one in (ours, theirs) if name in one.stopped]
        assert place in known
        assert place.at == max(one.at for one in known)
    assert kept.read == {
        page: min(one.read[page] for one in (ours, theirs) if page in one.read)
        for page in ours.read.keys() | theirs.read.keys()
    }
    worst = ["first", "second", "shown"].index
    for name in ours.asked.keys() | theirs.asked.keys():
        known = [one.asked.get(name, {}) for one in (ours, theirs)]
        assert kept.asked[name] == {
            at: max((one[at] for one in known if at in one), key=worst)
            for at in known[0].keys() | known[1].keys()
        }
    assert len(kept.asked) == len(ours.asked.keys() | theirs.asked.keys())


@given(ours=kept_documents(), theirs=kept_documents())
def test_merge_again(javascript, ours, theirs):
    """Does joining the same once more change nothing, and add the same the other way round?"""
    first, other = javascript(
        "merge", pairs=[[values(ours), values(theirs)], [values(theirs), values(ours)]]
    )
    again = javascript("merge", pairs=[[first, values(theirs)], [first, values(ours)]])
    assert again == [first, first]
    assert {one["record"]: one["at"] for one in first["attempts"]} == {
        one["record"]: one["at"] for one in other["attempts"]
    }
    assert first["read"] == other["read"]
    assert first["asked"] == other["asked"]


# What a page keeps (front/store.js)


@pytest.fixture
def store(javascript):
    """Return a function that calls the page's store and gives its answers and what is kept."""

    def use(*calls, kept=None, **more):
        found = javascript("store", calls=calls, kept=kept, **more)
        return found["answers"], found["kept"]

    return use


PLAY = {"kind": "scenario", "record": LINE, "result": "gaps"}
PAGE = "modules/protection/lesson"


def test_key(root):
    """Do the page and Python name the same key?"""
    assert f'KEY = "{STORAGE_KEY}"' in (root / "src/fourps/front/store.js").read_text("utf-8")


def test_nothing_before_yes(store):
    """Is nothing kept before the reader said yes?"""
    answers, kept = store(
        ["stop", "a", LINE], ["finish", "a", PLAY], ["mark", PAGE, True], ["stopped", "a"]
    )
    assert answers == [None, None, False, None]
    assert kept is None


def test_page_writes_what_python_reads(store):
    """Can Python read what the page keeps?"""
    _, text = store(
        ["agree"], ["stop", "a", LINE], ["stop", "b", OTHER], ["finish", "a", PLAY],
        ["mark", PAGE, True],
    )  # fmt: skip
    kept = Kept.loads(text)
    assert {name: place.record for name, place in kept.stopped.items()} == {"b": OTHER}
    assert [one.record for one in kept.attempts] == [LINE]
    assert list(kept.read) == [PAGE]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", kept.attempts[0].at)


@given(kept=kept_documents())
def test_python_writes_what_page_reads(javascript, kept):
    """Can the page read what Python keeps, and does a yes change nothing in it?"""
    found = javascript("store", calls=[["read"], ["agree"]], kept=kept.dumps())
    assert found["answers"] == [values(kept), True]
    assert Kept.loads(found["kept"]) == kept


def test_reading_changes_nothing(store):
    """Is a document left as it is by looking alone?"""
    old = json.dumps({"format": 3, "attempts": []})
    assert store(["read"], ["agreed"], ["agree"], ["stopped", "a"], kept=old)[1] == old


def test_finished_twice(store):
    """Is the same play, finished twice, kept once, with its first day?"""
    kept = Kept(
        attempts=[KeptAttempt(**ATTEMPT)], stopped={"a": KeptPlace(record=LINE, at="2026-11-24")}
    )
    _, text = store(["finish", "a", PLAY], kept=kept.dumps())
    assert Kept.loads(text) == Kept(attempts=[KeptAttempt(**ATTEMPT)])


def test_mark(store):
    """Does a page that is marked again keep its first day, and can the mark be taken away?"""
    kept = Kept(read={PAGE: "2026-11-01"}).dumps()
    assert store(["mark", PAGE, True], kept=kept)[1] == kept
    assert Kept.loads(store(["mark", PAGE, False], kept=kept)[1]) == Kept()


def test_names_of_objects(store):
    """Is a name that JavaScript's own objects have no place where one stopped?"""
    assert store(["agree"], ["stopped", "constructor"])[0] == [True, None]


def test_answer(store):
    """Is an answer to a question that came back kept with its day, and only after a yes?"""
    assert store(["answer", "a-quiz/door", "first"])[1] is None
    _, text = store(
        ["agree"], ["answer", "a-quiz/door", "first"], ["answer", "a-quiz/door", "shown"]
    )
    (days,) = Kept.loads(text).asked.values()
    assert list(days.values()) == ["shown"]


def test_erase(store):
    """Does erasing take everything, the yes included?"""
    answers, kept = store(["agree"], ["stop", "a", LINE], ["erase"], ["agreed"])
    assert answers[-1] is False
    assert kept is None


def test_pages_side_by_side(store):
    """Does what a page finished come back when another page, unaware of it, wrote over it?"""
    other = Kept(read={PAGE: "2026-11-01"}).dumps()
    _, text = store(["agree"], ["finish", "a", PLAY], ["elsewhere", other], ["overwritten", other])
    kept = Kept.loads(text)
    assert [one.record for one in kept.attempts] == [LINE]
    assert list(kept.read) == [PAGE]


def test_erased_by_another_page(store):
    """Does what another page erased stay erased, also when its reader says yes again?"""
    fresh = Kept().dumps()
    _, text = store(
        ["agree"], ["finish", "a", PLAY], ["overwritten", None],
        ["elsewhere", fresh], ["overwritten", fresh],
    )  # fmt: skip
    assert text == fresh


def test_refusing_browser(store):
    """Does a page go on in a browser that keeps nothing?"""
    calls = [["agree"], ["stop", "a", LINE], ["finish", "a", PLAY], ["stopped", "a"], ["erase"]]
    answers, _ = store(*calls, refusing=True)
    assert answers == [False, None, None, None, None]


def test_full_browser(javascript):
    """Does a page go on where there is no room, lose nothing, and say so once?"""
    kept = Kept(attempts=[KeptAttempt(**ATTEMPT)]).dumps()
    calls = [["stop", "a", LINE], ["mark", PAGE, True], ["finish", "a", {**PLAY, "record": OTHER}]]
    found = javascript("store", calls=calls, kept=kept, full=True)
    assert found["kept"] == kept
    assert found["refused"] == 1
    assert javascript("store", calls=[["agree"]], full=True)["answers"] == [False]


@pytest.mark.once
def test_too_long_to_be_read(javascript):
    """Is a document that would be too long to be read again not kept, and what is there left alone?"""
    kept = Kept(attempts=[KeptAttempt(**ATTEMPT)]).dumps()
    pages = {f"book/{number:07}": "2026-11-01" for number in range((LIMIT - 50) // 28)}
    more = Kept(read=pages).dumps()
    assert LIMIT - len(kept) < len(more) < LIMIT
    found = javascript("store", calls=[["add", json.loads(more)], ["look"]], kept=kept)
    assert found["kept"] == kept
    assert found["refused"] == 1
    assert found["answers"][0] is False
    assert found["answers"][1]["state"] == "kept"


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "[]",
        "3",
        '"x"',
        '{"format":4,"plays":[]}',
        '{"format":3,"attempts":3,"stopped":null}',
        '{"format":1}',
    ],
)
def test_foreign_document(store, text):
    """Is a document that the page does not know neither read nor changed, even by a yes?"""
    answers, kept = store(
        ["agreed"], ["stopped", "a"], ["stop", "a", LINE], ["finish", "a", PLAY], ["agree"],
        kept=text,
    )  # fmt: skip
    assert answers == [False, None, None, None, False]
    assert kept == text


@pytest.mark.parametrize(
    ("text", "state"), [(None, "nothing"), ('{"format":4}', "newer"), ("{", "damaged")]
)
def test_state(store, text, state):
    """Does a page know why it cannot use what is kept, and still hold its text?"""
    assert store(["look"], kept=text)[0] == [{"state": state, "kept": None, "text": text or ""}]
