"""nbgrader's configuration for this course. README.md beside it says what to do when."""

import os
import sys
from pathlib import Path

from nbconvert.preprocessors import ClearMetadataPreprocessor, CSSHTMLHeaderPreprocessor
from nbgrader.preprocessors import (
    AssignLatePenalties,
    CheckCellMetadata,
    GetGrades,
    IgnorePattern,
    LimitOutput,
    SaveAutoGrades,
)

from nbseal.base.profile import use
from nbseal.inert import TEMPLATES, Inert
from nbseal.plugins.credit import PerDay, PlainCredit
from nbseal.plugins.hide_tests import HideTests
from nbseal.plugins.ordinary import OneLineNotebooks, OneLinePages, remove_odd_files
from nbseal.seal import SealedExecute

c = get_config()  # noqa: F821 - traitlets gives it

# hand-ins, words and helpers of this course, for nbgrader's own commands and the formgrader too
use("fourps.grading.profile:profile")

HERE = Path(__file__).resolve().parent
# nbgrader calls alembic by bare name
os.environ["PATH"] = os.pathsep.join(
    [str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]
)

c.CourseDirectory.course_id = "fourps"
c.CourseDirectory.root = str(HERE)
# SQLite, in this folder. A writer that finds it locked waits, and does not end the whole run.
c.CourseDirectory.db_url = f"sqlite:///{HERE / 'gradebook.db'}?timeout=60"

# a released cell shows what is to be changed; nothing takes the solution's place
c.ClearSolutions.code_stub = {"python": ""}

# a warning on the error output would cost the marks of a check
c.IgnorePattern.enabled = True
c.IgnorePattern.pattern = r"(?s).*"
# and checks in a process that no learner's code reaches; the exercises are written for that
c.SealedExecute.marker = True
# learners' code runs sealed off; see SEALING.md
c.Autograde.autograde_preprocessors = [
    SealedExecute,
    IgnorePattern,
    PlainCredit,
    ClearMetadataPreprocessor,
    LimitOutput,
    SaveAutoGrades,
    AssignLatePenalties,
    CheckCellMetadata,
    Inert,
]

# nbgrader would follow links that were handed in, and stop for everybody at a name of two lines
c.Autograde.pre_convert_hook = remove_odd_files
c.Autograde.exporter_class = OneLineNotebooks
c.GenerateFeedback.exporter_class = OneLinePages

# learners get their feedback without hidden tests and without what their tracebacks quote
c.GenerateFeedback.preprocessors = [HideTests, Inert, GetGrades, CSSHTMLHeaderPreprocessor]

# what learners wrote and displayed does nothing to whoever looks at it, in the formgrader too,
# which here draws formulas itself, and would else fetch a script for them from another host
c.HTMLExporter.preprocessors = [Inert]
c.HTMLExporter.filters = {"markdown2html": "nbseal.inert.markdown2html"}
c.HTMLExporter.extra_template_basedirs = TEMPLATES

# Being late costs nothing. With 0.1 each day begun takes off a tenth of all points, after so many
# minutes of grace, and never more than half. Due dates come from `fourps grade release --due`.
c.AssignLatePenalties.plugin_class = PerDay
c.PerDay.per_day = 0.0
c.PerDay.grace = 15.0
c.PerDay.most = 0.5
