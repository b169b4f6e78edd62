import codecs
import hashlib
import json
import shutil
import zipfile
from importlib.metadata import version
from pathlib import Path

import nbformat
import pytest
from killing import content
from moodle_files import packed

from fourps.scenario.engine import encode, replay
from fourps.scenario.model import load
from nbseal.base.cells import grade_id
from nbseal.collect import CollectError, collect
from nbseal.collect.submissions import find
from nbseal.gradebook.settings import settings


def submitted(course):
    return content(course / "submitted")


def taken(course, learner="ada"):
    """Return a learner's notebook."""
    return nbformat.read(course / "submitted" / learner / "protection" / "exercise.ipynb", 4)


def test_handin(course, handins, put, root):
    """Is a hand-in put where nbgrader looks, with its time?"""
    scenario, _ = load(root / "modules" / "protection" / "scenario.yaml")
    record = encode(replay(scenario, []))
    put("ada", records=[record])
    collection = collect(handins, course, root)
    assert (collection.taken, collection.remarks) == ([("ada", "protection")], [])
    files = submitted(course)
    assert files["ada/protection/timestamp.txt"] == b"2030-03-17 17:46:40 UTC\n"
    assert files["ada/protection/records.txt"].decode() == f"{record}\n"
    assert "task-1" in map(grade_id, taken(course).cells)


def test_plain_notebooks(course, handins, released, root):
    """Are plain notebooks taken, from the folder or a learner's own, under an id that is safe?"""
    shutil.copy(released, handins / "Zoë Brown (2).ipynb")
    (handins / "ben").mkdir()
    shutil.copy(released, handins / "ben" / "anything.ipynb")
    collection = collect(handins, course, root)
    assert collection.taken == [("Zoe-Brown", "protection"), ("ben", "protection")]
    assert not collection.remarks


def test_a_copy_beside_the_released(course, handins, put, root):
    """Does a copy that lies beside the released notebook get nobody's hand-in?"""
    folder = course / "release" / "protection"
    shutil.copy(folder / "exercise.ipynb", folder / "exercise-Copy1.ipynb")
    put("ada")
    assert collect(handins, course, root).taken == [("ada", "protection")]
    assert "ada/protection/exercise.ipynb" in submitted(course)


@pytest.mark.slow
def test_two_people_with_one_id(course, handins, released, root):
    """Is one of two people refused whose names give the same id, rather than mixed up?"""
    shutil.copy(released, handins / "Zoë B.ipynb")
    shutil.copy(released, handins / "Zoe B.ipynb")
    collection = collect(handins, course, root)
    assert collection.taken == [("Zoe-B", "protection")]
    [line] = collection.remarks
    assert line == (
        "Zoë B.ipynb: its name gives the id 'Zoe-B', which 'Zoe B' has. Left out, and nothing was "
        "replaced. If both are one person, call the file 'Zoe B.ipynb'; if not, give it another "
        "name."
    )
    assert collection.left == 1


def test_twice(course, handins, put, root):
    """Is the newest of several hand-ins taken, and is that said?"""
    put("ada", "new.zip", time=1_900_000_500)
    put("ada", "old.zip")
    collection = collect(handins, course, root)
    assert collection.taken == [("ada", "protection")]
    assert collection.remarks == [
        "ada: handed in twice; new.zip is newer than old.zip and is taken."
    ]
    assert b"17:55:00" in submitted(course)["ada/protection/timestamp.txt"]


def test_a_mark_before_the_first_letter(course, handins, put, released, root):
    """Is a notebook or hand-in taken that some program wrote with a byte-order mark?"""
    mark = codecs.BOM_UTF8
    (handins / "ben.ipynb").write_bytes(mark + released.read_bytes())
    path = put("ada")
    manifest, notebook = inside(path)
    manifest["sha256"] = hashlib.sha256(mark + notebook).hexdigest()
    about = mark + json.dumps(manifest).encode()
    archive(path, {"handin.json": about, "exercise.ipynb": mark + notebook})
    collection = collect(handins, course, root)
    assert (collection.remarks, len(collection.taken)) == ([], 2)
    files = submitted(course)
    assert all(
        files[f"{learner}/protection/exercise.ipynb"][:1] == b"{" for learner in ("ada", "ben")
    )


