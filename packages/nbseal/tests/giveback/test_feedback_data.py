"""What a page of feedback says, from marks, decisions and the notebooks that were marked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from nbseal.base.about import AboutAssignment, AboutTask, Part, Reading, Standing
from nbseal.base.profile import Profile
from nbseal.base.rubric import Criterion, Rubric
from nbseal.base.words import FEEDBACK
from nbseal.giveback import feedback_data as module
from nbseal.giveback.feedback_data import Lines, Marked, feedback_data
from nbseal.giveback.feedback_page import page
from nbseal.giveback.feedback_zips import TooEarlyError, _may_quote
from nbseal.gradebook.decisions import Decision
from nbseal.gradebook.marks import Marks
from nbseal.gradebook.verdicts import Verdict
from nbseal.reasons import because

LEVELS = ("all is there", "one is missing", "two are missing", "nothing is there")
RUBRIC = Rubric(
    "Task 2", (Criterion("A", "Short", LEVELS), Criterion("B", "Kind", LEVELS)), 2, "if it harms"
)
ABOUT = AboutAssignment(
    "Semaine",
    {
        name: AboutTask(title, (Reading("Relire ceci"),))
        for title, names in {"Tâche 1": ("sort", "sort-check"), "Tâche 2": ("note",)}.items()
        for name in names
    },
)


def cell(kind, source, name="", outputs=(), **about):
    marks = {"nbgrader": {"grade_id": name, "grade": False, "solution": False} | about}
    made = (
        new_code_cell(source, outputs=[*outputs]) if kind == "code" else new_markdown_cell(source)
    )
    made.metadata.update(marks if name else {})
    return made


def notebook(language="", check=()):
    cells = [
        cell("markdown", "# A week\n\nRead this."),
        cell("markdown", "## Task 1: sort\n\nSort them."),
        cell("code", 'sort = """\na: seen\nb: guess\n"""', "sort", solution=True),
        cell("code", "assert sort", "sort-check", check, grade=True),
        cell("markdown", "## Task 2: write"),
        cell(
            "markdown",
            "*I would* ask.\n\n# Not a heading of yours",
            "note",
            grade=True,
            solution=True,
        ),
        cell("code", "def f():\n    return 1", "code", solution=True),
        cell("code", "assert f() == 1", "code-check", grade=True),
    ]
    return new_notebook(cells=cells, metadata={"course_language": language} if language else {})


def marks(**more):
    cells = {"sort-check": (3.0, 5.0), "note": (4.0, 6.0), "code-check": (2.0, 2.0)}
    return Marks("ada", "ps1", cells, **{"by_hand": {"note": 4.0}} | more)


def decision(scores=(3, 1), points=4.0, **more):
    about = ("ps1", "ada", "one", "note", "awa", "mark", "hash")
    return Decision(*about, scores, points=points, **more)


@pytest.fixture
def course(monkeypatch):
    """A course that says nothing of its tasks in English, and all in French."""

    def words(language):
        french = {"feedback-decimal": ",", "ungraded-signal": "Arrêté par {signal}."}
        return FEEDBACK | (french if language == "fr" else {})

    known = Profile(
        key="course",
        about=lambda name, language: (
            ABOUT if (name, language) == ("ps1", "fr") else AboutAssignment()
        ),
        standing=lambda marks, _: Standing(
            (Part("First", marks.points, 11),), ("Seven are enough.",)
        ),
        rubric=lambda _, name, cell, __: RUBRIC if (name, cell) == ("ps1", "note") else None,
        words=words,
    )
    monkeypatch.setattr(module, "profile", lambda: known)


def gather(mine=None, book=None, *, decided=None, stopped=(), told=False, verdict=None, pages=()):
    mine = mine or marks()
    marked = Marked(
        "ps1",
        {"ada": mine},
        {"ada": verdict} if verdict else {},
        {("ada", "note"): decided} if decided else {},
        frozenset(stopped),
    )
    return feedback_data(
        marked, "ada", {"one": book or notebook()}, pages, Lines(Path(), told=told)
    )


@pytest.mark.usefixtures("course")
def test_tasks():
    """Is each task there in order, with what was answered, what the check said and the comments?"""
    said = [
        new_output("stream", text="Look again: row b.\n"),
        new_output("error", ename="AssertionError", evalue="\x1b[31mTwo are wrong.\x1b[0m"),
        new_output("execute_result", {"text/plain": "3"}),
    ]
    given = marks(comments={"note": "Kind words.", "sort": "Nearly."}, corrected=["sort-check"])
    data = gather(given, notebook(check=said), pages=["one.html"])
    first, second, third = data["tasks"]
    assert (data["title"], data["points"], data["most"]) == ("A week", 9, 13)
    assert (first["title"], first["points"], first["most"]) == ("Task 1: sort", 3, 5)
    assert (first["answer"], first["code"]) == ("a: seen\nb: guess", False)
    assert first["check"] == "Look again: row b.\nTwo are wrong."
    assert (first["comment"], first["corrected"]) == ("Nearly.", True)
    # what a learner writes names no task
    assert (second["title"], second["points"], second["most"]) == ("Task 2: write", 4, 6)
    assert second["answer"].startswith("*I would* ask.")
    assert (second["comment"], second["code"]) == ("Kind words.", False)
    # and what is graded by itself stands by itself
    assert (third["title"], third["points"], third["code"]) == ("Task 2: write (code)", 2, True)
    assert third["answer"].endswith("return 1")
    assert data["parts"] == [{"name": "First", "points": 9, "most": 11}]
    assert (data["notes"], data["notebooks"]) == (["Seven are enough."], ["one.html"])
    assert "beside this page: one.html" in page(data)


@pytest.mark.usefixtures("course")
def test_language():
    """Is all in the language of the hand-in: titles, what to read again, numbers and reasons?"""
    why = (because("signal", signal="SIGKILL"),)
    data = gather(
        marks(penalty=0.5),
        notebook("fr"),
        verdict=Verdict("ps1", "ada", "partly", why),
    )
    assert (data["language"], data["title"]) == ("fr", "Semaine")
    assert [task["title"] for task in data["tasks"]] == ["Tâche 1", "Tâche 2", "Task 2: write"]
    assert data["tasks"][0]["read"] == [{"name": "Relire ceci", "address": ""}]
    assert data["troubles"] == ["Arrêté par SIGKILL."]
    assert ('<html lang="fr">' in page(data), "8,5" in page(data)) == (True, True)
    assert gather(verdict=Verdict("ps1", "ada", "graded", why))["troubles"] == []


@pytest.mark.usefixtures("course")
def test_criteria():
    """Has each criterion its points, and the rubric's own line only where it may be told?"""
    data = gather(decided=decision((3, 1), 4.0))["tasks"][1]
    assert [one["line"] for one in data["criteria"]] == ["", ""]
    assert [(one["name"], one["points"], one["most"]) for one in data["criteria"]] == [
        ("Short", 3, 3),
        ("Kind", 1, 3),
    ]
    told = gather(decided=decision((3, 1), 4.0), told=True)["tasks"][1]
    assert [one["line"] for one in told["criteria"]] == ["all is there", "two are missing"]
    assert data["cap"] is told["cap"] is None
    capped = marks()
    capped.cells["note"] = (2.0, 6.0)
    for known, line in ((False, ""), (True, "if it harms")):
        task = gather(capped, decided=decision((3, 3), 2.0, cap=True), told=known)["tasks"][1]
        assert task["cap"] == {"most": 2, "line": line}
    # other points were given in the formgrader since: no criterion says why
    assert gather(decided=decision((3, 3), 6.0))["tasks"][1]["criteria"] == []


