"""The length of translated options, and what the author of the English has silenced."""

from __future__ import annotations

import shutil

import pytest
import yaml

from fourps.check.guess.items import gather
from fourps.check.guess.measure import guess

pytestmark = pytest.mark.once

WORDS = {"Lift": "Levez.", "Turn": "Tournez.", "Hold": "Tenez-la, et ne la lâchez pas."}


@pytest.fixture
def course(like, tmp_path):
    """Return a course with one node in French, one option of which is long."""
    root = shutil.copytree(like, tmp_path / "course")
    path = root / "locale/fr/LC_MESSAGES/modules/bridge/practice.po"
    path.parent.mkdir(parents=True)
    pairs = (f'msgid "{one} the bridge0 stone."\nmsgstr "{two}"\n' for one, two in WORDS.items())
    path.write_text("\n".join(pairs), "utf-8")
    return root


@pytest.mark.parametrize("language", ["fr", "fr-CA"])
def test_named(course, language):
    """Is a long option named where it stands in the English file?"""
    (found,) = guess(course, language).uneven
    path = course / "modules" / "bridge" / "scenario.yaml"
    source = gather(course).sources_of[path]
    assert found.path == path
    assert found.field == "nodes.n-0.choices.bridge-0-2"
    assert found.line == source.line(("nodes", "n-0", "choices", "bridge-0-2"))
    assert found.message == "30 characters, over twice the 6 of 'bridge-0-0'"


@pytest.mark.parametrize("place", [(), ("nodes", "n-0"), ("nodes", "n-0", "choices", "bridge-0-2")])
def test_silenced(course, place):
    """Is what the author has silenced in the file silenced in each language?"""
    path = course / "modules" / "bridge" / "scenario.yaml"
    data = yaml.safe_load(path.read_text("utf-8"))
    found = data
    for part in place:
        found = found[part]
    found["silence"] = ["uneven-options"]
    path.write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
    assert guess(course, "fr").uneven == []