def archive(path, entries):
    path.write_bytes(packed(entries))


def inside(path):
    """Return what a hand-in says of itself, and its notebook."""
    with zipfile.ZipFile(path) as opened:
        return json.loads(opened.read("handin.json")), opened.read("exercise.ipynb")


@pytest.mark.slow
def test_troubles_are_named(course, handins, put, root):
    """Is each trouble reported in one line with a name, while the rest goes on?"""
    put("ada")
    good = put("cem")
    about, notebook = inside(good)
    manifest = json.dumps(about)
    good.unlink()
    archive(handins / "cem.zip", {"handin.json": manifest})
    (handins / "dov").mkdir()
    (handins / "eve.zip").write_bytes(b"PK no zip")
    archive(handins / "fay.zip", {"handin.json": manifest, "../exercise.ipynb": notebook})
    (handins / "gus.ipynb").write_text("{", "utf-8")
    (handins / "hal.ipynb").write_text(nbformat.writes(nbformat.v4.new_notebook()), "utf-8")
    (handins / "readme.txt").write_text("hello", "utf-8")
    with (handins / "ivo.zip").open("wb") as large:
        large.truncate(20_000_001)
    strange = about | {"exercise": "prevention", "learner": "joy"}
    archive(handins / "joy.zip", {"handin.json": json.dumps(strange), "exercise.ipynb": notebook})
    (handins / "kim.zip").symlink_to(handins / "ada.zip")
    archive(handins / "lea.zip", {"exercise.ipynb": b" " * 30_000_000})
    collection = collect(handins, course, root)
    assert collection.taken == [("ada", "protection")]
    expected = {
        "cem": "no notebook",
        "dov": "no notebook",
        "eve": "not a whole zip file",
        "fay": "leads out of the folder",
        "gus": "not valid JSON",
        "hal": "no exercise",
        "ivo": "over 20 MB",
        "joy": "is for 'prevention' and its notebook for another",
        "kim": "left out",
        "lea.zip: exercise.ipynb": "is over 20 MB",
        "lea.zip: there": "no notebook",
        "readme.txt": "left out",
    }
    assert len(collection.remarks) == len(expected)
    for name, text in expected.items():
        [line] = [
            line for line in collection.remarks if line.removeprefix(f"{handins}/").startswith(name)
        ]
        assert text in line
        assert "\n" not in line
    assert {path.split("/")[0] for path in submitted(course)} == {"ada"}


def test_records_of_another_version(course, handins, put, root):
    """Is a record that cannot be replayed reported, and the rest collected?"""
    path = put("ada")
    manifest, notebook = inside(path)
    manifest["records"] = ["fourps1:card-desk:00000000:0:5g"]
    archive(path, {"handin.json": json.dumps(manifest), "exercise.ipynb": notebook})
    collection = collect(handins, course, root)
    assert collection.taken == [("ada", "protection")]
    [line] = collection.remarks
    assert line.startswith("ada: ")
    assert "record" in line


def test_another_release(course, handins, put, root):
    """Is it said that a hand-in was made with another version of the course?"""

    def older(notebook):
        notebook.metadata["fourps"]["release"] = "0.0.1"

    put("ada", change=older)
    collection = collect(handins, course, root)
    assert collection.remarks == [
        f"ada: made with release 0.0.1 of the course; here is {version('fourps')}."
    ]


def test_deleted_cells(course, handins, put, released, root):
    """Are deleted cells named and put back where they stood, with what the learner wrote kept?"""

    def delete(notebook):
        keep = [cell for cell in notebook.cells if grade_id(cell) not in ("task-2", "task-2-check")]
        keep.insert(0, nbformat.v4.new_code_cell("mine = 1"))
        notebook.cells = keep

    put("ada", change=delete)
    collection = collect(handins, course, root)
    assert collection.remarks == [
        "ada: cells were deleted and are put back as released: task-2, task-2-check."
    ]
    notebook = taken(course)
    nbformat.validate(notebook)
    names = [grade_id(cell) for cell in notebook.cells if grade_id(cell)]
    whole = nbformat.read(released, as_version=4)
    assert names == [grade_id(cell) for cell in whole.cells if grade_id(cell)]
    assert notebook.cells[0].source == "mine = 1"


