from hypothesis import given
from hypothesis import strategies as st

from nbseal.base.file_names import is_portable
from nbseal.moodle.file_names import folder, original, place

ANY = st.text(min_size=1, max_size=30).filter(lambda text: "/" not in text)
# Moodle replaces underscores in names of people
PERSON = ANY.map(lambda text: text.replace("_", " "))
NUMBER = st.integers(0, 10**17).map(str)


@given(PERSON, NUMBER, ANY, st.lists(ANY, max_size=3))
def test_folders(person, number, first, more):
    """Is a file in a learner's folder read, whatever anybody is called?"""
    parsed = place((f"{person}_{number}_assignsubmission_file", first, *more))
    assert parsed == (person, number, "file", (first, *more))


@given(PERSON, NUMBER, ANY)
def test_flat(person, number, file):
    """Is a file in a flat zip read, whatever anybody is called?"""
    parsed = place((f"{person}_{number}_assignsubmission_file_{file}",))
    assert parsed == (person, number, "file", (file,))


@given(PERSON, NUMBER, NUMBER, ANY)
def test_nobody_else(person, number, other, file):
    """Can no name of a file or folder pass for another learner's?"""
    evil = f"{file}_{other}_assignsubmission_file_exercise.ipynb"
    assert place((f"{person}_{number}_assignsubmission_file_{evil}",)).participant == number
    assert place((f"{person}_{number}_assignsubmission_file", evil)).participant == number
    assert place(("somebody", evil)) is None


@given(st.lists(st.text(max_size=40), max_size=4).map(tuple))
def test_anything(parts):
    """Is any other path nobody's?"""
    parsed = place(parts)
    assert parsed is None or "_assignsubmission_" in parts[0]


@given(st.text(max_size=30), NUMBER)
def test_folder_comes_back(name, number):
    """Does Moodle find the number in the folder's name as it looks for it, in the second part?"""
    called = folder(name, number)
    assert called.split("_", 4)[1:] == [number, "assignsubmission", "file"]
    assert place((called, "a.html")).participant == number
    assert "/" not in called
    assert called.isprintable()
    assert is_portable(called)


@given(st.from_regex(r"[a-z]{1,8}", fullmatch=True).filter(lambda text: "copy" not in text))
def test_copies(stem):
    """Do a browser's and JupyterLab's copies keep their name?"""
    copies = ", (2),(1),-Copy1,-Copy12 (3), - Copy,_copy, copy 2,-copy (2)"
    assert {original(stem + added) for added in copies.split(",")} == {stem}
