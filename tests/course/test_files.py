import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from fourps.course.files import content_root, find


def test_checkout(root):
    """Does an editable install read the checkout it came from?"""
    assert content_root() == root


@pytest.fixture
def elsewhere(root, tmp_path):
    """Return a function that asks a copy of the package, far from any checkout, for its content."""
    site = tmp_path / "lib" / "site"
    package = shutil.copytree(
        root / "src" / "fourps", site / "fourps", ignore=shutil.ignore_patterns("__pycache__")
    )

    def ask(*content):
        for name in content:
            (package / name).mkdir(parents=True)
        return subprocess.run(
            [sys.executable, "-c", "from fourps.course.files import *; print(content_root())"],
            env=os.environ | {"PYTHONPATH": str(site)},
            cwd=tmp_path,
            check=False,
            capture_output=True,
            text=True,
        )

    return ask


def test_wheel(elsewhere, tmp_path):
    """Does an installed package read the content that it carries?"""
    done = elsewhere("content/modules")
    assert done.stdout.strip() == str(tmp_path / "lib" / "site" / "fourps" / "content")


def test_nowhere(elsewhere):
    """Does a package without content say what is missing and what to do?"""
    done = elsewhere()
    assert done.returncode == 1
    assert "FileNotFoundError: The course's content is missing" in done.stderr
    assert "Install fourps again." in done.stderr


def test_find_in_a_module(root):
    """Is a module's file found by the module's name, wherever one is?"""
    wanted = root / "modules" / "protection" / "quiz.yaml"
    assert find("protection", "quiz.yaml", Path("/nowhere")) == wanted


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


def test_no_such_module(tmp_path):
    """Does a module that does not exist come with those that do?"""
    with pytest.raises(
        FileNotFoundError, match=r"No module 'protecton' has a quiz\.yaml.*protection"
    ):
        find("protecton", "quiz.yaml", tmp_path)


def test_module_without(tmp_path):
    """Is a module that has no such file told from one that has?"""
    with pytest.raises(FileNotFoundError, match=r"No module 'protection' has a film\.yaml"):
        find("protection", "film.yaml", tmp_path)
