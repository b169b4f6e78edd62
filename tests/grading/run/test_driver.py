"""``fourps grade run`` from end to end, sealed, with a gradebook in SQLite."""

import json
import re
import shutil
import sqlite3

import nbformat
import pytest

from nbseal.gradebook.locks import one_at_a_time

pytestmark = pytest.mark.slow
SEALED = "c.Autograde.autograde_preprocessors = ['nbseal.seal.SealedExecute']"


def tamper(notebook):
    """Delete a check, change another, and give two cells one name."""
    cells = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in notebook.cells}
    if "double-check" in cells:
        cells["double-check"].source = "pass"
        notebook.cells.remove(cells["words-check"])
        notebook.cells.insert(0, nbformat.from_dict(cells["double"]))
        notebook.cells[0].update(source="'a copy'", id="a-copy")


def test_every_submission_ends_somewhere(small, right):
    """Is each submission graded, partly graded, failed or missing, with its reason, and none lost?"""
    small.submit("ada", right)
    small.submit("ben", right, change=tamper)
    small.submit("cem", right | {"words": "import os\nos._exit(3)"})
    small.submit("new\nline", right)
    broken = small.submit("dov", right)
    (broken / "one.ipynb").write_text("{", "utf-8")
    (broken / "two.ipynb").write_text('{"cells": [', "utf-8")
    half = small.submit("eve", right)
    (half / "two.ipynb").write_text(json.dumps({"cells": 3}), "utf-8")
    (small.submit("fay", right) / "link").symlink_to("/etc/passwd")
    (small.folder / "submitted" / "gil" / "ps1").mkdir(parents=True)
    (small.submit("hal", right) / "timestamp.txt").write_text("soon", "utf-8")
    odd = small.submit("ida", right)
    text = (odd / "one.ipynb").read_text("utf-8").replace("I wrote this.", "half: \\ud800")
    (odd / "one.ipynb").write_text(text, "utf-8")
    small.nbgrader("db", "student", "add", "jon")
    done = small.run()
    assert done.returncode == 1
    expected = {
        "ada": "graded", "ben": "graded", "new\nline": "graded", "ida": "graded",
        "cem": "partly", "eve": "partly",
        "dov": "failed", "fay": "failed", "hal": "failed",
        "gil": "missing", "jon": "missing",
    }  # fmt: skip
    assert small.outcomes() == expected, done.stdout + done.stderr
    assert "ps1: 4 graded, 2 partly graded, 3 failed, 2 missing." in done.stdout
    for line in (
        "ben: one: Tests were changed and are put back: double-check. one: Cells were deleted and are put back as released: words-check.",
        "cem: partly graded. one: It ended its own process, with status 3.",
        "fay: failed. link is a link or no ordinary file: delete it",
        "gil: missing. There is no notebook in",
        "hal: failed. timestamp.txt in",
        "jon: missing. Nothing was handed in.",
    ):
        assert line in done.stdout
    points = small.scores()
    assert points["ada", "double-check"] == points["ben", "double-check"] == 3
    assert points["ben", "words-check"] == 2
    # earned before its process ended, and in the other notebook
    assert [points["cem", f"{name}-check"] for name in ("double", "words", "total")] == [3, 0, 5]
    assert points["eve", "double-check"] == 3
    assert points["eve", "total-check"] is None
    [backup] = (small.folder / "backups").iterdir()
    with sqlite3.connect(backup) as copy:
        assert copy.execute("select count(*) from grade").fetchone() == (0,)
    copy.close()
    assert not list(small.folder.glob("autograded/*/.*"))

    # what a person gives stays, whatever is graded again
    small.sql("update grade set manual_score = 1.5, extra_credit = 0.5, needs_manual_grade = 0")
    small.sql("update comment set manual_comment = 'Well done.'")
    again = small.grade()
    assert again.returncode == 1
    assert "5 decided now" not in again.stdout
    assert "3 failed now" in again.stdout
    small.submit("ada", right | {"double": "def double(x):\n    return 0"})
    forced = small.grade("ps1", "--force", "--unsafe")
    assert "UNSAFE" in forced.stderr
    assert "It was not sealed." in forced.stdout
    assert small.scores()["ada", "double-check"] == 0
    assert set(small.sql("select manual_score, extra_credit from grade")) == {(1.5, 0.5)}
    assert set(small.sql("select manual_comment from comment")) == {("Well done.",)}
    assert {
        sealed
        for (sealed,) in small.sql("select sealed from nbseal_outcome where status = 'graded'")
    } == {0}
    # formgrader, feedback and export work on what we wrote
    small.nbgrader("generate_feedback", "ps1", "--student=ada")
    small.nbgrader("export")


