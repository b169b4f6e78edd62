import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

HATCHLING = Path(sys.executable).with_name("hatchling")
TREE = [
    *("src", "modules", "book", "locale", "exercises", "autograder", "pyproject.toml", "README.md"),
    *("LICENSE", "LICENSE-text", "LICENSES", "REUSE.toml", "_config.yml", "_toc.yml"),
]
# each with a word that stands nowhere else
DECOYS = {
    "exercises/protection/solution.md": "### BEGIN SOLUTION\nzebrafinch = 1\n### END SOLUTION\n",
    "exercises/protection/exercise.md": "### BEGIN SOLUTION\nwagtail = 1\n### END SOLUTION\n",
    "autograder/source/hidden.ipynb": '"### BEGIN HIDDEN TESTS\\nassert kingfisher"\n',
    "autograder/release/released.ipynb": '"dipper"\n',
    "locale/fr/LC_MESSAGES/exercises/protection.po": 'msgid "redshank"\nmsgstr ""\n',
}
SECRETS = [b"zebrafinch", b"wagtail", b"kingfisher", b"dipper", b"redshank"]
MARKS = [b"BEGIN SOLUTION", b"BEGIN HIDDEN TESTS", b"END SOLUTION", b"END HIDDEN TESTS"]
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def built(root, tmp_path_factory):
    """Return a folder with a wheel and an sdist, built from a copy that holds decoys."""
    folder = tmp_path_factory.mktemp("wheel")
    tree = folder / "tree"
    tree.mkdir()
    leave = shutil.ignore_patterns("__pycache__", "*.egg-info", ".ipynb_checkpoints")
    for name in TREE:
        if (root / name).is_dir():
            shutil.copytree(root / name, tree / name, ignore=leave)
        else:
            shutil.copy(root / name, tree / name)
    for name, text in DECOYS.items():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_text(text, "utf-8")
    for target in ("wheel", "sdist"):
        subprocess.run([HATCHLING, "build", "-t", target, "-d", folder], cwd=tree, check=True)
    return folder


@pytest.fixture(scope="module")
def wheel(built):
    """Return the wheel."""
    (path,) = built.glob("*.whl")
    return path


@pytest.fixture(scope="module", params=[("*.whl", "zip"), ("*.tar.gz", "gztar")])
def members(request, built, tmp_path_factory):
    """Return name and bytes of every file in the wheel, and in the sdist."""
    pattern, kind = request.param
    (path,) = built.glob(pattern)
    folder = tmp_path_factory.mktemp("members")
    shutil.unpack_archive(path, folder, kind, **({"filter": "data"} if "tar" in kind else {}))
    files = [one for one in folder.rglob("*") if one.is_file()]
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in files}


def test_content(wheel, root):
    """Does the course travel with the package?"""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        for name in ("lesson.md", "scenario.yaml", "quiz.yaml", "outcomes.yaml"):
            member = f"fourps/content/modules/protection/{name}"
            assert archive.read(member) == (root / "modules" / "protection" / name).read_bytes()
    assert "fourps/content/book/references.bib" in names
    assert "fourps/locale/fr/LC_MESSAGES/fourps.po" in names
    assert "fourps/content/locale/fr/LC_MESSAGES/modules/protection/exercise.po" in names
    assert {f"fourps/front/{one.name}" for one in root.glob("src/fourps/front/*.*s")} <= names


def test_code(wheel, root):
    """Is every file of the package in it, and the licences?"""
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    package = root / "src"
    wanted = {
        path.relative_to(package).as_posix()
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and ".egg-info" not in str(path)
    }
    assert wanted <= names
    licences = {"LICENSE", "LICENSE-text", "MIT.txt", "CC-BY-4.0.txt", "CC0-1.0.txt", "REUSE.toml"}
    assert {Path(name).name for name in names} >= {*licences, "entry_points.txt"}


def test_no_secret(members):
    """Does no solution and no hidden test leave the house, under any name?"""
    assert len(members) > 20
    for name, data in members.items():
        assert not any(secret in data for secret in SECRETS), name
        if not name.endswith(".py"):  # the code that takes solutions out has to name them
            assert not any(mark in data for mark in MARKS), name
            assert not any(word in name.lower() for word in ("solution", "hidden")), name
        assert not any(part in ("exercises", "autograder", "tests") for part in Path(name).parts)


def test_unpacked(wheel, tmp_path, python):
    """Does a package that was unpacked elsewhere play its own course?"""
    shutil.unpack_archive(wheel, tmp_path / "site", "zip")
    code = (
        "import fourps; from fourps.course.files import content_root; print(content_root()); "
        "print(fourps.play('protection').attempt['scenario'], len(fourps.ask('protection').outcomes))"
    )
    done = python(code, cwd=tmp_path, PYTHONPATH=str(tmp_path / "site"))
    assert done.returncode == 0, done.stderr
    place, played = done.stdout.splitlines()
    assert place == str(tmp_path / "site" / "fourps" / "content")
    assert played.startswith("card-desk ")
