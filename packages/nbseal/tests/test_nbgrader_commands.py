"""nbgrader's own commands, in an interpreter of their own: elsewhere in the tests they are forked."""

import os
import subprocess

import pytest

from nbseal import nbgrader_commands

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def real(monkeypatch):
    """Have commands really started, as by a facilitator whose PATH lacks the environment's programs."""
    monkeypatch.setattr(nbgrader_commands, "subprocess", subprocess)
    monkeypatch.setenv("PATH", os.defpath)


def test_a_new_gradebook(tmp_path):
    """Is alembic found, which nbgrader calls by name when it makes a gradebook?"""
    (tmp_path / "nbgrader_config.py").write_text("c = get_config()\n", "utf-8")
    nbgrader_commands.nbgrader(tmp_path, "db", "student", "add", "ada")
    assert "ada" in nbgrader_commands.nbgrader(tmp_path, "db", "student", "list")


def test_what_fails(tmp_path):
    """Is it said which command failed, and why?"""
    with pytest.raises(nbgrader_commands.NbgraderError, match=r"nbgrader db failed in .*: .+"):
        nbgrader_commands.nbgrader(tmp_path, "db", "student", "remove", "nobody")
