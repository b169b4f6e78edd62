"""What a device keeps: the document, two of them joined, and the page's store."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kept import LIMIT, LINE, Kept, KeptAttempt, KeptDraft, KeptPlace, ids, records

from fourps.play_record import Record

OTHER = str(Record("card-desk", "1a2b3c4d", "02"))
ATTEMPT = {"kind": "scenario", "record": LINE, "result": "gaps", "at": "2026-11-24"}
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
    fields = st.dictionaries(
        st.sampled_from(["task-1.a", "task-10", "learner"]), st.text(max_size=3)
    )
    drafts = st.builds(KeptDraft, at=days, fields=fields)
    went = st.sampled_from(["first", "second", "shown"])
    return st.builds(
        Kept,
        attempts=st.lists(attempts, max_size=3),
        stopped=st.dictionaries(names, places, max_size=3),
        read=st.dictionaries(pages, days),
        asked=st.dictionaries(questions, st.dictionaries(days, went, max_size=3), max_size=3),
        drafts=st.dictionaries(names, drafts, max_size=2),
    )


def values(kept):
    """Return a document as plain values."""
    return json.loads(kept.dumps())


CHANGES = [
    *(("record", line) for line in (LINE[:-1] + "0", f"{LINE}\n", "")),
    *(("at", day) for day in ("24 November 2026", "2026-11-24T16:00", "2026-02-30", "0000-01-01")),
    *(("at", "\u0662026-01-01"), ("result", "9 of 10"), ("kind", "film"), ("by", "me")),
]
REFUSED = [
    {"format": "2"},
    {"format": 0},
    {"format": True},
    {"format": None},
    {"attempts": []},
    {"format": 3, "name": "x"},
    {"format": 3, "attempts": {}},
    {"format": 3, "attempts": [ATTEMPT, {key: ATTEMPT[key] for key in ("kind", "result", "at")}]},
    *({"format": 3, "attempts": [ATTEMPT | {key: value}]} for key, value in CHANGES),
    {"format": 3, "stopped": {"a": LINE}},
    {"format": 3, "stopped": {"a": {"record": LINE}}},
    {"format": 3, "stopped": {"__proto__": {"record": LINE, "at": "2026-11-24"}}},
    {"format": 3, "read": ["modules/a/lesson"]},
    {"format": 3, "read": {"modules/a/lesson": True}},
    {"format": 3, "read": {"__proto__": "2026-11-24"}},
    {"format": 3, "read": {"../../etc": "2026-11-24"}},
    {"format": 3, "asked": ["a/b"]},
    {"format": 3, "asked": {"a": {}}},
    {"format": 3, "asked": {"a/b": "first"}},
    {"format": 3, "asked": {"a/b": {"2026-02-30": "first"}}},
    {"format": 3, "asked": {"a/b": {"2026-11-24": "best"}}},
    {"format": 3, "asked": {"__proto__": {}}},
    {"format": 3, "stopped": [LINE]},
    {"format": 4, "drafts": {"a": {"task-1": "x"}}},
    {"format": 4, "drafts": {"a": {"at": "2026-11-24", "fields": {"task-1": 1}}}},
    {"format": 4, "drafts": {"a": {"at": "2026-11-24", "fields": {"__proto__": "x"}}}},
    {"format": 3, "stopped": {"a": {"record": LINE, "at": None}}},
    {"format": 1},
    {"format": 2, "attempts": [ATTEMPT]},
    [],
    "kept",
]


NONE = ["", "{", "format: 1", "null", "[1", "[" * 100_000, "\ufeff{}"]


@pytest.mark.parametrize("text", [*map(json.dumps, REFUSED), *NONE])
def test_other_documents(javascript, text):
    """Is a document of another form refused, and a text that is none?"""
    assert javascript("parse", texts=[text]) == [{"refused": "import-foreign", "step": 0}]


def test_newer(javascript):
    """Is a document of a newer format refused as such?"""
    text = '{"format": 5, "plays": []}'
    assert javascript("parse", texts=[text]) == [{"refused": "import-newer", "step": 0}]


def test_too_long(javascript):
    """Is a text refused when it is one character too long, however good it is?"""
    text = Kept().dumps()
    longest = text + " " * (LIMIT - len(text))
    answers = javascript("parse", texts=[longest, longest + " "])
    assert answers == [values(Kept()), {"refused": "import-large", "step": 0}]


@given(kept=kept_documents(), data=st.data())
def test_any_change(javascript, kept, data):
    """After any one change of a document: is it read as the model reads it, or refused as there?"""
    document = values(kept)
    places = [document, *document["attempts"]]
    places += [document[part] for part in ("stopped", "read", "asked", "drafts")]
    inner = [one for part in ("stopped", "asked", "drafts") for one in document[part].values()]
    inner += [draft["fields"] for draft in document["drafts"].values()]
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
    except ValueError:
        assert "refused" in theirs


# Two documents joined (front/kept.js)


@given(ours=kept_documents(), theirs=kept_documents())
def test_merge_loses_nothing(javascript, ours, theirs):
    """Has what was joined every attempt once, every place and every page, each with its day?"""
    (joined,) = javascript("merge", pairs=[[values(ours), values(theirs)]])
    kept = Kept.model_validate(joined)
    both = sorted([*ours.attempts, *theirs.attempts], key=lambda play: play.at, reverse=True)
    # of the same record the earliest day comes last
    first = {play.record: play.at for play in both}
    assert len(kept.attempts) == len(first)
    assert {play.record: play.at for play in kept.attempts} == first
    assert [play.at for play in kept.attempts] == sorted(first.values())
    assert kept.stopped.keys() == ours.stopped.keys() | theirs.stopped.keys()
    for name, place in kept.stopped.items():
        known = [document.stopped[name] for document in (ours, theirs) if name in document.stopped]
        assert place in known
        assert place.at == max(other.at for other in known)
    assert kept.read == {
        page: min(document.read[page] for document in (ours, theirs) if page in document.read)
        for page in ours.read.keys() | theirs.read.keys()
    }
    worst = ["first", "second", "shown"].index
    for name in ours.asked.keys() | theirs.asked.keys():
        known = [document.asked.get(name, {}) for document in (ours, theirs)]
        assert kept.asked[name] == {
            at: max((days[at] for days in known if at in days), key=worst)
            for at in known[0].keys() | known[1].keys()
        }
    assert len(kept.asked) == len(ours.asked.keys() | theirs.asked.keys())
    for name in ours.drafts.keys() | theirs.drafts.keys():
        known = [document.drafts[name] for document in (theirs, ours) if name in document.drafts]
        known.sort(key=lambda draft: draft.at)
        fields = known[0].fields | known[-1].fields
        assert kept.drafts[name] == KeptDraft(at=known[-1].at, fields=fields)
    assert len(kept.drafts) == len(ours.drafts.keys() | theirs.drafts.keys())


@given(ours=kept_documents(), theirs=kept_documents())
def test_merge_again(javascript, ours, theirs):
    """Does joining the same once more change nothing, and add the same the other way round?"""
    first, other = javascript(
        "merge", pairs=[[values(ours), values(theirs)], [values(theirs), values(ours)]]
    )
    again = javascript("merge", pairs=[[first, values(theirs)], [first, values(ours)]])
    assert again == [first, first]
    for document in (first, other):
        # of one day nobody knows which came later
        for part in ("stopped", "drafts"):
            document.pop(part)
        document["attempts"] = {play["record"]: play["at"] for play in document["attempts"]}
    assert first == other


# What a page keeps (front/store.js)


@pytest.fixture
def store(javascript):
    """Return a function that calls the page's store and gives its answers and what is kept."""

    def use(*calls, kept=None, **more):
        done = javascript("store", calls=calls, kept=kept, **more)
        return done["answers"], done["kept"]

    return use


