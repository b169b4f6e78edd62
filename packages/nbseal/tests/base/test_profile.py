import pytest

from nbseal.base import profile as module
from nbseal.base.errors import UserError


@pytest.mark.parametrize("name", ["nowhere.at.all:profile", "nbseal.base.words:profile"])
def test_cannot_be_loaded(monkeypatch, name):
    """Is a profile that is not there named, with where to look?"""
    monkeypatch.setenv("NBSEAL_PROFILE", name)
    with pytest.raises(UserError, match=f"{name} cannot be loaded: .* in nbgrader_config.py"):
        module.profile()


def test_without(monkeypatch):
    """Has a course that says nothing the plain profile, in the grader's own words?"""
    monkeypatch.delenv("NBSEAL_PROFILE", raising=False)
    assert module.profile() is module.PLAIN
    assert module.typed("run ps1") == "nbseal run ps1"
