import csv
import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kept import ids, records

from fourps.course.toc import ADDRESSES, pages
from fourps.handin.packed import RESULTS, PackedError, packed_in, page_key, unpack

WHOLE = (
    "f1|fs9|s,card-desk,1a2b3c4d;q,protection-check,00000000|0,0213,1,0;1,0.1~2.3,4,2;0,,0,11"
    "|1,0.1,3|0,abcdef;3,000"
)
DAYS = st.dates(date(1970, 1, 1), date(6568, 1, 1)).map(str)


def read(text):
    """Return what Python makes of a text, as JavaScript says it."""
    try:
        found = unpack(text)
    except PackedError as error:
        return {"refused": "import-newer" if "newer" in str(error) else "import-foreign"}
    return {
        "attempts": [[str(record), result, str(day)] for record, result, day in found.attempts],
        "stopped": {name: [str(record), str(day)] for name, (record, day) in found.stopped.items()},
        "read": {key: str(day) for key, day in found.read.items()},
    }


def of_javascript(answer):
    """Return what JavaScript makes of a text, in the same form."""
    if "refused" in answer:
        return {"refused": answer["refused"]}
    kept = answer["kept"]
    return {
        "attempts": [[one["record"], one["result"], one["at"]] for one in kept["attempts"]],
        "stopped": {name: [one["record"], one["at"]] for name, one in kept["stopped"].items()},
        "read": answer["others"],
    }


def test_whole():
    """Is everything read that is kept: finished plays, where one stopped, and pages, with days?"""
    assert read(WHOLE) == {
        "attempts": [
            ["fourps1:card-desk:1a2b3c4d:0213:mp", "gaps", "2026-01-04"],
            ["fourps1:protection-check:00000000:0.1~2.3:ul", "done", "2026-01-06"],
            ["fourps1:card-desk:1a2b3c4d::qe", "safe", "2026-02-10"],
        ],
        "stopped": {
            "protection-check": ["fourps1:protection-check:00000000:0.1:m9", "2026-01-07"],
        },
        "read": {"abc": "2026-01-04", "def": "2026-01-04", "000": "2026-01-07"},
    }
    assert read("f1|||||") == {"attempts": [], "stopped": {}, "read": {}}


@st.composite
def documents(draw):
    """Draw what a device may keep, each thing stopped under its own id."""
    kinds = st.sampled_from(["scenario", "quiz"])
    keys = ("kind", "record", "result", "at")
    attempts = st.tuples(kinds, records.map(str), st.sampled_from(RESULTS), DAYS)
    stopped = draw(st.lists(st.tuples(records, DAYS), max_size=3))
    return {
        "format": 4,
        "attempts": [
            dict(zip(keys, one, strict=True)) for one in draw(st.lists(attempts, max_size=4))
        ],
        "stopped": {record.id: {"record": str(record), "at": day} for record, day in stopped},
        "read": draw(st.dictionaries(ids.map("modules/{}".format), DAYS, max_size=4)),
        "asked": {},
        "drafts": {},
    }


@settings(max_examples=30)
@given(documents())
def test_what_javascript_packs(javascript, kept):
    """Does Python read all of what the page packs, and nothing else?"""
    [text] = javascript("pack", kept=[kept])
    assert read(text) == {
        "attempts": [[one["record"], one["result"], one["at"]] for one in kept["attempts"]],
        "stopped": {name: [one["record"], one["at"]] for name, one in kept["stopped"].items()},
        "read": {page_key(page): day for page, day in kept["read"].items()},
    }


NUMBERS = ["0", "1", "5", "z", "10", "zzzz"]
ODD = ["12345", "", "00", "-1", "A"]
IDS = ["card-desk", "a", "constructor", "1-2", "7", "-a", "a--b", "a-"]
MOVES = ["", "0", "0az", ".~", "0.1~2"]


