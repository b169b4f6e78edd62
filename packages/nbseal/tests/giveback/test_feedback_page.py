"""One page of feedback for each learner, and the same page made in a browser."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from nbseal.base.words import PAGE
from nbseal.giveback import feedback_page
from nbseal.giveback.feedback_page import MOST, page

FOLDER = Path(feedback_page.__file__).parent
# what would act, break out of its place, or be read as a part of the template
HOSTILE = (
    '<script>alert("1")</script>', "</div></main>", "<img src=x onerror=alert(1)>", "&lt;b&gt; &",
    "{{title}}", "{{#tasks}}", "{points} {0} %s $& \\1", "a\0b\x1b[31mc\x7f", "\ud800 and \udfff",
    "\u202eright to left\u2066", "\u2028\u0085", "one\r\ntwo\rthree", "\U0001f600" * 3, "'\"`",
    "javascript:alert(1)",
)  # fmt: skip
IN_NODE = """
import { readFileSync } from "node:fs";
const [module, template] = process.argv.slice(1);
const { MOST, page } = await import(module);
const drawn = JSON.parse(readFileSync(0, "utf8")).map((data) => page(readFileSync(template, "utf8"), data));
process.stdout.write(JSON.stringify([MOST, drawn]));
"""


def task(title="Task 1: seen, guessed", **more):
    return {
        "title": title,
        "state": "marked",
        "points": 2.5,
        "most": 5,
        "corrected": False,
        "criteria": [],
        "cap": None,
        "comment": "",
        "check": "",
        "read": [],
        "answer": "",
        "code": False,
    } | more


def feedback(*tasks, **more):
    return {
        "language": "en",
        "words": PAGE,
        "title": "A week at the harbour",
        "learner": "ada",
        "points": 60.25,
        "most": 100,
        "late": 0,
        "parts": [],
        "notes": [],
        "troubles": [],
        "notebooks": [],
        "tasks": list(tasks),
    } | more


CRITERION = {"name": "The note is short", "points": 2, "most": 3, "line": ""}
FULL = task(
    "Task 10: a note",
    points=5,
    most=15,
    corrected=True,
    criteria=[CRITERION, CRITERION | {"name": "Honest", "points": 0, "line": "a promise"}],
    cap={"most": 5, "line": "if a name is in it"},
    comment="Which word would you take out?\n\nYou kept her name out.",
    check="Look again: row c.",
    read=[
        {"name": "What you write down", "address": ""},
        {"name": "Saying no", "address": "https://example.org/no.html"},
    ],
    answer="a: seen\nb: guess",
)
EVERYTHING = feedback(
    FULL,
    task("Task 2", state="waits", points=0),
    task("Task 3", state="stopped", points=0, answer="MY STORY", comment="MY COMMENT"),
    task("Task 4", points=5, read=FULL["read"], answer="def f():\n    return 1", code=True),
    late=1.5,
    parts=[{"name": "Tasks 1 to 11", "points": 40, "most": 70}],
    notes=["The way needs 49."],
    troubles=["A cell took too long."],
    notebooks=["one.html"],
)


class Reader(HTMLParser):
    """Reads a page: its tags, its text and where its attributes lead."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.text, self.attributes = [], "", []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data):
        self.text += data


def test_all():
    """Does the page say points, criteria, comment, checks, what to read, the part and what is open?"""
    text = Reader(page(EVERYTHING)).text
    for said in (
        *("Feedback for ada", "Points: 60.25 of 100", "Tasks 1 to 11: 40 of 70", "Score: -1.5"),
        *("Not in it yet: Task 2; Task 3.", "The way needs 49.", "A cell took too long."),
        *("beside this page: one.html", "The note is short: 2 of 3", "Honest: 0 of 3", "a promise"),
        *("at most", "if a name is in it", "take out?\n\nYou kept", "A person set these points."),
        *("Look again: row c.", "What you write down", "a: seen\nb: guess", "Not marked yet."),
    ):
        assert said in text, said
    # what brought all its points leaves nothing to read again
    assert text.count("Read again") == 1


