"""What is refused is not forgotten, and a run does not say that nothing was handed in."""

import shutil
import zipfile

import nbformat
import pytest

from fourps.grading.collect import collect, refused
from fourps.grading.nbgrader_commands import nbgrader
from fourps.grading.reasons import REASONS
from fourps.grading.run.driver import run
from fourps.grading.run.options import Options
from fourps.handin.notebook_file import dump


@pytest.fixture
def large(handins):
    """Return a file that is too large to be a notebook."""
    path = handins.parent / "large"
    with path.open("wb") as file:
        file.truncate(20_000_001)
    return path


def kept(course, assignment="protection"):
    """The reasons by learner, as keys."""
    return {
        learner: why.key.removeprefix("ungraded-")
        for learner, [why] in refused.read(course, assignment).items()
    }


def test_kinds(course, handins, put, large, root):
    """Is it kept why there is nothing of somebody, without a name of a file, and if there is?"""
    put("ada")
    (handins / "ada").mkdir()
    (handins / "ada" / "essay.pdf").write_bytes(b"x")
    for name in ("ben", "empty", "--"):
        (handins / name).mkdir()
    (handins / "ben" / "Ben Brown.pdf").write_bytes(b"x")
    (handins / "--" / "essay.pdf").write_bytes(b"x")
    shutil.copy(large, handins / "cem.ipynb")
    (handins / "dov.ipynb").write_text("{", "utf-8")
    (handins / "eve").mkdir()
    for name in ("eve/eve.ipynb", "notes.ipynb"):
        (handins / name).write_bytes(dump(nbformat.v4.new_notebook()))
    # a notebook of something else that only lies there is no learner
    assert [one for one in collect(handins, course, root).remarks if one.startswith("notes")]
    assert kept(course) == {
        "ben": "refused-kind",
        "cem": "refused-large",
        "dov": "refused",
        "eve": "refused-other",
    }
    put("cem")
    (handins / "cem.ipynb").unlink()
    shutil.copy(large, handins / "dov.ipynb")
    collect(handins, course, root)
    assert kept(course) == {"ben": "refused-kind", "dov": "refused-large", "eve": "refused-other"}


def test_files_beside(course, handins, put, released, root):
    """Are files named that lay beside a notebook and are not collected, in folders and in zips?"""
    put("eve")
    (handins / "ada" / "tools").mkdir(parents=True)
    shutil.copy(released, handins / "ada" / "protection.ipynb")
    for name in ("tools/words.py", "own.csv", "timestamp.txt", ".hidden"):
        (handins / "ada" / name).write_text("", "utf-8")
    with zipfile.ZipFile(handins / "ben.zip", "w") as archive:
        archive.write(released, "protection.ipynb")
        for number in range(7):
            archive.writestr(f"tools/part-{number}.py", b"")
    after = "Copy what its cells need into the folder that the notebook is collected to."
    parts = ", ".join(f"tools/part-{number}.py" for number in range(5))
    assert collect(handins, course, root).remarks == [
        f"ada: left out beside the notebook: own.csv, tools/words.py. {after}",
        f"ben: left out beside the notebook: {parts} and 2 more. {after}",
    ]


def test_zips(course, handins, put, large, root):
    """Is it kept of whom a zip is that holds no notebook, or cannot be opened?"""
    for name in ("ben", "protection-cem"):
        with zipfile.ZipFile(handins / f"{name}.zip", "w") as archive:
            archive.writestr("essay.pdf", b"x")
    for name in ("dov", "protection-eve (1)"):
        (handins / f"{name}.zip").write_bytes(b"PK\3\4")
    shutil.copy(large, handins / "protection-fay.zip")
    with zipfile.ZipFile(put("gil")) as good, zipfile.ZipFile(handins / "x.zip", "w") as broken:
        broken.writestr("handin.json", good.read("handin.json"))
        broken.writestr("exercise.ipynb", b"{")
    (handins / "gil.zip").unlink()
    collect(handins, course, root)
    assert kept(course) == {
        "ben": "refused-kind",
        "protection-cem": "refused-kind",
        "dov": "refused",
        "eve": "refused",
        "fay": "refused-large",
        "gil": "refused",
    }


