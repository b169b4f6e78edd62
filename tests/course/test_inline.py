from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourps.course.inline import blocks, is_plain, parser, substitute

PARSER = parser()
PARAGRAPH = ["paragraph_open", "inline", "paragraph_close"]


def shown(text, replace=lambda span: f"<{span.kind} {span.content} {span.target}>"):
    env = {}
    blocks(text, env)
    return substitute(PARSER, text, env, replace)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a {term}`b` c", "a <{term} b > c"),
        ("{cite:p}`a,b`", "<{cite:p} a,b >"),
        ("`{term}` and ``{term}`b` ``", "`{term}` and ``{term}`b` ``"),
        ("say [b](c.md) now", "say <link b c.md> now"),
        ("**[b](c.md#d 'title')**", "**<link b c.md#d>**"),
        ("[b {term}`x`](c.md)", "<link b {term}`x` c.md>"),
        ("![{term}`x`](c.png) [d](e.md)", "<image {term}`x` c.png> <link d e.md>"),
        ("> a [b\n> c](d.md)", "> a <link b\n> c d.md>"),
        (r"$5 or \$6", r"<dollar  >5 or \$6"),
        ("a (b) [c] d", "a (b) [c] d"),
        (r"\{term}`b`", r"\{term}`b`"),
    ],
)
def test_finds_roles_and_links(text, expected):
    """Is each found where it stands, and nothing in code?"""
    assert shown(text) == expected


def test_reference_links():
    """Is a link found whose target stands elsewhere?"""
    env = {}
    blocks("[a][b]\n\n[b]: c.md", env)
    assert substitute(PARSER, "[a][b]", env, lambda span: span.target) == "c.md"


@given(st.text(alphabet="ab {}`[]()!<>$*_\\\n:-|", max_size=60))
def test_keeps_the_rest(text):
    """Is a text in which every role and link is replaced by itself the same text?"""
    spans = []

    def note(span):
        spans.append(span)
        return text[span.start : span.end]

    assert shown(text, note) == text
    assert all(one.end <= other.start for one, other in pairwise(spans))


PIECES = [
    *("Il", "pleut", " ", "  ", ":", "1.", "2)", "-", "--", "…", "...", "*", "`", "\n", "'", "«"),
    *(
        *("\u00a0", ":::", "+++", "%", "# ", "(", ")", "{a}", "[b](c)", "http://a.b", "_", "é"),
        *("=", "|"),
    ),
]


@given(st.lists(st.sampled_from(PIECES), max_size=8).map("".join) | st.text(max_size=20))
def test_plain(text):
    """Is what is called plain one paragraph with one text, letter by letter?"""
    if is_plain(text):
        assert [one.type for one in blocks(text, {})] == PARAGRAPH
        inside = PARSER.parseInline(text, {"spans": []})[0].children
        assert [(one.type, one.content) for one in inside] == [("text", text)]


@pytest.mark.parametrize(
    "text", ["", "1. Il", "2) il", "12", "Il *pleut*", "a_b", "l'eau", "a -- b"]
)
def test_not_sure(text):
    """Is a text that could be more than its letters looked at by those who know?"""
    assert is_plain(text) == (text == "12")
