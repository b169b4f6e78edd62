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

from fourps.scenario.explore import explore
from fourps.scenario.model import load

ROOT = Path(__file__).parents[2]
JUPYTER = Path(sys.executable).with_name("jupyter")
pytestmark = [pytest.mark.browser, pytest.mark.slow]

CELLS = [
    "from fourps import play\nwidget = play('protection')\nwidget",
    "print('PATH', '/'.join(widget.path), widget.attempt['node'], len(widget.attempt['record']) > 20)",
    "widget.path = widget.path[:1]",
]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A real JupyterLab with one notebook, in a folder of its own."""
    folder = tmp_path_factory.mktemp("lab")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(one) for one in CELLS])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3"}
    nbformat.write(notebook, folder / "play.ipynb")
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
    """Select a cell and run it; return what it prints."""
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
    context = browser.new_context(viewport={"width": 1280, "height": 1800})
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto(f"{lab}/lab/tree/play.ipynb?token=test&reset")
    page.locator(".jp-Notebook .jp-CodeCell").nth(2).wait_for()
    page.get_by_text(re.compile("Python 3.*Idle")).first.wait_for()
    yield page
    context.close()


def test_scenario_in_jupyterlab(notebook):
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
