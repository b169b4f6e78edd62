"""The names by which courses elsewhere know our plugins."""

import importlib

import pytest

NAMES = {
    "fourps.grading.credit": ["PlainCredit"],
    "fourps.grading.export": ["MoodleExporter", "OverviewExporter"],
    "fourps.grading.feedback": ["HideTests"],
    "fourps.grading.inert": ["TEMPLATES", "Inert", "InertPages", "markdown2html"],
    "fourps.grading.late": ["PerDay"],
    "fourps.grading.ordinary": ["OneLineNotebooks", "OneLinePages", "remove_odd_files"],
    "fourps.grading.seal": ["SealedExecute"],
}


@pytest.mark.parametrize("module", NAMES)
def test_names(module):
    """Does the configuration of a course that was set up before still find what it names?"""
    assert [one for one in NAMES[module] if not hasattr(importlib.import_module(module), one)] == []
