import json

import nbformat
import pytest

from fourps.course.files import content_root, find
from fourps.handin.handin_file import parse_handin
from fourps.handin.records import check_records, players
from fourps.learn.submit import SubmitError, may_replace, pack
from fourps.play_record import Record
from fourps.quiz.marking import encode as encode_quiz
from fourps.quiz.marking import mark
from fourps.quiz.model import load as load_quiz
from fourps.scenario.engine import encode, replay
from fourps.scenario.model import load
from nbseal.base.handins import pseudonym
from nbseal.base.notebook_file import NotebookFileError

ROOT = content_root()


@pytest.fixture(scope="module")
def scenario_record():
    scenario, _ = load(find("protection", "scenario.yaml", ROOT))
    first = next(iter(scenario.nodes[scenario.start].choices))
    return encode(replay(scenario, [first]))


@pytest.fixture(scope="module")
def quiz_record():
    quiz, _ = load_quiz(find("protection", "quiz.yaml", ROOT))
    return encode_quiz(mark(quiz, {}))


def test_whole(exercise, right, scenario_record, quiz_record):
    """Is a whole exercise packed with its records, and read again?"""
    path = exercise(right)
    before = path.read_bytes()
    packed = pack(path, "ada", [scenario_record, f" {quiz_record}\n", scenario_record], ROOT)
    assert packed.remarks == []
    handin = parse_handin(packed.data, "ada.zip")
    assert handin.manifest.records == [scenario_record, quiz_record]
    assert (handin.manifest.exercise, handin.manifest.learner) == ("welcome", "ada")
    assert right["order-answer"] in [cell["source"] for cell in cells(handin)]
    assert path.read_bytes() == before
    assert pack(path, "ada", [], ROOT).data == pack(path, "ada", [], ROOT).data


def cells(handin):
    return nbformat.reads(handin.notebook.decode(), as_version=4).cells


def test_missing_cells(exercise, right):
    """Is each deleted cell named in one line, and the rest packed?"""
    packed = pack(exercise(right, without=["order", "words"]), "ada", [], ROOT)
    assert packed.remarks == [
        "Missing: Task 1: the order (order, 5 points). The cell was deleted and earns nothing.",
        "Missing: Task 3: in your words (words, 15 points). The cell was deleted and earns nothing.",
    ]
    assert len(cells(packed.handin)) == 11


def test_nothing_left(exercise):
    """Is a notebook refused of which nothing is left?"""
    path = exercise(without=["order", "record", "words", "total"])
    with pytest.raises(SubmitError, match="none of the 4 graded cells"):
        pack(path, "ada", [], ROOT)


def test_copied_cells(exercise, right):
    """Does a copied cell count once, and is it named?"""
    path = exercise(right)
    notebook = nbformat.read(path, as_version=4)
    copy = nbformat.from_dict(next(cell for cell in notebook.cells if cell.id == "order"))
    notebook.cells.append(nbformat.from_dict(dict(copy, id="another")))
    nbformat.write(notebook, path)
    packed = pack(path, "ada", [], ROOT)
    assert packed.remarks == ["Copied: the cell 'order' is there 2 times; the first one counts."]
    assert [
        cell.metadata.get("nbgrader", {}).get("grade_id") for cell in cells(packed.handin)
    ].count("order") == 1


def test_ids_in_an_older_format(exercise, right):
    """Is a notebook packed that has ids and says that its format has none, as Jupyter reads it?"""
    path = exercise(right)
    notebook = json.loads(path.read_text("utf-8")) | {"nbformat_minor": 4}
    path.write_text(json.dumps(notebook), "utf-8")
    packed = pack(path, "ada", [], ROOT)
    assert (packed.remarks, len(cells(packed.handin))) == ([], len(notebook["cells"]))


