"""What a run asks of the database for each submission."""

import re
from collections import Counter
from types import SimpleNamespace

import pytest
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Engine

from nbseal.nbgrader_commands import environment
from nbseal.run.driver import run
from nbseal.run.result import Options

pytestmark = pytest.mark.slow
CONFIG = """
from nbseal.plugins.credit import PerDay
from nbseal.seal import SealedExecute
c.AssignLatePenalties.plugin_class = PerDay
c.PerDay.per_day = {per_day}
c.SealedExecute.preload = []
c.Autograde.autograde_preprocessors = [
    SealedExecute, "nbgrader.preprocessors.SaveAutoGrades", "nbgrader.preprocessors.AssignLatePenalties"
]
"""
# tables that grow with the cohort
GROW = "comment nbseal_outcome grade student submitted_assignment submitted_notebook"
SILENT = SimpleNamespace(say=pytest.fail, progress=lambda *_: None)
# an alias has a number at its end
SCAN = re.compile(r"SCAN (\w+?)(?:_\d+)?( .*)?")


class Asked:
    """The statements of a run, and how often each was asked."""

    def __init__(self, course):
        self.statements = Counter()
        event.listen(Engine, "before_cursor_execute", self._take)
        try:
            assert run(course.folder, [], Options(workers=1), SILENT).complete
        finally:
            event.remove(Engine, "before_cursor_execute", self._take)

    def _take(self, _connection, _cursor, statement, *_):
        self.statements[statement] += 1


@pytest.mark.parametrize("per_day", [0.0, 0.1])
def test_each_costs_the_same(per_day, small_course, right, monkeypatch):
    """Does a submission cost as many statements as the first, and none that reads everybody's rows?"""
    monkeypatch.setenv("PATH", environment()["PATH"])
    course = small_course()
    course.nbgrader("db", "assignment", "add", "ps1", "--duedate=2026-11-20 12:00:00")
    course.configure(CONFIG.format(per_day=per_day))

    def grade(*numbers):
        for number in numbers:
            folder = course.submit(f"learner-{number:02}", right)
            (folder / "timestamp.txt").write_text("2026-11-22 13:30:00 UTC\n", "utf-8")
        return Asked(course).statements

    first = grade(*range(4))
    many = grade(*range(4, 12))
    last = grade(*range(12, 16))
    late = course.sql("select count(*) from submitted_notebook where late_submission_penalty > 0")
    assert late == [(32 if per_day else 0,)]
    assert last.total() <= first.total()
    each = {name: (many[name] - last[name]) / 4 for name in many if many[name] != last[name]}
    assert sum(each.values()) < 40, each
    engine = create_engine(course.url)
    with engine.connect() as connection:
        for statement in each:
            if statement.startswith(("SELECT", "UPDATE", "DELETE")):
                rows = connection.exec_driver_sql(
                    f"EXPLAIN QUERY PLAN {statement}", ("",) * statement.count("?")
                )
                read = {SCAN.sub(r"\1", row.detail) for row in rows}
                assert not read.intersection(GROW.split()), statement
    engine.dispose()
