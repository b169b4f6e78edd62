"""Whose a hand-in is, when its outside and its inside do not say the same."""

import json
import shutil
import zipfile

import nbformat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from moodle_files import packed, row, sheet

from nbseal.base.handins import is_learner
from nbseal.collect import collect, refusals
from nbseal.collect.owners import NAMES_FOLDER, Owners, identifier
from nbseal.collect.uploads import in_zip
from nbseal.reasons import because

OTHERS = (because("refused-name"),)


def says(text):
    """Return what makes a notebook another than the released one."""

    def change(notebook):
        notebook.cells.append(nbformat.v4.new_markdown_cell(text))

    return change


def work(course):
    """Return the last cell of what lies there, by learner."""
    return {
        path.parts[-3]: nbformat.read(path, as_version=4).cells[-1].source
        for path in course.glob("submitted/*/protection/exercise.ipynb")
    }


@pytest.mark.parametrize("name", ["ada.zip", "protection-ada.zip", "ada/protection-ben.zip"])
@pytest.mark.parametrize("route", ["folder", "zip", "together", "file"])
def test_somebody_else(course, handins, put, root, name, route):  # noqa: PLR0917
    """Is a newer hand-in refused that has another's name inside, by whatever way it comes?"""
    put("ada", change=says("by ada"))
    put("ben", change=says("by ben"))
    if route != "together":
        collect(handins, course, root)
        for path in handins.iterdir():
            path.unlink()
    (handins / "ada").mkdir()
    bad = put("ben", name, change=says("by somebody"), time=1_900_000_900)
    if "/" not in name:
        (handins / "ada").rmdir()
    source = handins
    if route == "zip":
        source = handins.with_suffix(".zip")
        source.write_bytes(packed({f"all/{name}": bad.read_bytes(), "all/notes.txt": ""}))
    elif route == "file" and "/" not in name:
        source = bad
    collection = collect(source, course, root)
    here = work(course)
    assert here["ben"] == "by ben"
    # where it took the place of her own file, there is none of hers
    assert here.get("ada", "by ada") == "by ada"
    assert collection.left == 1
    [line] = [line for line in collection.remarks if bad.name in line]
    assert "inside it is 'ben'" in line
    assert refusals.read(course, "protection").get("ada", OTHERS) == OTHERS
    assert "ben" not in refusals.read(course, "protection")


def test_a_name_that_says_nothing(course, handins, put, root):
    """Is a hand-in taken whose name says nothing, unless it would replace somebody's work?"""
    path = put("ada", "new (2).zip", change=says("first"))
    assert collect(handins, course, root).taken == [("ada", "protection")]
    again = collect(handins, course, root)
    assert (again.taken, again.remarks) == ([("ada", "protection")], [])
    put("ada", path.name, change=says("second"), time=1_900_000_900)
    collection = collect(handins, course, root)
    assert (collection.taken, collection.left) == ([], 1)
    assert "call it protection-ada.zip and collect again" in collection.remarks[0]
    assert work(course) == {"ada": "first"}
    path.rename(handins / "protection-ada.zip")
    collection = collect(handins, course, root)
    assert collection.taken == [("ada", "protection")]
    assert collection.remarks == ["ada: protection-ada.zip replaces what was collected before."]
    assert work(course) == {"ada": "second"}


def moodle(handins, put, inside):
    """Write Moodle's zip, of what says inside whose it is by each one's number."""
    download = handins.parent / "all.zip"
    with zipfile.ZipFile(download, "w") as archive:
        for number, learner in inside.items():
            path = put(learner, f"{number}.zip", change=says(f"by {number}"))
            archive.write(path, f"P_{number}_assignsubmission_file/{path.name}")
    return download


def test_in_moodle(course, handins, put, root):
    """Is an upload refused in which somebody else of the worksheet is named, and is the rest Moodle's?"""
    people = [row(number, "P", f"S{number}") for number in (11, 12, 13)]
    grades = sheet(handins.parent / "grades.csv", *people)
    download = moodle(handins, put, {11: "S12", 12: "S12", 13: "learner-x7"})
    collection = collect(download, course, root, worksheet=grades)
    assert work(course) == {"S12": "by 12", "S13": "by 13"}
    assert collection.left == 1
    assert refusals.read(course, "protection") == {"S11": OTHERS}


def hand_in(folder, released, works):
    """Put notebooks alone into a folder, by name of file."""
    shutil.rmtree(folder, ignore_errors=True)
    notebook = json.loads(released.read_bytes())
    for name, text in works.items():
        notebook["cells"][-1:] = [{**notebook["cells"][-1], "source": text}]
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(notebook), "utf-8")


