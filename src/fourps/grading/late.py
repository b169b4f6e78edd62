"""The name by which courses elsewhere know `fourps.grading.plugins.late`."""

from fourps.grading.plugins.late import PerDay

__all__ = ["PerDay"]
