"""The one next step of a reader: whatever they did, in whichever order."""

import pytest

from fourps.play_record import Record

pytestmark = pytest.mark.once


def step(name):
    """Return a step: its name says what it is."""
    kind = {"story": "scenario", "quiz": "quiz"}.get(name.split("-")[-1], "page")
    return {"kind": kind, "id": name, "title": name, "href": f"{name}.html"}


def way(name, *pages):
    return {"title": name, "href": f"{name}.html", "steps": [step(one) for one in pages]}


def module(letter):
    pages = [f"{letter}-{one}" for one in ("one", "two", "story", "quiz", "aid")]
    return way(letter, *pages) | {"three": [f"{letter}-quiz"]}


COURSE = {
    "modules": [module(letter) for letter in "abc"],
    "tests": [step(f"{when}-quiz") for when in ("before", "after", "later")],
    "others": [way("try", "try-story"), way("half", "half-one", "half-story", "half-two")],
    "three": {"title": "Three questions", "href": "three.html"},
}
ALL = {
    letter: f"{letter}-one {letter}-two {letter}-story {letter}-quiz {letter}-aid"
    for letter in "abc"
}
DONE = {1: " ".join(ALL.values())}
HALF = {1: "half-one half-story half-two"}
AFTER = DONE | {2: "after-quiz"}


def kept(days):
    """Return what is kept: on each day, the steps that were done, and with "?" those that were stopped."""
    found = {"format": 4, "attempts": [], "stopped": {}, "read": {}, "asked": {}, "drafts": {}}
    for number, names in days.items():
        at = f"2026-11-{number:02}"
        for name in names.split():
            if name.endswith("?"):
                found["stopped"][name[:-1]] = {"record": "", "at": at}
            elif step(name)["kind"] == "page":
                found["read"][name] = at
            else:
                record = str(Record(name, "00000000", ""))
                found["attempts"].append({"record": record, "at": at, "result": "done"})
    return found


GO, MODULE, THREE = "go", "module", "three"
A, B, H = 0, 1, 4
CASES = {
    # what was kept, on which page of a module one is, which day it is, and where it goes on
    "nothing kept": ({}, None, None),
    "the story of five minutes alone": ({1: "try-story"}, None, None),
    "the half hour begun": ({1: "half-one"}, None, (GO, "half-story.html")),
    "the half hour done is no module": (HALF, None, (MODULE, "a.html")),
    "its story is a module's, and was stopped": (
        {1: "half-one half-story b-story?"}, None, (GO, "half-two.html"),
    ),
    "that story gone on with later": (
        {1: "half-one", 2: "b-story?"}, None, (GO, "b-story.html#b-story"),
    ),
    "a module begun after a half of it": ({1: "half-one", 2: "a-one"}, None, (GO, "a-two.html")),
    "modules done after a half of it": (
        {1: "half-one", 2: ALL["a"]}, None, (MODULE, "b.html"),
    ),
    "the test before alone": ({1: "before-quiz"}, None, None),
    "first pages read": ({1: "a-one"}, None, (GO, "a-two.html")),
    "all pages read": ({1: "a-one a-two"}, None, (GO, "a-story.html")),
    "the story first, then the unread": ({1: "a-story"}, None, (GO, "a-one.html")),
    "the story and a later page": ({1: "a-story", 2: "a-two"}, None, (GO, "a-one.html")),
    "stopped in a story": ({1: "a-one", 2: "a-story?"}, None, (GO, "a-story.html#a-story")),
    "stopped in a quiz": ({2: "b-quiz?"}, None, (GO, "b-quiz.html#b-quiz")),
    "stopped in the half hour": (
        {1: "a-one", 2: "half-story?"}, None, (GO, "half-story.html#half-story"),
    ),
    "stopped in a test": ({1: "before-quiz?"}, None, (GO, "before-quiz.html#before-quiz")),
    "stopped, and read on later": ({1: "a-story?", 2: "a-one"}, None, (GO, "a-two.html")),
    "stopped earlier, and its turn": (
        {1: "a-story?", 2: "a-one a-two"}, None, (GO, "a-story.html#a-story"),
    ),
    "stopped when played again": ({1: "a-story", 2: "a-story?"}, None, (GO, "a-one.html")),
    "stopped elsewhere, since then here": ({1: "b-story?", 2: "a-one"}, None, (GO, "a-two.html")),
    "two on one day, one stopped": ({1: "a-story? b-one"}, None, (GO, "a-story.html#a-story")),
    "two on one day": ({1: "a-one b-one"}, None, (GO, "b-two.html")),
    "begun in the middle": ({1: "b-one"}, None, (GO, "b-two.html")),
    "a module done": ({1: ALL["a"]}, None, (MODULE, "b.html")),
    "a later module done first": ({1: ALL["b"]}, None, (MODULE, "c.html")),
    "the last one done, others not": ({1: ALL["c"]}, None, (MODULE, "a.html")),
    "done, with another begun": ({1: "a-one", 2: ALL["b"]}, None, (GO, "a-two.html")),
    "all but one page": ({1: DONE[1].replace("b-two", "")}, None, (GO, "b-two.html")),
    "all done": (DONE, "2026-11-08", (GO, "after-quiz.html")),
    "all done, questions due": (AFTER, "2026-11-08", (THREE, "three.html")),
    "all done, no questions yet": (AFTER, "2026-11-07", None),
    "a day before the last test": (AFTER, "2027-01-24", (THREE, "three.html")),
    "the last test, after twelve weeks": (AFTER, "2027-01-25", (GO, "later-quiz.html")),
    "on a module's page": ({1: "b-story?", 2: "a-one"}, A, (GO, "a-two.html")),
    "on that of another one": ({1: "b-story?", 2: "a-one"}, B, (GO, "b-story.html#b-story")),
    "on the half hour's": ({1: "half-one", 2: "a-one"}, H, (GO, "half-story.html")),
    "on that, before it": ({2: "a-one"}, H, None),
    "on one that was not begun": ({1: "a-one"}, B, None),
    "on one that is done": ({1: ALL["a"]}, A, (MODULE, "b.html")),
    "on a done one, with another begun": ({1: ALL["a"], 2: "c-one"}, A, (GO, "c-two.html")),
}  # fmt: skip


def test_next(javascript):
    """Is there one next step, and the right one, for each reader?"""
    asked = []
    for days, where, _ in CASES.values():
        today, here = (where, -1) if isinstance(where, str) else ("2026-11-03", where)
        asked.append([kept(days), today, -1 if here is None else here])
    found = javascript("next", course=COURSE, cases=asked)
    told = {
        name: one and (one["word"], one["href"]) for name, one in zip(CASES, found, strict=True)
    }
    assert told == {name: case[-1] for name, case in CASES.items()}
