"""The graded exercise of Protection: what each answer earns."""

import ast
import itertools
import random
import re

import pytest

from fourps.exercise import HINT
from fourps.grading.release import page, without_solutions
from fourps.grading.text import grade_id
from fourps.home.notebooks import notebook
from fourps.home.references import References
from fourps.home.released import marks
from fourps.scenario.engine import encode, replay
from fourps.scenario.explore import explore
from fourps.scenario.model import load

MARKS = ("BEGIN SOLUTION", "END SOLUTION", "BEGIN HIDDEN TESTS", "END HIDDEN TESTS")


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


def test_untouched(run, checks, released, exercise):
    """Does the exercise as released earn nothing, and say in each check what to do?"""
    answers = {grade_id(cell): cell.source for cell in released.cells if grade_id(cell)}
    untouched = {name: text for name, text in answers.items() if name not in checks}
    result = run(untouched, exercise)
    assert result.points == dict.fromkeys(checks, 0)
    assert all(result.said.values())
    assert result.stderr == ""


def letters(name, text):
    return {name: f"{name.replace('-', '_')} = {list(text)!r}"}


def sorted_as(name, words):
    items = dict(zip("abcdefghi", words.split(), strict=False))
    return {name: f"{name.replace('-', '_')} = {items!r}"}


WRONG = [
    # everything ticked
    (letters("task-2", "abcdefgh"), 0),
    (letters("task-3", "abcdefghi"), 0),
    (letters("task-6", "abcdefghi"), 0),
    (letters("task-8", "abcdefghij"), 0),
    # one right one forgotten
    (letters("task-2", "ace"), 3),
    (letters("task-8", "acegi"), 3.33),
    # three right ones, and asking the trader
    (letters("task-2", "aceb"), 2),
    # a promise among what is said first
    (letters("task-3", "acegib"), 3),
    # "report it all", with the label and the uncle
    ({"task-7": 'task_7 = list("abdfhci")\ntask_7_latest = "Wednesday 16:20"'}, 3.4),
    # a whole day later
    ({"task-7": 'task_7 = list("abdfh")\ntask_7_latest = "Thursday 16:20"'}, 4),
    # the new clinic hears of him before he does
    (letters("task-4", "dchbegfa"), 0),
    # backwards
    (letters("task-4", "fcgebhda"), 0),
    # last week's yes is taken to hold: pass on before asking
    (letters("task-4", "dhbecgfa"), 0),
    # it is said before he is met
    (letters("task-4", "dbhegcfa"), 5.37),
    # every sentence about him is taken as seen
    (sorted_as("task-1", "seen " * 8), 0.31),
    # guesses and labels mixed up, what was seen is right
    (sorted_as("task-1", "seen label seen guess label seen guess label"), 0.31),
    # two labels called guesses
    (sorted_as("task-1", "seen guess seen guess guess seen guess guess"), 3.12),
    # a good purpose widens her yes
    (sorted_as("task-5", "yes yes yes law yes law yes law yes"), 2.5),
    # one of the two numbers
    ({"task-9": 'task_9_women = 4\ntask_9_men = 6\ntask_9_instead = "C"'}, 2),
    ({"task-9": 'task_9_women = 4\ntask_9_men = 5\ntask_9_instead = "D"'}, 2),
]


@pytest.mark.parametrize(("answer", "expected"), WRONG)
def test_typical_wrong_answers(run, answer, expected):
    """Does a typical wrong answer without programming earn exactly what it should?"""
    [name] = answer
    result = run(answer, only=[name])
    assert result.points == {f"{name}-check": expected}
    assert result.said[f"{name}-check"].startswith(HINT)


