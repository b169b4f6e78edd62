import re
import socket
from importlib import import_module
from pathlib import Path

import nbformat
import pytest
import typer
from typer.testing import CliRunner

import fourps.learn.jupyter
from fourps.cli.learn import learn, submit, validate
from fourps.cli.printing import Commands
from fourps.handin.handin_file import read_handin

APP = typer.Typer(cls=Commands)
for one in (learn, validate, submit):
    APP.command()(one)


@pytest.fixture
def run(tmp_path, full_course, monkeypatch):
    """Return a function that runs one of the three commands in an empty folder."""
    # the real course takes its time; `test_notebooks` and the browser see it
    module = import_module("fourps.cli.learn")
    monkeypatch.setattr(module, "content_root", lambda: full_course)
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    return lambda *arguments: CliRunner().invoke(APP, [str(one) for one in arguments])


def test_learn(run):
    """Does it make the folder, say so, and leave a changed notebook alone?"""
    done = run("learn", "--no-open")
    assert done.exit_code == 0, done.output
    assert re.match(r"four-ps: \d+ written\.", done.stdout)
    assert Path("four-ps/modules/welcome/lesson.ipynb").is_file()
    page = Path("four-ps/book/start.ipynb")
    page.write_text("mine")
    done = run("learn", "four-ps", "--no-open")
    assert "left as they are" in done.stdout
    assert page.read_text() == "mine"


def test_language(run):
    """Are notebooks made in a language, kept in it, and is one that nobody speaks refused?"""
    assert run("learn", "--no-open", "--language", "fr").exit_code == 0
    page = Path("four-ps/book/start.ipynb")
    assert "Toutes les pages" in page.read_text("utf-8")
    assert "laissés tels quels" in run("learn", "--no-open").stdout
    assert run("learn", "--no-open", "--language", "en").exit_code == 0
    assert "All pages" in page.read_text("utf-8")
    done = run("learn", "--no-open", "--language", "xx")
    assert done.exit_code == 1
    assert "there is no 'xx'. Languages: en, fr." in done.stderr


def test_options_need_a_folder(run):
    """Is an option not taken for a folder?"""
    done = run("learn", "--no-open", "--", "--no-browser")
    assert done.exit_code == 1
    assert "Name the folder" in done.stderr
    assert not list(Path().iterdir())


def test_what_is_missing(run, monkeypatch):
    """Is nothing made where the kernel cannot start, and is it said what to do?"""
    monkeypatch.setattr(fourps.learn.jupyter.shutil, "which", lambda _name: None)
    done = run("learn", "--no-open")
    assert done.exit_code == 1
    assert "python -m ipykernel install --user" in done.stderr
    assert not Path("four-ps").exists()


@pytest.mark.slow
def test_validate(run, exercise, right):
    """Is the exit status 0 only if every check passes, and is every notebook looked at?"""
    good = exercise(right, name="good.ipynb")
    right["order-answer"] = "order = ['tell']"
    bad = exercise(right, name="bad.ipynb")
    done = run("validate", good)
    assert done.exit_code == 0, done.output
    assert "  Task 1: the order (order, 5 points): passed\n" in done.stdout
    assert "written; a person marks it" in done.stdout
    assert "3 of 3 checks passed" in done.stdout
    done = run("validate", "none.ipynb", bad)
    assert done.exit_code == 1
    assert "none.ipynb cannot be read" in done.stderr
    assert "      Before anything else the person is asked.\n" in done.stdout


def test_submit(run, exercise, right, monkeypatch):
    """Is a hand-in packed under the id, with what is missing named, the rest in it, and none sent?"""
    path = exercise(right, without=["total"])
    monkeypatch.delattr(socket, "socket")
    done = run("submit", path, "--name", "ada-1", "--record", "nonsense")
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("Packed welcome-ada-1.zip (")
    assert "0 records" in done.stdout
    assert "Missing: Task 4: a table (total, 1 point)." in done.stderr
    assert "One record is left out." in done.stderr
    assert read_handin(Path("welcome-ada-1.zip")).manifest.learner == "ada-1"
    assert run("submit", path, "--name", "ada-1").exit_code == 0


def test_submit_without_an_id(run, exercise, right):
    """Is a pseudonym made, and said?"""
    done = run("submit", exercise(right), "--out", "mine.zip")
    learner = re.search(r"--name (learner-\w+)", done.stdout)[1]
    assert read_handin(Path("mine.zip")).manifest.learner == learner


def test_submit_refuses(run, exercise, right):
    """Is a wrong id refused, and no file overwritten that is no hand-in?"""
    path = exercise(right)
    before = path.read_bytes()
    done = run("submit", path, "--name", "../ada")
    assert done.exit_code == 1
    assert "letters, digits" in done.stderr
    done = run("submit", path, "--out", path)
    assert done.exit_code == 1
    assert "is no hand-in file" in done.stderr
    assert path.read_bytes() == before
    assert run("submit", "none.ipynb").exit_code == 1


# words that stand in nearly every English sentence of ours, and in no French one
ENGLISH = re.compile(
    r"(?<![\w-])(?:the|an|and|of|is|are|was|were|to|in it|this|that|with|your|you|not|written|marks|passed"
    r"|failed|missing|started|changed|folder|file|exercise [a-z]|release|record|ok)(?![\w.-])"
)


@pytest.mark.slow
def test_french_from_first_to_last(tmp_path, monkeypatch):
    """Is no line of a whole run English: the folder, what it lacks, checks, a hand-in and what is refused?"""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        done = CliRunner().invoke(APP, [str(one) for one in arguments])
        lines = done.output.splitlines()
        assert lines
        assert [one for one in lines if ENGLISH.search(one)] == []
        return done.output.replace("\N{NO-BREAK SPACE}", " ")

    french = ("--language", "fr")
    made = run("learn", "cours", "--no-open", *french)
    assert re.fullmatch(r"Dossier cours, notebooks : écrits \(\d+\)\.\n", made)
    exercise = Path("cours/modules/prevention/exercise.ipynb")
    notebook = nbformat.read(exercise, nbformat.NO_CONVERT)
    for cell in notebook.cells:
        # an answer that cannot be read
        if cell.id == "task-1":
            cell.source = cell.source.replace("a:", "a: xyz", 1)
    nbformat.write(notebook, exercise)
    assert "laissés tels quels" in run("learn", "cours", "--no-open")
    assert "est un fichier ; nommez" in run("learn", str(exercise), "--no-open", *french)
    checked = run("validate", exercise)
    assert f"{exercise} : exercice « Prévention », version " in checked
    assert re.search(r"^  Tâche 1 .*\(task-1\S*, \d points\) : ", checked, re.MULTILINE)
    assert "(record-check, 0 point) : " in checked
    assert "Vérifications réussies : " in checked
    other = "fourps1:card-desk:1a2b3c4d:0213:mp"
    packed = run("submit", exercise, "--name", "ada-1", "--record", other, "--record", "nonsense")
    assert "exercice « Prévention »" in packed
    # what cannot be done
    Path("none.ipynb").write_text("{", "utf-8")
    refused = run("validate", "none.ipynb", Path("cours/book/welcome.ipynb"), *french)
    assert "none.ipynb n" in refused
    assert "pas un exercice du cours." in refused
    Path("cours/.fourps.json").write_text("{", "utf-8")
    assert "ne peut pas être lu" in run("learn", "cours", "--no-open", *french)
    assert "--name : employez" in run("submit", exercise, "--name", "a b", *french)
    Path("taken.zip").write_text("mine", "utf-8")
    assert "Nommez-en un autre" in run("submit", exercise, "--out", "taken.zip")
