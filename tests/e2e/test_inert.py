"""What a hostile learner wrote and displayed, in the real formgrader and in feedback."""

from __future__ import annotations

import csv
import html
import json
import shutil
import time
from pathlib import Path

import payloads
import pytest
from formgrading import formgrader, released, run, sql
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.server_extensions.formgrader.handlers import template_path

from fourps.grading.inert.allowance import Allowance
from fourps.grading.inert.drawings import drawing
from fourps.grading.seal import why_not

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.browser, pytest.mark.slow]

SHOW = """
import json
from IPython.display import display
for data, metadata in json.loads({shown!r}):
    display(data, metadata=metadata, raw=True)
print({text!r})
raise ValueError({text!r})
"""
# what is on the page of the learner's doing, and leads or draws somewhere
LOOK = """() => ({
  hits: window.hits || [],
  links: [...document.querySelectorAll("a[href], math [href]")].map(a => a.getAttribute("href")),
  handlers: [...document.querySelectorAll("*")].flatMap(one => [...one.attributes]
    .filter(a => /^on/i.test(a.name) && !/toggle_name/.test(a.value)).map(a => a.value)),
  acting: [...document.querySelectorAll("iframe,object,embed,form,base,link[href^='http'],video,audio,\
svg,meta[http-equiv=refresh],template")].map(one => one.outerHTML),
  pictures: [...document.images].map(one => [one.naturalWidth, one.src.slice(0, 30)]),
  over: [...document.querySelectorAll("#notebook *, main *")]
    .filter(one => ["fixed", "absolute", "sticky"].includes(getComputedStyle(one).position)).length,
})"""


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A course with this one's configuration, in which one learner handed in every payload."""
    assert not why_not()
    folder = tmp_path_factory.mktemp("inert") / "course"
    made = released(folder)
    code, *written = payloads.cells()
    shown = [(one.data, one.metadata) for one in code.outputs if one.output_type == "display_data"]
    made.cells[0].source = "x = 1"
    made.cells[2].source = "My **answer**: $\\frac{1}{2}$\n\n" + "<script>hit()</script>"
    source = SHOW.format(shown=json.dumps(shown), text="".join(payloads.texts()))
    made.cells += [new_code_cell(source, metadata=code.metadata), *written]
    made.cells.append(new_markdown_cell("A *plain* answer: $\\frac{1}{2}$"))
    made.metadata.update(payloads.metadata())
    place = folder / "submitted" / "eve" / "ps1"
    place.mkdir(parents=True)
    (place / "ex.ipynb").write_text(json.dumps(made), "utf-8")
    before = (place / "ex.ipynb").read_bytes()
    run("fourps", "grade", "run", "ps1", "--course", folder, "--workers", "1", cwd=folder)
    assert (place / "ex.ipynb").read_bytes() == before
    run(*named(folder), "--course", folder, "--root", ROOT, cwd=folder)
    return folder


