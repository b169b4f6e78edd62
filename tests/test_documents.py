"""What the documents beside the code show can be done as it stands there."""

import ast
import re
import subprocess

import pytest
import typer
import yaml

from fourps.cli import app
from fourps.course.local import Lines, Local

pytestmark = pytest.mark.once

CODE = re.compile(r"^```\w*\n(.*?)^```|`([^`\n]+)`", re.DOTALL | re.MULTILINE)
# also in two backticks, where a span has one itself
ANY_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)", re.DOTALL)
COMMANDS = typer.main.get_command(app)


@pytest.fixture(scope="module")
def documents(root):
    """The text of each document that is for people who work with this project."""
    grader = root / "packages" / "nbseal"
    folders = (root, root / "autograder", root / "book", root / "docs", grader, grader / "docs")
    return {path: path.read_text("utf-8") for one in folders for path in sorted(one.glob("*.md"))}


@pytest.fixture(scope="module")
def shown(documents):
    """Return every line of code that they show, without its remark."""
    blocks = [block or span for text in documents.values() for block, span in CODE.findall(text)]
    lines = [line.partition(" #")[0].strip() for block in blocks for line in block.splitlines()]
    return [line.removeprefix(".venv/bin/") for line in lines]


def test_formats(root):
    """Is each format that authors are shown one that can be read?"""
    formats = (root / "docs" / "formats.md").read_text("utf-8")
    blocks = re.findall(r"```yaml\n(.*?)```", formats, re.DOTALL)
    found = [yaml.safe_load(one) for one in blocks]
    names = ("module", "id", "id", "rules", "pages", "name")
    assert [next(iter(one)) for one in found] == [*names]
    assert Lines.model_validate(found[-2]).ids == ["focal"]
    assert Local.model_validate(found[-1]).lines.keys() == {"focal", "clinic"}


def test_no_name_on_an_index(root):
    """Is the course installed from its folder, and never by a name that anybody could take?"""
    patterns = ("*", "autograder/*", ".github/**/*", "docs/*", "requirements/*", "benchmarks/*")
    patterns += ("book/**/*", "modules/**/*", "exercises/**/*", "src/**/*")
    ends = {
        "",
        *(f".{one}" for one in ("html", "js", "md", "po", "pot", "py", "sh", "toml", "txt")),
    }
    ends |= {".yaml", ".yml"}
    paths = {
        path
        for pattern in patterns
        for path in root.glob(pattern)
        if path.is_file() and path.suffix in ends
    }
    assert {root / name for name in ("Makefile", "README.md", "autograder/Containerfile")} <= paths
    assert len(paths) > 450
    ways = r"(?:pip3?|pipx|uv|conda|mamba) (?:install|add|run|tool|pip)|uvx"
    by_name = re.compile(rf"\b(?:{ways}) [^\n`]*(?<![\w/.-])fourps\b")
    assert by_name.search("uv pip install -U 'fourps[book]'")
    assert by_name.search("pipx install fourps")
    assert not by_name.search("pip install '/fourps[facilitator]'")
    assert [path for path in paths if by_name.search(path.read_text("utf-8"))] == []
    # the grader's name could be taken too: it is installed from its folder, in the same line
    here = re.compile(r"pip install (?!\./packages/nbseal )[^\n`(]*['\" ]\.(?:\[|['\"\s`])")
    assert here.search("pip install '.[grade]'")
    assert not here.search("pip install ./packages/nbseal '.[grade]'")
    assert [path for path in paths if here.search(path.read_text("utf-8"))] == []


def test_every_name_is_on_an_index(root, documents):
    """Is each package that somebody is told to install one that is locked, or one that is known?"""
    lock = (root / "requirements" / "dev.txt").read_text("utf-8")
    sources = [*documents.values(), *(path.read_text("utf-8") for path in root.glob("src/**/*.py"))]
    sources += [path.read_text("utf-8") for path in root.glob("modules/**/*.md")]
    names = {
        name
        for text in sources
        for name in re.findall(r"pip install (?:-\S+ )*'?([a-z][\w.-]*)", text)
    }
    # the public interfaces of DTM and HDX, in lessons; what draws noise and reads Excel files
    assert {name for name in names if f"\n{name}==" not in lock} == {
        "dtmapi", "hdx-python-api", "opendp", "openpyxl",
    }  # fmt: skip


def test_targets(root, shown):
    """Is each target of make that is shown one that there is, and does make alone list it?"""
    said = subprocess.run(["make"], cwd=root, capture_output=True, text=True, check=True).stdout
    listed = set(re.findall(r"^  make ([a-z-]+)", said, re.MULTILINE))
    wanted = {line.split()[1] for line in shown if re.match(r"make [a-z]", line)}
    assert {"serve", "test", "check", "publish", "bench"} <= wanted
    assert wanted - listed == set()


