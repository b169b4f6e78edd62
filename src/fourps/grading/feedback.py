"""The name by which courses elsewhere know `fourps.grading.plugins.hide_tests`."""

from fourps.grading.plugins.hide_tests import HideTests

__all__ = ["HideTests"]
