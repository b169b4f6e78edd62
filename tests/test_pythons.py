"""Every Python that ``pyproject.toml`` names, as far as this machine has it."""

import json
import os
import re
import subprocess
import sys
import tomllib

import pytest
import yaml

MINE = f"{sys.version_info.major}.{sys.version_info.minor}"
NAMED = re.compile(r"Programming Language :: Python :: (3\.\d+)$")


def named(root):
    """Return the versions that the package is for, the oldest first."""
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    found = [NAMED.match(one) for one in project["classifiers"]]
    versions = [one[1] for one in found if one]
    assert project["requires-python"] == f">={versions[0]}"
    return versions


def here(root):
    """Return the versions of this machine and their programs, the oldest first."""
    done = subprocess.run(
        [
            root / ".tools/bin/uv",
            *["python", "list", "--only-installed", "--output-format", "json"],
        ],
        env=os.environ | {"UV_PYTHON_DOWNLOADS": "never"},
        capture_output=True,
        text=True,
        check=True,
    )
    found = {MINE: sys.executable}
    for one in json.loads(done.stdout):
        minor = "{major}.{minor}".format(**one["version_parts"])
        plain = one["implementation"] == "cpython" and one["variant"] == "default"
        # a first version, such as 3.15.0a1, is none yet
        if plain and one["version"].replace(".", "").isdecimal():
            found.setdefault(minor, one["path"])
    return {minor: found[minor] for minor in named(root) if minor in found}


@pytest.mark.slow
@pytest.mark.timeout(3000)
def test_oldest_and_newest(root):
    """Can the book be built, and do the fast tests pass, on the oldest and the newest Python here?

    What this run itself uses is proved by all the others.
    """
    versions = here(root)
    assert MINE in versions
    environment = {
        key: value for key, value in os.environ.items() if not re.match("(PYTEST|MAKE|MFLAGS)", key)
    }
    for minor in {min(versions, key=order), max(versions, key=order)} - {MINE}:
        words = ["make", "python", f"PYTHON={versions[minor]}", f"VENV=_build/python{minor}"]
        # what is loaded here is compiled then; the rest need not be
        words.append("UV_COMPILE_BYTECODE=0")
        done = subprocess.run(
            words, cwd=root, env=environment, capture_output=True, text=True, check=False
        )
        said = done.stdout + done.stderr
        assert done.returncode == 0, f"{' '.join(words)}\n{said}"
        assert re.search(r"^[1-9]\d* passed", said, re.MULTILINE), said


def order(minor):
    """Return what sorts versions."""
    return [int(part) for part in minor.split(".")]


def test_every_python_in_ci(root):
    """Does the workflow for contributors prove each Python that the package is for?"""
    workflow = yaml.safe_load((root / ".github" / "workflows" / "test.yml").read_text("utf-8"))
    assert workflow["jobs"]["prove"]["strategy"]["matrix"]["python"] == named(root)


def test_other_systems_in_ci(root):
    """Does it go the way of plain hand-ins on Windows and macOS, by files that are there?"""
    workflow = yaml.safe_load((root / ".github" / "workflows" / "test.yml").read_text("utf-8"))
    job = workflow["jobs"]["systems"]
    assert job["strategy"]["matrix"]["system"] == ["windows-latest", "macos-latest"]
    words = " ".join(step.get("run", "") for step in job["steps"]).split()
    files = [word for word in words if word.endswith((".py", ".txt"))]
    assert "tests/systems/test_plain_way.py" in files
    assert [word for word in files if not (root / word).is_file()] == []


def test_actions_are_pinned(root):
    """Is every action of a workflow named by a commit, with its tag beside it?"""
    found = 0
    for path in (root / ".github" / "workflows").glob("*.yml"):
        for line in path.read_text("utf-8").splitlines():
            if "uses:" in line:
                assert re.search(r"uses: [\w-]+/[\w-]+@[0-9a-f]{40} # v[\d.]+$", line), line
                found += 1
    assert found > 5
