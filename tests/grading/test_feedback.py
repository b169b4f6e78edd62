import nbformat
import pytest

from fourps.grading.feedback import HideTests

SOURCE = "check(x)\n### BEGIN HIDDEN TESTS\npoints(secret)\n### END HIDDEN TESTS"


def clean(outputs, grade=True, solution=False):
    marks = {"grade": grade, "grade_id": "a", "points": 4, "solution": solution, "locked": True}
    cell = nbformat.v4.new_code_cell(SOURCE, metadata={"nbgrader": marks}, outputs=outputs)
    HideTests().preprocess(nbformat.v4.new_notebook(cells=[cell]), {})
    return cell


def error(name, value):
    return nbformat.v4.new_output(
        "error", ename=name, evalue=value, traceback=["line", "points(secret)"]
    )


def test_source():
    """Is the hidden region gone, and the visible one kept?"""
    assert clean([]).source == "check(x)"


def test_errors():
    """Does an assertion keep its message, another error its name, and neither its traceback?"""
    [said] = clean([error("AssertionError", "Write a list.")]).outputs
    assert said.traceback == ["Write a list."]
    for value in ("secret table", ""):
        [said] = clean([error("KeyError", value)]).outputs
        assert (said.evalue, said.traceback) == ("The check stopped with KeyError.",) * 1 + (
            ["The check stopped with KeyError."],
        )
    [said] = clean([error("AssertionError", "")]).outputs
    assert said.evalue == "The check stopped with AssertionError."


def test_streams():
    """Do the hints stay, and what a tried function printed goes?"""
    out = nbformat.v4.new_output("stream", name="stdout", text="secret\nLook again: here.\nsecret")
    err = nbformat.v4.new_output("stream", name="stderr", text="Look again: secret")
    only = nbformat.v4.new_output("stream", name="stdout", text="secret")
    [kept] = clean([out, err, only]).outputs
    assert kept.text == "Look again: here.\n"


@pytest.mark.parametrize(
    "output",
    [
        error("AssertionError", "points(secret)"),
        error("points(secret)", ""),
        nbformat.v4.new_output("stream", name="stdout", text="Look again: points(secret)"),
        nbformat.v4.new_output("execute_result", {"text/plain": "'points(secret)'"}),
    ],
    ids=lambda output: output.output_type,
)
def test_quotes_by_a_check(output):
    """Is what a tried function could quote of a hidden test left out of the check's output too?"""
    assert [one.text for one in clean([output]).outputs] == [
        "Left out: this output quoted a hidden test.\n"
    ]


def test_messages_of_hidden_tests():
    """Does an assertion keep a message that stands on a line of its own in a hidden test?"""
    source = SOURCE.replace("points(secret)", "assert x, (\n    'Count the weeks again.'\n)")
    marks = {"grade": True, "grade_id": "a", "points": 4, "solution": False, "locked": True}
    said = error("AssertionError", "Count the weeks again.")
    cell = nbformat.v4.new_code_cell(source, metadata={"nbgrader": marks}, outputs=[said])
    HideTests().preprocess(nbformat.v4.new_notebook(cells=[cell]), {})
    assert cell.outputs[0].evalue == "Count the weeks again."


def test_results():
    """Do the points stay, and pictures and tables go?"""
    result = nbformat.v4.new_output("execute_result", {"text/plain": "2.0", "text/html": "secret"})
    table = nbformat.v4.new_output("display_data", {"text/html": "secret"})
    [kept] = clean([result, table]).outputs
    assert kept.data == {"text/plain": "2.0"}


def test_learners_own_cells():
    """Do the learner's own cells keep all that they show?"""
    shown = [error("KeyError", "mine")]
    cell = clean(shown, grade=False, solution=True)
    assert cell.outputs == shown


@pytest.mark.parametrize(
    "text",
    [
        "points(secret)",
        repr("check(x)\npoints(secret)"),
        "\x1b[32mpoints\x1b[39m\x1b[33m(\x1b[39msecret)",
        "points&#40;secret&#41;",
    ],
)
@pytest.mark.parametrize("kind", ["stream", "error", "execute_result"])
def test_quoted_tests(text, kind):
    """Is an output of a learner's own cell left out that quotes a hidden test, and only that?"""
    outputs = {
        "stream": nbformat.v4.new_output("stream", name="stderr", text=text),
        "error": error("KeyError", text),
        "execute_result": nbformat.v4.new_output("execute_result", {"text/html": text}),
    }
    marks = {"grade": True, "grade_id": "a", "points": 4, "solution": False, "locked": True}
    test = nbformat.v4.new_code_cell(SOURCE, metadata={"nbgrader": marks})
    other = nbformat.v4.new_output("stream", name="stdout", text="check(x)")
    mine = nbformat.v4.new_code_cell("show()", outputs=[outputs[kind], other])
    HideTests().preprocess(nbformat.v4.new_notebook(cells=[test, mine]), {})
    assert "Left out" in mine.outputs[0].text
    assert "secret" not in nbformat.writes(nbformat.v4.new_notebook(cells=[test, mine]))
    assert mine.outputs[1] == other