def test_one_rule_for_copied_cells(course, handins, put, released, root):
    """Does the released cell count, packed by `fourps submit` or collected as it is?"""

    def copy(notebook):
        [original] = [cell for cell in notebook.cells if grade_id(cell) == "task-2"]
        copied = nbformat.from_dict(original | {"id": "a1b2", "source": "task_2 = 'copied'"})
        notebook.cells.insert(0, copied)
        notebook.cells.append(nbformat.from_dict(copied | {"id": "c3d4"}))
        original.source = "task_2 = 'mine'"

    put("ada", change=copy)
    notebook = nbformat.read(released, as_version=4)
    copy(notebook)
    nbformat.write(notebook, handins / "ben.ipynb")
    for cell in notebook.cells:
        del cell["id"]
    # such as an older editor writes
    notebook.nbformat_minor = 4
    nbformat.write(notebook, handins / "cem.ipynb")
    collection = collect(handins, course, root)
    remark = "cells are there more than once: task-2 (3 times; the second one counts)."
    assert collection.remarks == [f"ben: {remark}", f"cem: {remark}"]
    for learner in ("ada", "ben", "cem"):
        [kept] = [cell for cell in taken(course, learner).cells if grade_id(cell) == "task-2"]
        assert kept.source == "task_2 = 'mine'"


def test_hostile_metadata(course, handins, put, released, root):
    """Is metadata that would end nbgrader's run for everybody replaced by what was released?"""

    def break_it(notebook):
        notebook.cells[4].metadata["nbgrader"] = {"schema_version": 99, "grade_id": "other"}
        for cell in notebook.cells:
            if grade_id(cell) == "task-1-check":
                cell.metadata.nbgrader.update(points=1000, schema_version=1, locked=False)

    put("ada", change=break_it)
    collect(handins, course, root)
    theirs, ours = (
        [cell.metadata.nbgrader for cell in notebook.cells if "nbgrader" in cell.metadata]
        for notebook in (taken(course), nbformat.read(released, as_version=4))
    )
    assert theirs == ours


def test_again(course, handins, put, root):
    """Does collecting a second time change nothing?"""
    put("ada")
    collect(handins, course, root)
    before = submitted(course)
    collect(handins, course, root)
    assert submitted(course) == before


def test_nothing_to_collect(course, handins, tmp_path, root):
    """Are a missing folder and a course without a release refused with what to do?"""
    with pytest.raises(CollectError, match="There is no folder"):
        collect(tmp_path / "none", course, root)
    with pytest.raises(CollectError, match=r"nbgrader_config\.py is missing"):
        collect(handins, tmp_path, root)
    shutil.rmtree(course / "release")
    with pytest.raises(CollectError, match=r"in .*course/release/\*\. Run: fourps grade release"):
        collect(handins, course, root)