PLAY = {"kind": "scenario", "record": LINE, "result": "gaps"}
PAGE = "modules/protection/lesson"


def test_nothing_before_yes(store):
    """Is nothing kept before the reader said yes?"""
    answers, kept = store(
        ["stop", "a", LINE], ["finish", "a", PLAY], ["mark", PAGE, True], ["stopped", "a"]
    )
    assert answers == [None, None, False, None]
    assert kept is None


def test_reading_changes_nothing(store):
    """Is a document left as it is by looking alone?"""
    old = json.dumps({"format": 3, "attempts": []})
    assert store(["read"], ["agreed"], ["agree"], ["stopped", "a"], kept=old)[1] == old


def test_draft(store):
    """Is each control of a draft kept for itself after a yes, and forgotten when it is emptied?"""
    draft = ["keepDraft", "ferry", {"task-1.a": "seen", "learner": "ada"}]
    assert store(draft, ["draft", "ferry"]) == ([False, None], None)
    answers, text = store(
        draft,
        ["keepDraft", "ferry", {"learner": "", "task-2": "b"}],
        ["draft", "ferry"],
        ["draft", "constructor"],
        kept=json.dumps({"format": 3}),
    )
    assert answers == [True, True, {"task-1.a": "seen", "task-2": "b"}, None]
    assert [*Kept.loads(text).drafts] == ["ferry"]
    assert Kept.loads(store(["eraseDraft", "ferry"], kept=text)[1]) == Kept()


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
    assert [play.record for play in kept.attempts] == [LINE]
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
    done = javascript("store", calls=calls, kept=kept, full=True)
    assert (done["kept"], done["refused"]) == (kept, 1)
    assert javascript("store", calls=[["agree"]], full=True)["answers"] == [False]


@pytest.mark.once
def test_too_long_to_be_read(javascript):
    """Is a document that would be too long to be read again not kept, and what is there left alone?"""
    kept = Kept(attempts=[KeptAttempt(**ATTEMPT)]).dumps()
    pages = {f"book/{number:07}": "2026-11-01" for number in range((LIMIT - 80) // 28)}
    more = Kept(read=pages).dumps()
    assert LIMIT - len(kept) < len(more) < LIMIT
    done = javascript("store", calls=[["add", json.loads(more)], ["look"]], kept=kept)
    assert (done["kept"], done["refused"]) == (kept, 1)
    assert (done["answers"][0], done["answers"][1]["state"]) == (False, "kept")


FOREIGN = [
    *("{", "[]", "3", '"x"', '{"format":1}', '{"format":4,"plays":[]}'),
    '{"format":3,"attempts":3,"stopped":null}',
]


@pytest.mark.parametrize("text", FOREIGN)
def test_foreign_document(store, text):
    """Is a document that the page does not know neither read nor changed, even by a yes?"""
    answers, kept = store(
        ["agreed"], ["stopped", "a"], ["stop", "a", LINE], ["finish", "a", PLAY], ["agree"],
        kept=text,
    )  # fmt: skip
    assert answers == [False, None, None, None, False]
    assert kept == text


@pytest.mark.parametrize(
    ("text", "state"), [(None, "nothing"), ('{"format":5}', "newer"), ("{", "damaged")]
)
def test_state(store, text, state):
    """Does a page know why it cannot use what is kept, and still hold its text?"""
    assert store(["look"], kept=text)[0] == [{"state": state, "kept": None, "text": text or ""}]
