"""Each graded exercise: what each answer earns."""

import ast
import itertools
import random
import re

import pytest
from nbgrader.utils import is_solution

from fourps.course.notebook_only import for_page, stray_mark
from fourps.exercise import HINT, field, number_field
from fourps.exercise.declared import declared
from fourps.exercise.plain_text import kinds_of, letters
from fourps.grading.release_exercises import page, without_solutions
from fourps.handin.released_exercise import marks
from fourps.learn.notebooks import notebook
from fourps.learn.references import References
from fourps.scenario.engine import encode, replay
from fourps.scenario.model import load
from nbseal.base.cells import grade_id

MARKS = ("BEGIN SOLUTION", "END SOLUTION", "BEGIN HIDDEN TESTS", "END HIDDEN TESTS")


# begins and ends an answer that is lines of text
PLAIN = '"""'


def plain_lines(source):
    """Write an answer of Python as the lines of text that a learner writes."""
    space = {}
    exec(source, space)  # noqa: S102 - our own YAML
    [name] = [name for name in space if name.startswith("task_")]
    answer = space[name]
    fields = answer if isinstance(answer, dict) else {"letters": answer}
    lines = [
        f"{label}: {', '.join(value) if isinstance(value, list) else value}"
        for label, value in fields.items()
    ]
    return "\n".join((f"{name} = {PLAIN}", *lines, PLAIN))


@pytest.fixture(scope="module")
def released(exercise):
    return without_solutions(exercise)


def text_of(source):
    """A cell without its solution and its hidden tests."""
    return re.sub(r"(?s)### BEGIN.*?### END [A-Z ]+", "", source)


def test_points(exercise, checks, first_part):
    """Are there 100 points: 40 without programming, 30 written, 30 with pandas?"""
    all_points = sum(cell.metadata.get("nbgrader", {}).get("points", 0) for cell in exercise.cells)
    without = sum(checks[name] for name in first_part)
    assert (all_points, without, sum(checks.values())) == (100, 40, 70)
    assert sum(checks[name] > 0 for name in first_part) >= 8


def test_solution(run, checks):
    """Does the solution earn full marks, without a word on the error output?"""
    result = run({})
    assert result.points == checks
    assert result.stderr == ""
    assert not any(result.said.values())


def in_python(text, shape, label="letters"):
    """Return the list, dictionary or number that an answer of plain lines means."""
    match shape:
        case {"fields": fields, **rest}:
            own = {name: in_python(text, one, name) for name, one in fields.items()}
            first = in_python(text, rest) if rest else {}
            return own | (first if isinstance(first, dict) else {"letters": first})
        case {"some": options} | {"order": options}:
            return letters(field(text, label), options)
        case {"sort": items, "into": kinds}:
            return kinds_of(text, items, kinds)
        case {"one": _}:
            return field(text, label)
        case {"number": _}:
            return number_field(text, label)
    raise ValueError(shape)


@pytest.mark.once
def test_solution_in_python(run, answers, checks, exercise):
    """Does the solution earn full marks as lists and numbers too, as it was written before?"""
    for cell in exercise.cells:
        name = grade_id(cell)
        if name in answers["guesses"] and is_solution(cell):
            texts = {}
            exec(cell.source, texts)  # noqa: S102 - our own solution
            [(variable, shape)] = answers["guesses"][name].items()
            source = f"{variable} = {in_python(texts[variable], shape)!r}"
            assert PLAIN not in source
            assert run({name: source}, only=[name]).points == {
                f"{name}-check": checks[f"{name}-check"]
            }


@pytest.mark.once
def test_answers_without_programming_are_forms(released, answers):
    """Is each of these cells a text between two fixed lines, with nothing but labels in it?"""
    for cell in released.cells:
        name = grade_id(cell)
        if is_solution(cell) and name in {*answers["guesses"], "record"}:
            variable, form = cell.source.split(f" = {PLAIN}\n")
            assert [variable] == [*answers["guesses"].get(name, ["record"])]
            assert re.fullmatch(rf"((\w+:)?\n)+{PLAIN}", form), name


def test_untouched(run, checks, released, exercise):
    """Does the exercise as released earn nothing, and say in each check what to do?"""
    answers = {grade_id(cell): cell.source for cell in released.cells if grade_id(cell)}
    untouched = {name: text for name, text in answers.items() if name not in checks}
    result = run(untouched, exercise)
    assert result.points == dict.fromkeys(checks, 0)
    assert all(result.said.values())
    assert result.stderr == ""


