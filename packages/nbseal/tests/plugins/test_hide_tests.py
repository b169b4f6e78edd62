import nbformat
import pytest
from graded_cells import marks
from traitlets.config import Config

from nbseal.marker.checks import note
from nbseal.plugins.hide_tests import HideTests
from nbseal.seal import Worker

pytestmark = pytest.mark.usefixtures("atlas")
SOURCE = "check(x)\n### BEGIN HIDDEN TESTS\npoints(secret)\n### END HIDDEN TESTS"


ON = Config({"SealedExecute": {"marker": True}})


def hide(*cells, config=ON, noted=True):
    """Hide tests, in a notebook that the marker has marked or has not."""
    notebook = nbformat.v4.new_notebook(cells=[*cells])
    note(notebook, marked=noted)
    HideTests(config=config).preprocess(notebook, {})


def check(source=SOURCE, outputs=(), name="a"):
    about = marks(name, True, points=4)
    return nbformat.v4.new_code_cell(source, metadata=about, outputs=[*outputs])


def clean(outputs, source=SOURCE, **more):
    cell = check(source, outputs)
    hide(cell, **more)
    return cell


def stream(text, name="stdout"):
    return nbformat.v4.new_output("stream", name=name, text=text)


def result(text, kind="text/plain"):
    return nbformat.v4.new_output("execute_result", {kind: text})


def error(name, value, place="File ~/lib/atlas/checks/same.py:7, in same"):
    lines = ["Cell In[1], line 1", f"\x1b[36m{place}\x1b[39m\npoints(secret)", f"{name}: {value}"]
    return nbformat.v4.new_output("error", ename=name, evalue=value, traceback=lines)


def test_source():
    """Is the hidden region gone, and the visible one kept?"""
    assert clean([]).source == "check(x)"


def test_errors():
    """Does an assertion of a helper of ours keep its message, another error its name, and neither its traceback?"""
    [output] = clean([error("AssertionError", "Write a list.")]).outputs
    assert output.traceback == ["Write a list."]
    for value in ("secret table", ""):
        [output] = clean([error("KeyError", value)]).outputs
        text = "The check stopped with KeyError."
        assert (output.evalue, output.traceback) == (text, [text])
    [output] = clean([error("AssertionError", "")]).outputs
    assert output.evalue == "The check stopped with AssertionError."


def test_streams():
    """Do the hints stay, and what a tried function printed goes?"""
    out = stream("secret\nLook again: here.\nsecret")
    [kept] = clean([out, stream("Look again: secret", "stderr"), stream("secret")]).outputs
    assert kept.text == "Look again: here.\n"


@pytest.mark.parametrize(
    "output",
    [
        error("AssertionError", "points(secret)"),
        error("points(secret)", ""),
        stream("Look again: points(secret)"),
        result("'points(secret)'"),
    ],
    ids=lambda output: output.output_type,
)
def test_quotes_by_a_check(output):
    """Is what a tried function could quote of a hidden test left out of the check's output too?"""
    assert [left.text for left in clean([output]).outputs] == [
        "Left out: this output quoted a hidden test.\n"
    ]


def test_messages_of_hidden_tests():
    """Does an assertion keep a message that stands on a line of its own in a hidden test?"""
    source = SOURCE.replace("points(secret)", "assert x, (\n    'Count the weeks again.'\n)")
    [output] = clean([error("AssertionError", "Count the weeks again.")], source).outputs
    assert output.evalue == "Count the weeks again."


def test_results():
    """Do the points stay, and pictures and tables go?"""
    result = nbformat.v4.new_output("execute_result", {"text/plain": "2.0", "text/html": "secret"})
    table = nbformat.v4.new_output("display_data", {"text/html": "secret"})
    [kept] = clean([result, table]).outputs
    assert kept.data == {"text/plain": "2.0"}


def test_learners_own_cells():
    """Do the learner's own cells keep all that they show?"""
    shown = [error("KeyError", "mine")]
    cell = nbformat.v4.new_code_cell("x", metadata=marks("x", solution=True), outputs=shown)
    hide(cell)
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
        "stream": stream(text, "stderr"),
        "error": error("KeyError", text),
        "execute_result": result(text, "text/html"),
    }
    test = check()
    other = stream("check(x)")
    mine = nbformat.v4.new_code_cell("show()", outputs=[outputs[kind], other])
    hide(test, mine)
    assert "Left out" in mine.outputs[0].text
    assert "secret" not in nbformat.writes(nbformat.v4.new_notebook(cells=[test, mine]))
    assert mine.outputs[1] == other


