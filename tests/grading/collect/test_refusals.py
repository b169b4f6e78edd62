"""What is refused is not forgotten, and a run does not say that nothing was handed in."""

import shutil
import zipfile
from types import SimpleNamespace

import nbformat
import pytest
from graded_cells import KERNEL, marks
from moodle_files import packed, row, sheet

from nbseal.base.notebook_file import dump
from nbseal.collect import collect, refusals
from nbseal.nbgrader_commands import nbgrader
from nbseal.reasons import REASONS
from nbseal.run.driver import run
from nbseal.run.result import Options


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
        for learner, [why] in refusals.read(course, assignment).items()
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
    assert [line for line in collect(handins, course, root).remarks if line.startswith("notes")]
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
    names = [f"tools/part-{number}.py" for number in range(7)]
    work = {"protection.ipynb": released.read_bytes()} | dict.fromkeys(names, b"")
    (handins / "ben.zip").write_bytes(packed(work))
    after = "Copy what its cells need into the folder that the notebook is collected to."
    assert collect(handins, course, root).remarks == [
        f"ada: left out beside the notebook: own.csv, tools/words.py. {after}",
        f"ben: left out beside the notebook: {', '.join(names[:5])} and 2 more. {after}",
    ]


def test_noted(course, handins, put, large, root):
    """Is the same kept of each kind of trouble, whatever files are called and wherever they lie?"""
    with zipfile.ZipFile(put("ada")) as good:
        about, exercise = good.read("handin.json"), good.read("exercise.ipynb")
    (handins / "ada.zip").unlink()
    (handins / "named").mkdir()

    def pack(name, entries, learner=""):
        if learner:
            entries = {"handin.json": about.replace(b'"ada"', f'"{learner}"'.encode())} | entries
        (handins / f"{name}.zip").write_bytes(packed(entries))

    bare = dump(nbformat.v4.new_notebook())
    for name, data in (("strange", b"[]"), ("over 20 MB", b"{"), ("other/a", bare)):
        path = handins / f"{name}.ipynb"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    for name in ("large.ipynb", "large-zip.zip", "protection-fay.zip"):
        shutil.copy(large, handins / name)
    for name in ("over 20 MB here", "protection-eve (1)"):
        (handins / f"{name}.zip").write_bytes(b"PK\3\4")
    for learner, data in {
        "large-inside": large.read_bytes(),
        "packed": bytes(3_000_000),
        "changed": exercise + b" ",
    }.items():
        pack(learner, {"exercise.ipynb": data}, learner)
    pack("foreign", {"exercise.ipynb": exercise, "more.txt": b"over 20 MB"}, "foreign")
    pack("alone", {}, "alone")
    pack("x", {"exercise.ipynb": b"{"}, "gil")
    pack("named/protection-ben", {"exercise.ipynb": exercise}, "ben")
    pack("claims", {"handin.json": b"{}", "exercise.ipynb": exercise})
    pack("many", {f"entry-{number}.ipynb": b"" for number in range(201)})
    pack("no-notebook", {"data.json": b"{}"})
    pack("protection-cem", {"essay.pdf": b"x"})
    collect(handins, course, root)
    expected = {
        "refused": "strange over-20-MB over-20-MB-here packed foreign changed alone claims many eve gil",
        "refused-large": "large large-zip large-inside fay",
        "refused-kind": "no-notebook protection-cem",
        "refused-other": "other",
        "refused-name": "named",
    }
    assert kept(course) == {name: why for why, names in expected.items() for name in names.split()}


def test_worksheet_afterwards(course, handins, root):
    """Is what was refused under Moodle's number forgotten, once the worksheet gives an id?"""
    download, grades = handins / "all.zip", handins / "grades.csv"
    download.write_bytes(packed({"Ada_1_assignsubmission_file_essay.pdf": b"x"}))
    collect(download, course, root)
    assert kept(course) == {"p1": "refused-kind"}
    sheet(grades, row(1, "Ada", "ada-7"))
    collect(download, course, root, worksheet=grades)
    assert kept(course) == {"ada-7": "refused-kind"}


def test_from_moodle(course, handins, released, root):
    """Is it kept by learner, from a flat download too, and for what was typed into Moodle?"""
    download = handins / "all.zip"
    entries = {
        "Ada_1_assignsubmission_file_essay.pdf": b"x",
        "Ben_2_assignsubmission_onlinetext_onlinetext.html": b"x",
        "Cem_3_assignsubmission_file_a.pdf": b"x",
        "Cem_3_assignsubmission_file_b.ipynb": released.read_bytes(),
        "Dov_4_assignsubmission_file/essay.pdf": b"x",
        "Eve_5_assignsubmission_file_large.ipynb": b"\0" * 20_000_001,
    }
    download.write_bytes(packed(entries))
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
    collection = collect(handins, course, root)
    assert kept(course) == {}
    assert collection.remarks[-1].startswith(
        "ben: refused, and it cannot be told for which exercise"
    )
    collect(handins, course, root, assignment="prevention")
    assert kept(course, "prevention") == {"ben": "refused-kind"}
    put("ada")
    collection = collect(handins, course, root)
    assert kept(course) == {"ben": "refused-kind"}
    assert len(collection.remarks) == 1
    # what lies there for another exercise is no hand-in for this one
    collect(handins, course, root, assignment="prevention")
    assert kept(course, "prevention") == {"ben": "refused-kind"}


@pytest.mark.slow
def test_run(handins, large, root, tmp_path):
    """Does a run say of a refused hand-in that it failed and why, until a good one comes?"""
    cell = nbformat.v4.new_code_cell("assert True", metadata=marks("check", True, points=1))
    course = tmp_path / "course"
    source = course / "source" / "ps1" / "one.ipynb"
    source.parent.mkdir(parents=True)
    source.write_bytes(dump(nbformat.v4.new_notebook(cells=[cell], metadata=KERNEL)))
    (course / "nbgrader_config.py").write_text("c = get_config()\n", "utf-8")
    nbgrader(course, "generate_assignment", "ps1")
    (handins / "ada").mkdir()
    (handins / "ada" / "essay.pdf").write_bytes(b"x")
    shutil.copy(large, handins / "ben.ipynb")
    (handins / "cem").mkdir()

    silent = SimpleNamespace(say=print, progress=lambda *_: None)

    def graded():
        collect(handins, course, root)
        report = run(course, [], Options(workers=1, sealed=False), silent)
        return {verdict.student: (verdict.status, verdict.reason) for verdict in report.verdicts}

    assert graded() == {
        "ada": ("failed", REASONS["refused-kind"]),
        "ben": ("failed", REASONS["refused-large"]),
        "cem": ("missing", REASONS["nothing"]),
    }
    shutil.copy(course / "release" / "ps1" / "one.ipynb", handins / "ada" / "one.ipynb")
    again = graded()
    assert again["ada"] == ("graded", "")
    assert again["ben"] == ("failed", REASONS["refused-large"])