def test_modules_beside(exercise, right):
    """Is a module of one's own named that the notebook needs, and that no hand-in holds?"""
    path = exercise(right | {"order-answer": "%time\nfrom tools.words import order\nimport mine"})
    (path.parent / "tools").mkdir()
    (path.parent / "mine.py").write_text("", "utf-8")
    remarks = pack(path, "ada", [], ROOT).remarks
    assert [one.partition(",")[0] for one in remarks] == ["Left out: mine", "Left out: tools"]


def test_nothing_names_the_machine(exercise, right):
    """Do paths in outputs and metadata stay at home, and the marks of the grader go along?"""
    path = exercise(right)
    notebook = nbformat.read(path, as_version=4)
    private = "/home/secret-person"
    notebook.metadata["kernelspec"] = {"name": "venv", "display_name": private}
    notebook.metadata["widgets"] = {"state": private}
    notebook.metadata["language_info"] = {"name": "python", "version": private}
    for cell in notebook.cells:
        cell.metadata["vscode"] = private
        cell.metadata["execution"] = {"iopub.execute_input": private}
        if cell.cell_type == "code":
            cell.execution_count = 7
            cell.outputs = [nbformat.v4.new_output("stream", text=f"{private}/a.py")]
    nbformat.write(notebook, path)
    handin = pack(path, "ada", [], ROOT).handin
    assert b"secret-person" not in handin.notebook
    kept = json.loads(handin.notebook)
    assert kept["metadata"]["kernelspec"]["name"] == "python3"
    assert sum("nbgrader" in cell["metadata"] for cell in kept["cells"]) == 7


def test_records(scenario_record, quiz_record):
    """Is each record that cannot be used named, while the rest goes on?"""
    right = Record.parse(scenario_record)
    old = str(right._replace(version="00000000"))
    accepted, refused = check_records(
        [
            old,
            "nonsense\x1b[2J",
            scenario_record[:-1] + ("a" if scenario_record[-1] != "a" else "b"),
            str(Record("unknown", "00000000", "0")),
            str(right._replace(moves="zz")),
            quiz_record,
        ],
        players(ROOT),
    )
    assert accepted == [quiz_record]
    assert len(refused) == 5
    assert refused[0].startswith("The record of 'card-desk' is left out. This record was made with")
    assert "not a decision record" in refused[1]
    assert "damaged" in refused[2]
    assert "'unknown' is left out. The course has no scenario or quiz" in refused[3]
    assert "Step 1" in refused[4]
    assert all(line.isprintable() for line in refused)


@pytest.mark.once
@pytest.mark.parametrize("form", ["before", "after", "later", "foundations/sorting"])
def test_records_of_tests(form):
    """Is the record of a test, or of a further quiz of a module, taken too?"""
    quiz, _ = load_quiz(find(form, "quiz.yaml", ROOT))
    record = encode_quiz(mark(quiz, {}))
    assert check_records([record], players(ROOT)) == ([record], [])


def test_over_20_mb(exercise):
    """Is a large notebook refused, with what to do, also one that grows when it is packed?"""
    path = exercise()
    with path.open("ab") as file:
        file.truncate(20_000_001)
    with pytest.raises(NotebookFileError, match=r"20 MB; 20 MB is the most.*Clear Outputs"):
        pack(path, "ada", [], ROOT)
    path = exercise({"order-answer": "x" * 5_000_000})
    with pytest.raises(SubmitError, match="refused"):
        pack(path, "ada", [], ROOT)


def test_replaces_only_hand_ins(tmp_path, exercise, right):
    """Is a learner's other file never taken for an old hand-in?"""
    path = exercise(right)
    assert may_replace(tmp_path / "none.zip")
    assert not may_replace(path)
    (tmp_path / "old.zip").write_bytes(pack(path, "ada", [], ROOT).data)
    assert may_replace(tmp_path / "old.zip")


def test_pseudonyms():
    """Are they different each time?"""
    assert len({pseudonym() for _ in range(100)}) == 100
