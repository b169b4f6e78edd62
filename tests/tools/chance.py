"""Where random tests get their chance from: none in ``make test``, a seed of each run in ``make prove``.

Without a seed hypothesis draws the same examples each time, so that a run that was green stays green.
With one (``--hypothesis-seed``) it draws others, and more; so does whoever asks for the fixture
``seed``. A test that fails then says with which command it fails again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Generator

_SEED = "--hypothesis-seed"
# a loaded machine is slow, which is no fault of the test
_ALWAYS = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
_EXAMPLES = 1_000
# on another Python, where they have been drawn in full on this one
_FEW = 20


def pytest_configure(config: pytest.Config) -> None:
    """Choose how hypothesis draws."""
    settings.register_profile("same", derandomize=True, **_ALWAYS)
    settings.register_profile("few", derandomize=True, max_examples=_FEW, **_ALWAYS)
    settings.register_profile("chance", print_blob=True, max_examples=_EXAMPLES, **_ALWAYS)
    if config.getoption("--hypothesis-profile", default=None) is None:
        settings.load_profile("same" if config.getoption(_SEED) is None else "chance")


def pytest_report_header(config: pytest.Config) -> str:
    """Say which seed the run has."""
    seed = config.getoption(_SEED)
    return "no chance: random tests draw the same each time" if seed is None else f"seed {seed}"


@pytest.fixture(scope="session")
def seed(request: pytest.FixtureRequest) -> int:
    """Return the seed of the run."""
    return int(request.config.getoption(_SEED) or 0)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Say beside a failure how to have it again."""
    report = yield
    if report.failed and call.when == "call":
        seed = item.config.getoption(_SEED)
        words = "" if seed is None else f" {_SEED}={seed}"
        report.sections.append(("Again", f".venv/bin/pytest -m ''{words} '{item.nodeid}'"))
    return report
