"""What a machine lacks is said before anything is fetched, all of it at once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

pytestmark = pytest.mark.once

ALWAYS = ("sh", "awk", "chmod", "df", "dirname", "grep", "id", "ls", "mktemp", "rm", "sed", "tail")
BWRAP = (shutil.which("bwrap") or "bwrap", "--dev-bind", "/", "/")
# where Debian keeps what no PATH of an ordinary user has
MORE = (
    " chromium firefox-esr bubblewrap libseccomp2 util-linux postgresql nginx zim-tools"
    " default-jre-headless"
)
WITHOUT = (*BWRAP, "--tmpfs", "/usr/sbin", "--tmpfs", "/usr/lib/postgresql")


@pytest.fixture
def few(tmp_path):
    """Return a folder with the programs that every Debian has."""
    folder = tmp_path / "few"
    folder.mkdir()
    for name in ALWAYS:
        (folder / name).symlink_to(shutil.which(name))
    return folder


@pytest.fixture
def ask(root):
    """Return a function that asks; what it is given is the environment."""

    def run(*words, inside=(), **environment):
        command = [*inside, shutil.which("sh"), root / "tests" / "need.sh", *words]
        environment = {"PATH": os.environ["PATH"], "HOME": os.environ["HOME"]} | environment
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, cwd="/"
        )
        return done.returncode, done.stdout, done.stderr.splitlines()

    return run


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "more"),
    [(["book"], ""), ([], MORE), (["proof"], f"{MORE} webkit2gtk-driver xvfb kiwix-tools")],
)
def test_packages(ask, few, words, more):
    """Are all packages that are missing named in one command, those of the book alone for it?"""
    status, printed, said = ask(*words, inside=WITHOUT, PATH=str(few))
    command = f"apt-get install python3 python3-venv{more}"
    assert said == [
        f"Four Ps needs for the {words[0] if words else 'tests'} what is not here:",
        f"  - packages. On Debian or Ubuntu, as root: {command}",
        "When all of it is there, run make again.",
    ]
    assert (status, printed) == (1, "")


@pytest.mark.parametrize("more", ["", " chromium-headless-shell"], ids=["elsewhere", "Debian"])
def test_root(ask, few, tmp_path, more):
    """Does root get what is missing through apt, in one go, and the quicker Chromium where there is one?"""
    log = tmp_path / "log"
    programs = {
        "id": "echo 0",
        **dict.fromkeys(
            (
                "bwrap",
                "firefox-esr",
                "setpriv",
                "unshare",
                "initdb",
                "nginx",
                "zimwriterfs",
                "zimcheck",
                "java",
            ),
            "exit 0",
        ),
        "ldconfig": "echo libseccomp.so.2",
        "python3": f'exec {sys.executable} "$@"',
        "apt-get": f'echo "$@" >>{log}; [ $1 = update ] || cp "$0" {few}/chromium',
        "apt-cache": f'[ "$*" = "show{more}" ]',
    }
    (few / "id").unlink()
    (few / "cp").symlink_to(shutil.which("cp"))
    for name, text in programs.items():
        (few / name).write_text(f"#!/bin/sh\n{text}\n", "utf-8")
        (few / name).chmod(0o755)
    assert ask(PATH=str(few)) == (0, f"Installing through apt: chromium{more} ...\n", [])
    assert log.read_text("utf-8").splitlines() == ["update -qq", f"install -y -qq chromium{more}"]


@pytest.mark.slow
@pytest.mark.parametrize(("words", "disk"), [([], 1), (["proof"], 2)], ids=["tests", "proof"])
def test_what_no_package_mends(ask, root, tmp_path, words, disk):
    """Is all else named with it: folders, home, disk, namespaces?"""
    closed = ("--ro-bind", str(root), str(root), "--unshare-user", "--disable-userns")
    full = ("--size", "1000000", "--tmpfs", str(tmp_path))
    inside = (*BWRAP, *full, *closed)
    status, printed, said = ask(*words, inside=inside, TMPDIR=str(tmp_path), HOME="/no")
    assert (status, printed) == (1, "")
    assert said[0] == f"Four Ps needs for the {''.join(words) or 'tests'} what is not here:"
    assert f"  - a folder where you may write and run programs: {root} is none" in said
    assert "  - a home where you may write: HOME='/no' is none" in said
    assert f"  - {disk} GB free on the disk {tmp_path}: there are 0.0" in said
    assert said[-2].startswith("  - namespaces for every user, as autograder/SEALING.md says: ")
    assert said[-1] == "When all of it is there, run make again."


@pytest.mark.slow
def test_all_is_here(ask):
    """Is nothing said where all of it is here?"""
    assert ask() == (0, "", [])
