import json
import re
import tomllib

import pytest

ROOT_FILES = ["book.txt", "dev.txt", "uv.txt"]
HOST = re.compile(r"\b[\w-]+(?:\.[\w-]+)*\.(?:org|com|net|io|dev|eu|info|cloud)\b", re.IGNORECASE)
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def requirements(text):
    """Return the lines of a lock, joined where they go on."""
    joined = text.replace("\\\n", " ")
    return [
        line.strip()
        for line in joined.splitlines()
        if line.strip() and not line.lstrip().startswith("#")
    ]


def plain(name):
    """Return a package's name as an index writes it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def named(requirement):
    """Return the name of a package that a requirement begins with."""
    return plain(re.match(r"[\w.-]+", requirement)[0])


def test_all_locks(root):
    """Are these all the locks?"""
    assert sorted(path.name for path in (root / "requirements").glob("*.txt")) == ROOT_FILES


@pytest.fixture(params=ROOT_FILES)
def lock(root, request):
    """Return the text of each lock."""
    return (root / "requirements" / request.param).read_text("utf-8")


def test_versions_and_hashes(lock):
    """Has every package one version and a hash?"""
    lines = requirements(lock)
    assert lines
    for line in lines:
        assert re.match(r"[\w.-]+(\[[\w,-]+\])?==[\w.+!-]+( ;|\s|$)", line), line
        assert HASH.search(line), line
        assert HASH.sub("", line).count("--") == 0, line


def test_no_host(lock):
    """Does no lock name a host or an address?"""
    assert "://" not in lock
    assert HOST.findall(lock) == []


@pytest.mark.parametrize(
    ("name", "extras"), [("book.txt", ["book"]), ("dev.txt", ["book", "facilitator", "dev"])]
)
def test_nothing_forgotten(root, name, extras):
    """Is everything that the project asks for locked?"""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], "hatchling", "editables"]
    for extra in extras:
        wanted += project["optional-dependencies"][extra]
    locked = {
        named(line) for line in requirements((root / "requirements" / name).read_text("utf-8"))
    }
    assert {named(one) for one in wanted} - {"fourps"} <= locked


def test_same_versions(root):
    """Does the book build with the same versions as the tests?"""
    pins = [
        {line.split(" ")[0].split(";")[0] for line in requirements(text)}
        for text in ((root / "requirements" / name).read_text("utf-8") for name in ROOT_FILES[:2])
    ]
    assert pins[0] <= pins[1]


def test_javascript(root):
    """Has every JavaScript package its integrity, and no place that it came from?"""
    text = (root / "package-lock.json").read_text("utf-8")
    packages = {name: one for name, one in json.loads(text)["packages"].items() if name}
    assert packages
    for name, package in packages.items():
        assert re.fullmatch(r"sha512-[A-Za-z0-9+/]{86}==", package["integrity"]), name
        assert package["version"], name
    assert "resolved" not in text
    assert "://" not in text
    assert HOST.findall(text) == []


def test_javascript_is_locked(root):
    """Is everything that package.json asks for locked?"""
    asked = json.loads((root / "package.json").read_text("utf-8"))
    locked = json.loads((root / "package-lock.json").read_text("utf-8"))["packages"]
    assert locked[""]["devDependencies"] == asked["devDependencies"]
    assert {f"node_modules/{name}" for name in asked["devDependencies"]} <= set(locked)
    assert (root / ".npmrc").read_text("utf-8").strip() == "omit-lockfile-registry-resolved=true"


def test_a_host_would_be_found():
    """Would a host be found if there were one?"""
    assert HOST.findall("--index-url pypi.org/simple") == ["pypi.org"]
    assert HOST.findall('"funding": "opencollective.com/x"') == ["opencollective.com"]
    assert HOST.findall("jaraco-classes==3.4.0 # via keyring") == []