PAIRS = [
    ("Renée.ipynb", "Renee.ipynb"),
    ("Renee.ipynb", "Renée.ipynb"),
    ("Щука.ipynb", "Шчука.ipynb"),
    ("Иван/a.ipynb", "Ivan.ipynb"),
    (f"{'a' * 64}b.ipynb", f"{'a' * 64}c.ipynb"),
    (f"{'Ż' * 70}.ipynb", f"{'Ż' * 71}/a.ipynb"),
    ("Ada B.ipynb", "Ada-B/a.ipynb"),
]


@pytest.mark.parametrize(("first", "second"), PAIRS)
def test_one_id_in_two_runs(course, handins, released, root, first, second):  # noqa: PLR0917
    """Does an id stay with the name that it was made from, in later runs and in its other files?"""
    hand_in(handins, released, {first: "first"})
    [(learner, _)] = collect(handins, course, root).taken
    hand_in(handins, released, {second: "second"})
    collection = collect(handins, course, root)
    assert (collection.taken, collection.left) == ([], 1)
    assert work(course) == {learner: "first"}
    assert not refusals.read(course, "protection")
    [line] = collection.remarks
    assert f"gives the id '{learner}', which '" in line
    assert "If both are one person, call the f" in line
    # one of whom nothing can be read either
    (handins / second).write_text("[]", "utf-8")
    assert collect(handins, course, root).left == 1
    assert not refusals.read(course, "protection")
    hand_in(handins, released, {first: "third"})
    assert collect(handins, course, root).taken == [(learner, "protection")]
    assert work(course) == {learner: "third"}


def test_an_id_from_inside(course, handins, released, put, root):
    """Is an id that a hand-in says inside told apart from a name that comes to it, and can they be one?"""
    hand_in(handins, released, {"Иван.ipynb": "by Иван"})
    collect(handins, course, root)
    path = put("Ivan", "protection-Ivan.zip", change=says("by Ivan"))
    (handins / "Иван.ipynb").unlink()
    collection = collect(handins, course, root)
    assert (collection.taken, collection.left) == ([], 1)
    [line] = collection.remarks
    assert line == (
        "protection-Ivan.zip: inside it is the id 'Ivan', which 'Иван' has. Left out, and nothing "
        "was replaced. If both are one person, call the file 'Иван.zip'; if not, have it packed "
        "again under another id."
    )
    assert work(course) == {"Ivan": "by Иван"}
    path.rename(handins / "Иван.zip")
    assert collect(handins, course, root).taken == [("Ivan", "protection")]
    assert work(course) == {"Ivan": "by Ivan"}


def test_an_id_of_moodle(course, handins, released, put, root):
    """Does somebody's ID number not get the work of a name that comes to it, nor the other way?"""
    grades = sheet(handins.parent / "grades.csv", row(11, "P", "Ivan"), row(12, "P", "Anna"))
    hand_in(handins, released, {"Иван.ipynb": "by Иван"})
    collect(handins, course, root)
    download = moodle(handins, put, {11: "Ivan", 12: "Anna"})
    collection = collect(download, course, root, worksheet=grades)
    assert (collection.taken, collection.left) == ([("Anna", "protection")], 1)
    assert "run fourps grade remove Ivan and collect both again" in "".join(collection.remarks)
    hand_in(handins, released, {"Анна.ipynb": "by Анна"})
    assert collect(handins, course, root).left == 1
    assert work(course) == {"Ivan": "by Иван", "Anna": "by 12"}
    # whose number is another one in each assignment
    assert collect(download, course, root, worksheet=grades).taken == [("Anna", "protection")]


@pytest.mark.parametrize(
    "name",
    ["ada (1)", "ada(1)", "ada-Copy1", "ada - Copy", "ada - Copy (2)", "ada copy 2", "ada - Copie"],
)
def test_copies(course, handins, released, root, name):
    """Is a copy that a browser, a system or JupyterLab named the learner's whom it is a copy of?"""
    hand_in(handins, released, {"ada.ipynb": "first"})
    collect(handins, course, root)
    hand_in(handins, released, {f"{name}.ipynb": "second"})
    collection = collect(handins, course, root)
    assert collection.taken == [("ada", "protection")]
    assert collection.remarks == [f"ada: {name}.ipynb replaces what was collected before."]
    assert work(course) == {"ada": "second"}