LIBRARIES = {
    "np.testing.assert_array_equal(f(2), np.array([123, 456]))": "",
    "np.testing.assert_allclose(f(2), 4242, err_msg='Look at the unit.')": "Look at the unit.",
    "np.testing.assert_equal({'a': f(2)}, {'a': 31415}, 'Think of two.')": "Think of two.",
    "unittest.TestCase().assertEqual(f(2), 777888)": "",
    "unittest.TestCase().assertEqual(f(2), 777888, 'Think of two.')": "Think of two.",
    "unittest.TestCase().assertTrue(f(2) == 777888, 'Think of three.')": "Think of three.",
    "unittest.TestCase().assertIn(f(2), {777888: 'a word'})": "",
    "unittest.TestCase().assertRaises(ValueError, g, 'secret word')": "",
    "pd.testing.assert_series_equal(pd.Series([f(2)]), pd.Series([999111]))": "",
    "unittest.TestCase().assertEqual(f(2), 777888, f'{f(2)} is no week at all.')": "… is no week at all.",
    "np.testing.assert_array_equal(f(2), 31415, f'{f(2)} is a week of {f(1)} days')": "… is a week of … days",
    "assert f(2) == 777888, f'{f(2)} is no good week'": "3 is no good week",
    "assert f(2) == 777888, [f(2), 777888]": "",
    "assert not (said := suite(777888)), said": "",
}
SUITE = """
import unittest
import numpy as np, pandas as pd
def suite(expected):
    class Test(unittest.TestCase):
        def test_two(self):
            self.assertEqual(f(2), expected)
    found = unittest.defaultTestLoader.loadTestsFromTestCase(Test)
    return unittest.TextTestRunner().run(found).failures
### BEGIN HIDDEN TESTS
{}
### END HIDDEN TESTS
"""


@pytest.mark.slow
@pytest.mark.parametrize("marked", [True, False], ids=["marker", "no marker"])
def test_what_libraries_say(marked):
    """Is shown of an error of unittest, NumPy or pandas what the check's author wrote, and no expected value?"""
    mine = "def f(x): return 3\ndef g(x): raise AssertionError(x)"
    cells = [check(SUITE.format(line), name=f"check-{at}") for at, line in enumerate(LIBRARIES)]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(mine), *cells])
    with Worker() as worker:
        worker.execute(notebook, {}, [] if marked else None).fill(notebook)
    assert all(
        any(output.output_type == "error" for output in cell.outputs) for cell in notebook.cells[1:]
    )
    HideTests(config=ON if marked else Config()).preprocess(notebook, {})
    for cell, (line, wanted) in zip(notebook.cells[1:], LIBRARIES.items(), strict=True):
        [text] = [output.evalue for output in cell.outputs if output.output_type == "error"]
        # a value stands where nobody else can have said it
        shown = wanted if marked else wanted.replace("3", "…")
        assert text == shown or (not wanted and text.startswith("The check stopped with ")), line
    # the id of a cell is drawn, and may hold any figures
    text = repr([(cell.source, cell.outputs) for cell in notebook.cells])
    assert not [word for word in ("123", "4242", "31415", "7888", "9911", "secret") if word in text]


def test_sentences_with_the_marker():
    """Is an author's sentence shown with its values where the check itself said it, and without what a library adds?"""
    cell, library = "Cell In[1], line 3", "File ~/lib/numpy/testing/utils.py:9, in compare"
    for value, place, shown in (
        ("Got 3, which is not 7 weeks.", cell, "Got 3, which is not 7 weeks."),
        ("\nNot equal\nWeeks are not whole.\nx: 1 y: 7", library, "Weeks are not whole."),
        ("4 != 7 : Got 3, which is not 7 weeks.", library, "Got …, which is not … weeks."),
        ("x: 1 y: 7", library, "The check stopped with AssertionError."),
        ("x: 1 y: 7", cell, "The check stopped with AssertionError."),
        ("x: 1\nFile ~/lib/atlas/checks/a.py:1", cell, "The check stopped with AssertionError."),
    ):
        [kept] = clean([error("AssertionError", value, place)], source=AUTHORS).outputs
        assert kept.evalue == shown


