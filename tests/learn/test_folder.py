import json
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fourps.learn.folder
from fourps.learn.folder import FolderError, update

PAGE, EXERCISE = "book/page.ipynb", "modules/a/exercise.ipynb"


def files(release):
    return [(PAGE, f"page {release}".encode()), (EXERCISE, f"exercise {release}".encode())]


def what(changes):
    return [change.what for change in changes]


def test_leaves_work_alone(tmp_path):
    """Is a newer release put beside a learner's file, once, and the file left as it is?"""
    assert what(update(tmp_path, files(1), "1")) == ["new", "new"]
    (tmp_path / EXERCISE).write_text("mine")
    assert what(update(tmp_path, files(1), "1")) == ["same", "same"]
    changes = update(tmp_path, files(2), "2")
    assert what(changes) == ["updated", "beside"]
    assert changes[1].path == "modules/a/exercise (release 2).ipynb"
    assert (tmp_path / changes[1].path).read_text() == "exercise 2"
    assert (tmp_path / EXERCISE).read_text() == "mine"
    assert what(update(tmp_path, files(2), "2")) == ["same", "same"]


def test_work_in_the_file_beside(tmp_path):
    """Is a learner's work safe in the file that was put beside, too?"""
    update(tmp_path, files(1), "1")
    (tmp_path / EXERCISE).write_text("mine")
    beside = tmp_path / update(tmp_path, files(2), "2")[1].path
    beside.write_text("mine too")
    # the same version again with another content, as authors see it
    changes = update(tmp_path, files(3), "2")
    assert changes[1].path == "modules/a/exercise (release 2, 2).ipynb"
    assert beside.read_text() == "mine too"
    assert (tmp_path / EXERCISE).read_text() == "mine"


def test_a_file_of_the_same_name(tmp_path):
    """Is a file left alone that was there before the course came?"""
    (tmp_path / "book").mkdir()
    (tmp_path / PAGE).write_text("my own page")
    assert what(update(tmp_path, files(1), "1")) == ["beside", "new"]
    assert (tmp_path / PAGE).read_text() == "my own page"


def test_opened_only(tmp_path):
    """Is a notebook updated that JupyterLab only opened, ran and saved?"""
    cell = {"cell_type": "code", "source": "1 + 1", "outputs": []}
    written = {"cells": [cell], "metadata": {}}
    update(tmp_path, [(PAGE, json.dumps(written).encode())], "1")
    ran = {**cell, "source": ["1 + ", "1"], "outputs": ["2"], "execution_count": 1}
    saved = {"cells": [ran, {"cell_type": "code", "source": ""}], "metadata": {"a": 1}}
    (tmp_path / PAGE).write_text(json.dumps(saved))
    newer = {"cells": [{**cell, "source": "2 + 2"}]}
    assert what(update(tmp_path, [(PAGE, json.dumps(newer).encode())], "2")) == ["updated"]
    saved["cells"][1]["source"] = "# mine"
    (tmp_path / PAGE).write_text(json.dumps(saved))
    assert what(update(tmp_path, [(PAGE, json.dumps(written).encode())], "3")) == ["beside"]


def test_deleted_files_come_back(tmp_path):
    """Does a learner get a fresh copy by deleting a file?"""
    update(tmp_path, files(1), "1")
    (tmp_path / EXERCISE).unlink()
    assert what(update(tmp_path, files(1), "1")) == ["same", "new"]


@pytest.mark.parametrize("text", ["", "{", '{"format": 2, "files": {}}', '{"files": []}'])
def test_manifest_that_cannot_be_read(tmp_path, text):
    """Does it say what to do, and change nothing?"""
    (tmp_path / ".fourps.json").write_text(text)
    with pytest.raises(FolderError, match="Delete it"):
        update(tmp_path, files(1), "1")
    assert len(list(tmp_path.iterdir())) == 1


def test_folder_of_the_same_name(tmp_path):
    """Is a folder where a notebook should be named?"""
    (tmp_path / PAGE).mkdir(parents=True)
    with pytest.raises(FolderError, match="is a folder"):
        update(tmp_path, files(1), "1")


@pytest.mark.slow
@settings(max_examples=40)
@given(data=st.data())
def test_no_work_is_ever_lost(data, tmp_path_factory):
    """After any releases, edits, deletions and crashes, is every learner's text still there?"""
    folder = tmp_path_factory.mktemp("folder")
    work = {}
    real = fourps.learn.folder.write_whole
    for step in range(data.draw(st.integers(1, 8))):
        action = data.draw(st.sampled_from(["release", "crash", "edit", "delete"]))
        there = sorted(path for path in folder.rglob("*.ipynb"))
        if action in ("edit", "delete") and there:
            path = data.draw(st.sampled_from(there))
            work.pop(path, None)
            if action == "edit":
                work[path] = f"work {step}"
                path.write_text(work[path])
            else:
                path.unlink()
        elif action in ("release", "crash"):
            release = data.draw(st.integers(1, 3))
            left = data.draw(st.integers(0, 4)) if action == "crash" else 100

            def write(path, content):
                nonlocal left
                if not left:
                    raise OSError(28, "crash")
                left -= 1
                real(path, content)

            fourps.learn.folder.write_whole = write
            try:
                update(folder, files(release), str(release))
            except OSError:
                pass
            finally:
                fourps.learn.folder.write_whole = real
        for path, text in work.items():
            assert path.read_text() == text
    update(folder, files(9), "9")
    texts = {path.read_text() for path in folder.rglob("*.ipynb")}
    assert {"page 9", "exercise 9", *work.values()} <= texts
    shutil.rmtree(folder)
