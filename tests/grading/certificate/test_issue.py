"""Records from a gradebook, and the commands."""

import contextlib
import shutil
import sqlite3
import warnings
from datetime import UTC, datetime

import commands
import pytest
from killing import command, content, survives
from nbgrader.api import Gradebook
from sqlalchemy.exc import SAWarning

from fourps.grading.certificate import signature
from fourps.grading.certificate.record import verify
from fourps.grading.certificate.revocation import LIST, read_list
from nbseal.nbgrader_commands import environment

# points of tasks 1 to 9, of 10 and 11 by a person (None: not yet; AUTO: 0 by nbgrader, since the
# task is as it was released), and of 12 to 17
AUTO = object()
LEARNERS = {
    "ada": (40, 15, 15, 30),
    "ben": (30, 10, 9, 0),
    "cem": (30, 10, 8, 0),
    "dov": (40, 15, None, 30),
    "eve": (30, 5, 5, 30),
    "fay": (40, 15, AUTO, 30),
    "gil": (40, AUTO, AUTO, 30),
    "hal": (40, 15, 0, 30),
}


@pytest.fixture(scope="module")
def course(root, tmp_path_factory):
    """Return a course whose gradebook nbgrader made, with marks of Protection."""
    folder = tmp_path_factory.mktemp("course")
    shutil.copy(root / "autograder" / "nbgrader_config.py", folder)
    # nbgrader calls alembic by bare name
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", environment()["PATH"])
        book = Gradebook(f"sqlite:///{folder / 'gradebook.db'}", "fourps")
    with book, warnings.catch_warnings():
        # of nbgrader's own joins, under SQLAlchemy 2
        warnings.simplefilter("ignore", SAWarning)
        book.add_assignment("protection")
        book.add_notebook("exercise", "protection")
        cells = {"task-1-check": 40, "task-10": 15, "task-11": 15, "task-12-check": 30}
        for name, most in cells.items():
            kind = "markdown" if name == "task-10" else "code"
            book.add_grade_cell(name, "exercise", "protection", max_score=most, cell_type=kind)
        # a written task may be a code cell as well
        book.add_solution_cell("task-11", "exercise", "protection")
        for learner, points in LEARNERS.items():
            book.add_student(learner)
            book.add_submission("protection", learner)
            for name, given in zip(cells, points, strict=True):
                grade = book.find_grade(name, "exercise", "protection", learner)
                checked = name.endswith("check")
                grade.auto_score = 0 if given is AUTO else given if checked else None
                grade.manual_score = None if checked or given is AUTO else given
                grade.needs_manual_grade = given is None
            notebook = book.find_submission_notebook("exercise", "protection", learner)
            notebook.late_submission_penalty = 10
        book.db.commit()
    return folder


WHO = ("--issuer", "Helping Hands", "--marked-by", "Awa Diallo")


def fourps(*words, home="/dev/null"):
    return commands.fourps("grade", *words, env={"XDG_CONFIG_HOME": str(home)})


@pytest.fixture(scope="module")
def issued(course, root, tmp_path_factory):
    """Return what the command wrote, and the folder that it wrote to."""
    assert fourps("key", "--course", course).returncode == 0
    names = course / "names.csv"
    names.write_text("learner,name\nben,Ben <Ångström>\neve,Eve 李 নূর نور\n", "utf-8")
    to = tmp_path_factory.mktemp("records")
    words = ("record", *WHO, "--names", names, "--to", to)
    done = fourps(*words, "--course", course, "--root", root)
    assert done.returncode == 0, done.stderr
    return done, to


@pytest.mark.slow
def test_who_has_one(issued):
    """Has a record who reached a way, late or not, and nobody whose work is not marked to the end?"""
    done, to = issued
    assert sorted(path.name for path in to.iterdir()) == [
        "ada.html", "ada.pdf", "ben.html", "ben.pdf", "eve.html", "hal.html", "hal.pdf",
    ]  # fmt: skip
    lines = done.stderr.splitlines()
    assert "cem: no exercise is completed; no record." in lines
    for who, what in {"dov": "task-11", "fay": "task-11", "gil": "task-10, task-11"}.items():
        assert f"{who}: protection is not counted, since nobody has marked {what}." in lines
    assert any(
        line.startswith("eve: no font on this computer prints 'Eve 李 নূর نور'") for line in lines
    )