@pytest.mark.parametrize(
    ("release", "submitted", "structure"),
    [
        ("out [1]", "in", "{nbgrader_step}/{student_id}/{assignment_id}"),
        ("release", "submitted", "{assignment_id}-all/{nbgrader_step}/{student_id}"),
    ],
)
def test_folders_of_the_configuration(course, handins, put, root, release, submitted, structure):  # noqa: PLR0917
    """Are hand-ins put where the configuration has them, and is the release found there?"""
    places = f"""
c.CourseDirectory.release_directory = "{release}"
c.CourseDirectory.submitted_directory = "{submitted}"
c.CourseDirectory.directory_structure = "{structure}"
"""
    with (course / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write(places)
    known = settings(course)
    new = Path(known.format_path(release, ".", "protection"))
    new.parent.mkdir(parents=True, exist_ok=True)
    shutil.move(course / "release" / "protection", new)
    put("ada")
    collection = collect(handins, course, root)
    assert collection.taken == [("ada", "protection")]
    [submission] = find(known, "protection")
    assert [path.name for path in submission.notebooks()] == ["exercise.ipynb"]
    assert not (course / "submitted").exists()


def test_a_name_in_another_script(course, handins, released, root):
    """Is a name in any script written in Latin letters, as a folder's, a file's and a zip's?"""
    (handins / "محمد").mkdir()
    shutil.copy(released, handins / "محمد" / "exercise.ipynb")
    shutil.copy(released, handins / "Наталья.ipynb")
    archive(handins / "王伟.zip", {"a/exercise.ipynb": released.read_bytes()})
    collection = collect(handins, course, root)
    assert [learner for learner, _ in collection.taken] == ["Natalya", "WangWei", "mhmd"]
    assert collection.remarks == []


def test_a_name_without_letters(course, handins, released, root):
    """Is it the folder, or the file, that is to get another name, and does the command fail?"""
    (handins / "...").mkdir()
    shutil.copy(released, handins / "..." / "exercise.ipynb")
    shutil.copy(released, handins / "--.ipynb")
    archive(handins / "_.zip", {"a/exercise.ipynb": released.read_bytes()})
    collection = collect(handins, course, root)
    assert (collection.taken, collection.left) == ([], 2)
    assert collection.remarks == [
        "--.ipynb: give the file a name of Latin letters and numbers.",
        "_.zip/a/exercise.ipynb: give the file a name of Latin letters and numbers.",
    ]


def test_zips_in_zips_in_zips(course, handins, released, root):
    """Is a notebook taken from a learner's zip in a download, and none from a zip in that one?"""
    once = packed({"exercise.ipynb": released.read_bytes()})
    twice = packed({"more.zip": once})
    folders = {"Ada_1_assignsubmission_file/mine.zip": once}
    folders["Ben_2_assignsubmission_file/mine.zip"] = twice
    archive(handins / "all.zip", folders)
    collection = collect(handins / "all.zip", course, root)
    assert collection.taken == [("p1", "protection")]
    assert any("Ben_2_assignsubmission_file/mine.zip" in line for line in collection.remarks)


def test_many_lines(course, handins, put, released, root):
    """Is what is said many times of one hand-in counted, and is everybody else still named?"""
    for name in ("mal", "mol"):
        bad = {f"{'../' * (number % 2)}{number}.ipynb": b"{" for number in range(170)}
        archive(handins / f"{name}.zip", bad)
    put("ada")
    put("ada", "ada (2).zip")
    (handins / "ben.ipynb").write_text("[]", "utf-8")
    folder = {f"ida/{number}.ipynb": released.read_bytes() for number in range(40)}
    archive(handins / "ida.zip", folder)
    collection = collect(handins, course, root)
    of = {
        name: [line for line in collection.remarks if line.startswith(name)]
        for name in ("mal", "mol")
    }
    assert [len(lines) for lines in of.values()] == [11, 11]
    assert of["mol"][-1] == "mol.zip: and 160 more of this kind."
    assert [line for line in collection.remarks if line.startswith("ben.ipynb")]
    assert [line for line in collection.remarks if line.startswith("ada: handed in twice")]
    assert collection.remarks.count("ida: and 29 more of this kind.") == 1
    assert {learner for learner, _ in collection.taken} == {"ada", "ida"}


@pytest.mark.parametrize("release", ["\x1b[2J\x1b[H1.0", "1\n30 graded.", "1\u202e0", "1" * 41, ""])
def test_a_release_that_is_none(course, handins, put, root, release):
    """Is a notebook refused whose metadata says something else than a version, and the rest taken?"""
    put("ada")
    notebook = nbformat.reads(inside(handins / "ada.zip")[1], 4)
    notebook.metadata["fourps"]["release"] = release
    nbformat.write(notebook, handins / "eve.ipynb")
    collection = collect(handins, course, root)
    assert collection.taken == [("ada", "protection")]
    [line] = collection.remarks
    assert line.startswith("eve.ipynb: This notebook is no exercise of the course.")
