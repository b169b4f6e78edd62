"""Which release of the course this is."""

from __future__ import annotations

from importlib.metadata import version as installed_version


def version() -> str:
    """Return the version of the package."""
    return installed_version("fourps")
