import copy
import time

import nbformat
import payloads
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.server_extensions.formgrader.handlers import template_path
from nbgrader.utils import compute_checksum

from nbseal.inert import Inert, InertPages, make_inert

GRADED = {"schema_version": 3, "grade": True, "solution": False, "locked": True, "task": False}


@pytest.fixture
def hostile():
    made = new_notebook()
    made.cells = [*payloads.cells()]
    made.metadata = nbformat.from_dict(payloads.metadata() | {"authors": 5, "kernelspec": []})
    for cell in made.cells:
        cell.metadata = nbformat.from_dict(cell.metadata)
    return made


def page(notebook, **options):
    """Return the page that an exporter makes, or nbgrader's own formgrader."""
    if options:
        exporter = HTMLExporter(template_name="formgrade", extra_template_basedirs=[template_path])
    else:
        exporter = InertPages()
    exporter._preprocessors = []
    about = {"notebook": "ex", "score": 1, "max_score": 2, "late_penalty": 0}
    html, _ = exporter.from_notebook_node(notebook, {"nbgrader": about, **options})
    return html


def test_inert(hostile):
    """Is a notebook valid afterwards, does cleaning it again change nothing, and is its code as it was?"""
    code = [cell.source for cell in hostile.cells if cell.cell_type == "code"]
    make_inert(hostile)
    nbformat.validate(hostile)
    assert [cell.source for cell in hostile.cells if cell.cell_type == "code"] == code
    again, _ = Inert().preprocess(copy.deepcopy(hostile), {})
    assert again == hostile


NAMES = st.one_of(
    st.sampled_from(["Python 3.9.7 ('base')", "Python [conda env:base] *", "π", "", "python3"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=150),
    st.none() | st.integers() | st.lists(st.integers(), max_size=1),
)
ABOUT = st.dictionaries(
    st.sampled_from(["name", "display_name", "language", "env", "version"]), NAMES
)


@given(ABOUT, ABOUT)
def test_any_kernel(kernel, language):
    """Whatever kernel and language a notebook names: is it valid afterwards, and has no name markup?"""
    made = new_notebook()
    made.metadata = nbformat.from_dict({"kernelspec": kernel, "language_info": language})
    make_inert(made)
    nbformat.validate(made)
    said = [text for about in made.metadata.values() for text in about.values()]
    assert not {*'<>&`"\n\x1b'} & {*"".join(said)}
    again = copy.deepcopy(made)
    make_inert(again)
    assert again == made


@pytest.mark.parametrize("name", ["Python 3.9.7 ('base')", "Python [conda env:base] *", "Python 3"])
def test_names_stay(name):
    """Does a name that people gave to a kernel stay as it is?"""
    kernel = {"name": "conda-base-py", "display_name": name, "language": "python"}
    made = new_notebook(metadata={"kernelspec": kernel})
    make_inert(made)
    assert made.metadata == {"kernelspec": kernel}


@pytest.mark.parametrize(
    "options", [{}, {"base_url": "", "index": 0, "total": 1}], ids=["ours", "nbgrader's"]
)
def test_every_page_is_made(hostile, options):
    """Does neither our page of feedback nor nbgrader's formgrader stop at it, or take long?"""
    make_inert(hostile)
    start = time.process_time()
    html = page(hostile, **options)
    # a few seconds where the machine is slow; minutes without the cleaning
    assert time.process_time() - start < 20
    assert "task-4-check" in html


def test_costly_markdown():
    """Is Markdown that takes the square of its length shown as text, each and all together?"""
    for source in (
        "\\\\[" * 20_000,
        "$a " * 20_000,
        "[a](" * 20_000,
        "\\begin{a}" * 9000,
        "a " * 200_000,
    ):
        made = new_notebook(cells=[new_markdown_cell(source)])
        make_inert(made)
        assert made.cells[0].source.startswith("Shown as it was written")
    many = new_notebook(cells=[new_markdown_cell("*a* $b$ " * 200) for _ in range(300)])
    make_inert(many)
    shown = [cell for cell in many.cells if cell.source.startswith("Shown")]
    assert 0 < len(shown) < 300


def test_what_is_released_stays():
    """Do a locked cell's text and checksum stay, and all that nbgrader says of a cell?"""
    source = "Look: ![a](https://example.org/a.png) <script>a()</script>"
    about = GRADED | {"grade_id": "read", "points": 0}
    cell = new_markdown_cell(source, metadata={"nbgrader": about})
    cell.metadata.nbgrader["checksum"] = compute_checksum(cell)
    before = copy.deepcopy(cell)
    make_inert(new_notebook(cells=[cell]))
    assert cell == before
    assert compute_checksum(cell) == before.metadata.nbgrader.checksum
    # a learner's own cell, from which nbgrader took the name that it does not know
    mine = new_markdown_cell(source, metadata={"nbgrader": GRADED})
    make_inert(new_notebook(cells=[mine]))
    assert mine.source.startswith("Shown as it was written")


def test_output_of_a_check():
    """Does what decides the marks of a check stay as it is?"""
    outputs = [
        new_output("error", ename="AssertionError", evalue="no", traceback=["\x1b[31mno\x1b[0m"]),
        new_output("execute_result", {"text/plain": "1.5"}, execution_count=3),
        new_output("stream", name="stdout", text="Look again: here.\n"),
    ]
    cell = new_code_cell("points()", outputs=copy.deepcopy(outputs), execution_count=3)
    make_inert(new_notebook(cells=[cell]))
    assert cell.outputs == outputs


def test_missing_attachment():
    """Does a page say so where a picture is not there, and show the others?"""
    made = new_notebook(cells=[new_markdown_cell("![Map](attachment:map.png) *here*")])
    make_inert(made)
    assert made.cells[0].source == "![Map](attachment:map.png) *here*"
    html = page(made)
    assert "data:image/png;base64,iVBORw0K" in html
    assert "<em>here</em>" in html


def test_page():
    """Does feedback forbid scripts and other hosts, draw formulas, and escape names?"""
    cells = [
        new_markdown_cell("Half: $\\frac{1}{2}$ \\begin{align}a&=b\\end{align} $\\href{a}{b}$")
    ]
    cells.append(new_code_cell("x", outputs=[new_output("display_data", {"text/latex": "$y^2$"})]))
    html = page(new_notebook(cells=cells))
    assert "default-src 'none'; img-src data:" in html
    assert "<script" not in html
    assert "http" not in html.replace("http-equiv", "")
    assert html.count("<math") == 3
    assert "<code>\\href{a}{b}</code>" in html