@pytest.mark.usefixtures("course")
def test_stopped():
    """Is nothing told of a text at which somebody stopped, and does it hold up nobody's feedback?"""
    given = marks(comments={"note": "WORDS"}, waiting=["note"], by_hand={"note": None})
    data = gather(given, stopped=[("ada", "note")], decided=decision())
    assert [task["state"] for task in data["tasks"]] == ["marked", "stopped", "marked"]
    assert "I would" not in str(data)
    assert "WORDS" not in str(data)
    drawn = page(data)
    assert "will speak with you about it in private" in drawn
    assert "Not in it yet: Task 2: write." in drawn
    marked = Marked("ps1", {"ada": given}, stopped=frozenset([("ada", "note")]))
    assert (marked.why_not("ada"), marked.stopped_of("ada")) == ("", {"note"})
    others = Marked("ps1", {"ada": given}, stopped=frozenset([("ben", "note")]))
    assert others.why_not("ada") == "to be marked by hand: note"
    waits = gather(given)
    assert [task["state"] for task in waits["tasks"]] == ["marked", "waits", "marked"]
    assert "Not marked yet." in page(waits)


@pytest.mark.usefixtures("course")
def test_two_notebooks():
    """Do two notebooks with the same headings and names keep their tasks apart?"""
    given = marks()
    given.cells |= {f"two/{name}": points for name, points in given.cells.items()}
    books = {"one": notebook(), "two": notebook()}
    data = feedback_data(Marked("ps1", {"ada": given}), "ada", books, (), Lines(Path(), told=False))
    titles = [task["title"] for task in data["tasks"]]
    assert titles[::3] == ["one: Task 1: sort", "two: Task 1: sort"]
    assert (len(titles), sum(task["most"] for task in data["tasks"])) == (6, data["most"])


@pytest.mark.usefixtures("course")
def test_lost_cells():
    """Does a cell that a notebook has lost keep its line, so that all points are on the page?"""
    book = notebook()
    book.cells = book.cells[:4]
    data = gather(book=book)
    assert sum(task["points"] for task in data["tasks"]) == data["points"]
    assert [task["title"] for task in data["tasks"]] == ["Task 1: sort", "note", "code-check"]


def test_when_rubrics_are_quoted():
    """Is the rubric quoted after the last moment, before it never, and without one if that is asked?"""
    past, later = (datetime.now(UTC) + timedelta(hours=hours) for hours in (-1, 1))
    assert _may_quote(past, "ps1", asked=False)
    assert not _may_quote(later, "ps1", asked=False)
    assert not _may_quote(None, "ps1", asked=False)
    assert _may_quote(None, "ps1", asked=True)
    with pytest.raises(TooEarlyError, match=r"ps1 can be handed in until 20.*--rubric-lines"):
        _may_quote(later, "ps1", asked=True)


@pytest.mark.usefixtures("course")
def test_untouched():
    """Is nothing shown of what nobody began, and no program asked of whoever handed in texts alone?"""
    given = ({"one": notebook()}, (), Lines(Path(), told=False))
    marked = Marked("ps1", {"ada": marks()})
    nothing = [("one", name) for name in ("sort", "note", "code")]
    tasks = feedback_data(marked, "ada", *given, untouched=nothing)["tasks"]
    assert [task["title"] for task in tasks] == ["Task 1: sort", "Task 2: write"]
    assert [task["answer"] for task in tasks] == ["", ""]
    beside = ({"one": notebook()}, ("one.html",), Lines(Path(), told=False))
    assert len(feedback_data(marked, "ada", *beside, untouched=nothing)["tasks"]) == 3
    begun = feedback_data(marked, "ada", *given, untouched=nothing[:2])["tasks"]
    assert begun[2]["answer"].endswith("return 1")