def unknown(line):
    """Return the words of a line that the command does not know, up to the first that is none."""
    command = COMMANDS
    found = []
    for word in line.split()[1:]:
        name = word.partition("=")[0]
        if name == "--":
            break
        if name.startswith("--"):
            found += [name] * all(name not in one.opts for one in command.params)
        elif hasattr(command, "commands"):
            if name not in command.commands:
                return [name]
            command = command.commands[name]
    return found


def test_commands(shown):
    """Is each command of ours that is shown one that there is, with the options shown?"""
    lines = [line for line in shown if line.startswith("fourps ")]
    assert {line.split()[1] for line in lines} >= {"book", "grade", "learn", "check"}
    assert unknown("fourps book built --language fr") == ["built"]
    assert unknown("fourps book build --tongue=fr") == ["--tongue"]
    assert {line: unknown(line) for line in lines if unknown(line)} == {}


def test_port(root):
    """Is the book served where the first page of all says?"""
    (port,) = (
        one for one in COMMANDS.commands["book"].commands["serve"].params if one.name == "port"
    )
    assert f"http://127.0.0.1:{port.default}/" in (root / "README.md").read_text("utf-8")


def test_notebook(root):
    """Can the lines for a notebook of one's own be run, and do they give what they say?"""
    (block,) = re.findall(
        r"```python\n(.*?)```", (root / "README.md").read_text("utf-8"), re.DOTALL
    )
    names = {}
    exec(block, names)  # noqa: S102
    assert names["card_desk"].path == []
    assert names["card_desk"].attempt["scenario"] == "card-desk"


def test_links(root, documents):
    """Does each link of the documents beside the code lead to a file, and each picture too?"""
    pages = [path for path in documents if path.parent != root / "book"]
    links = {
        (path, target.partition("#")[0])
        for path in pages
        for target in re.findall(r"\]\(([^)\s]+)\)", ANY_CODE.sub("", documents[path]))
        if "://" not in target and not target.startswith("#")
    }
    assert (root / "README.md", "docs/pictures/decision-desk-light.png") in links
    assert [(path, to) for path, to in links if not (path.parent / to).exists()] == []


def test_readme_is_short(root):
    """Is the README for somebody who has five minutes?"""
    assert len((root / "README.md").read_text("utf-8").splitlines()) <= 120


def test_architecture(root):
    """Is each file that the page names there, and does it answer twenty questions?"""
    page = (root / "docs" / "architecture.md").read_text("utf-8")
    ends = r"py|js|mjs|css|html|md|yaml"
    named = set(re.findall(rf"`((?:[\w.-]+/)*[\w.-]+\.(?:{ends})|(?:[\w-]+/)+)`", page))
    assert len(page.splitlines()) <= 120
    grader = root / "packages" / "nbseal"
    shorter = (grader / "docs" / "architecture.md").read_text("utf-8")
    named |= set(re.findall(rf"`((?:[\w.-]+/)*[\w.-]+\.(?:{ends})|(?:[\w-]+/)+)`", shorter))
    # of a course of nbgrader
    named -= {"submitted/", "nbgrader_config.py"}
    assert {"book/after/headers.py", "collect/owners.py", "inert/", "owners.py"} <= named
    houses = (root / "src" / "fourps", grader / "src" / "nbseal")
    files = [root, *houses, *(place for house in houses for place in house.rglob("*/"))]
    places = [one for one in files if one.name != "__pycache__"]
    assert sorted(one for one in named if not any((at / one).exists() for at in places)) == []
    assert re.findall(r"^(\d+)\. .+\?", page, re.MULTILINE) == [str(n) for n in range(1, 21)]


def test_pages_without_a_secret(root):
    """Does the workflow that publishes use our own target, and no secret?"""
    text = (root / ".github" / "workflows" / "publish.yml").read_text("utf-8")
    steps = [step for job in yaml.safe_load(text)["jobs"].values() for step in job["steps"]]
    assert [step["run"].split()[:2] for step in steps if "run" in step] == [["make", "publish"]]
    assert "secrets" not in text


def test_promises(root):
    """Is each test that is said to hold a promise there, and part of `make test`?"""
    rows = [
        line.rsplit(" | ", 1)[1]
        for line in (root / "docs" / "testing.md").read_text("utf-8").splitlines()
        if line.startswith("| ") and re.search(r"`[\w/]+\.py", line)
    ]
    assert len(rows) > 90
    for row in rows:
        path = None
        for name, test in re.findall(r"`([\w/]+\.py)?(?:::(\w+))?`", row):
            if name:
                path = root / ("" if name.startswith("packages/") else "tests") / name
            tree = ast.parse(path.read_text("utf-8"))
            tests = {
                one.name: [ast.unparse(mark) for mark in one.decorator_list]
                for one in tree.body
                if isinstance(one, ast.FunctionDef) and one.name.startswith("test_")
            }
            held = [marks for one, marks in tests.items() if test in ("", one)]
            assert held, (path, test)
            assert any("pytest.mark.prove" not in marks for marks in held), (path, test)
