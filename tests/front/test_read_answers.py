"""What a browser reads of a text file of answers: what `fourps.handin.answers_file` reads."""

import base64
import codecs
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourps.handin.answers_file import parse_answers
from nbseal.base.errors import RefusedError

ABOUT = {
    "format": 2,
    "exercise": "protection",
    "release": "0.1.0",
    "language": "en",
    "learner": "ada",
    "written": "2026-12-01T10:00Z",
    "answers": {"task-2": "letters: a, c"},
    "records": [],
}


def file(**changes):
    return f"Answers.\n\n{json.dumps(ABOUT | changes)}\n".encode()


ODD = [
    (codecs.BOM_UTF8 + file(), ""),
    (file().replace(b"\n", b"\r\n"), ""),
    (file().removeprefix(b"Answers.\n\n"), ""),
    (file(answers={"task-2": "\ud83d, \udc00\ud83d, \U0001f600"}), ""),
    (file(answers={"task-10": "\U0001f600" * 8000}), ""),
    (file(answers={"a": '{"a": 1, "a": 2}'}), ""),
    (file(records=["fourps1:x:y"]), ""),
    (b"", "none"),
    (b"Buy milk.", "none"),
    (file()[:-3], "cut"),
    (file().replace(b'"ada"', b'"ada", "learner": "ben"'), "cut"),
    (file().replace(b'"ada"', b'"ada", "le\\u0061rner" : "ben"'), "cut"),
    (file().replace(b'{"task-2"', b'{"task-2": "", "task-2"'), "cut"),
    (file().replace(b'"ada"', b"NaN"), "cut"),
    (file() + file(), "cut"),
    (b"Dear facilitator,\n" + file(), "more"),
    (file().decode().encode("utf-16"), "changed"),
    (file().replace(b'"en"', b"\x93en\x94"), "changed"),
    (file(answers={"a": "\u00e9" * 65_000}), "large"),
    (file(format=3), "format"),
    (file(format=True), "format"),
    (file(answers={"task-2": "x" * 8001}), "long"),
    (file(answers={"task-2": 5}), "odd"),
    (file(answers=[]), "odd"),
    (file(answers={str(number): "" for number in range(101)}), "odd"),
    (file(answers={"\ud83d": ""}), "odd"),
    (file(learner="../ada"), "odd"),
    (file(learner="ada\n"), "odd"),
    (file(language="../fr"), "odd"),
    (file(written="yesterday"), "odd"),
    (file(records=["x"]), "odd"),
    (file(more=1), "odd"),
]


def in_python(data):
    try:
        return parse_answers(data, "a.txt").model_dump()
    except RefusedError:
        return None


def in_javascript(javascript, files):
    return javascript("handIns", files=[base64.b64encode(one).decode() for one in files])


def test_reads_the_same(javascript):
    """Is the same read of each file, and is each that is refused told why?"""
    found = in_javascript(javascript, [data for data, _ in ODD])
    for (data, why), one in zip(ODD, found, strict=True):
        assert one.get("refused", "") == (why and f"handin-{why}")
        assert in_python(data) == (None if why else {"records": []} | one)


@pytest.mark.once
@given(st.lists(st.tuples(st.binary(max_size=40), st.integers(0, 260)), min_size=20, max_size=20))
def test_spoiled(javascript, spoiled):
    """Is of a file that was spoiled somewhere read what Python reads, or nothing?"""
    whole = file()
    files = [whole[:at] + data + whole[at + len(data) :] for data, at in spoiled]
    for data, one in zip(files, in_javascript(javascript, files), strict=True):
        assert in_python(data) == (None if "refused" in one else one)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Two\nlines.", '<p dir="auto">Two<br>lines.</p>'),
        ("**A.** *So*", '<p dir="auto"><strong>A.</strong> <em>So</em></p>'),
        ("2*3*4 & <b>", '<p dir="auto">2*3*4 &amp; &lt;b&gt;</p>'),
        ("- a\n  b\n- c", '<ul><li dir="auto">a<br>b</li><li dir="auto">c</li></ul>'),
        ("3. c\n4. d", '<ol start="3"><li dir="auto">c</li><li dir="auto">d</li></ol>'),
        ("> a\n> b", '<blockquote><p dir="auto">a<br>b</p></blockquote>'),
        ("# A\nb", '<p dir="auto"><strong>A</strong></p><p dir="auto">b</p>'),
        (" \n\n\t\n", ""),
    ],
)
def test_drawn(javascript, text, html):
    """Is a text drawn as Markdown, with its lines?"""
    assert javascript("drawn", texts=[text]) == [html]


def test_drawn_does_nothing(javascript):
    """Does nothing that a learner wrote become a tag, an attribute or a link, however deep or long?"""
    texts = [
        '<script>alert(1)</script> [a](javascript:alert) <img src="x" onerror=alert(1)> `<b>`',
        "> " * 4000,
        "*" * 8000,
        "* a " * 2000,
        "`" * 8000,
    ]
    for html in javascript("drawn", texts=texts):
        for tag in ("<script", "<img", "<a", "<b>", "href", 'src="'):
            assert tag not in html
