import ast
import errno
import os
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import commands
import pytest
import typer
from typer.testing import CliRunner

import fourps.book.extract
import fourps.check.guess
from fourps.check.course import Report
from fourps.check.gathered import Gathered
from fourps.check.guess import Guesses
from fourps.check.guess.table import Row
from fourps.cli import app
from fourps.course.language import pseudo
from fourps.course.problem import BrokenSourceError, Problem
from fourps.translation.update import Text, update
from nbseal.base.notebook_file import NotebookFileError


def leaves(command, name=("fourps",)):
    """Yield the words of each command that does something."""
    if hasattr(command, "commands"):
        for key, part in command.commands.items():
            yield from leaves(part, (*name, key))
    else:
        yield name


NAMES = list(leaves(typer.main.get_command(app)))


@pytest.fixture
def run(tmp_path):
    """Return a function that runs the real command, as a user does."""

    def call(*words, cwd=tmp_path, **environment):
        plain = {"NO_COLOR": "1", "COLUMNS": "200"}
        return commands.run(["fourps", *words], cwd=cwd, env=os.environ | plain | environment)

    return call


def test_good_course(run, course):
    """Does a good course end well, in one line, and with its facts before that where one asks?"""
    done = run("check", course)
    assert (done.returncode, done.stdout, done.stderr) == (0, "Nothing to mend.\n", "")
    done = run("check", course, "--verbose")
    assert (done.returncode, done.stderr) == (0, "")
    facts = done.stdout.splitlines()
    assert facts[0].startswith("help-point: 4 nodes")
    assert facts[-1] == "Nothing to mend."


def test_what_is_to_be_mended_comes_first(course, monkeypatch):
    """Do problems come before warnings, both before statistics, and the count at the end?"""
    where = Path("a.md")
    problem, warning = Problem(where, 2, "shape", "", "no"), Problem(where, 1, "hard", "", "hm")
    guesses = Guesses(missed=["too good"], unseen=["not asked"])
    guesses.rows = [Row("questions", "the longest", {}, 50.0, 20.0, 10)]
    report = Report(Gathered(course), [problem], [warning], ["9 nodes"])
    monkeypatch.setattr(fourps.check, "check", lambda _root: report)
    monkeypatch.setattr(fourps.check.guess, "guess", lambda *_: guesses)
    lines = ["a.md:2: [shape] no", "a.md:1: [hard] hm (a warning)"]
    assert checked(course) == [*lines, "1 to mend."]
    assert checked(course, "--verbose") == [*lines, "9 nodes", "1 to mend."]
    report.problems.clear()
    lines = ["a.md:1: [hard] hm (a warning)", "too good", "not asked"]
    last = "1 to mend: options can be guessed: fourps check --guess"
    assert checked(course) == [*lines, last]
    assert checked(course, "--verbose") == [*lines, "9 nodes", str(guesses.rows[0]), last]


def checked(course, *words):
    """Return what `fourps check` prints, in the order in which it does."""
    done = CliRunner().invoke(app, ["check", str(course), *words])
    assert done.exit_code == 1
    return done.output.splitlines()


def test_book_text(course):
    """Is a rubric printed in another language, with what that lacks in English and said?"""
    rubric = course / "exercises" / "one" / "rubric.md"
    rubric.parent.mkdir(parents=True)
    head = "---\ndescription: {}\n---\n"
    body = "# Rubric\n\n| A | B |\n|---|---|\n"
    rubric.write_text(head.format("How to mark.") + body, "utf-8")
    ask = ["book", "text", str(rubric), str(course), "--language"]
    done = CliRunner().invoke(app, [*ask, "fr"])
    assert (done.exit_code, done.stdout) == (0, rubric.read_text("utf-8"))
    assert "not translated yet" in done.stderr
    done = CliRunner().invoke(app, [*ask, "en-XA"])
    body = f"# {pseudo('Rubric')}\n\n| {pseudo('A')} | {pseudo('B')} |\n|---|---|\n"
    assert done.stdout == head.format(pseudo("How to mark.")) + body
    assert done.stderr == ""
    done = CliRunner().invoke(app, ["book", "text", "none.md", str(course), "--language", "fr"])
    assert (done.exit_code, done.stdout) == (1, "")
    assert "none.md is no page of the course" in done.stderr


