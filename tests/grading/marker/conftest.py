"""Sealed processes that mark."""

from __future__ import annotations

import pytest
from graded_cells import Tools

from nbseal.seal import Limits, Worker, why_not


@pytest.fixture(scope="session")
def sealed():
    assert not why_not()
    with Worker(Limits(cell_seconds=60, grace_seconds=20)) as made:
        yield made


@pytest.fixture(scope="session")
def tools(sealed):
    return Tools(sealed)


@pytest.fixture(scope="session")
def hasty():
    """Return tools with a worker that soon loses patience, and loads little."""
    limits = Limits(cell_seconds=5, grace_seconds=4, memory_mb=256)
    with Worker(limits, preload=["numpy", "fourps.exercise"]) as made:
        yield Tools(made)
