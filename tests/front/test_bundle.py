import re
import subprocess
import sys
from pathlib import Path

import pytest

from fourps.front import HERE, page_script, page_style, widget_module

pytestmark = pytest.mark.once

MODULES = sorted(path.stem for path in HERE.glob("*.js"))
ENTRIES = [
    *("sayaloud", "beside", "course", "exercise", "group", "lines", "marked", "offline", "page"),
    *("search", "setup", "shelf", "shell", "start", "story", "terms", "three", "worker"),
]
# has the grader's own modules too, which draw rubrics
DESK = "folder"
ENTRIES.append(DESK)


@pytest.fixture
def parses(tmp_path):
    """Return a function that has Node read a script, and gives its complaint."""

    def read(text, name):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        node = Path(sys.executable).with_name("node")
        done = subprocess.run(
            [str(node) if node.exists() else "node", "--check", str(path)],
            check=False,
            capture_output=True,
            text=True,
        )
        return done.stderr

    return read


@pytest.mark.parametrize("entry", ENTRIES)
def test_page_script(parses, entry):
    """Is each script one that a browser can read without modules?"""
    assert parses(page_script(entry), "page.cjs") == ""
    assert not re.search(r"^(import|export)\b", page_script(entry), re.MULTILINE)


@pytest.mark.parametrize("player", ["scenario", "quiz"])
def test_widget_module(parses, player):
    """Is a widget's module one that anywidget can load by itself?"""
    module = widget_module(player)
    assert parses(module, "widget.mjs") == ""
    assert not re.search(r"^import\b", module, re.MULTILINE)
    assert re.findall(r"^export\b.*", module, re.MULTILINE) == [
        f"export default {{ render: ${player}.render{player.title()} }};"
    ]


def test_scripts_that_do_not_parse(parses):
    """Would a script with a slip be found?"""
    assert "SyntaxError" in parses(page_script() + "}", "page.cjs")


@pytest.mark.parametrize("name", MODULES)
def test_in_order_and_once(name):
    """Does each module stand once in the scripts that it is part of, after those that it needs?"""
    scripts = [one for one in map(page_script, ENTRIES) if f"const ${name} = " in one]
    assert scripts
    for script in scripts:
        declared = script.find(f"const ${name} = ")
        assert script.count(f"const ${name} = ") == 1
        for needed in re.findall(r'from "\./(\w+)\.js"', (HERE / f"{name}.js").read_text("utf-8")):
            assert script.find(f"const ${needed} = ") < declared


@pytest.mark.parametrize("name", MODULES)
def test_forms(name):
    """Does each module keep to the forms of import and export that can be put together?"""
    for line in (HERE / f"{name}.js").read_text("utf-8").splitlines():
        if line.startswith("import"):
            assert re.fullmatch(r'import \{ [\w, ]+ \} from "\./\w+\.js";', line)
        if line.startswith("export"):
            assert re.match(r"export (async )?(function|const|class) \w+", line)


def test_nothing_from_elsewhere():
    """Does no script and no style sheet name another host, or turn text into markup?"""
    scripts = [page_script(entry) for entry in ENTRIES if entry != DESK]
    ours = [(HERE / f"{name}.js").read_text("utf-8") for name in MODULES]
    text = "".join([*scripts, *ours, page_style()])
    assert not re.search(r"\b(?:https?|wss?):|[\"'(]//", text)
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", text)