def test_translation(course, monkeypatch):
    """Are slips of a translation named with file and line, and pages by what they lack?"""
    texts = {"book/how": [Text("Go home."), Text("Stay.")]}
    monkeypatch.setattr(fourps.book.extract, "extract", lambda *_: texts)
    monkeypatch.setattr(fourps.check.guess, "guess", lambda *_: Guesses())
    update(course, "fr", texts)
    path = course / "locale" / "fr" / "LC_MESSAGES" / "book" / "how.po"
    text = path.read_text("utf-8").replace('home."\nmsgstr "', 'home."\nmsgstr "Rentrez')
    path.write_text(text, "utf-8")
    done = CliRunner().invoke(app, ["check", str(course), "--language", "fr"])
    assert (done.exit_code, done.stdout) == (0, "book/how: 1 new (of 2)\nNothing to mend.\n")
    path.write_text(text.replace("Rentrez", "Rentrez: \\"), "utf-8")
    done = CliRunner().invoke(app, ["check", str(course), "--language", "fr"])
    assert done.exit_code == 1
    assert "how.po:10: [catalogue] a string must stand" in done.stderr
    path.write_text(text.replace("Rentrez", "Rentrez 3"), "utf-8")
    done = CliRunner().invoke(app, ["check", str(course), "--language", "fr"])
    assert (done.exit_code, done.stdout) == (1, "book/how: 1 new (of 2)\n")
    assert "how.po:9: [number] 3 is new" in done.stderr
    look = ["check", str(course), "--language", "fr", "--page"]
    for page in ("book", "book/how"):
        assert "how.po:9: [number] 3 is new" in CliRunner().invoke(app, [*look, page]).stderr
    done = CliRunner().invoke(app, [*look, "book/h"])
    assert (done.exit_code, done.stdout) == (1, "")
    assert "is called 'book/h'. Did you mean book/how?" in " ".join(done.stderr.split())


def test_broken_course(run, course):
    """Does a broken course end badly, with file, line and count on the standard error?"""
    scenario = course / "modules" / "welcome" / "scenario.yaml"
    text = scenario.read_text("utf-8").replace("title: The help", "tilte: The help")
    scenario.write_text(text, "utf-8")
    done = run("check", course)
    assert done.returncode == 1
    assert f"{scenario}:5: [shape] tilte: unknown key; did you mean 'title'?" in done.stderr
    assert done.stderr.rstrip().endswith("2 to mend.")
    assert "Nothing to mend." not in done.stdout
    assert "Traceback" not in done.stderr


@pytest.mark.once
def test_lost_address(run, course):
    """Is an address named that was published, and that leads nowhere now?"""
    listed = course / "book" / "addresses.csv"
    listed.write_text("address,moved_to\nbook/start.html,\nbook/gone.html,\n", "utf-8")
    done = run("check", course)
    assert done.returncode == 1
    assert f"{listed}:3: [lost-address] book/gone.html" in done.stderr


def test_course_here(run, course):
    """Is the course in the current folder the one that is meant?"""
    done = run("check", "--verbose", cwd=course)
    assert done.returncode == 0
    assert "help-point" in done.stdout


@pytest.mark.once
def test_course_of_the_package(run, course, tmp_path):
    """Is the course that came with the package meant where there is none here?"""
    package = shutil.copytree(Path(fourps.__file__).parent, tmp_path / "site" / "fourps")
    course.rename(package / "content")
    done = run("check", "--verbose", PYTHONPATH=str(package.parent))
    assert done.returncode == 0, done.stderr
    assert "help-point" in done.stdout


