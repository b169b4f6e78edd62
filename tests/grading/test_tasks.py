"""What learners are told of an exercise in their feedback."""

from __future__ import annotations

import re

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from fourps.course.files import content_root
from fourps.grading import exercise_text, tasks
from fourps.grading.certificate.completion import LAST_TASK
from fourps.grading.release_exercises import exercises
from fourps.grading.tasks import about
from fourps.handin.released_exercise import describe

ROOT = content_root()


@pytest.mark.parametrize("module", exercises(ROOT))
def test_every_task(module):
    """Has each cell that earns points a title, and each task without programming something to read?"""
    notebook = exercise_text.read(ROOT / "modules" / module / "exercise.md")
    known = about(module)
    earns = [cell for cell in describe(notebook, module, "1").cells if cell.points]
    assert len(earns) == 17
    for cell in earns:
        task = known.tasks[cell.grade_id]
        number = int(re.match(r"Task (\d+): \w", task.title)[1])
        assert not task.title.endswith("points)")
        assert len(task.read) in range(0 if number > LAST_TASK else 1, 7)
    assert known.title.startswith("Exercise: ")


def test_french():
    """Are titles and what to read in French for whoever handed in French?"""
    task = about("protection", "fr").tasks["task-8"]
    assert task.title.replace("\N{NO-BREAK SPACE}", " ") == "Tâche 8 : rayer"
    assert [one.name for one in task.read] == ["Ce que vous écrivez"]


def test_other_courses():
    """Is nothing said of an assignment that is no exercise of this course?"""
    assert about("ps1") == ("", {})


EXERCISE = """---
kernelspec:
  name: python3
  display_name: Python 3
---
# Exercise: one

### Task 1: sort (5 points)

*Outcomes 1.1 and 1.2.*

```{code-cell}
---
nbgrader: {grade: true, solution: false, locked: true, grade_id: task-1, points: 5, schema_version: 3, task: false}
---
pass
```
"""


def test_where_pages_are(tmp_path, monkeypatch):
    """Do pieces come once and in the order of the book, with addresses where it says where it is?"""
    folder = tmp_path / "modules" / "one"
    (folder / "lesson").mkdir(parents=True)
    (folder / "exercise.md").write_text(EXERCISE, "utf-8")
    for name, line in (("b", "1.1 and 1.2"), ("a", "1.2"), ("c", "1.3")):
        text = f"# Piece {name}\n\n*Outcome{'s' * (' ' in line)} {line}.*\n"
        (folder / "lesson" / f"{name}.md").write_text(text, "utf-8")
    listed = "".join(f"  - file: modules/one/lesson/{name}\n" for name in "cba")
    (tmp_path / "_toc.yml").write_text(f"format: jb-book\nroot: x\nchapters:\n{listed}", "utf-8")
    catalogue = Catalog(locale="fr", fuzzy=False)
    catalogue.add("Piece b", "Partie b")
    place = tmp_path / "locale/fr/LC_MESSAGES/modules/one/lesson/b.po"
    place.parent.mkdir(parents=True)
    with place.open("wb") as stream:
        write_po(stream, catalogue)
    monkeypatch.setattr(tasks, "content_root", lambda: tmp_path)
    read = about("one").tasks["task-1"].read
    assert read == (("Piece b", ""), ("Piece a", ""))
    config = "sphinx:\n  config:\n    html_baseurl: https://example.org/course/\n"
    (tmp_path / "_config.yml").write_text(f"{config}    fourps_languages: [en, fr]\n", "utf-8")
    for function in (tasks._about, tasks._reading, tasks._published):
        function.cache_clear()
    page = "modules/one/lesson/b.html"
    assert about("one").tasks["task-1"].read[0].address == f"https://example.org/course/{page}"
    french = about("one", "fr").tasks["task-1"].read[0]
    assert french == ("Partie b", f"https://example.org/course/fr/{page}")
    # a language that the book is not in has no page there
    assert about("one", "de").tasks["task-1"].read[0].address == ""