def test_noted(course, handins, put, large, root):
    """Is the same kept of each kind of trouble, whatever files are called and wherever they lie?"""
    with zipfile.ZipFile(put("ada")) as good:
        about, exercise = good.read("handin.json"), good.read("exercise.ipynb")
    (handins / "ada.zip").unlink()

    def packed(name, **entries):
        with zipfile.ZipFile(handins / f"{name}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for number, (entry, data) in enumerate(entries.items()):
                archive.writestr(f"{entry}.{('json', 'ipynb', 'txt')[min(number, 2)]}", data)

    def mine(name):
        return about.replace(b'"ada"', f'"{name}"'.encode())

    bare = dump(nbformat.v4.new_notebook())
    for name, data in (("strange", b"[]"), ("over 20 MB", b"{"), ("other/a", bare)):
        path = handins / f"{name}.ipynb"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    shutil.copy(large, handins / "large.ipynb")
    shutil.copy(large, handins / "large-zip.zip")
    (handins / "over 20 MB here.zip").write_bytes(b"PK\3\4")
    packed("large-inside", handin=mine("large-inside"), exercise=large.read_bytes())
    packed("packed", handin=mine("packed"), exercise=bytes(3_000_000))
    packed("foreign", handin=mine("foreign"), exercise=exercise, more=b"over 20 MB")
    packed("changed", handin=mine("changed"), exercise=exercise + b" ")
    packed("alone", handin=mine("alone"))
    packed("claims", handin=b"{}", exercise=exercise)
    packed("no-notebook", data=b"{}")
    packed("many", **{f"entry-{number}": b"" for number in range(201)})
    (handins / "named").mkdir()
    packed("named/protection-ben", handin=mine("ben"), exercise=exercise)
    collect(handins, course, root)
    assert kept(course) == {
        "strange": "refused",
        "over-20-MB": "refused",
        "other": "refused-other",
        "large": "refused-large",
        "large-zip": "refused-large",
        "over-20-MB-here": "refused",
        "large-inside": "refused-large",
        "packed": "refused",
        "foreign": "refused",
        "changed": "refused",
        "alone": "refused",
        "claims": "refused",
        "no-notebook": "refused-kind",
        "many": "refused",
        "named": "refused-name",
    }


def test_worksheet_afterwards(course, handins, root):
    """Is what was refused under Moodle's number forgotten, once the worksheet gives an id?"""
    download, sheet = handins / "all.zip", handins / "grades.csv"
    with zipfile.ZipFile(download, "w") as archive:
        archive.writestr("Ada_1_assignsubmission_file_essay.pdf", b"x")
    collect(download, course, root)
    assert kept(course) == {"p1": "refused-kind"}
    sheet.write_text(
        "Identifier,Full name,ID number,Email address,Status,Grade,Maximum grade,"
        "Grade can be changed,Last modified (submission),Last modified (grade),Feedback comments\n"
        "Participant 1,Ada,ada-7,a@example.org,Submitted for grading,,10.00,Yes,"
        '"Tuesday, 3 November 2026, 9:00 AM",-,\n',
        "utf-8",
    )
    collect(download, course, root, worksheet=sheet)
    assert kept(course) == {"ada-7": "refused-kind"}


def test_from_moodle(course, handins, released, root):
    """Is it kept by learner, from a flat download too, and for what was typed into Moodle?"""
    download = handins / "all.zip"
    with zipfile.ZipFile(download, "w") as archive:
        archive.writestr("Ada_1_assignsubmission_file_essay.pdf", b"x")
        archive.writestr("Ben_2_assignsubmission_onlinetext_onlinetext.html", b"x")
        archive.writestr("Cem_3_assignsubmission_file_a.pdf", b"x")
        archive.writestr("Cem_3_assignsubmission_file_b.ipynb", released.read_bytes())
        archive.writestr("Dov_4_assignsubmission_file/essay.pdf", b"x")
        archive.writestr("Eve_5_assignsubmission_file_large.ipynb", b"\0" * 20_000_001)
    collect(download, course, root)
    assert kept(course) == {
        "p1": "refused-kind",
        "p2": "refused-text",
        "p4": "refused-kind",
        "p5": "refused-large",
    }


def test_for_which_exercise(course, handins, put, root):
    """Is it kept for the exercise that all others are for, or said that this is not known?"""
    shutil.copytree(course / "release" / "protection", course / "release" / "prevention")
    (handins / "ben").mkdir()
    (handins / "ben" / "essay.pdf").write_bytes(b"x")
    found = collect(handins, course, root)
    assert kept(course) == {}
    assert found.remarks[-1].startswith("ben: refused, and it cannot be told for which exercise")
    collect(handins, course, root, assignment="prevention")
    assert kept(course, "prevention") == {"ben": "refused-kind"}
    put("ada")
    found = collect(handins, course, root)
    assert kept(course) == {"ben": "refused-kind"}
    assert len(found.remarks) == 1
    # what lies there for another exercise is no hand-in for this one
    collect(handins, course, root, assignment="prevention")
    assert kept(course, "prevention") == {"ben": "refused-kind"}


class Silent:
    def say(self, text):
        pass

    def progress(self, done, of):
        pass


@pytest.mark.slow
def test_run(handins, large, root, tmp_path):
    """Does a run say of a refused hand-in that it failed and why, until a good one comes?"""
    marks = {"grade_id": "check", "grade": True, "solution": False, "locked": True, "points": 1,
             "task": False, "schema_version": 3}  # fmt: skip
    cell = nbformat.v4.new_code_cell("assert True", metadata={"nbgrader": marks})
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    course = tmp_path / "course"
    source = course / "source" / "ps1" / "one.ipynb"
    source.parent.mkdir(parents=True)
    source.write_bytes(dump(nbformat.v4.new_notebook(cells=[cell], metadata=kernel)))
    (course / "nbgrader_config.py").write_text("c = get_config()\n", "utf-8")
    nbgrader(course, "generate_assignment", "ps1")
    (handins / "ada").mkdir()
    (handins / "ada" / "essay.pdf").write_bytes(b"x")
    shutil.copy(large, handins / "ben.ipynb")
    (handins / "cem").mkdir()

    def graded():
        collect(handins, course, root)
        report = run(course, [], Options(workers=1, sealed=False), Silent())
        return {one.student: (one.status, one.reason) for one in report.verdicts}

    assert graded() == {
        "ada": ("failed", REASONS["refused-kind"]),
        "ben": ("failed", REASONS["refused-large"]),
        "cem": ("missing", REASONS["nothing"]),
    }
    shutil.copy(course / "release" / "ps1" / "one.ipynb", handins / "ada" / "one.ipynb")
    again = graded()
    assert again["ada"] == ("graded", "")
    assert again["ben"] == ("failed", REASONS["refused-large"])