CODE = [
    # rows and columns exchanged
    ("task-12", 'counts = pd.crosstab(questions["subject"], questions["block"])', 0),
    # a column of totals in place of one subject
    (
        "task-12",
        'counts = pd.crosstab(questions["block"], questions["subject"]).assign(pay=0)',
        3.33,
    ),
    # the limit counted as small
    (
        "task-13",
        (
            "def small_cells(counts, limit=5):\n"
            "    stacked = counts.stack()\n"
            "    return [pair for pair, n in stacked.items() if 0 < n <= limit]"
        ),
        1,
    ),
    # zeros counted as small
    (
        "task-13",
        (
            "def small_cells(counts, limit=5):\n"
            "    stacked = counts.stack()\n"
            "    return [pair for pair, n in stacked.items() if n < limit]"
        ),
        4,
    ),
    # the limit never used
    (
        "task-13",
        (
            "def small_cells(counts, limit=5):\n"
            "    stacked = counts.stack()\n"
            "    return [pair for pair, n in stacked.items() if 0 < n < 5]"
        ),
        3,
    ),
    # missing instead of hidden
    (
        "task-14",
        "def hide_small(counts, limit=5):\n    return counts.mask((counts > 0) & (counts < limit))",
        2,
    ),
    # the table that came in is changed
    (
        "task-14",
        (
            "def hide_small(counts, limit=5):\n"
            "    for column in list(counts):\n"
            "        counts[column] = counts[column].astype(object)\n"
            "        counts.loc[(counts[column] > 0) & (counts[column] < limit), column] = 'hidden'\n"
            "    return counts"
        ),
        4,
    ),
    # 0 when nothing can be recovered
    (
        "task-15",
        (
            "def recover(row, total):\n"
            "    shown = [n for n in row if n != 'hidden']\n"
            "    return total - sum(shown)"
        ),
        3,
    ),
    # a float where the number is whole
    (
        "task-15",
        (
            "def recover(row, total):\n"
            "    shown = [n for n in row if n != 'hidden']\n"
            "    return float(total - sum(shown)) if len(shown) + 1 == len(row) else None"
        ),
        5,
    ),
    # only the small ones
    (
        "task-16",
        "def protect(row, limit=5):\n    return [key for key, n in row.items() if 0 < n < limit]",
        1.43,
    ),
    # everything, always
    ("task-16", "def protect(row, limit=5):\n    return list(row.index)", 0),
    # newcomers only
    (
        "task-17",
        (
            "def small_changes(before, after, limit=5):\n"
            "    change = (after - before).stack()\n"
            "    return [pair for pair, n in change.items() if 0 < n < limit]"
        ),
        4,
    ),
    # it stops with an error on some tables
    (
        "task-17",
        (
            "def small_changes(before, after, limit=5):\n"
            "    change = pd.DataFrame(after.values - before.values, before.index, before.columns)\n"
            "    assert before.index.equals(after.index)\n"
            "    return [pair for pair, n in change.stack().items() if 0 < abs(n) < limit]"
        ),
        4,
    ),
    # it warns and prints
    (
        "task-13",
        (
            "import sys, warnings\n"
            "def small_cells(counts, limit=5):\n"
            "    warnings.warn('old', FutureWarning)\n"
            "    print(counts, file=sys.stderr)\n"
            "    print(counts)\n"
            "    return [pair for pair, n in counts.stack().items() if 0 < n < limit]"
        ),
        0,
    ),
]


@pytest.mark.filterwarnings("ignore::FutureWarning")
@pytest.mark.parametrize(("name", "answer", "expected"), CODE)
def test_typical_wrong_code(run, name, answer, expected):
    """Does a typical wrong function earn exactly what it should?

    The last one is right, and its own check writes to the error output: see the guard in
    ``tests/grading`` for what nbgrader then gives.
    """
    result = run({name: answer}, only=["data", name])
    assert result.points == {f"{name}-check": expected}


def test_every_safe_order(run):
    """Does every safe order of the steps earn full points?"""
    rules = ["hb", "gc", "be", "de", "cf", "eg"]
    safe = [
        order
        for order in map("".join, itertools.permutations("abcdefgh"))
        if all(order.index(first) < order.index(second) for first, second in rules)
    ]
    assert len(safe) == 24
    for order in safe:
        assert run(letters("task-4", order), only=["task-4"]).total() == 6, order


def guesses(chance):
    """One answer to each task without programming, at random but of the right shape."""

    def some(options):
        return [one for one in options if chance.random() < 0.5] or [chance.choice(options)]

    def kinds(items, names):
        return {item: chance.choice(names) for item in items}

    order = list("abcdefgh")
    chance.shuffle(order)
    day = chance.choice(["Tuesday", "Wednesday", "Thursday"])
    hour = chance.choice(["00:00", "09:00", "16:20", "24:00"])
    return {
        "task-1": f"task_1 = {kinds('abcdefgh', ['seen', 'guess', 'label'])}",
        "task-2": f"task_2 = {some('abcdefgh')}",
        "task-3": f"task_3 = {some('abcdefghi')}",
        "task-4": f"task_4 = {order}",
        "task-5": f"task_5 = {kinds('abcdefghi', ['yes', 'ask', 'law'])}",
        "task-6": f"task_6 = {some('abcdefghi')}",
        "task-7": f"task_7 = {some('abcdefghij')}\ntask_7_latest = '{day} {hour}'",
        "task-8": f"task_8 = {some('abcdefghij')}",
        "task-9": f"task_9_women = {chance.randrange(11)}\ntask_9_men = {chance.randrange(13)}\n"
        f"task_9_instead = '{chance.choice('ABCD')}'",
    }


@pytest.mark.slow
def test_random_guesses(run, first_part):
    """Do 1,000 random guesses earn under 30 % of the 40 points on average?"""
    chance = random.Random(2031)  # noqa: S311 - not for secrets
    names = [name.removesuffix("-check") for name in first_part if name != "record-check"]
    totals = [run(guesses(chance), only=names).total() for _ in range(1000)]
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
    "Everything()",
    "[Everything()] * 5",
    "[Text('a'), Text('b'), Text('c'), Text('d'), Text('e')]",
    "List(['a', 'c', 'e', 'g', 'i'])",
    "Dict(a=1)",
    "{k: Everything() for k in 'abcdefgh'}",
    "{k: Text('seen') for k in 'abcdefgh'}",
    "{Text(k): 'seen' for k in 'abcdefgh'}",
    "Number(4)",
    "Text('a')",
    "True",
    "float('nan')",
    "type('T', (), {})",
]


