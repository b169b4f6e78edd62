"""What the one reader of pages says of a page that holds every construct."""

import pytest

from fourps.course.inline import blocks
from fourps.course.page import directive, read

PAGE = """\
---
description: A page of every construct
---

(first-place)=

# The *first* {term}`case`

*Core route. Outcome 3.1.*

Text with {cite:p}`who2003, pim2015` and [a link](other.md).
Its second line, {fact}`F-12`.

% silence: uncited-claim

In 2014 it was **so**.

## A list

- one
- two

| a | b |
| --- | --- |
| {term}`x` | `y` |

:::{note} Mind
:class: wide

Within the box.

### Inside

:::

::::{activity} Try it
---
minutes: 5
---
Do it, {cite:t}`who2003`.

:::{fold} Why
:open:
So.
:::
::::

(second-place)=

## Code

```{code-cell}
:tags: [hide-input]

# no heading
x = 1

```

```python
y = 2
```

```{figure+x} a.png
:alt: text
```

:::{glossary}
term
  Defined {cite:p}`in2020`.
:::
"""
PARAGRAPH = """\
Text with {cite:p}`who2003, pim2015` and [a link](other.md).
Its second line, {fact}`F-12`."""
FIRST = "The *first* {term}`case`"
NOTE, TRY, WHY = ("note", "Mind"), ("activity", "Try it"), ("fold", "Why")
BLOCKS = [
    (7, "heading", FIRST, (FIRST,), ()),
    (9, "text", "*Core route. Outcome 3.1.*", (FIRST,), ()),
    (11, "text", PARAGRAPH, (FIRST,), ()),
    (16, "text", "In 2014 it was **so**.", (FIRST,), ()),
    (18, "heading", "A list", (FIRST, "A list"), ()),
    (20, "text", "one", (FIRST, "A list"), ()),
    (21, "text", "two", (FIRST, "A list"), ()),
    (23, "cell", "a", (FIRST, "A list"), ()),
    (23, "cell", "b", (FIRST, "A list"), ()),
    (25, "cell", "{term}`x`", (FIRST, "A list"), ()),
    (25, "cell", "`y`", (FIRST, "A list"), ()),
    (27, "text", "Mind", (FIRST, "A list"), (NOTE,)),
    (30, "text", "Within the box.", (FIRST, "A list"), (NOTE,)),
    (32, "heading", "Inside", (FIRST, "A list", "Inside"), (NOTE,)),
    (36, "text", "Try it", (FIRST, "A list"), (TRY,)),
    (40, "text", "Do it, {cite:t}`who2003`.", (FIRST, "A list"), (TRY,)),
    (42, "text", "Why", (FIRST, "A list"), (TRY, WHY)),
    (44, "text", "So.", (FIRST, "A list"), (TRY, WHY)),
    (50, "heading", "Code", (FIRST, "Code"), ()),
    (54, "code", "\n# no heading\nx = 1", (FIRST, "Code"), ()),
]


@pytest.fixture
def write(tmp_path):
    """Return a function that writes a page and reads it."""

    def write(text):
        path = tmp_path / "page.md"
        path.write_bytes(text.encode())
        return read(path)

    return write


@pytest.fixture
def page(write):
    return write(PAGE)


def test_blocks(page):
    """Is each block of text found with its line, the headings above it and the boxes around it?"""
    assert [
        (one.line, one.kind, one.text, one.headings, one.boxes) for one in page.blocks
    ] == BLOCKS


def test_what_blocks_say(page):
    """Are citations, facts, silences and what a reader sees taken from a block?"""
    text, claim = page.blocks[2:4]
    assert text.cited == ["who2003", "pim2015"]
    assert text.roles("fact") == ["F-12"]
    assert text.prose == "Text with  and a link.\nIts second line, ."
    assert claim.silenced == {"uncited-claim"}
    assert not any(one.silenced for one in page.blocks if one is not claim)
    assert page.blocks[0].prose == "The first case"


def test_directives(page):
    """Are directives found wherever they stand, with their options and bodies?"""
    assert [(one.name, one.line, one.first, one.options) for one in page.directives] == [
        ("note", 27, 29, {"class": "wide"}),
        ("activity", 36, 40, {"minutes": "5"}),
        ("fold", 42, 44, {"open": ""}),
        ("code-cell", 52, 54, {"tags": "[hide-input]"}),
        ("figure+x", 64, 66, {"alt": "text"}),
        ("glossary", 68, 69, {}),
    ]
    assert page.directives[-1].body == "term\n  Defined {cite:p}`in2020`."
    assert page.directives[1].argument == "Try it"


def test_headings(page):
    """Do slugs and targets lead to their headings, and nothing to one within a box?"""
    assert page.headings == {
        "": "The first case",
        "the-first-case": "The first case",
        "first-place": "The first case",
        "a-list": "A list",
        "code": "Code",
        "second-place": "Code",
    }


def test_citations(page):
    """Are all citations of a page found, also those in a glossary?"""
    assert page.cited == ["who2003", "pim2015", "who2003", "in2020"]


@pytest.mark.parametrize(
    ("text", "front", "lines"),
    [
        ("---\na: 1\n---\n# A\n", "a: 1", [4]),
        ("---\r\na: 1\r\n---\r\n# A\r\n", "a: 1", [4]),
        ("---\na: 1\n---", "a: 1", []),
        ("# A\n\n---\na: 1\n---\n", "", [1, 4]),
        ("", "", []),
    ],
    ids=["first", "Windows", "only", "later", "empty"],
)
def test_front_matter(write, text, front, lines):
    """Is it front matter only where it begins the page, whatever ends its lines?"""
    page = write(text)
    assert (page.front, [one.line for one in page.blocks]) == (front, lines)


@pytest.mark.parametrize(
    ("content", "options", "body", "first"),
    [
        (":a: 1\n:b:\n\nText.", {"a": "1", "b": ""}, "\nText.", 7),
        ("  :a: 1\nText.", {"a": "1"}, "Text.", 6),
        (":a:text", {}, ":a:text", 5),
        ("---\na: 1\nb: [2]\n---\nText.", {"a": "1", "b": "[2]"}, "Text.", 9),
        ("---\n---\nText.", {}, "Text.", 7),
        ("---\nText.", {}, "---\nText.", 5),
        ("Text.\n:a: 1", {}, "Text.\n:a: 1", 5),
        ("", {}, "", 5),
    ],
    ids=["colons", "indented", "no space", "YAML", "no YAML", "a line", "later", "empty"],
)
def test_options(content, options, body, first):
    """Are options told from the body as MyST tells them?"""
    token = blocks(f"```{{name}} An argument\n{content}\n```\n", {})[0]
    found = directive(token, 4)
    assert (found.name, found.argument) == ("name", "An argument")
    assert (found.options, found.body, found.first) == (options, body, first)


@pytest.mark.parametrize("text", ["```python\nx\n```", "    x\n", "# A\n", "```{a b}\nx\n```"])
def test_no_directive(text):
    """Is nothing else taken for a directive?"""
    assert directive(blocks(text, {})[0], 1) is None
