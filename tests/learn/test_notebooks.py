import re
from posixpath import normpath

import nbformat
import pytest

from fourps.course.files import content_root
from fourps.course.inline import parser
from fourps.course.problem import BrokenSourceError
from fourps.learn.notebooks import notebook, notebooks
from fourps.learn.references import References

NAME = re.compile(r"\{[\w:.+-]+\}")
ROOT = content_root()
PAGES = sorted((*ROOT.glob("book/*.md"), *ROOT.glob("modules/**/*.md")))


@pytest.fixture(scope="module")
def course_notebooks():
    """The notebooks of the real course, by the path that each has in a learner's folder."""
    return dict(notebooks(References(ROOT)))


def page(references, name):
    return references.root / "modules" / "welcome" / f"{name}.md"


@pytest.mark.once
def test_same_each_time(references):
    """Do two runs give the same bytes, so that an untouched notebook can be known?"""
    assert dict(notebooks(references)) == dict(notebooks(References(references.root)))


@pytest.mark.once
def test_the_real_course(course_notebooks):
    """Is each page of the real course a valid notebook whose links lead to notebooks?"""
    made = course_notebooks
    assert next(iter(made)) == "book/welcome.ipynb"
    for path, data in made.items():
        read = nbformat.reads(data.decode(), as_version=4)
        nbformat.validate(read)
        ids = [cell.id for cell in read.cells]
        assert len(ids) == len(set(ids))
        for cell in read.cells:
            for link in re.findall(r"\]\(([^)#]+\.ipynb)", cell.source):
                assert normpath(f"{path}/../{link}") in made, (path, link)


def left_over(text):
    """Every directive or role that stands outside code."""
    md = parser()
    found = []
    for token in md.parse(text, {"spans": []}):
        if token.type in ("fence", "colon_fence"):
            if token.type == "colon_fence" or token.info.startswith("{"):
                found.append(token.info)
        elif token.type in ("myst_target", "myst_line_comment"):
            found.append(token.content)
        elif token.type == "inline":
            plain_text = [child for child in token.children if child.type != "code_inline"]
            for child in plain_text:
                found += NAME.findall(child.content) + [child.type] * (child.type == "myst_role")
        elif token.type == "html_block":
            found += NAME.findall(token.content)
    return found


@pytest.mark.once
@pytest.mark.parametrize("path", PAGES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_every_page_of_the_course(course_notebooks, path):
    """Is no directive, role, comment or target left in any notebook of the course?"""
    name = path.relative_to(ROOT).with_suffix(".ipynb").as_posix()
    made = nbformat.reads(course_notebooks[name].decode(), as_version=4)
    for cell in made.cells:
        if cell.cell_type == "markdown":
            assert not left_over(cell.source)


def test_every_directive(references):
    """Is none left of the page that holds all of them, and are links those of notebooks?"""
    path = page(references, "every")
    made = notebook(path, references)
    text = "\n\n".join(cell.source for cell in made.cells)
    assert not left_over(text)
    assert "remark" not in text
    links = re.findall(r"\]\(([^)#]+)[^)]*\)", text)
    assert links
    assert all("://" in link or (path.parent / link).suffix == ".ipynb" for link in links)


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