AUTHORS = """
short = "Two words."
assert callable(double), "Define double."
assert double(1) == secret, f"Got {double(1)}, which is not {secret} weeks."
assert a, "As %d of the weeks." % 3 + " Or " + str(secret)
assert b, short
np.testing.assert_allclose(1, secret, err_msg="Weeks are not whole.")
if not c:
    raise ValueError("For {} people, {:.2f} each.".format(secret, 1.5))
points(0.5, 4, "count the weeks"), points(0.5, 4, hint="and the days")
print("Look again: at the table")
### BEGIN HIDDEN TESTS
assert double("secret word") == "expected word", "The last one is wrong."
### END HIDDEN TESTS
"""
SAID = {
    "Define double.": "Define double.",
    "Got 3, which is not 7 weeks.": "Got …, which is not … weeks.",
    "Got expected word, which is not \nanother weeks.": "Got …, which is not … weeks.",
    "As 3 of the weeks. Or 7": "As … of the weeks. Or …",
    "Two words.": "Two words.",
    "\nNot equal to tolerance\nWeeks are not whole.\nx: 1 y: 7": "Weeks are not whole.",
    "For 7 people, 1.50 each.": "For … people, … each.",
    "The last one is wrong.": "The last one is wrong.",
    "expected word": "The check stopped with AssertionError.",
    "secret word": "The check stopped with AssertionError.",
    "weeks.": "The check stopped with AssertionError.",
    "": "The check stopped with AssertionError.",
}
WITHOUT = {"no marker": {"config": Config()}, "no note": {"noted": False}}


@pytest.mark.parametrize("more", WITHOUT.values(), ids=WITHOUT)
def test_without_the_marker(more):
    """Are only the author's sentences shown where learners' code shared a process with the check?"""
    for printed, shown in SAID.items():
        [kept] = clean([error("AssertionError", printed)], source=AUTHORS, **more).outputs
        assert (kept.ename, kept.evalue, kept.traceback) == ("Error", shown, [shown])
    [kept] = clean([error("secret_word", "secret"), error("B", "")], source=AUTHORS, **more).outputs
    assert kept.traceback == ["The check stopped with an error."]
    printed = "and the days\nLook again: count the weeks\nLook again: secret\nat the table\n"
    printed = f"Look again: {printed}"
    streams = [stream(printed), stream(printed, "stderr"), stream(printed * 3)]
    [kept] = clean(streams, source=AUTHORS, **more).outputs
    assert kept.text == "Look again: count the weeks\nLook again: and the days\n"
    results = ["0.5", "'secret'", "2.718281828", "1e300", "nan", "-1.0"]
    kept = [clean([result(text)], source=AUTHORS, **more).outputs for text in results]
    shown = [[output.data["text/plain"] for output in outputs] for outputs in kept]
    assert shown == [["0.5"], [], ["2.72"], [], [], []]


def test_later_cells_without_the_marker():
    """Is left out what a learner's own cell showed once a hidden test had run, and nothing before it?"""
    shown = stream("mine\n")
    sources = ["first()", "assert x", "between()", SOURCE, "later()", "silent()"]
    cells = [nbformat.v4.new_code_cell(source, outputs=[shown]) for source in sources]
    cells[-1].outputs = []
    for cell in (cells[1], cells[3]):
        cell.metadata = check().metadata
    hide(*cells, noted=False)
    assert [[output.text for output in cell.outputs] for cell in cells] == [
        ["mine\n"],
        [],
        ["mine\n"],
        [],
        [
            "Left out: a hidden test ran before this cell. See in your notebook what the cell shows.\n"
        ],
        [],
    ]


@pytest.mark.parametrize("marked", [True, False])
def test_in_the_language_of_the_notebook(marked):
    """Is what stands in the place of an output said in the language of what was handed in?"""
    outputs = [error("KeyError", "secret"), error("AssertionError", "")][marked:]
    test = check(outputs=outputs)
    quote = stream("points(secret)")
    later = nbformat.v4.new_code_cell("mine()", outputs=[quote])
    notebook = nbformat.v4.new_notebook(cells=[test, later], metadata={"atlas_language": "fr"})
    note(notebook, marked=marked)
    HideTests(config=ON).preprocess(notebook, {})
    assert "arrêtée" in test.outputs[0].evalue
    assert later.outputs[0].text.startswith("Omis")