def test_marked_stays_marked(small, right):
    """Is what a person has marked done after a regrade, unless something else was handed in?"""
    small.submit("ada", right)
    small.submit("ben", right)
    small.grade()
    small.sql(
        "update grade set manual_score = 3, needs_manual_grade = 0 where cell_id in "
        "(select id from base_cell where name = 'essay')"
    )
    done = "select count(*) from grade where needs_manual_grade = 0"
    [(marked,)] = small.sql(done)
    assert small.sql("select count(*) from grade where manual_score = 3") == [(2,)]
    assert small.grade("--force").returncode == 0
    assert small.sql(done) == [(marked,)]
    small.nbgrader("db", "assignment", "add", "ps1", "--duedate", "2030-01-01 12:00:00 UTC")
    later = small.grade()
    assert "2 decided now" in later.stdout
    assert "look again" not in later.stdout
    assert small.sql(done) == [(marked,)]
    # the time of a hand-in was wrong, and the work is the same
    time = small.folder / "submitted" / "ada" / "ps1" / "timestamp.txt"
    time.write_text("2026-11-19 13:30:00 UTC\n", "utf-8")
    assert "1 decided now" in small.grade().stdout
    assert small.sql(done) == [(marked,)]

    small.submit("ben", right | {"words": "words = []"})
    anew = small.grade("--force")
    again = "ben: Marked by a person before: look again at essay."
    assert again in anew.stdout
    assert small.sql(done) == [(marked - 1,)]
    assert small.sql("select count(*) from grade where manual_score = 3") == [(2,)]
    # until somebody did, each run says it, be there anything new or not
    assert again in small.grade("--force").stdout
    unchanged = small.grade()
    assert again in unchanged.stdout
    assert "decided now" not in unchanged.stdout
    # and what was looked at again is done
    small.sql("update grade set needs_manual_grade = 0")
    assert "look again" not in small.grade().stdout
    small.grade("--force")
    assert small.sql("select count(*) from grade where needs_manual_grade") == [(0,)]


def test_refusals(small, right, tmp_path):
    """Does a run that cannot begin say why, and change nothing?"""
    small.submit("ada", right)
    with one_at_a_time(small.folder):
        busy = small.grade()
    unknown = small.grade("ps2")
    for done, message in (
        (busy, "is being graded by another run (process"),
        (unknown, "ps2 was not released. In the gradebook are: ps1."),
    ):
        assert done.returncode == 1
        assert message in done.stderr
    assert not (small.folder / "autograded").exists()
    assert not (small.folder / "backups").exists()
    small.folder = tmp_path
    assert "nbgrader_config.py is missing" in small.grade().stderr


# and how many of the commands below have to say it
@pytest.mark.parametrize(
    ("line", "said", "commands"),
    [
        ("c.PerDay.per_day = 0,1x", "nbgrader_config.py:11 stops with an error: SyntaxError", 5),
        ("c.Execute.timeout = half", "nbgrader_config.py:11 stops with an error: NameError", 5),
        ("c.CourseDirectory.course_id = 5", "stops with an error: TraitError", 3),
        ("__import__('sys').exit('enough')", "stops with an error: SystemExit: enough", 3),
        (
            "c.CourseDirectory.db_url = 'postgresql://ada:secret@127.0.0.1:9/none'",
            "cannot be read",
            3,
        ),
        ("open('gradebook.db', 'w').write('no database' * 99)", "cannot be read", 3),
        ("c.Autograde.autograde_preprocessors = ['nbgrader.preprocessors.Excute']", "Excute", 1),
        ("c.Autograde.pre_convert_hook = 'os.nosuch'", "cannot be used: AttributeError", 1),
        ("c.Autograde.post_convert_hook = 'nosuch'", "cannot be used: ", 1),
        (f"{SEALED}\nc.SealedExecute.limits = {{'memory': 5}}", "cannot be used: TypeError", 1),
        ("c.CourseDirectory.db_url = 'postgresql://127.0.0.1:9/x?password=secret'", "refused", 4),
        ("c.CourseDirectory.db_url = 'nonsense'", "is no address", 5),
        ("c.CourseDirectory.db_url = 'postgresql://ada:se@cret:secret@host/d'", "no address", 5),
        ("c.CourseDirectory.db_url = 'mysql://ada:secret@127.0.0.1/x'", "MySQLdb", 4),
        (
            "__import__('sqlite3').connect('gradebook.db').executescript('drop table if exists submitted_assignment')",
            "submitted_assignment",
            1,
        ),
    ],
)
def test_broken_configuration(small, right, line, said, commands):
    """Does what cannot be used stop everything in a sentence, with its place and no password, and change nothing?"""
    small.submit("ada", right)
    small.configure(line)
    for words in (
        ["run"],
        ["export"],
        ["feedback", "ps1"],
        ["report"],
        ["collect", small.folder / "submitted"],
    )[:commands]:
        done = small.fourps(*words)
        assert (done.returncode, done.stdout) == (1, ""), words
        # what nbgrader itself says of a wrong type stands above it
        [line] = [text for text in done.stderr.splitlines() if not text.startswith("[")]
        assert said in line, words
        assert "Traceback" not in done.stderr
        assert "secret" not in done.stderr
    assert not (small.folder / "autograded").exists()
    assert not (small.folder / "backups").exists()


