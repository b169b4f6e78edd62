"""What a child says: nothing of it is trusted, and all that is kept is valid in a notebook."""

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_notebook

from nbseal.seal.outputs import BadReplyError, Executed, Outputs, message_of

TEXT = st.text(max_size=6) | st.sampled_from(["\ud800", "\0", "x\ud800\udc00"])
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=6,
)
KINDS = "stream error display_data update_display_data execute_result clear_output reply"
COUNTS = st.integers(-1, 3) | st.sampled_from([10**30, True, 1.0]) | VALUES
DATA = st.dictionaries(
    st.sampled_from(["text/plain", "text/html", "image/png", "application/json", "a"]) | TEXT,
    VALUES,
    max_size=3,
)
ERROR = st.fixed_dictionaries(
    {"ename": TEXT, "evalue": TEXT, "traceback": st.lists(TEXT, max_size=2)}
)
# near to what a kernel says, so that much of it is taken
CONTENT = st.fixed_dictionaries(
    {},
    optional={
        "name": st.sampled_from(["stdout", "stderr"]) | VALUES,
        "text": TEXT | VALUES,
        "ename": TEXT | VALUES,
        "evalue": TEXT | VALUES,
        "traceback": st.lists(TEXT, max_size=2) | VALUES,
        "data": DATA | VALUES,
        "metadata": st.just({}) | st.dictionaries(TEXT, VALUES, max_size=2) | VALUES,
        "transient": st.fixed_dictionaries({"display_id": TEXT | VALUES}) | VALUES,
        "execution_count": COUNTS,
        "count": COUNTS,
        "error": st.none() | ERROR | VALUES,
        "changed": TEXT | VALUES,
        "wait": st.booleans() | VALUES,
    },
)
FRAMES = st.tuples(st.sampled_from(KINDS.split()) | TEXT, CONTENT).map(list) | VALUES


@given(st.lists(FRAMES, max_size=8))
def test_any_frames(frames):
    """Is each frame refused by one error, or kept so that the notebook can be saved?"""
    outputs = Outputs(1)
    outputs.start()
    for frame in frames:
        try:
            outputs.add(0, frame)
        except BadReplyError:
            continue
    [cell] = outputs.cells
    made = new_notebook(cells=[nbformat.v4.new_code_cell("x")])
    Executed([(cell.outputs, cell.execution_count)]).fill(made)
    nbformat.validate(made)
    nbformat.reads(nbformat.writes(made).encode().decode(), as_version=4)


@pytest.mark.parametrize(
    "frame",
    [
        None,
        [],
        ["stream"],
        ["stream", {"name": "stdout", "text": "a"}, 1],
        ["stream", {"name": "other", "text": "a"}],
        ["stream", {"name": "stdout", "text": ["a"]}],
        ["stream", {"name": "stdout", "text": "a", "execution_count": True}],
        ["status", {}],
        ["__class__", {}],
        ["error", {"ename": "a", "evalue": "b", "traceback": "c"}],
        ["execute_result", {"data": {"text/plain": 1}, "metadata": {}, "execution_count": 1}],
        ["execute_result", {"data": {}, "metadata": {}, "execution_count": 10**30}],
        ["display_data", {"data": {}, "metadata": {}, "transient": {"display_id": []}}],
        ["reply", {"count": True}],
        ["reply", {"count": 1, "error": "x"}],
        ["reply", {"count": 1, "changed": 1}],
        ["clear_output", {"wait": 1}],
    ],
    ids=repr,
)
def test_what_no_kernel_says(frame):
    """Is a message refused that is not one of a kernel, by kind, length or type?"""
    with pytest.raises(BadReplyError):
        Outputs(1).add(0, frame)


def test_halves_of_characters():
    """Is text kept with a mark in place of what no file can hold, in keys too?"""
    _, content = message_of(["stream", {"a\ud800": ["b\udfff", {"c": "é\0"}]}])
    assert content == {"a?": ["b?", {"c": "é\0"}]}