def test_enough_wrong_answers(answers):
    """Are there at least five typical wrong answers without code, and five with?"""
    assert len(answers["wrong"]) >= 5
    assert len(answers["code"]) >= 5


@pytest.mark.answers("wrong")
def test_typical_wrong_answers(run, answer):
    """Does a typical wrong answer without programming earn exactly what it should?

    It earns the same in lines of text and as the lists and numbers that learners wrote before.
    """
    name = answer["task"]
    for source in (answer["answer"], plain_lines(answer["answer"])):
        result = run({name: source}, only=[name])
        assert result.points == {f"{name}-check": answer["points"]}
        assert result.said[f"{name}-check"].startswith(HINT)


@pytest.mark.filterwarnings("ignore::FutureWarning")
@pytest.mark.answers("code")
def test_typical_wrong_code(run, answer):
    """Does a typical wrong function earn exactly what it should?

    Some are right, and only write to the error output: see the guard in ``tests/grading`` for what
    nbgrader then gives.
    """
    name = answer["task"]
    result = run({name: answer["answer"]}, only=["data", *answer.get("needs", []), name])
    assert result.points[f"{name}-check"] == answer["points"]


def test_every_safe_order(run, answers, checks):
    """Does every safe order of the steps earn full points?"""
    for task, rule in answers.get("orders", {}).items():
        safe = [
            order
            for order in itertools.permutations(rule["steps"])
            if all(order.index(first) < order.index(second) for first, second in rule["before"])
        ]
        assert len(safe) == rule["safe"]
        for order in safe:
            answer = {task: f"{rule['variable']} = {list(order)!r}"}
            assert run(answer, only=[task]).total() == checks[f"{task}-check"], order


def guess(shape, chance):
    """Draw one answer of a shape, as the YAML files describe them."""
    match shape:
        case {"fields": fields, **rest}:
            own = {name: guess(one, chance) for name, one in fields.items()}
            first = guess(rest, chance) if rest else {}
            return own | (first if isinstance(first, dict) else {"letters": first})
        case {"some": options}:
            return [one for one in options if chance.random() < 0.5] or [chance.choice(options)]
        case {"sort": items, "into": kinds}:
            return {item: chance.choice(kinds) for item in items}
        case {"order": steps}:
            return chance.sample(list(steps), len(steps))
        case {"one": options}:
            return chance.choice(options)
        case {"number": [low, high]}:
            return chance.randint(low, high)
    raise ValueError(shape)


@pytest.mark.slow
def test_random_guesses(run, first_part, answers):
    """Do 300 random guesses earn under 30 % of the 40 points on average?"""
    chance = random.Random(2031)  # noqa: S311 - not for secrets
    names = [name.removesuffix("-check") for name in first_part if name != "record-check"]
    assert sorted(answers["guesses"]) == sorted(names)
    totals = []
    for _ in range(300):
        one = {
            task: "\n".join(f"{name} = {guess(shape, chance)!r}" for name, shape in shapes.items())
            for task, shapes in answers["guesses"].items()
        }
        totals.append(run(one, only=names).total())
    assert sum(totals) / len(totals) < 0.3 * 40
    assert max(totals) < 0.7 * 40


CHEATS = """
class Everything:
    def __eq__(self, other): return True
    def __hash__(self): return 0
    def __lt__(self, other): return True
    __gt__ = __le__ = __ge__ = __contains__ = __lt__
    def __getattr__(self, name): return self
    def __call__(self, *args, **kw): return self
    def __iter__(self): return iter([self] * 8)
    def __len__(self): return 8
    def __float__(self): return 1e9
    def __bool__(self): return True
    def __getitem__(self, key): return self
class Text(str):
    def __eq__(self, other): return True
    def __hash__(self): return hash("a")
class Number(int):
    def __eq__(self, other): return True
    __hash__ = int.__hash__
class List(list):
    def __eq__(self, other): return True
    def __contains__(self, other): return True
class Dict(dict):
    def __eq__(self, other): return True
    def __getitem__(self, key): return Everything()
"""
TABLE = """
import pandas as pd
class Frame(pd.DataFrame):
    def __eq__(self, other): return True
    @property
    def iloc(self): return Everything()
"""
VALUES = [
    *("Everything()", "[Everything()] * 5"),
    *("[Text('a'), Text('b'), Text('c'), Text('d'), Text('e')]", "List(['a', 'c', 'e', 'g', 'i'])"),
    *("Dict(a=1)", "{k: Everything() for k in 'abcdefgh'}"),
    *("{k: Text('seen') for k in 'abcdefgh'}", "{Text(k): 'seen' for k in 'abcdefgh'}"),
    *("Number(4)", "Text('a')", "True", "float('nan')", "type('T', (), {})"),
]