# letters of many scripts, what divides words, and what is left out
NAMES = st.text(
    st.one_of(
        st.sampled_from("aeéèłđl -_.'\u0430\u0435\u0456\u2019\u1ebd"),
        st.characters(categories=["L", "M", "N", "Zs"], max_codepoint=0xFFFF),
    ),
    min_size=1,
    max_size=80,
).filter(lambda name: len(name.encode()) < 200 and not name.startswith("."))


@given(NAMES)
def test_any_name(name):
    """Is what a name comes to an id, the same each time it is asked?"""
    learner = identifier(name)
    assert learner == "" or is_learner(learner)
    assert identifier(learner) == learner


@pytest.mark.slow
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(NAMES, min_size=2, max_size=8), st.integers(1, 7))
def test_any_names(course, handins, released, root, names, at):  # noqa: PLR0917
    """Whatever files are called, in one run or two: does each id hold the work of one name alone?"""
    for folder in (course / "submitted", course / NAMES_FOLDER):
        shutil.rmtree(folder, ignore_errors=True)
    owners, left = Owners(course), 0
    for part in (names[:at], names[at:]):
        if part:
            hand_in(
                handins, released, {f"{name}.ipynb": owners.of((name,)).called for name in part}
            )
            collection = collect(handins, course, root)
            left += collection.left
            assert len(collection.remarks) >= collection.left
    here = work(course)
    called = {owners.of((name,)).called for name in names}
    assert {*here.values()} <= called
    assert len({*here.values()}) == len(here)
    assert all(identifier(name) == learner for learner, name in here.items())
    assert (left > 0) == (len(called) > len(here))


# what Moodle leaves of a name that somebody typed
MOODLE = st.text(
    st.characters(exclude_categories=["Cc", "Cs"], exclude_characters="&<>\"`|':\\/_"), min_size=1
).filter(lambda name: ".." not in name)


@given(st.one_of(MOODLE, MOODLE.map(". {}".format), st.just(".")), st.booleans())
def test_names_that_begin_with_a_dot(name, flat):
    """Is what Moodle's zip has of anybody seen, whatever the name, and nothing that a system put there?"""
    place = f"{name}_42_assignsubmission_file"
    mine = f"{place}_a.ipynb" if flat else f"{place}/a.ipynb"
    beside = f"._{place}_a.ipynb" if flat else f"{place}/._a.ipynb"
    names = (mine, beside, f"{place}/.ipynb_checkpoints/a.ipynb", f"__MACOSX/._{place}/a")
    with in_zip(packed(dict.fromkeys(names, b"x")), "all.zip") as inside:
        assert ["/".join(upload.parts) for upload in inside.files] == [mine]


def test_capitals_alone(course, handins, put, root):
    """Is a hand-in refused whose id differs in capitals alone from another's, in one run or two?"""
    put("ada", change=says("by ada"))
    put("Ben", change=says("by Ben"))
    collect(handins, course, root)
    put("ADA", change=says("by ADA"), time=1_900_000_900)
    put("ben", change=says("by ben"), time=1_900_000_900)
    collection = collect(handins, course, root)
    assert work(course) == {"ada": "by ada", "Ben": "by Ben"}
    assert collection.left == 2
    [line] = [line for line in collection.remarks if "ADA" in line]
    assert line == (
        "ADA.zip: inside it is the id 'ADA', which 'ada' has. Left out, and nothing was replaced. "
        "If both are one person, have it packed again under 'ada'; if not, have it packed again "
        "under another id."
    )


def test_two_that_are_there(course, handins, put, root):
    """May two who both have handed in before, on Linux, go on to do so?"""
    put("ada", change=says("by ada"))
    put("ADA", name="other.zip", change=says("by ADA"))
    for learner in ("ada", "ADA"):
        (course / "submitted" / learner / "protection").mkdir(parents=True)
    collection = collect(handins, course, root)
    assert work(course) == {"ada": "by ada", "ADA": "by ADA"}, collection.remarks


def test_devices(course, handins, put, root):
    """Is a name that Windows keeps for itself made into an id, and refused as one?"""
    (handins / "Con").mkdir()
    shutil.copy(course / "release" / "protection" / "exercise.ipynb", handins / "Con")
    put("aux", change=says("by aux"))
    collection = collect(handins, course, root)
    assert collection.taken == [("id-Con", "protection")]
    [line] = collection.remarks
    assert line == (
        "aux.zip: inside it is 'aux', which no folder may be called on Windows. Have it packed "
        "again under another id."
    )