def test_no_course(run, tmp_path):
    """Does a folder without a course end badly, in one sentence?"""
    done = run("check", tmp_path)
    assert done.returncode == 1
    assert "_toc.yml is missing: is this the folder of the course?" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("place", "words", "meant"),
    [
        ("", (), "autograder"),
        ("autograder", (), "autograder"),
        ("", ("--course", "other"), "other"),
        ("autograder", ("--course", "../other"), "other"),
        ("autograder", ("--course", "autograder"), ""),
    ],
)
def test_folder_of_nbgrader(run, tmp_path, place, words, meant):
    """Is nbgrader's folder the one named, or else the one here, or else autograder below it?"""
    for name in ("autograder", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "nbgrader_config.py").touch()
    done = run("grade", "export", *words, cwd=tmp_path / place)
    assert done.returncode == 1
    message = f"There is no gradebook {tmp_path / meant / 'gradebook.db'} yet."
    assert message in done.stderr if meant else "autograder is no nbgrader course" in done.stderr


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("_toc.yml", "root: [\n"),
        ("modules/welcome/scenario.yaml", "title: !secret a\n"),
        ("modules/welcome/quiz.yaml", "- 1\n"),
    ],
)
def test_no_traceback(run, course, name, content):
    """Does no file, however broken, show a traceback, and is it named?"""
    (course / name).write_text(content, "utf-8")
    done = run("check", course)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert Path(name).name in done.stderr


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (
            BrokenSourceError(Problem(Path("a.yaml"), 4, "shape", "b", "no")),
            "a.yaml:4: [shape] b: no",
        ),
        (NotebookFileError("It is no notebook."), "It is no notebook."),
        (FileNotFoundError("There is no course."), "There is no course."),
        (
            OSError(errno.ENOSPC, "No space left on device", "a.csv"),
            "a.csv: No space left on device.",
        ),
        (ModuleNotFoundError("No module named 'yaml'"), "No module named 'yaml'"),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_stops_a_command(monkeypatch, error, message):
    """Is what a command raises printed in one place, as its sentence alone?"""

    def raises(_root):
        raise error

    monkeypatch.setattr(fourps.check, "check", raises)
    done = CliRunner().invoke(app, ["check"])
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", f"{message}\n")


@pytest.mark.parametrize(("group", "extra"), [("book", "book"), ("grade", "grade")])
def test_extra(monkeypatch, group, extra):
    """Is the extra named that a command needs and that is not installed?"""
    words = {"book": ["build"], "grade": ["who", "ada"]}[group]
    for name in ("fourps.book.build", "fourps.report.pseudonyms"):
        monkeypatch.setitem(sys.modules, name, None)
    done = CliRunner().invoke(app, [group, *words])
    assert done.exit_code == 1
    assert (
        f"needs the extra '{extra}'. In the project's folder: "
        f"pip install ./packages/nbseal '.[{extra}]' (" in done.stderr
    )


def test_no_list_of_errors():
    """Does no command catch an error only to print it?"""
    caught = {
        ast.unparse(name)
        for path in Path(fourps.__file__).parent.glob("cli/*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ExceptHandler) and node.type
        for name in (node.type.elts if isinstance(node.type, ast.Tuple) else [node.type])
    }
    # of these two a command says more, or does something
    assert caught - {"UserError", "OSError", "ImportError", "KeyboardInterrupt"} == {
        "LockedKeyError",
        "RecordFileError",
    }


@pytest.mark.parametrize("name", NAMES, ids=" ".join)
def test_help(run, name):
    """Does each command's help show an example that begins with the command itself?"""
    done = run(*name[1:], "--help")
    assert done.returncode == 0
    assert f"Example: {' '.join(name)} " in " ".join(done.stdout.split())


def test_help_of_all(run):
    """Does the command by itself say what it can do?"""
    done = run("--help")
    assert done.returncode == 0
    assert all(word in done.stdout for word in ("check", "book", "Usage: fourps"))
    assert run().stdout.strip() == done.stdout.strip()


def test_version(run):
    """Does the command say which release it is, on a line that a program can read?"""
    done = run("--version")
    assert (done.returncode, done.stdout.strip()) == (0, metadata.version("fourps"))


@pytest.mark.once
def test_quick():
    """Does help come without loading any room, or a library that only a command needs?"""
    code = (
        "import sys; from fourps.cli import app\n"
        "for words in (['--help'], ['grade', 'run', '--help']): app(words, standalone_mode=False)\n"
        "print(*sys.modules, sep='\\n', file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    loaded = {name for name in done.stderr.split() if not name.startswith("fourps.cli")}
    assert {name for name in loaded if name.startswith("fourps.")} == {
        *("fourps.course", "fourps.course.files", "fourps.notebook"),
    }
    base = {
        *("about", "desk_words", "errors", "file_names", "from_outside", "handins", "profile"),
        "words",
    }
    ours = {name for name in loaded if name.startswith("nbseal.base.")}
    assert ours == {f"nbseal.base.{name}" for name in base}
    assert {name for name in loaded if name.startswith("nbseal.")} - ours == {
        *("nbseal.base", "nbseal.cli", "nbseal.cli.collect", "nbseal.cli.give_back"),
        *("nbseal.cli.mark", "nbseal.cli.printing", "nbseal.cli.run"),
    }
    heavy = {"asyncio", "rich.progress", "yaml", "sphinx", "jupyterlab", "nbgrader"}
    assert loaded & heavy == set()
