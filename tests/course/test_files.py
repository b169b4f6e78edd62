import shutil
from pathlib import Path

import pytest

from fourps.course.files import content_root, find


def test_checkout(root):
    """Does an editable install read the checkout it came from?"""
    assert content_root() == root


def test_nowhere(root, tmp_path, python):
    """Does a package without content, far from any checkout, say what is missing and what to do?"""
    leave = shutil.ignore_patterns("__pycache__")
    shutil.copytree(root / "src" / "fourps", tmp_path / "lib" / "site" / "fourps", ignore=leave)
    code = "from fourps.course.files import *; print(content_root())"
    done = python(code, cwd=tmp_path, PYTHONPATH=str(tmp_path / "lib" / "site"))
    assert done.returncode == 1
    assert "FileNotFoundError: The course's content is missing" in done.stderr
    assert "Install fourps again." in done.stderr


@pytest.mark.parametrize("name", ["mine.yaml", "mine.yml"])
def test_find_a_path(tmp_path, name):
    """Is a path taken as it is, beside the page that names it?"""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / name).touch()
    assert find(f"folder/{name}", "scenario.yaml", tmp_path) == tmp_path / "folder" / name
    assert find(str(tmp_path / "folder" / name), "scenario.yaml", Path("/")).is_file()


def test_no_such_path(tmp_path):
    """Does a path that leads nowhere come with the whole path?"""
    with pytest.raises(FileNotFoundError, match="There is no file") as error:
        find("absent.yaml", "scenario.yaml", tmp_path)
    assert str(tmp_path / "absent.yaml") in str(error.value)


@pytest.mark.parametrize(
    ("module", "name", "said"),
    [
        ("protecton", "quiz.yaml", r"No module 'protecton' has a quiz\.yaml.*protection"),
        ("protection", "film.yaml", r"No module 'protection' has a film\.yaml"),
    ],
)
def test_no_such_file(tmp_path, module, name, said):
    """Does a module that there is not, or that has no such file, come with those that do?"""
    with pytest.raises(FileNotFoundError, match=said):
        find(module, name, tmp_path)