@pytest.mark.once
@pytest.mark.parametrize("value", VALUES)
def test_cheating_values(run, first_part, answers, value):
    """Does an object that is equal to everything, or of a subclass, earn nothing anywhere?"""
    names = [name.removesuffix("-check") for name in first_part]
    cheats = {
        task: f"{CHEATS}\n" + "".join(f"{name} = {value}\n" for name in shapes)
        for task, shapes in answers["guesses"].items()
    }
    result = run(cheats, only=names)
    assert result.total() == 0
    assert result.stderr == ""


@pytest.mark.parametrize("value", [*VALUES, "Frame({'documents': [9, 8, 10]})"])
def test_cheating_functions(run, checks, first_part, answers, value):
    """Do functions that return such objects earn nothing?"""
    names = [name.removesuffix("-check") for name in checks if name not in first_part]
    asked = answers["asked"]
    tables = "".join(f"{name} = {value}\n" for name in asked["tables"])
    functions = "".join(f"{name} = lambda *a, **k: {value}\n" for name in asked["functions"])
    cheats = dict.fromkeys(names, f"{CHEATS}{TABLE}\n{tables}{functions}")
    assert run(cheats, only=["data", *names]).total() == 0


def test_cheating_table(run, exercise, answers):
    """Does a table of the right shape whose cells are equal to everything earn nothing?"""
    tables = answers["asked"]["tables"]
    for cell in exercise.cells:
        made = [name for name in tables if re.search(rf"^{name} = ", cell.source, re.MULTILINE)]
        name = grade_id(cell)
        if made and is_solution(cell):
            turn = "".join(f"{one} = {one}.map(lambda _: Everything())\n" for one in made)
            result = run({name: f"{cell.source}\n{CHEATS}\n{turn}"}, only=["data", name])
            assert result.points[f"{name}-check"] == 0


@pytest.mark.once
def test_record_is_checked_and_not_marked(run, root, module, checks):
    """Is any complete record accepted, for no points, and an incomplete one refused in words?"""
    assert checks["record-check"] == 0
    scenario, _ = load(root / "modules" / module / "scenario.yaml")
    chance = random.Random(7)  # noqa: S311 - not for secrets
    path = []
    while offered := replay(scenario, path).offered:
        path.append(chance.choice(offered))
    whole, half = (encode(replay(scenario, one)) for one in (path, path[:3]))
    for line, said in (
        (whole, ""),
        (f"  {whole}\n", ""),
        (half, "stops after step 3"),
        (whole[:-1], "damaged"),
        ("", "no record yet"),
        (7, "no record yet"),
    ):
        answer = {"record": f"record = {line!r}"}
        found = run(answer, only=["record"]).said["record-check"]
        assert (said in found) if said else not found, line


@pytest.mark.once
def test_page_is_derived(root, module):
    """Is the page that learners get the one that the solution gives now?"""
    there = (root / "modules" / module / "exercise.md").read_text("utf-8")
    assert there == page(root, module), f"run: fourps grade release {module}"
    assert not any(mark in there for mark in MARKS)


@pytest.mark.once
def test_learners_notebook_is_the_released_one(root, module, released):
    """Does `fourps learn` give the same cells that nbgrader releases and grades by?"""
    made = notebook(root / "modules" / module / "exercise.md", References(root))
    theirs = [
        (grade_id(cell), cell.cell_type, cell.source) for cell in made.cells if grade_id(cell)
    ]
    ours = [
        (grade_id(cell), cell.cell_type, cell.source) for cell in released.cells if grade_id(cell)
    ]
    assert theirs == ours
    counted = [cell for cell in made.cells if marks(cell)]
    assert [cell.id for cell in counted] == [grade_id(cell) for cell in counted]