@pytest.mark.parametrize("value", VALUES)
def test_cheating_values(run, first_part, value):
    """Does an object that is equal to everything, or of a subclass, earn nothing anywhere?"""
    names = [name.removesuffix("-check") for name in first_part]
    answers = {
        name: f"{CHEATS}\n{name.replace('-', '_')} = {value}\n"
        f"task_7_latest = task_9_women = task_9_men = task_9_instead = {value}"
        for name in names
    }
    result = run(answers, only=names)
    assert result.total() == 0
    assert result.stderr == ""


@pytest.mark.parametrize("value", [*VALUES, "Frame({'documents': [9, 8, 10]})"])
def test_cheating_functions(run, checks, first_part, value):
    """Do functions that return such objects earn nothing?"""
    names = [name.removesuffix("-check") for name in checks if name not in first_part]
    answers = dict.fromkeys(
        names,
        f"{CHEATS}{TABLE}\ncounts = {value}\n"
        f"small_cells = hide_small = recover = protect = small_changes = lambda *a, **k: {value}",
    )
    assert run(answers, only=["data", *names]).total() == 0


def test_cheating_table(run):
    """Does a table whose cells are equal to everything earn nothing?"""
    cell = "pd.DataFrame([[Everything()] * 3] * 3, ['North', 'River', 'Market'], ['documents', 'health', 'pay'])"
    result = run({"task-12": f"{CHEATS}\ncounts = {cell}"}, only=["data", "task-12"])
    assert result.total() == 0


def test_record_is_checked_and_not_marked(run, root, checks):
    """Is any complete record accepted, for no points, and an incomplete one refused in words?"""
    assert checks["record-check"] == 0
    scenario, _ = load(root / "modules" / "protection" / "scenario.yaml")
    space = explore(scenario)
    state, path = next(iter(space.moves)), []
    while space.moves.get(state):
        move = space.moves[state][-1]
        state, path = move.target, [*path, move.choice]
    whole, half = (encode(replay(scenario, one)) for one in (path, path[:3]))
    for line, said in (
        (whole, ""),
        (f"  {whole}\n", ""),
        (half, "stops after 3 steps"),
        (whole[:-1], "damaged"),
        ("", "no record yet"),
        (7, "no record yet"),
    ):
        answer = {"record": f"record = {line!r}"}
        found = run(answer, only=["record"]).said["record-check"]
        assert (said in found) if said else not found, line


def test_page_is_derived(root):
    """Is the page that learners get the one that the solution gives now?"""
    there = (root / "modules" / "protection" / "exercise.md").read_text("utf-8")
    assert there == page(root, "protection"), "run: fourps grade release protection"
    assert not any(mark in there for mark in MARKS)


def test_learners_notebook_is_the_released_one(root, released):
    """Does `fourps learn` give the same cells that nbgrader releases and grades by?"""
    made = notebook(root / "modules" / "protection" / "exercise.md", References(root))
    theirs = [
        (grade_id(cell), cell.cell_type, cell.source) for cell in made.cells if grade_id(cell)
    ]
    ours = [
        (grade_id(cell), cell.cell_type, cell.source) for cell in released.cells if grade_id(cell)
    ]
    assert theirs == ours
    counted = [cell for cell in made.cells if marks(cell)]
    assert [cell.id for cell in counted] == [grade_id(cell) for cell in counted]


def test_page_is_not_in_the_book(root):
    """Is the exercise left out of the table of contents?"""
    assert "exercise" not in (root / "_toc.yml").read_text("utf-8")


def test_free_text_cells(exercise):
    """Does each free-text cell say that no real person belongs in it?"""
    written = [
        cell
        for cell in exercise.cells
        if cell.cell_type == "markdown" and grade_id(cell) and cell.metadata.nbgrader.solution
    ]
    assert [cell.metadata.nbgrader.points for cell in written] == [15, 15]
    assert all("No real person, not your own story." in cell.source for cell in written)


def test_checks_have_both_parts(exercise, checks):
    """Has every check that earns points a visible part that gives no answer, and a hidden one?"""
    for cell in exercise.cells:
        name = grade_id(cell)
        if checks.get(name):
            assert "### BEGIN HIDDEN TESTS" in cell.source
            assert re.search(r"check_\w+\(|assert ", text_of(cell.source)), name
            assert "points(" not in text_of(cell.source), name
            assert cell.source.rstrip().endswith(")\n### END HIDDEN TESTS"), name


def test_hints_give_nothing_away(exercise):
    """Do the hints of the choices name no letter, word or number of an answer?"""
    answers = r"(?<!')\b[b-hj-zB-D]\b|\d\d:\d\d"
    hints = [
        "".join(one.value for one in ast.walk(call.args[-1]) if isinstance(one, ast.Constant))
        for cell in exercise.cells
        if cell.cell_type == "code" and "-check" in grade_id(cell)
        for call in ast.walk(ast.parse(cell.source))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "points"
    ]
    assert len(hints) == 15
    assert not [hint for hint in hints[:9] if re.search(answers, hint)]
