"""A course with graded texts of one written task, made at once in nbgrader's tables and folders."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing

from graded_cells import marks
from nbformat.v4 import new_markdown_cell, new_notebook
from nbgrader import api
from sqlalchemy import create_engine, insert

CONFIG = 'c = get_config()\nc.CourseDirectory.course_id = "small"\n'


class DeskCourse:
    """nbgrader's folder of a course in which one assignment has one task that a person marks."""

    def __init__(self, folder, assignment="ps1", cell="essay", points=15, notebook="exercise"):
        self.folder, self.assignment, self.cell = folder, assignment, cell
        self.notebook, self.points = notebook, points
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "nbgrader_config.py").write_text(CONFIG, "utf-8")
        self.url = f"sqlite:///{folder / 'gradebook.db'}"
        # without its note of the version, for which nbgrader starts a program
        engine = create_engine(self.url)
        api.Base.metadata.create_all(engine)
        engine.dispose()
        of = {"notebook_id": "n", "name": cell}
        self._insert(
            (api.Course, [{"id": "small"}]),
            (api.Assignment, [{"id": "secret", "name": assignment, "course_id": "small"}]),
            (api.Notebook, [{"id": "n", "name": notebook, "assignment_id": "secret"}]),
            (api.BaseCell, [{"id": "g", "type": "GradeCell", **of}]),
            (api.GradeCell, [{"id": "g", "max_score": points, "cell_type": "markdown"}]),
            (api.BaseCell, [{"id": "s", "type": "SolutionCell", **of}]),
            (api.SolutionCell, [{"id": "s"}]),
        )

    def hand_in(self, texts):
        """Have learners' texts graded, as nbgrader leaves them for a person."""
        rows = {kind: [] for kind in (api.Student, api.SubmittedAssignment, api.SubmittedNotebook)}
        rows |= {api.Grade: [], api.Comment: []}
        for who, text in texts.items():
            self.write(who, text)
            rows[api.Student].append({"id": who})
            of = {"assignment_id": "secret", "student_id": who}
            rows[api.SubmittedAssignment].append({"id": f"a-{who}", **of})
            of = {"assignment_id": f"a-{who}", "notebook_id": "n"}
            rows[api.SubmittedNotebook].append({"id": f"n-{who}", **of})
            of = {"notebook_id": f"n-{who}"}
            rows[api.Grade].append(
                {"id": f"g-{who}", "cell_id": "g", "needs_manual_grade": True, **of}
            )
            rows[api.Comment].append({"id": f"c-{who}", "cell_id": "s", **of})
        self._insert(*rows.items())

    def write(self, who, text):
        """Write a graded notebook, in place of the one that was there."""
        cell = new_markdown_cell(text, metadata=marks(self.cell, True, True, self.points))
        cell.id = "essay"
        place = self.folder / "autograded" / who / self.assignment / f"{self.notebook}.ipynb"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(json.dumps(new_notebook(cells=[cell])), "utf-8")

    def sql(self, statement, *values):
        """Ask the gradebook, or change it."""
        database = sqlite3.connect(self.folder / "gradebook.db", timeout=60)
        with closing(database), database:
            return database.execute(statement, values).fetchall()

    def given(self):
        """Return nbgrader's own score, whether it waits, and the comment, by learner."""
        query = """select student_id, manual_score, needs_manual_grade, manual_comment
            from grade join submitted_notebook n on grade.notebook_id = n.id
            join submitted_assignment a on n.assignment_id = a.id
            left join comment on comment.notebook_id = n.id"""
        return {who: tuple(rest) for who, *rest in self.sql(query)}

    def _insert(self, *tables):
        engine = create_engine(self.url)
        with engine.begin() as connection:
            for kind, rows in tables:
                connection.execute(insert(kind.__table__), rows)
        engine.dispose()
