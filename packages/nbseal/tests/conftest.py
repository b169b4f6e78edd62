"""What the grader's own tests share. They know of no course but a made-up one (``tools/atlas``)."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

PROFILE = "NBSEAL_PROFILE"


def pytest_configure(config):
    """Draw the same random examples each time, unless whoever runs the tests has said how to draw."""
    chosen = [
        config.getoption(f"--hypothesis-{word}", default=None) for word in ("profile", "seed")
    ]
    if chosen == [None, None] and not config.pluginmanager.has_plugin("running"):
        slow = [HealthCheck.too_slow]
        settings.register_profile(
            "alone", derandomize=True, deadline=None, suppress_health_check=slow
        )
        settings.load_profile("alone")


@pytest.fixture(scope="module", autouse=True)
def plain():
    """Have each module of tests begin without a course, also where the tests of one ran before it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv(PROFILE, raising=False)
        yield


@pytest.fixture
def atlas(monkeypatch):
    """Grade with the profile of the made-up course."""
    monkeypatch.setenv(PROFILE, "atlas:profile")