def named(folder):
    """Have Moodle say that people are called by what acts; return the words that collect it."""
    acts = [one for _, one in payloads.html()]
    rows = [["Identifier", "Full name", "Email address", "ID number"]]
    for number, name in enumerate([*acts, *map(html.escape, acts)]):
        learner = "eve" if not number else f"n-{number}"
        rows.append([f"Participant {number}", f"Name-{number} {name}", name, learner])
    with (folder.parent / "grades.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    # without something that was handed in nothing is collected
    later = folder.parent / "later"
    later.mkdir()
    shutil.copy(folder / "release" / "ps1" / "ex.ipynb", later / "n-1.ipynb")
    words = ("--assignment", "ps1", "--worksheet", folder.parent / "grades.csv", "--names")
    return ("fourps", "grade", "collect", later, *words)


@pytest.fixture(scope="module")
def look(browser):
    """Return a function that opens a page and says what it did, and what it asked for."""

    def look(address, first=None, shows=""):
        context = browser.new_context()
        page, asked, said = context.new_page(), [], []
        context.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("dialog", lambda dialog: said.append(dialog.message))
        if first:
            page.goto(first)
            asked.clear()
        page.goto(address, wait_until="load")
        if shows:
            page.get_by_text(shows).first.wait_for()
        # what is loaded late, or acts when it is seen, has its chance
        page.evaluate("() => document.querySelectorAll('*').forEach(one => one.scrollIntoView())")
        page.evaluate("() => document.querySelectorAll('.link').forEach(one => one.click())")
        page.wait_for_timeout(300)
        found = page.evaluate(LOOK) | {
            "asked": asked,
            "said": said,
            "text": page.inner_text("body"),
        }
        context.close()
        return found

    return look


def judge(found, own):
    """Insist that nothing of the learner's ran, asked, led or lay above anything."""
    assert not found["hits"]
    assert not [one for one in found["said"] if "hit" in one]
    assert not found["handlers"]
    assert not found["acting"]
    assert not found["over"]
    assert [one for one in found["asked"] if not one.startswith(own)] == []
    assert not [
        one for one in found["links"] if ":" in one and not one.startswith(("http", "mailto"))
    ]
    assert all(not source or source.startswith("data:image/") for _, source in found["pictures"])
    # what can be shown is shown: two pictures that are not there say so
    assert [width for width, source in found["pictures"] if "png" in source and width > 100]


def judge_names(found):
    """Insist that no name ran or asked for anything."""
    assert not found["hits"]
    assert not [one for one in found["said"] if "hit" in one]
    assert not [one for one in found["asked"] if "/hit/" in one]


def test_payloads():
    """Are there forty of them at least, all different?"""
    every = [one for _, one in [*payloads.html(), *payloads.markdown()]]
    assert len(set(every)) == len(every) >= 40
    assert len([*payloads.bundles()]) >= 15


def test_formgrader(graded, start_jupyter, look):
    """Does nothing of it run or ask for anything in the real formgrader?"""
    [(submission,)] = sql(graded, "select id from submitted_notebook")
    with formgrader(start_jupyter, graded) as address:
        page = f"{address}/formgrader/submissions/{submission}/?index=0"
        found = look(page, first=f"{address}/login?token=test")
        own = (f"{address}/formgrader/", f"{address}/static/favicon.ico", "data:")
        judge(found, own)
        # the page works: it asked for the marks
        assert [one for one in found["asked"] if "/formgrader/api/grades" in one]
        assert "A plain answer:" in found["text"]
        assert "task-4-check" in found["text"]
        for page, shows in (
            ("manage_students", "Name-9"),
            ("manage_students/eve", "ps1"),
            ("manage_submissions/ps1", "Name-0"),
            ("gradebook/ps1/ex", "Submission #1"),
        ):
            found = look(f"{address}/formgrader/{page}", f"{address}/login?token=test", shows)
            judge_names(found)
            assert shows in found["text"], page


def test_report_with_names(graded, look):
    """Does no name run or ask for anything in the report that names people?"""
    words = ("grade", "report", "--names", "--course", graded, "--root", ROOT)
    run("fourps", *words, cwd=graded)
    page = (graded / "report" / "report.html").as_uri()
    found = look(page)
    judge_names(found)
    assert found["asked"] == [page]
    assert found["text"].count("Name-") > 60


def test_formgrader_of_another_course(graded, look):
    """Does nothing of it run where nbgrader's own template is used, without our configuration?"""
    made = HTMLExporter(template_name="formgrade", extra_template_basedirs=[template_path])
    notebook = graded / "autograded" / "eve" / "ps1" / "ex.ipynb"
    text, _ = made.from_filename(str(notebook), {"base_url": "/own", "index": 0, "total": 1})
    page = graded.parent / "formgrade.html"
    page.write_text(text, "utf-8")
    found = look(page.as_uri())
    # its own scripts are not there, and it fetches MathJax elsewhere
    own = ("file:///own/formgrader/", page.as_uri(), made.mathjax_url, "data:")
    judge(found, own)


def test_costly_drawings(browser, tmp_path):
    """Is a page drawn in seconds that has of each costly drawing what the cleaning leaves?"""
    parts = []
    for number, (_, texts) in enumerate((*payloads.too_many(), *payloads.with_parts())):
        allowance = Allowance()
        made = [drawing(text, allowance) for text in texts]
        # as they would stand on a page of their own
        parts += [
            one.replace('="a', f'="p{number}a').replace("#a", f"#p{number}a") for one in made if one
        ]
    path = tmp_path / "page.html"
    path.write_text("<!doctype html>" + "".join(parts), "utf-8")
    page = browser.new_page()
    start = time.monotonic()
    page.goto(path.as_uri())
    page.screenshot()
    # one of them alone took minutes
    assert time.monotonic() - start < 60
    assert len(parts) >= 8
    page.close()


@pytest.mark.parametrize("program", ["nbgrader", "fourps"])
def test_feedback(graded, look, program):
    """Does nothing of it run or ask for anything in a page of feedback, which forbids both?"""
    if program == "nbgrader":
        run("nbgrader", "generate_feedback", "ps1", cwd=graded)
    else:
        waiting = "manual_score is null and auto_score is null"
        by_hand = "update grade set needs_manual_grade = 0, manual_score = 3 where "
        sql(graded, by_hand + waiting)
        run("fourps", "grade", "feedback", "ps1", "--course", graded, cwd=graded)
    page = graded / "feedback" / "eve" / "ps1" / "ex.html"
    found = look(page.as_uri())
    judge(found, (page.as_uri(), "data:"))
    text = page.read_text("utf-8")
    assert "default-src 'none'" in text
    assert "<script" not in text
    assert "<math" in text
    assert "<strong>answer</strong>" not in text
    assert "My **answer**" in text
