import json
import os
import re
import subprocess
import sys

import pytest

import fourps.learn.jupyter
from fourps.course.english import EXERCISES
from fourps.learn.jupyter import command, environment, missing


def test_nothing_is_missing(tmp_path):
    """Is all well where all is well?"""
    assert not missing(tmp_path / "not" / "yet")


def test_kernel(tmp_path, monkeypatch):
    """Is a kernel named whose Python is gone?"""
    kernel = tmp_path / "kernels" / "python3"
    kernel.mkdir(parents=True)
    spec = {"argv": ["/gone/python", "-m", "ipykernel"], "display_name": "x", "language": "python"}
    (kernel / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    assert re.match("kernel python3: .*/gone/python", *missing(tmp_path))


def test_folder_in_a_file(tmp_path):
    """Is a folder refused that cannot be made?"""
    (tmp_path / "file").touch()
    folder = tmp_path / "file" / "sub"
    assert re.match(f"folder {re.escape(str(folder))}: .* is a file", *missing(folder))


def test_write_access(tmp_path, monkeypatch):
    """Is a folder named in which one may not write?"""
    # root may write everywhere, so the question is asked of the system's answer
    monkeypatch.setattr(os, "access", lambda _path, _mode: False)
    assert "may not write" in fourps.learn.jupyter._folder(tmp_path, EXERCISES)


@pytest.mark.slow
def test_asks_no_other_host():
    """Does JupyterLab read our settings: no news, no look for updates, no shop of extensions?"""
    script = (
        "from jupyterlab.labapp import LabApp;"
        "from jupyterlab_server.settings_utils import _get_overrides;"
        "app = LabApp(); app.load_config_file();"
        "print(app.news_url, app.check_for_updates_class.__name__, app.extension_manager);"
        "print(_get_overrides('/nowhere')[0])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=environment(os.environ),
        capture_output=True,
        text=True,
        check=True,
    )
    assert "None NeverCheckForUpdate readonly" in done.stdout
    assert "'fetchNews': 'false'" in done.stdout


@pytest.mark.parametrize("name", ["four ps", "four-ps"])
def test_command(tmp_path, name):
    """Does the command name the folder and the page, and let options through?"""
    made = command(tmp_path / name, "book/a b.ipynb", ["--no-browser"])
    assert made[:4] == [sys.executable, "-m", "jupyterlab", "--no-browser"]
    assert made[-2:] == [
        f"--ServerApp.root_dir={tmp_path / name}",
        "--LabApp.default_url=/lab/tree/book/a%20b.ipynb",
    ]
