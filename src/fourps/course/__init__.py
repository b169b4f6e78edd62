"""Where the course's content is, and what every other room reads it with."""

from __future__ import annotations

from importlib.metadata import version as installed_version


def version() -> str:
    """Return the version of the package."""
    return installed_version("fourps")
