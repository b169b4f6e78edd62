import pytest

from fourps.course.problem import BrokenSourceError
from fourps.learn.notebooks import plain
from fourps.learn.parts import Code, PageInNotebook


@pytest.fixture
def page(references):
    return PageInNotebook(references.root / "modules" / "welcome" / "every.md", references)


@pytest.fixture
def one(page):
    """Return a function that turns a text into one piece of Markdown."""

    def turn(text):
        (made,) = plain(text, page)
        return made

    return turn


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{term}`child <children>`", "child"),
        ("{cite:p}`who2003, pim2015`", "[WHO 2003], [PIM 2015]"),
        ("[the start](../../book/start.md)", "[the start](../../book/start.ipynb)"),
        ("[](lesson.md)", "[Welcome](lesson.ipynb)"),
        ("[there](lesson.md#welcome)", "[there](lesson.ipynb#Welcome)"),
        ("{ref}`top`", "[Every thing](#Every-thing)"),
        ("{doc}`lesson`", "[Welcome](lesson.ipynb)"),
        ("<https://example.org>", "<https://example.org>"),
        ("$5 and $6", r"\$5 and \$6"),
        ("one\n\n% remark\n\ntwo", "one\n\n\ntwo"),
        ("- one\n  % rule: why\n- two", "- one\n- two"),
        ("(here)=\n# Title", "# Title"),
        (":::{note}\nText.\n:::", "> **Note**\n>\n> Text."),
        ("```{note}\nText.\n```", "> **Note**\n>\n> Text."),
        (":::{warning} At once.\n:::", "> **Warning**\n>\n> At once."),
        (
            "::::{activity} Do {term}`it`\n:minutes: 5\nText.\n::::",
            "> **Activity: Do it (5 min)**\n>\n> Text.",
        ),
        (
            ":::{fold} A < b\n**So**.\n:::",
            "<details>\n<summary>A &lt; b</summary>\n\n**So**.\n\n</details>",
        ),
        (
            ":::{aloud} She {term}`waits`.\n**So**.\n:::",
            (
                "> **Say it aloud**\n>\n> She waits.\n>\n> What would you say first to this person? "
                "Say it aloud, to a colleague or alone. You have thirty seconds. Nothing is recorded.\n>\n"
                "> You, or the person who listened, tick what was said:\n>\n"
                "> - What must be passed on came first.\n> - Help does not depend on talking.\n"
                "> - The person can stop.\n> - No question was asked.\n\n"
                "<details>\n<summary>One way to say it</summary>\n\n**So**.\n\n</details>"
            ),
        ),
        ("before\n:::{note}\nText.\n:::\nafter", "before\n\n> **Note**\n>\n> Text.\n\nafter"),
        ("- a\n\n  :::{tip}\n  b\n  :::\n- c", "- a\n\n  > **Tip**\n  >\n  > b\n\n- c"),
        ("> :::{note}\n> a\n> :::", "> > **Note**\n> >\n> > a"),
        ("```python\n{term}`x` [a](b.md)\n```", "```python\n{term}`x` [a](b.md)\n```"),
        ("    {term}`x`", "    {term}`x`"),
        ("| a |\n| --- |\n| {term}`x` |", "| a |\n| --- |\n| x |"),
        (
            ":::{in-order}\n| a | b |\n| - | - |\n| VBG | x |\n| Été | y |\n:::",
            "| a | b |\n| - | - |\n| Été | y |\n| VBG | x |",
        ),
        (
            ":::{glossary}\nvoix\n  One.\n\nétat\nÉtats\n  Two.\n:::",
            "**état, États**\n\nTwo.\n\n**voix**\n\nOne.",
        ),
        (":::{code-block} python\n$x\n:::", "```python\n$x\n```"),
    ],
)
def test_becomes_plain(one, text, expected):
    """Does each thing become what JupyterLab shows well?"""
    assert one(text) == expected


def test_players(page):
    """Do a scenario and a quiz become cells between texts?"""
    text = "A\n\n```{scenario} scenario.yaml\n```\n\nB\n\n```{quiz} quiz.yaml\n```"
    made = plain(text, page)
    assert [part.source for part in made if isinstance(part, Code)] == [
        'from fourps import play\n\nplay("welcome")',
        'from fourps import ask\n\nask("welcome")',
    ]
    assert [part for part in made if isinstance(part, str)][::2] == ["A", "B"]


@pytest.mark.parametrize(
    ("text", "line", "name"),
    [
        ("\n\n:::{odd}\n:::", 3, "unknown-directive"),
        ("```{odd} x\n```", 1, "unknown-directive"),
        (":::odd\n:::", 1, "unknown-directive"),
        (":::{note}\n\n:::{odd}\n:::", 3, "unknown-directive"),
        ("::::{activity} T\n:minutes: 1\n\n:::{odd}\n:::\n::::", 4, "unknown-directive"),
        ("a\n\nb {odd}`x`", 3, "unknown-role"),
        ("{cite:p}`nobody`", 1, "unknown-source"),
        ("[a](nowhere.md)", 1, "broken-link"),
        ("[a](lesson.md#nowhere)", 1, "broken-link"),
        ("{ref}`nowhere`", 1, "broken-link"),
        ("![a](b.png)", 1, "image"),
        ("```{scenario} other.yaml\n```", 1, "missing-file"),
        (":::{csv-table}\na,b\n:::", 1, "unknown-directive"),
        (":::{tip}\n```{quiz} quiz.yaml\n```\n:::", 2, "nested-player"),
        ("- ```{quiz} quiz.yaml\n  ```", 1, "nested-player"),
        ("Term\n: what it is", 1, "definition-list"),
    ],
)
def test_refuses(page, text, line, name):
    """Does an error name the file, the line and what is wrong?"""
    with pytest.raises(BrokenSourceError) as caught:
        plain(text, page)
    (problem,) = caught.value.problems
    assert (problem.path, problem.line, problem.name) == (page.path, line, name)
