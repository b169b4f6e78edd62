import pytest

import fourps
from fourps.course.bibliography import labels
from fourps.course.problem import BrokenSourceError
from fourps.course.words import words


def test_play_a_module(root):
    """Does a module's name bring its scenario, with the labels of its sources?"""
    widget = fourps.play("protection")
    assert widget.attempt["scenario"] == widget.spec["id"]
    known = set(labels(root / "book" / "references.bib").values())
    shown = {
        source["label"]
        for node in widget.spec["nodes"].values()
        for choice in node["choices"].values()
        for source in choice["sources"]
    }
    assert shown <= known


def test_ask_a_module():
    """Does a module's name bring its quiz?"""
    widget = fourps.ask("protection", seed=3)
    assert widget.seed == 3
    assert set(widget.outcomes) == set(widget.spec["questions"])


def test_a_file_of_ones_own(course, monkeypatch):
    """Does a path bring a scenario or quiz from beside the notebook?"""
    monkeypatch.chdir(course / "modules" / "welcome")
    assert fourps.play("scenario.yaml").spec["id"] == "help-point"
    assert fourps.ask("quiz.yaml").spec["id"] == "welcome-quiz"


@pytest.mark.parametrize("show", [fourps.play, fourps.ask])
def test_language(show):
    """Do both speak French?"""
    assert show("protection", language="fr").words == words("fr")


def test_broken_file(course, monkeypatch):
    """Does a file that is no scenario say why, with its line?"""
    monkeypatch.chdir(course / "modules" / "welcome")
    with pytest.raises(BrokenSourceError, match=r"quiz\.yaml:5: \[shape\] questions: unknown key"):
        fourps.play("quiz.yaml")
