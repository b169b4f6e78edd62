"""A figure with a live kernel, in a real JupyterLab."""

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest

JUPYTER = Path(sys.executable).with_name("jupyter")
pytestmark = [pytest.mark.browser, pytest.mark.slow]

CELLS = [
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


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A real JupyterLab with one notebook, in a folder of its own."""
    folder = tmp_path_factory.mktemp("lab")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(one) for one in CELLS])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, folder / "figure.ipynb")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "PATH": f"{JUPYTER.parent}:{os.environ['PATH']}",
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_RUNTIME_DIR": str(folder / "runtime"),
        "IPYTHONDIR": str(folder / "ipython"),
    }
    options = [
        f"--ServerApp.port={port}",
        "--ServerApp.ip=127.0.0.1",
        "--IdentityProvider.token=test",
        "--ServerApp.open_browser=False",
        "--ServerApp.allow_root=True",
        "--LabApp.news_url=",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            [JUPYTER, "lab", *options, str(folder)], env=environment, stdout=log, stderr=log
        )
        address = f"http://127.0.0.1:{port}"
        for _ in range(120):
            try:
                with urllib.request.urlopen(f"{address}/api?token=test") as answer:
                    assert json.load(answer)["version"]
                break
            except OSError:
                assert server.poll() is None, (folder / "server.log").read_text()
                time.sleep(0.5)
        else:
            pytest.fail("JupyterLab did not start: " + (folder / "server.log").read_text())
        yield address
        server.terminate()
        server.wait(20)


def run_cell(page, number):
    """Select a cell and run it."""
    cell = page.locator(".jp-Notebook .jp-CodeCell").nth(number)
    cell.locator(".jp-InputArea-editor").click()
    page.keyboard.press("Control+Enter")
    page.wait_for_function(
        """number => {
          const cell = document.querySelectorAll('.jp-Notebook .jp-CodeCell')[number];
          return /^\\[\\d+\\]/.test(cell.querySelector('.jp-InputPrompt').textContent.trim());
        }""",
        arg=number,
        timeout=60_000,
    )
    return cell


@pytest.fixture
def notebook(browser, lab):
    context = browser.new_context(viewport={"width": 1280, "height": 2400})
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto(f"{lab}/lab/tree/figure.ipynb?token=test&reset")
    page.locator(".jp-Notebook .jp-CodeCell").nth(2).wait_for()
    page.get_by_text(re.compile("Python 3.*Idle")).first.wait_for()
    yield page
    context.close()


def test_figure_in_jupyterlab(notebook):
    """Is a choice drawn by the kernel when it is made, and a failing one told to the reader?"""
    run_cell(notebook, 0)
    said = notebook.locator(".fp-alt")

    def shows(text):
        said.filter(has_text=text).wait_for()
        image = notebook.get_by_role("img", name=text, exact=True)
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
