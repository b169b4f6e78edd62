"""The name by which courses elsewhere know `fourps.grading.plugins.ordinary`."""

from fourps.grading.plugins.ordinary import OneLineNotebooks, OneLinePages, remove_odd_files

__all__ = ["OneLineNotebooks", "OneLinePages", "remove_odd_files"]
