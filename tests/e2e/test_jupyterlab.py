from pathlib import Path

import pytest

from fourps.scenario.explore import explore
from fourps.scenario.model import load

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.browser, pytest.mark.slow]

CELLS = [
    "from fourps import play\nwidget = play('protection')\nwidget",
    "print('PATH', '/'.join(widget.path), widget.attempt['node'], len(widget.attempt['record']) > 20)",
    "widget.path = widget.path[:1]",
]


@pytest.fixture
def notebook(live_notebook):
    with live_notebook(CELLS, height=1800) as page:
        yield page


def test_scenario_in_jupyterlab(notebook, run_cell):
    """Does the same player run in JupyterLab, with its path read back and set in Python?"""
    scenario, _ = load(ROOT / "modules" / "protection" / "scenario.yaml")
    space = explore(scenario)
    state, path = next(iter(space.moves)), []
    while len(path) < 3:
        move = space.moves[state][-1]
        state, path = move.target, [*path, move.choice]
    run_cell(notebook, 0)
    notebook.locator(".fp-begin").click()
    for choice in path:
        notebook.locator(f".fp-player [data-choice='{choice}']").click()
        assert notebook.locator(".fp-rationale").is_visible()
        notebook.locator(".fp-next").click()
    printed = run_cell(notebook, 1).locator(".jp-OutputArea-output", has_text="PATH").inner_text()
    assert f"PATH {'/'.join(path)} {state.node} True" in printed
    run_cell(notebook, 2)
    first = space.moves[next(iter(space.moves))][-1].target.node
    notebook.locator(f".fp-player[data-node='{first}']").wait_for()
    assert notebook.locator(".fp-keep").count() == 0