@pytest.mark.once
def test_what_only_a_notebook_needs_is_marked(root, module):
    """Does the page speak of no notebook, and does the notebook show all of it, but no mark?"""
    text = (root / "modules" / module / "exercise.md").read_text("utf-8")
    assert stray_mark(text) is None
    # part 3 is left to the notebook as a whole
    first, rest = re.split(r"(?m)^## Part 3", for_page(text))
    on_page = re.sub(
        r"(?s)^```.*?^```$", "", first + rest.partition("## Hand in")[2], flags=re.MULTILINE
    )
    words = r"(?i)\bcolons?\b|quotation mark|shift \+|ctrl|notebook|\bcells? (?:that|to)\b|fourps |\*\*your answer"
    assert re.findall(words, on_page.partition("\n---\n")[2]) == []
    shown = "\n".join(
        cell.source
        for cell in notebook(root / "modules" / module / "exercise.md", References(root)).cells
        if cell.cell_type == "markdown"
    )
    assert "<!--" not in shown
    assert shown.count("**Your answer:**") == text.count("**Your answer:**") > 9


def test_page_is_in_the_book(root, module):
    """Is the exercise a page of the book, where it can be filled in?"""
    assert f"modules/{module}/exercise\n" in (root / "_toc.yml").read_text("utf-8")


def test_free_text_cells(exercise):
    """Does each free-text cell say that no real person belongs in it?"""
    written = [
        cell
        for cell in exercise.cells
        if cell.cell_type == "markdown" and grade_id(cell) and cell.metadata.nbgrader.solution
    ]
    assert [cell.metadata.nbgrader.points for cell in written] == [15, 15]
    said = "Write about no real person, and do not write your own story."
    assert all(said in cell.source for cell in written)


def test_first_part_is_declared(exercise, answers):
    """Does each check without programming say all of its shape in calls that a form can read?"""
    kinds = {"fields": "fields", "sort": "sorting", "some": "choice", "order": "order"}
    for cell in exercise.cells:
        name = grade_id(cell)
        if name.removesuffix("-check") in answers["guesses"] and "-check" in name:
            [(variable, shape)] = answers["guesses"][name.removesuffix("-check")].items()
            found = declared(cell.source)
            # nothing else looks at the shape, and every call is about this answer
            calls = re.findall(
                rf"^(?:given = )?check_\w+\(\s*{variable},", text_of(cell.source), re.MULTILINE
            )
            statements = ast.parse(text_of(cell.source)).body
            assert len(found) == len(calls) == len(statements) - 1, name
            assert {one.kind for one in found} == {kinds[key] for key in shape if key in kinds}
            [fields] = [one.fields for one in found if one.kind == "fields"] or [{}]
            assert [*fields] == [*shape.get("fields", {})], name


def test_each_field_has_its_question(exercise):
    """Does the text of a task say what belongs into each field, in a line that begins with it?"""
    lead = ""
    for cell in exercise.cells:
        if cell.cell_type == "markdown":
            lead = cell.source
        elif "-check" in grade_id(cell):
            for label in (label for one in declared(cell.source) for label in one.fields):
                assert len(re.findall(rf"^(?:\d\. )?`{label}`: \S", lead, re.MULTILINE)) == 1, label


def test_checks_have_both_parts(exercise, checks):
    """Has every check that earns points a visible part that gives no answer, and a hidden one?"""
    for cell in exercise.cells:
        name = grade_id(cell)
        if checks.get(name):
            assert "### BEGIN HIDDEN TESTS" in cell.source
            assert re.search(r"check_\w+\(|assert ", text_of(cell.source)), name
            assert "points(" not in text_of(cell.source), name
            assert cell.source.rstrip().endswith(")\n### END HIDDEN TESTS"), name


def test_hints_give_nothing_away(exercise, checks, first_part):
    """Do the hints of the choices name no letter, word or number of an answer?"""
    letters = r"(?<!')\b[b-hj-zB-D]\b|\d\d:\d\d"
    hints = [
        "".join(one.value for one in ast.walk(call.args[-1]) if isinstance(one, ast.Constant))
        for cell in exercise.cells
        if cell.cell_type == "code" and "-check" in grade_id(cell)
        for call in ast.walk(ast.parse(cell.source))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "points"
    ]
    assert len(hints) == sum(points > 0 for points in checks.values())
    without = sum(checks[name] > 0 for name in first_part)
    assert not [hint for hint in hints[:without] if re.search(letters, hint)]
