"""Words that readers know from elsewhere, and those of the course."""

import pytest

from fourps.course.glossary import load_synonyms
from fourps.course.problem import BrokenSourceError
from fourps.translation.french import differences

pytestmark = pytest.mark.once


def test_order(tmp_path):
    """Do words stand in the order of their language, also for a region, and in none for another language?"""
    path = tmp_path / "locale" / "fr" / "synonyms.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("synonyms: {VBG: violence, état: pays, abri: toit}\n", "utf-8")
    assert list(load_synonyms(tmp_path, "fr-CA")) == ["abri", "état", "VBG"]
    assert load_synonyms(tmp_path, "es") == {}
    path.write_text("synonyms: [VBG]\n", "utf-8")
    with pytest.raises(BrokenSourceError, match=r"synonyms\.yaml:1"):
        load_synonyms(tmp_path, "fr")


def test_of_the_course(root):
    """Are they set as French is?"""
    found = load_synonyms(root, "fr")
    assert [one for text in (*found, *found.values()) for one in differences(text)] == []
