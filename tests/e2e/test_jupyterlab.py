"""A player and a figure with a live kernel, in a real JupyterLab."""

from pathlib import Path

import pytest

from fourps.scenario.explore import explore
from fourps.scenario.model import load

ROOT = Path(__file__).parents[2]
pytestmark = [pytest.mark.browser, pytest.mark.slow]

SCENARIO = [
    "from fourps import play\nwidget = play('protection')\nwidget",
    "print('PATH', '/'.join(widget.path), widget.attempt['node'], len(widget.attempt['record']) > 20)",
    "widget.path = widget.path[:1]",
]


FIGURE = [
    """
import pandas as pd
from matplotlib import pyplot as plt

from fourps.lab import PALETTE, explore

drawn = []
data = pd.DataFrame({"region": ["North", "South"], "told <b>by</b>": ["<i>x</i>", None]})


def plot(region, year):
    drawn.append(f"{region} {year}")
    if year == 2032:
        raise ValueError("no <b>such</b> year")
    figure, axes = plt.subplots()
    axes.bar([region], [year], color=PALETTE["blue"])
    return figure, f"{region} in {year}, <b>bold</b>."


figure = explore(plot, data=data, caption="Years", region=["North", "South"], year=range(2030, 2033))
figure
""".strip(),
    "print('DRAWN', ', '.join(drawn), figure.value)",
    "figure.value = {'region': 'North'}",
]


FORM = [
    'task_1 = """\na:\nb:\n"""',
    """
from fourps.exercise import check_sorting

check_sorting(task_1, "ab", ["seen", "guess"])
print("CAN BE READ")
""".strip(),
]


@pytest.fixture
def notebook(request, live_notebook):
    """An open notebook with these cells."""
    with live_notebook(request.param) as page:
        yield page


@pytest.mark.parametrize("notebook", [SCENARIO], indirect=True, ids=["scenario"])
def test_scenario_in_jupyterlab(notebook, run_cell):
    """Does the same player run in JupyterLab, with its path read back and set in Python?"""
    scenario, _ = load(ROOT / "modules" / "protection" / "scenario.yaml")
    space = explore(scenario)
    state, path = next(iter(space.moves)), []
    while len(path) < 3:
        move = space.moves[state][-1]
        state, path = move.target, [*path, move.choice]
    run_cell(notebook, 0)
    notebook.locator(".fp-choice").first.wait_for()
    # whoever speaks has a face here too, and the place its drawing
    drawn = "one => one.decode().then(() => one.naturalWidth)"
    for picture in notebook.locator(".fp-player :is(.fp-face, .fp-scenery)").all():
        assert picture.evaluate(drawn) > 0
    for choice in path:
        notebook.locator(f".fp-player [data-choice='{choice}']").click()
        for skip in notebook.locator(".fp-show-why").all():
            skip.click()
        assert notebook.locator(".fp-rationale").is_visible()
        notebook.locator(".fp-next").click()
    printed = run_cell(notebook, 1).locator(".jp-OutputArea-output", has_text="PATH").inner_text()
    assert f"PATH {'/'.join(path)} {state.node} True" in printed
    run_cell(notebook, 2)
    first = space.moves[next(iter(space.moves))][-1].target.node
    notebook.locator(f".fp-player[data-node='{first}']").wait_for()
    assert notebook.locator(".fp-keep").count() == 0


@pytest.mark.parametrize("notebook", [FIGURE], indirect=True, ids=["figure"])
def test_figure_in_jupyterlab(notebook, run_cell):
    """Is a choice drawn by the kernel when it is made, and a failing one told to the reader?"""
    run_cell(notebook, 0)
    said = notebook.locator(".fp-alt")

    def shows(text):
        said.filter(has_text=text).wait_for()
        image = notebook.locator(".fp-frame > svg")
        image.wait_for()
        assert image.bounding_box()["height"] > 150

    shows("North in 2030, <b>bold</b>.")
    notebook.get_by_label("Region").press("ArrowDown")
    shows("South in 2030, <b>bold</b>.")
    notebook.get_by_role("slider", name="Year").press("ArrowRight")
    shows("South in 2031, <b>bold</b>.")
    notebook.get_by_role("slider", name="Year").press("ArrowRight")
    said.filter(has_text="could not be drawn. ValueError: no <b>such</b> year").wait_for()
    notebook.get_by_role("slider", name="Year").press("Home")
    shows("South in 2030, <b>bold</b>.")
    assert notebook.locator(".fp-figure :is(b, i)").count() == 0
    notebook.get_by_text("Data behind this figure").click()
    assert notebook.locator(".fp-figure th").all_inner_texts() == [
        *("region", "told <b>by</b>", "North", "South")
    ]
    assert notebook.locator(".fp-figure td").first.inner_text() == "<i>x</i>"
    printed = run_cell(notebook, 1).locator(".jp-OutputArea-output", has_text="DRAWN").inner_text()
    expected = "DRAWN North 2030, South 2030, South 2031, South 2032 "
    assert expected + "{'region': 'South', 'year': 2030}" in printed
    # and the other way: what Python sets, the reader sees
    run_cell(notebook, 2)
    shows("North in 2030, <b>bold</b>.")
    assert notebook.get_by_label("Region").input_value() == "0"


@pytest.mark.parametrize("notebook", [FORM], indirect=True, ids=["form"])
def test_a_form_in_jupyterlab(notebook, run_cell):
    """Can lines of text be typed as in a form, and does the check say which it cannot read?"""
    lines = notebook.locator(".jp-Notebook .jp-CodeCell").first.locator(".cm-line")

    def write(number, text):
        lines.nth(number).click()
        notebook.keyboard.press("End")
        notebook.keyboard.type(text)

    write(1, " seen")
    write(2, " don't know")
    run_cell(notebook, 0)
    said = run_cell(notebook, 1).locator(".jp-OutputArea-output", has_text="AssertionError")
    assert '"b: don\'t know" cannot be read. Write one of these words' in said.last.inner_text()
    lines.nth(2).click(click_count=3)
    notebook.keyboard.type("b: guess")
    run_cell(notebook, 0)
    run_cell(notebook, 1).locator(".jp-OutputArea-output", has_text="CAN BE READ").wait_for()