def made(chance, odd):
    """Return a text like a packed one; in those that are odd, any part may be none."""

    def one(values, others=()):
        return chance.choice([*values, *(others if odd else ())])

    def several(*parts):
        return ";".join(",".join(part() for part in parts) for _ in range(chance.randrange(3)))

    def place():
        return one(["0", "0", "1"], NUMBERS + ODD)

    def day():
        return one(NUMBERS, ODD)

    def moves():
        return one(MOVES, ["A", "0 1", ":"])

    lists = (
        several(
            lambda: one("sq", "x"), lambda: one(IDS, ["A", ""]), lambda: one(["1a2b3c4d"], ["1"])
        ),
        several(place, moves, lambda: one("04", "5"), day),
        several(place, moves, day),
        several(day, lambda: one(["abc", "abcabc", "000abc"], ["abcd", ""])),
    )
    return "|".join((one(["f1"], ["f2", "f10", "f0", "F1"]), one(["fs9", "zzzz", ""], ODD), *lists))


def test_as_javascript(javascript):
    """Do both read the same of whatever text, or refuse it alike?"""
    chance = random.Random(34)  # noqa: S311 - not for secrets
    texts = [made(chance, odd) for odd in (False, True) for _ in range(4_000)]
    answers = [*map(of_javascript, javascript("unpack", texts=texts))]
    differing = [
        one for one in zip(texts, map(read, texts), answers, strict=True) if one[1] != one[2]
    ]
    assert differing == []
    refused = [answer.get("refused", "") for answer in answers]
    assert {reason: refused.count(reason) > 300 for reason in {*refused}} == {
        "": True, "import-foreign": True, "import-newer": True,
    }  # fmt: skip


def test_damaged(javascript):
    """Do both say the same of a text with any letter changed, lost or doubled, or its end?"""
    changed = {
        WHOLE[:at] + other + WHOLE[at + gone :]
        for at in range(len(WHOLE))
        for gone in (0, 1, len(WHOLE))
        for other in ("", "|", ",", ";", "0", "z", "~", "-", " ", "\n", "\N{FULLWIDTH DIGIT ONE}")
    }
    texts = sorted(changed | {WHOLE + "\n", f" {WHOLE}"})
    answers = [*map(of_javascript, javascript("unpack", texts=texts))]
    assert [*map(read, texts)] == answers
    refused = sum("refused" in answer for answer in answers)
    assert len(texts) > 2_000
    assert 0.8 < refused / len(texts) < 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("f2|new", "written by a newer release of the course: install that one"),
        (WHOLE[:40], "damaged or cut off: have the platform export it again"),
        ("f1|" + "z" * 1_000_000, "damaged or cut off"),
        (f"f1|fs9|s,a,1a2b3c4d|{'0,0,0,0;' * 100_000}|", "damaged or cut off"),
    ],
)
def test_refused(text, message):
    """Is it said in few words what is wrong and what to do, whatever was written there?"""
    with pytest.raises(PackedError, match=message) as error:
        unpack(text)
    assert len(str(error.value)) < 120


@pytest.mark.parametrize(
    "around",
    [
        "{}",
        "a\n{}\nb",
        '{{"suspend_data": "{}"}}',
        r'{{"state": "{{\"scorm_data\": {{\"cmi.suspend_data\": \"{}\"}}}}"}}',
        r'{{"a": "{{\"b\": \"{{\\\"c\\\": \\\"{}\\\"}}\"}}"}}',
        "{{'suspend_data': '{}'}}",
        's:12:"suspend_data";s:200:"{}";',
        "<value>{}</value>",
        "cmi.suspend_data={} next",
    ],
)
def test_within_other_texts(around):
    """Is a packed text found within JSON in JSON, or whatever else a platform writes around it?"""
    text = around.format(WHOLE)
    assert packed_in(text) == [WHOLE]
    assert packed_in(text + "\n" + text) == [WHOLE] * 2


@pytest.mark.parametrize("text", ["", "f1", "pdf1|2", "f1 |", "a|f1|b", "0f1|", "cf1|fs9|||||"])
def test_of_others(text):
    """Is nothing found in what other courses may keep?"""
    assert packed_in(text) == []


def test_keys_of_pages(root, javascript):
    """Has each page of the course, each lesson and each address that there was a key of its own?"""
    names = pages(root)
    with (root / ADDRESSES).open(encoding="utf-8", newline="") as file:
        published = [row["address"].partition("#")[0] for row in csv.DictReader(file)]
    every = {*names, *(name.rpartition("/")[0] for name in names)}
    every |= {address.removesuffix(".html") for address in published}
    keys = {page_key(name) for name in every}
    assert len(names) > 100
    assert len(keys) == len(every)
    assert javascript("pageKeys", pages=[*every]) == [page_key(name) for name in every]