def test_stopped():
    """Does a text at which somebody stopped show no points and nothing of it, but what comes next?"""
    drawn = page(feedback(task(state="stopped", points=0, answer="MINE", comment="HERS", most=15)))
    text = Reader(drawn).text
    assert "will speak with you about it in private. You lose no points" in text
    assert not re.search("MINE|HERS|0 of 15", text)


def test_nothing_acts():
    """Is there no script, no outside address and no tag of a learner's, whatever they wrote?"""
    plain, told = (
        Reader(page(feedback(*(task(one, answer=one, check=one, comment=one) for one in texts))))
        for texts in (["a"] * len(HOSTILE), HOSTILE)
    )
    assert told.tags == plain.tags
    assert not {"script", "img", "iframe", "link", "object", "form"} & {*told.tags}
    known = {"lang", "charset", "http-equiv", "content", "name", "class", "dir"}
    assert {name for name, _ in told.attributes} <= known
    assert HOSTILE[0] in told.text
    assert "{{#tasks}}" in told.text
    assert "default-src 'none'" in page(feedback())


def longest(letter):
    """All tasks with the longest answers that a hand-in takes, and the longest comments."""
    written = {"criteria": [CRITERION | {"line": letter * 300}] * 5, "comment": letter * 4000}
    tasks = [task(f"Task {n}", answer=letter * 8000, check=letter * 800) for n in range(1, 18)]
    return feedback(*(one | (written if n in (9, 10) else {}) for n, one in enumerate(tasks)))


@pytest.mark.parametrize("letter", ["a", "é", "&", "\U0001f600", "\ud800"])
def test_size(letter):
    """Has the page at most 100 KB with the longest of everything, and are comments whole?"""
    drawn = page(longest(letter))
    assert len(drawn.encode()) <= MOST == 100_000
    shown = "?" if letter == "\ud800" else letter
    text = Reader(drawn).text
    assert text.count(shown * 4000) >= 2
    assert text.count(PAGE["feedback-short"]) >= 17
    # a learner who wrote usual answers sees all of them
    assert PAGE["feedback-short"] not in page(feedback(*[task(answer="a" * 1500)] * 17))


def drawn_by_node(data):
    node = Path(sys.executable).with_name("node")
    command = [str(node) if node.exists() else shutil.which("node") or "node"]
    command += [
        "--disable-warning=MODULE_TYPELESS_PACKAGE_JSON",
        "--input-type=module",
        "-e",
        IN_NODE,
    ]
    files = [(FOLDER / "feedbackpage.js").as_uri(), str(FOLDER / "feedback_page.html")]
    given = json.dumps(data).encode()
    done = subprocess.run([*command, *files], input=given, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_same_in_a_browser():
    """Does JavaScript make the same bytes of the same data, of whatever there may be in it?"""
    draw = random.Random(33)  # noqa: S311 - the same each time
    numbers = [0, 1, 2.5, 0.005, 1.005, 2.675, 33.333333, 99.995, 0.1 + 0.2, 1234.5]
    cases = [EVERYTHING, feedback(), longest("\U0001f600"), longest("<")]
    for _ in range(60):
        some = lambda: "".join(draw.choices((*HOSTILE, "words "), k=draw.randrange(3)))  # noqa: E731
        tasks = [
            FULL
            | {
                "title": some(),
                "state": draw.choice(["marked", "waits", "stopped"]),
                "points": draw.choice(numbers),
                "answer": some() * draw.choice([1, 1, 1, 900]),
                "check": some(),
                "comment": some(),
                "cap": draw.choice([None, {"most": 5, "line": some()}]),
                "read": [{"name": some(), "address": draw.choice(["", some()])}]
                * draw.randrange(3),
            }
            for _ in range(draw.randrange(4))
        ]
        words = PAGE | {"feedback-decimal": draw.choice(".,")}
        parts = [{"name": some(), "points": draw.choice(numbers), "most": 70}]
        more = {"late": draw.choice(numbers), "parts": parts, "notes": [some()] * draw.randrange(3)}
        cases.append(feedback(*tasks, words=words, title=some(), learner=some(), **more))
    most, drawn = drawn_by_node(cases)
    assert most == MOST
    for data, theirs in zip(cases, drawn, strict=True):
        assert page(data) == theirs
