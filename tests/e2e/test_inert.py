"""What a hostile learner wrote and displayed, in the real formgrader and in feedback."""

from __future__ import annotations

import csv
import html
import json
import re
import shutil
import time
from pathlib import Path

import payloads
import pytest
from formgrading import formgrader, grade, released, run, sql
from nbconvert.exporters import HTMLExporter
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.server_extensions.formgrader.handlers import template_path

from nbseal.inert.cost import Allowance
from nbseal.inert.drawings import drawing
from nbseal.seal import why_not

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
    notebook = released(folder)
    code, *written = payloads.cells()
    shown = [(output.data, output.metadata) for output in code.outputs if "data" in output]
    notebook.cells[0].source = "x = 1"
    notebook.cells[2].source = "My **answer**: $\\frac{1}{2}$\n\n" + "<script>hit()</script>"
    source = SHOW.format(shown=json.dumps(shown), text="".join(payloads.texts()))
    notebook.cells += [new_code_cell(source, metadata=code.metadata), *written]
    notebook.cells.append(new_markdown_cell("A *plain* answer: $\\frac{1}{2}$"))
    notebook.metadata.update(payloads.metadata())
    grade(folder, notebook, "eve")
    run(*named(folder), "--course", folder, "--root", ROOT, cwd=folder)
    return folder


def named(folder):
    """Have Moodle say that people are called by what acts; return the words that collect it."""
    acts = [name for _, name in payloads.html()]
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
        page, asked, complaints = context.new_page(), [], []
        context.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
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
        seen = page.evaluate(LOOK) | {
            "asked": asked,
            "complaints": complaints,
            "text": page.inner_text("body"),
        }
        context.close()
        return seen

    return look


def judge(seen, own):
    """Insist that nothing of the learner's ran, asked, led or lay above anything."""
    judge_names(seen)
    assert not seen["handlers"]
    assert not seen["acting"]
    assert not seen["over"]
    assert [url for url in seen["asked"] if not url.startswith(own)] == []
    links = [link for link in seen["links"] if ":" in link]
    assert [link for link in links if not link.startswith(("http", "mailto"))] == []
    assert all(not source or source.startswith("data:image/") for _, source in seen["pictures"])
    # what can be shown is shown: two pictures that are not there say so
    assert [width for width, source in seen["pictures"] if "png" in source and width > 100]


def judge_names(seen):
    """Insist that no name ran or asked for anything."""
    assert not seen["hits"]
    assert not [text for text in seen["complaints"] if "hit" in text]
    assert not [url for url in seen["asked"] if "/hit/" in url]


def test_payloads():
    """Are there forty of them at least, all different?"""
    every = [text for _, text in [*payloads.html(), *payloads.markdown()]]
    assert len(set(every)) == len(every) >= 40
    assert len([*payloads.bundles()]) >= 15


def test_formgrader(graded, start_jupyter, look):
    """Does nothing of it run or ask for anything in the real formgrader?"""
    [(submission,)] = sql(graded, "select id from submitted_notebook")
    with formgrader(start_jupyter, graded) as address:
        page = f"{address}/formgrader/submissions/{submission}/?index=0"
        seen = look(page, first=f"{address}/login?token=test")
        own = (f"{address}/formgrader/", f"{address}/static/favicon.ico", "data:")
        judge(seen, own)
        # the page works: it asked for the marks
        assert [url for url in seen["asked"] if "/formgrader/api/grades" in url]
        assert "A plain answer:" in seen["text"]
        assert "task-4-check" in seen["text"]
        for page, shows in (
            ("manage_students", "Name-9"),
            ("manage_students/eve", "ps1"),
            ("manage_submissions/ps1", "Name-0"),
            ("gradebook/ps1/ex", "Submission #1"),
        ):
            seen = look(f"{address}/formgrader/{page}", f"{address}/login?token=test", shows)
            judge_names(seen)
            assert shows in seen["text"], page


def test_report_with_names(graded, look):
    """Does no name run or ask for anything in the report that names people?"""
    words = ("grade", "report", "--names", "--course", graded, "--root", ROOT)
    run("fourps", *words, cwd=graded)
    page = (graded / "report" / "report.html").as_uri()
    seen = look(page)
    judge_names(seen)
    assert seen["asked"] == [page]
    assert seen["text"].count("Name-") > 60


def test_formgrader_of_another_course(graded, look):
    """Does nothing of it run where nbgrader's own template is used, without our configuration?"""
    exporter = HTMLExporter(template_name="formgrade", extra_template_basedirs=[template_path])
    notebook = graded / "autograded" / "eve" / "ps1" / "ex.ipynb"
    text, _ = exporter.from_filename(str(notebook), {"base_url": "/own", "index": 0, "total": 1})
    page = graded.parent / "formgrade.html"
    page.write_text(text, "utf-8")
    seen = look(page.as_uri())
    # its own scripts are not there, and it fetches MathJax elsewhere
    own = ("file:///own/formgrader/", page.as_uri(), exporter.mathjax_url, "data:")
    judge(seen, own)


def test_costly_drawings(browser, tmp_path):
    """Is a page drawn in seconds that has of each costly drawing what the cleaning leaves?"""
    parts = []
    for number, (_, texts) in enumerate((*payloads.too_many(), *payloads.with_parts())):
        allowance = Allowance()
        drawings = [drawing(text, allowance) for text in texts]
        # as they would stand on a page of their own
        parts += [
            svg.replace('="a', f'="p{number}a').replace("#a", f"#p{number}a")
            for svg in drawings
            if svg
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
def test_feedback(graded, look, program, browser, axe):
    """Does nothing of it run or ask for anything in a page of feedback, and can a phone show the first?"""
    if program == "nbgrader":
        run("nbgrader", "generate_feedback", "ps1", cwd=graded)
    else:
        waiting = "manual_score is null and auto_score is null"
        by_hand = "update grade set needs_manual_grade = 0, manual_score = 3 where "
        sql(graded, by_hand + waiting)
        run("fourps", "grade", "feedback", "ps1", "--course", graded, cwd=graded)
    page = graded / "feedback" / "eve" / "ps1" / "ex.html"
    seen = look(page.as_uri())
    judge(seen, (page.as_uri(), "data:"))
    text = page.read_text("utf-8")
    assert "default-src 'none'" in text
    assert "<script" not in text
    assert "<math" in text
    assert "<strong>answer</strong>" not in text
    assert "My **answer**" in text
    if program == "fourps":
        first = page.with_name("feedback.html")
        assert "My **answer**" in first.read_text("utf-8")
        assert not {"svg", "img", "script"} & {*re.findall(r"<(\w+)", first.read_text("utf-8"))}
        judge_names(look(first.as_uri()))
        on_a_phone(browser, axe, first.as_uri())


def asking(context):
    """Return a list into which each address goes that is asked for."""
    asked = []
    context.on("request", lambda request: asked.append(request.url))
    return asked


def on_a_phone(browser, axe, address):
    """Insist that a page can be read at 320 px, light, dark and by axe, and printed whole."""
    for scheme in ("light", "dark"):
        context = browser.new_context(viewport={"width": 320, "height": 640}, color_scheme=scheme)
        page, asked = context.new_page(), asking(context)
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        closed = page.locator("details").first
        text = closed.locator(".text")
        shown = "one => one.checkVisibility({ contentVisibilityAuto: true })"
        assert not text.evaluate(shown)
        page.emulate_media(media="print")
        assert text.evaluate(shown)
        page.emulate_media(media="screen")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert closed.get_attribute("open") is not None
        assert axe(page) == [], scheme
        assert asked == [address]
        context.close()
