"""The key of each exercise in JavaScript: the same answers earn the same points and hear the same."""

from __future__ import annotations

import random
import re
from pathlib import Path

import nbformat
import pytest
from answer_texts import answers
from run_checks import tasks

from fourps.exercise.messages import messages
from fourps.grading.exercise_text import read
from fourps.grading.key import UnrecordableError, key
from fourps.grading.release_exercises import without_solutions

ROOT = Path(__file__).parents[2]
SOURCES = {path.parent.name: read(path) for path in sorted(ROOT.glob("exercises/*/exercise.md"))}
# of each task, and so of each exercise
SETS = 200


def made_up(*checks):
    """An exercise of cells that mark `task_1`, `task_2` and so on."""
    cells = []
    for number, check in enumerate(checks, 1):
        about = {"grade_id": f"task-{number}", "solution": True, "grade": False}
        answer = nbformat.v4.new_code_cell(f'task_{number} = """\nletters: a, b\n"""')
        answer.metadata.nbgrader = nbformat.from_dict(about)
        about = {"grade_id": f"task-{number}-check", "solution": False, "grade": True, "points": 4}
        test = nbformat.v4.new_code_cell(f"from fourps.exercise import *\n{check}")
        test.metadata.nbgrader = nbformat.from_dict(about)
        cells += [answer, test]
    return nbformat.v4.new_notebook(cells=cells)


# what no exercise does yet: shares beyond 0 and 1, the least and the most of several
ODD = made_up(
    "points(3 * choice(task_1, 'ab', 'abcd') - 1, 4, 'x')",
    "one, other = choice(task_2, 'ab', 'abcd'), choice(task_2, 'bc', 'abcd')\n"
    "points(max(one, other, 0.1) - min([one, other]) / 2, 4)",
)


def rows(exercise, keys, chance, number=SETS):
    """Return answers to each task of an exercise, with what Python gives and says."""
    found = []
    for name, right, cell in tasks(exercise):
        texts = answers(right, keys[name].checks, number, chance)
        found += ([name, text, *cell.marked(text)] for text in texts)
    return found


@pytest.fixture(scope="module")
def keys():
    """The keys of all exercises."""
    every = {**SOURCES, "odd": ODD}
    return {name: key(exercise, f"{name}.md") for name, exercise in every.items()}


def compared(javascript, keys, chance, changes=()):
    """Return the rows that differ in JavaScript, and for each change the first row that does."""
    every = {**SOURCES, "odd": ODD}
    sets = {name: rows(one, keys[name], chance) for name, one in every.items()}
    assert all(len(one) == SETS * len(keys[name]) for name, one in sets.items())
    data = {name: {task: one._asdict() for task, one in of.items()} for name, of in keys.items()}
    return javascript("score", keys=data, sets=sets, words=messages("en"), changes=list(changes))


SHAPE, SCORE = "answershape.js", "answerscore.js"
# a word for each mistake, the file in which it is made, what stands there, and what would stand there
MISTAKES = [
    ("space", SHAPE, 'BETWEEN = new RegExp(`[${SPACE},;]+`, "u")', r"BETWEEN = /[\s,;]+/u"),
    ("letter", SHAPE, 'LETTER = "\\\\p{L}\\\\p{N}_"', 'LETTER = "a-zA-Z0-9_"'),
    ("strip", SHAPE, "(sign) => BLANK.test(sign)", r"(sign) => /\s/.test(sign)"),
    ("lines", SHAPE, r"[\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029]/u", r"[\n\r]/u"),
    ("casefold", SHAPE, "FOLDED[sign] ?? sign.toLowerCase()", "sign.toLowerCase()"),
    (
        "code points",
        SHAPE,
        "const signs = [...strip(line)];",
        "const signs = strip(line).split('');",
    ),
    ("ties", SCORE, "const isBetween = ", "const isBetween = false && "),
    ("critical", SCORE, "if (!critical.every(holds)) return 0;", ""),
    ("chance", SCORE, "(share - chance) / (1 - chance)", "share"),
    ("wrong letters", SCORE, "- (wrong.length ? taken(wrong) : 0)", ""),
    (
        "twice",
        SHAPE,
        'if (new Set(given).size < given.length) throw new AnswerError("letter-twice");',
        "",
    ),
    ("missing steps", SHAPE, "if (missing.length) throw", "if (false) throw"),
    ("clamp", SCORE, "Math.min(Math.max(given, 0), 1)", "given"),
    ("hint", SCORE, "clamped < 1 && hint", "hint"),
    ("order of checks", SCORE, "of checks) read.push(", "of [...checks].reverse()) read.unshift("),
    ("whole numbers", SHAPE, 'kind === "number" || read.isWhole', "true"),
]


def test_the_same_points(javascript, keys):
    """Do 200 sets of answers earn in a browser what they earn in Python, and would a mistake show?"""
    chance = random.Random(33)  # noqa: S311 - not for secrets
    found = compared(javascript, keys, chance, [mistake[1:] for mistake in MISTAKES])
    assert found["differ"] == []
    unseen = [MISTAKES[at][0] for at, seen in enumerate(found["changes"]) if seen != "seen"]
    assert (unseen, len(MISTAKES)) == ([], 16)


@pytest.mark.prove
def test_the_same_points_of_random_answers(javascript, keys, request):
    """Do others that nobody has seen before?"""
    chance = random.Random(request.config.getoption("hypothesis_seed"))  # noqa: S311
    assert compared(javascript, keys, chance)["differ"] == []


def test_every_task_of_part_1(keys):
    """Has each exercise a key of its nine tasks, of 40 points?"""
    del keys["odd"]
    assert {len(of) for of in keys.values()} == {9}
    assert {sum(one.most for one in of.values()) for of in keys.values()} == {40}


def test_not_answered():
    """Does a task that nobody answered earn and hear what it does as it was released?"""
    for exercise in SOURCES.values():
        checks = {name: cell for name, _, cell in tasks(exercise)}
        blank = [(name, text) for name, text, _ in tasks(with_checks(exercise))]
        assert len(blank) == len(checks) == 9
        for name, text in blank:
            assert checks[name].marked(text) == checks[name].marked(""), name


def with_checks(exercise):
    """An exercise as it is released, with the checks that have all that is hidden."""
    released = without_solutions(exercise)
    for one, other in zip(released.cells, exercise.cells, strict=True):
        if one.metadata.get("nbgrader", {}).get("grade"):
            one.source = other.source
    return released


@pytest.mark.parametrize(
    ("check", "why"),
    [
        ("points(1 if same(task_1, 'a') else 0, 4)", "whether something is true"),
        ("points(float(task_1 == 'a'), 4)", "compares an answer"),
        ("points(len(task_1) / 3, 4)", "len"),
        ("points({'a': 1}[task_1], 4)", "hash"),
        ("points(same(field(task_1, 'women'), 4), 4)", "field"),
        ("points(same(task_1, 'a'), 3)", "the cell's 4"),
        ("same(task_1, 'a')", "the cell's 4"),
    ],
)
def test_not_recorded(check, why):
    """Is a hidden test that no browser could do refused, with its file and its cell?"""
    with pytest.raises(UnrecordableError, match=re.escape(why)) as refused:
        key(made_up(check), "exercises/x/exercise.md")
    assert str(refused.value).startswith("exercises/x/exercise.md: task-1-check: ")