def test_relative_gradebook(small, right, tmp_path):
    """Do all commands find a gradebook that the configuration names from the course's folder?"""
    small.configure("c.CourseDirectory.db_url = 'sqlite:///gradebook.db'")
    small.submit("ada", right)
    assert small.run().returncode == 0
    done = small.fourps("export", "--to", tmp_path / "marks.csv")
    assert done.returncode == 0, done.stderr
    assert "ada" in (tmp_path / "marks.csv").read_text("utf-8")


def test_nothing_to_do_changes_nothing(small):
    """Is a gradebook left as it is where there is nothing to grade, and copied before a change?"""
    before = (small.folder / "gradebook.db").read_bytes()
    assert "Nothing was handed in." in small.run().stdout
    assert (small.folder / "gradebook.db").read_bytes() == before


def test_a_locked_gradebook_is_waited_for(small, right):
    """Does a run wait, and say so, while another program holds the gradebook?"""
    small.submit("ada", right)
    holder = sqlite3.connect(small.folder / "gradebook.db")
    holder.execute("begin exclusive")
    run = small.start()
    text = run.stderr.readline()
    holder.rollback()
    holder.close()
    status, rest = small.end(run)
    # five minutes, of which it has waited some seconds already
    assert re.match(r"The gradebook is in use by another program; waiting up to (29\d|300) s", text)
    assert status == 0, rest


def test_a_full_disk(small, right):
    """Does a run that cannot write stop in good order, and does the next one finish?"""
    for number in range(4):
        small.submit(f"learner-{number}", right | {"essay": f"print('x' * 10)\n{'y' * 400_000}"})
    place = str(small.folder / "autograded")
    # a file system of its own, with room for not even one of them
    little = ("bwrap", "--dev-bind", "/", "/", "--size", "300000", "--tmpfs", place, "--")
    full = small.run("--workers", "1", inside=little)
    assert full.returncode == 1
    assert "run again" in full.stderr
    assert small.outcomes() == {}
    done = small.grade()
    assert done.returncode == 0, done.stderr
    assert set(small.outcomes().values()) == {"graded"}


@pytest.mark.parametrize("room", [0, 60, 130, 320])
def test_a_full_disk_under_the_gradebook(small, right, tmp_path, room):
    """Is a full disk told as one, wherever a run meets it, and nothing as told that was not looked at?"""
    small.submit("ada", right | {"essay": "y" * 400_000})
    kept = shutil.copytree(small.folder, tmp_path / "kept")
    # the whole course on a disk of its own, with so many kilobytes left
    fill = f"""cp -r {kept}/. {small.folder} && left=$(df -k --output=avail {small.folder} | tail -1) &&
        head -c $((left - {room}))K /dev/zero > {small.folder}/fill; exec "$@" """
    little = ("bwrap", "--dev-bind", "/", "/", "--size", "9000000", "--tmpfs", str(small.folder))
    done = small.run("--workers", "1", inside=(*little, "--", "sh", "-c", fill, "sh"))
    assert done.returncode == 1
    assert "The disk is full where" in done.stderr or "No space left on device" in done.stderr
    for wrong in ("db upgrade", "None", "Traceback", "OperationalError", "Errno"):
        assert wrong not in done.stderr
    assert "Nothing was handed in" not in done.stdout
    assert "decided" not in done.stdout


def test_going_back(small, right):
    """Does a backup that is put back give the marks of that time, and the next run the rest?"""
    small.submit("ada", right)
    small.grade()
    small.sql("update grade set manual_score = 3, needs_manual_grade = 0 where auto_score is null")
    before = small.rows()
    small.submit("ben", right)
    small.grade()
    after = small.rows()
    newest = max((small.folder / "backups").iterdir())
    shutil.copy(newest, small.folder / "gradebook.db")
    shutil.rmtree(small.folder / "autograded")
    assert small.rows() == before
    assert small.grade().returncode == 0
    assert small.rows() == after
    graded = sorted(
        path.parents[1].name for path in small.folder.glob("autograded/*/ps1/one.ipynb")
    )
    assert graded == ["ada", "ben"]


def test_limits_of_the_configuration(small, right):
    """Do limits hold that the configuration names?"""
    small.configure("c.SealedExecute.limits = {'cell_seconds': 1, 'processes': 16}")
    fork = "import os\nfor _ in range(40):\n    os.fork() or os._exit(0)"
    small.submit("ada", right | {"double": f"{right['double']}\n{fork}", "words": "while 1: pass"})
    text = small.grade().stdout
    # a facilitator who lists marks must see that not every cell had its turn
    assert re.search(
        r"ada: partly graded\. one: Took too long and was stopped.*: cell \d+ \(1 s\)\.", text
    )
    text = (small.folder / "autograded" / "ada" / "ps1" / "one.ipynb").read_text("utf-8")
    assert "No reply from kernel before timeout (1 s)" in text
    assert "BlockingIOError" in text
