import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.inputtransformer2 import TransformerManager
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from nbseal.base.answers import UnknownAnswerError, fill, literal
from nbseal.base.notebook_file import dump, parse

# what could end a text, change it on the way, or be taken for something else
PIECES = [
    *(
        '"',
        '"""',
        "'''",
        "\\",
        "\\\n",
        "\0",
        "\r",
        "\r\n",
        "\n",
        "\t",
        "\f",
        "\x1a",
        "\x1c",
        "\x85",
    ),
    *("\u2028", "\u200f", "\u202e", "\u2066", "\u200c", "\u3000", "\ufeff", "\ud83d", "\udc00"),
    *(
        "\n>>> ",
        "\n... ",
        "\n  >>>",
        "\n   ...: ",
        "\nIn [1]: ",
        "\n%time",
        "\n!ls",
        "\n?",
        "%%bash\n",
    ),
    *("### BEGIN HIDDEN TESTS\n", "### END SOLUTION", "{key} %s", r"\N{DIGIT ONE}", r"\u0041", "é"),
]
TEXTS = st.lists(
    st.sampled_from(PIECES) | st.text(st.characters(exclude_categories=[]), max_size=5), max_size=12
).map("".join)


def cell(name, source, make=new_code_cell, **about):
    marks = {"grade_id": name, "solution": True, "grade": False, **about}
    return make(source, metadata={"nbgrader": marks}, id=name)


def released():
    return new_notebook(
        cells=[
            cell("task-1", "task_1 = task_1_b = '''\na:\n'''"),
            cell("task-1-check", "check(task_1)", grade=True, solution=False),
            cell("task-2", "Write here.", new_markdown_cell, grade=True),
            cell("task-3", "def work(rows):\n    return rows"),
            cell("record", 'record = ""'),
            cell("seen", "%matplotlib inline\nx = 1"),
        ],
        metadata={"atlas": {"exercise": "rivers"}},
    )


def bound(source):
    """Run a cell, and return what its names are bound to."""
    names = {}
    exec(source, names)  # noqa: S102 - the cell that is tested
    del names["__builtins__"]
    return names


@given(TEXTS)
def test_the_same_text(text):
    """Whatever somebody wrote: is the literal exactly it, for Python and as IPython takes a cell?"""
    source = f"task_1 = {literal(text)}"
    for code in (source, TransformerManager().transform_cell(source)):
        assert bound(code) == {"task_1": text}


@given(TEXTS)
def test_seen(text):
    """Does a literal hold no sign that is not seen or that another program takes for a line's end?"""
    hidden = re.sub(r"[^\S\r\f\x1c-\x1f\x85\u2028\u2029]", "", literal(text))
    assert hidden.isprintable()
    assert literal(text).encode()


@given(st.dictionaries(st.sampled_from(["task-1", "task-2", "record"]), TEXTS))
def test_filled(answers):
    """Has each answer its cell, all others stay as released, and is a notebook the same each time?"""
    was = released()
    data = dump(fill(was, answers))
    assert was == released()
    assert dump(fill(was, answers)) == data
    notebook = parse(data, "filled")
    assert notebook.metadata == was.metadata
    for now, before in zip(notebook.cells, was.cells, strict=True):
        assert (now.id, now.cell_type, now.metadata) == (
            before.id,
            before.cell_type,
            before.metadata,
        )
        answer = answers.get(now.id, "")
        if now.id == "task-2" and answer.strip():
            assert now.source == re.sub("[\ud800-\udfff]", "?", answer)
        elif now.cell_type == "code" and now.id in answers:
            assert bound(now.source) == dict.fromkeys(bound(before.source), answer)
        else:
            assert now.source == before.source


@pytest.mark.parametrize("name", ["task-1-check", "task-3", "seen", "other", "", "a\nb\x1b[2J"])
def test_no_such_answer(name):
    """Is an answer refused by name for which there is no cell, or one that no text can stand in?"""
    with pytest.raises(UnknownAnswerError) as caught:
        fill(released(), {"task-1": "", name: "x"})
    line = str(caught.value)
    assert line.startswith("no answer is called ")
    assert line.isprintable()
    assert "task-1," not in line
