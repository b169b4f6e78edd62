"""The name by which courses elsewhere know `fourps.grading.plugins.plain_credit`."""

from fourps.grading.plugins.plain_credit import PlainCredit

__all__ = ["PlainCredit"]