@pytest.mark.slow
def test_what_it_says(issued, course):
    """Does it say which way, whose it is by id or by the name that was given, and no points?"""
    _, to = issued
    public = signature.public(course / "keys" / signature.PUBLIC)
    records = {path.name: verify(path.read_bytes(), public) for path in to.iterdir()}
    ways = {name: [module.way for module in stated.modules] for name, stated in records.items()}
    assert ways["ada.html"] == ways["ada.pdf"] == ways["eve.html"] == ["information"]
    assert ways["ben.pdf"] == ["practitioner"]
    assert records["ada.html"].holder == "ada"
    assert records["ben.html"].holder == "Ben <Ångström>"
    assert not records["ben.html"].whole
    page = (to / "ben.html").read_text("utf-8")
    assert "Ben &lt;Ångström&gt;" in page
    assert "no accreditation" in page
    assert "qualifies nobody" in page
    assert "Awa Diallo, on " in page
    assert {stated.marker for stated in records.values()} == {"Awa Diallo"}


@pytest.mark.slow
def test_verify(issued, course, tmp_path):
    """Does the command say what is valid and what it proves, and end with 1 for anything changed?"""
    _, to = issued
    public = course / "keys" / signature.PUBLIC
    done = fourps("verify", to / "ben.pdf", "--key", public)
    assert done.returncode == 0, done.stderr
    assert "Issued by: Helping Hands, " in done.stdout
    assert "proves that whoever has that key issued the record, and nothing more" in done.stdout
    changed = tmp_path / "ben.html"
    changed.write_bytes((to / "ben.html").read_bytes().replace(b"Ben &lt;", b"Eva &lt;"))
    done = fourps("verify", changed, "--key", public)
    assert done.returncode == 1
    assert "ben.html is not valid: the page or PDF was changed" in done.stderr


@pytest.mark.slow
def test_revoke(issued, course, tmp_path):
    """Is a record refused once it is on the list, and is said how old the list is, or that there is none?"""
    _, to = issued
    place = shutil.copytree(course / "keys", tmp_path / "course" / "keys").parent
    key, home = place / "keys" / signature.PUBLIC, tmp_path / "home"
    done = fourps("verify", to / "ben.pdf", "--key", key, home=home)
    assert done.returncode == 0, done.stderr
    assert f"Not revoked in list 1 of {datetime.now(UTC):%Y-%m-%d}, 0 days old." in done.stdout
    done = fourps("revoke", "ben", "--reason", "Issued in error", "--course", place)
    assert done.returncode == 0, done.stderr
    assert "list 2, 1 revoked. Publish it" in done.stdout
    for name, status in {"ben.html": 1, "ben.pdf": 1, "ada.html": 0}.items():
        done = fourps("verify", to / name, "--key", key, home=home)
        assert done.returncode == status, done.stderr
        assert ("was revoked on" in done.stderr) == bool(status)
        assert ("Issued in error" in done.stderr) == bool(status)
    # nothing is remembered: without the list it cannot be known, and is said
    mine = place / "keys" / "record-revoked.jws"
    elsewhere = mine.rename(tmp_path / "list.jws")
    done = fourps("verify", to / "ben.pdf", "--key", key, home=home)
    assert done.returncode == 0
    assert "No list of revoked records was found beside the key." in done.stdout
    assert not home.exists()
    words = ("verify", to / "ben.pdf", "--key", key, "--revoked")
    assert "was revoked on" in fourps(*words, elsewhere).stderr
    assert "There is no list" in fourps(*words, tmp_path / "none").stderr
    elsewhere.write_bytes(elsewhere.read_bytes()[:-1])
    done = fourps(*words, elsewhere)
    assert (done.returncode, "is no list of revoked records" in done.stderr) == (1, True)


@pytest.mark.slow
@pytest.mark.usefixtures("issued")
def test_one_stops_no_other(course, root, tmp_path):
    """Do the others get theirs where one record cannot be written, and is that one named?"""
    to = tmp_path / "records"
    (to / "ada.html" / "full").mkdir(parents=True)
    (to / "ben.pdf" / "full").mkdir(parents=True)
    done = fourps("record", *WHO, "--to", to, "--course", course, "--root", root)
    assert done.returncode == 1
    for learner, end in {"ada": "; no record.", "ben": "; only ben.html was written."}.items():
        assert any(
            line.startswith(f"{learner}: ") and line.endswith(end)
            for line in done.stderr.splitlines()
        )
    assert {path.name for path in to.glob("*.pdf") if path.is_file()} == {"eve.pdf", "hal.pdf"}


