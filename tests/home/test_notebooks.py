import re

import nbformat
import pytest

from fourps.course.files import content_root
from fourps.course.problem import BrokenSourceError
from fourps.home.notebooks import notebook, notebooks
from fourps.home.references import References


def page(references, name):
    return references.root / "modules" / "welcome" / f"{name}.md"


def test_same_each_time(references):
    """Do two runs give the same bytes, so that an untouched notebook can be known?"""
    assert dict(notebooks(references)) == dict(notebooks(References(references.root)))


def test_the_real_course():
    """Is each page of the real course a valid notebook whose links lead to notebooks?"""
    made = dict(notebooks(References(content_root())))
    assert next(iter(made)) == "book/welcome.ipynb"
    for path, data in made.items():
        read = nbformat.reads(data.decode(), as_version=4)
        nbformat.validate(read)
        ids = [cell.id for cell in read.cells]
        assert len(ids) == len(set(ids))
        for cell in read.cells:
            for link in re.findall(r"\]\(([^)#]+\.ipynb)", cell.source):
                parts = []
                for part in (*path.split("/")[:-1], *link.split("/")):
                    parts = parts[:-1] if part == ".." else [*parts, part]
                assert "/".join(parts) in made, (path, link)


def test_exercise(references):
    """Does an exercise keep its nbgrader metadata, and have ids made of them?"""
    made = notebook(page(references, "exercise"), references)
    cells = {cell.id: cell for cell in made.cells}
    assert cells["order"].metadata.nbgrader.points == 5
    assert cells["words"].cell_type == "markdown"
    assert cells["words"].metadata.nbgrader.solution
    assert made.metadata.fourps.exercise == "welcome"
    assert [cell.grade_id for cell in made.metadata.fourps.cells] == [
        "order-answer", "order", "record-answer", "record", "words", "total-answer", "total",
    ]  # fmt: skip
    assert "Next:" not in made.cells[-1].source


def test_folded_code(references):
    """Is code folded that the book folds?"""
    made = notebook(page(references, "lab"), references)
    folded = [
        cell.metadata.get("jupyter", {}).get("source_hidden", False)
        for cell in made.cells
        if cell.cell_type == "code"
    ]
    assert folded == [True, False]


def test_first_page(references):
    """Does the first page say what notebooks are, and lead to all the others?"""
    made = notebook(references.pages[0], references)
    text = "\n".join(cell.source for cell in made.cells)
    assert "Shift + Enter" in text
    for other in references.pages:
        assert f"[{references.title(other)}](" in text


@pytest.mark.parametrize(
    ("old", "new", "line", "name"),
    [
        ("Add up", "{odd}`x` Add up", None, None),
        ("## Task 4", "## {odd}`x`", 66, "unknown-role"),
        ("Write here.", "```{quiz} quiz.yaml\n```", 62, "nested-player"),
        ("grade_id: total,", "grade_id: order,", 1, "repeated-cell"),
        ('+++ {"nb', "+++ {'nb", 1, "syntax"),
    ],
)
def test_refuses(references, old, new, line, name):
    """Does an error in an exercise name its line, counted in the file?"""
    path = page(references, "exercise")
    text = path.read_text("utf-8").replace(old, new)
    path.write_text(text, "utf-8")
    if name is None:
        notebook(path, references)
        return
    with pytest.raises(BrokenSourceError) as caught:
        notebook(path, references)
    (problem,) = caught.value.problems
    assert (problem.name, problem.line) == (name, line)
