"""Collect hand-ins from ``fourps submit``, Moodle, folders, zips and single notebooks."""

from fourps.grading.collect.collect import CollectError, collect
from fourps.grading.collect.collection import Collection

__all__ = ["CollectError", "Collection", "collect"]