@pytest.mark.slow
@pytest.mark.usefixtures("issued")
def test_any_id(course, root, tmp_path):
    """Has a record whom nbgrader knows by any id, and does one that cannot be written stop no other?"""
    place = shutil.copytree(course, tmp_path / "course")
    new = {"ada": "mary@uni.org", "ben": "../ben.o'neil", "eve": "Zoë Brown"}
    with contextlib.closing(sqlite3.connect(place / "gradebook.db")) as database, database:
        for old, other in new.items():
            database.execute("update student set id = ? where id = ?", (other, old))
            query = "update submitted_assignment set student_id = ? where student_id = ?"
            database.execute(query, (other, old))
    names = tmp_path / "names.csv"
    names.write_text(f"learner,name\nZoë Brown,{'Zoë' * 67}\n", "utf-8")
    to = tmp_path / "records"
    words = ("record", *WHO, "--names", names, "--to", to)
    done = fourps(*words, "--course", place, "--root", root)
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert "Zoë Brown: the name should have at most 200 characters; no record." in lines
    written = {"%2E.%2Fben.o'neil", "mary@uni.org", "hal"}
    assert {path.stem for path in to.iterdir()} == written
    public = signature.public(course / "keys" / signature.PUBLIC)
    for ending in ("html", "pdf"):
        data = (to / f"%2E.%2Fben.o'neil.{ending}").read_bytes()
        assert verify(data, public).learner == "../ben.o'neil"


@pytest.mark.slow
def test_refused(course, root, tmp_path):
    """Are unknown learners and modules, a locked key and a missing issuer refused with a word?"""
    for words, message in (
        (("zoe", *WHO), "There is no learner 'zoe'. There are: ada, ben"),
        ((*WHO, "--module", "cooking"), "There is no module 'cooking'"),
        (("--issuer", " ", "--marked-by", "A"), "--issuer NAME"),
        (("--issuer", "A", "--marked-by", " "), "--marked-by NAME"),
        ((*WHO, "--language", "xx"), "There is no language 'xx'. There are: en, fr."),
    ):
        done = fourps("record", *words, "--course", course, "--root", root, "--to", tmp_path)
        assert done.returncode == 1
        assert message in done.stderr
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_killed_or_full(course, root, tmp_path):
    """Wherever issuing or revoking is killed or has no room, does the next one finish, and all hold?"""
    place = shutil.copytree(course, tmp_path / "course")
    shutil.rmtree(place / "keys", ignore_errors=True)
    (place / "records").mkdir()
    (place / "records" / "mine.txt").write_text("mine", "utf-8")
    where = ("--course", place)
    fixed = {*content(place)}

    def key():
        # of a pair that is there none is made again
        if (place / "keys" / signature.PRIVATE).exists():
            return 0, ""
        return command("grade", "key", *where)

    def pair():
        private, public = (place / "keys" / name for name in (signature.PRIVATE, signature.PUBLIC))
        assert signature.private(private).public_key() == signature.public(public)
        assert read_list(place / "keys" / LIST, signature.public(public)).number == 1
        assert private.stat().st_mode & 0o777 == 0o600
        return {*content(place)} - fixed

    assert len(survives(place, key, pair)) > 8
    assert key()[0] == 0

    def issue():
        words = ("--issuer", "Helping Hands", "--marked-by", "Awa Diallo", *where, "--root", root)
        return command("grade", "record", "ben", *words)

    def records():
        holder = signature.public(place / "keys" / signature.PUBLIC)
        noted = (place / "keys" / "issued.json").read_text("utf-8")
        for ending in ("html", "pdf"):
            data = (place / "records" / f"ben.{ending}").read_bytes()
            assert verify(data, holder).number in noted
        return {*content(place)}

    seen = survives(place, issue, records)
    for name in ("issued.json", "ben.html", "ben.pdf"):
        assert sum(name in point for point in seen) >= 2
    assert issue()[0] == 0

    def revoke():
        return command("grade", "revoke", "ben", "--reason", "In error", *where)

    def gone():
        revoked = read_list(
            place / "keys" / LIST, signature.public(place / "keys" / signature.PUBLIC)
        )
        return [record.reason for record in revoked.records], {*content(place)}

    assert len(survives(place, revoke, gone)) >= 2
