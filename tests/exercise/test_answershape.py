"""What the page of an exercise says of an answer's shape: the same as its check in the notebook."""

import random
import re

import pytest
from babel import Locale

from fourps.course.mime import LANGUAGE
from fourps.course.words import EXERCISE, languages
from fourps.exercise import check_fields, moment
from fourps.exercise.declared import declared
from fourps.exercise.messages import messages
from fourps.grading.release_exercises import without_solutions
from nbseal.base.cells import grade_id

pytestmark = pytest.mark.once
HIDDEN = re.compile(r"### BEGIN HIDDEN TESTS.*", re.DOTALL)
# what Python and JavaScript call a space, a letter, a figure or a line is not the same
ODD = [
    *(
        "\u00a0",
        "\u2003",
        "\ufeff",
        "\u200b",
        "\x1c",
        "\x1f",
        "\x85",
        "\u2028",
        "\x0b",
        "\r\n",
        "\r",
    ),
    *("\u00b2", "\u2168", "\u0663", "\uff14", "\u0301", "\U0001f9d1", "\u202e", "\x00", "\ud800"),
    *(
        "\u017f",
        "\u212a",
        "\u00df",
        "\ufb06",
        "\u0130",
        "\u0131",
        "\u03c2",
        "\u02b0",
        "\u4e00",
        "\u2460",
    ),
]
ABSURD = [
    *("", " ", "\n\n", ":", "a", "a:", ": a", "|", "| --- | --- |", "letters:", "x: y", "a: a: a"),
    *("letters: a, b\nletters: c", "letters: a, a", "letters: ab", "A B C", "a;b;c", "[a, b, c]"),
    *("'''", '"""', "\\", "a\\nb", "### BEGIN HIDDEN TESTS\nx\n### END HIDDEN TESTS", "{label} {}"),
    *("7", "+7", "-0", "7.", ".7", "7.5", "7,5", "0,125", "1,250", "7 8", "9" * 16, "1e3", "0x1F"),
    *("\U0001f9d1" * 61, "a: " + "\U0001f9d1" * 61, " " * 200 + "x", "a:\n" * 80, "=" * 90),
]
QUOTED = ['""', "''", "``", "\u2018\u2019", "“”", "«»", "[]", "()", "{}", "||", "\u00a0\u202f"]
MOMENTS = [
    *(
        "Friday 09:30",
        "friday 9.30",
        "vendredi 9 h 30",
        "« dimanche à 7\u00a0h\u00a005 »",
        "Friday",
    ),
    *("Friday 24:00", "Friday 25:00", "Friday 9:60", "Friday, 9h30!", "Friday.,  09:30", "09:30"),
    *("Friday \u0669:30", "Friday 1\u0666:20", "Friday 2\u0664:00", "Blahday 10:00", "Xday 99:99"),
    *(
        "Friday\u20039:30",
        "fr\u0131day 9:30",
        "\uff26riday 9:30",
        "Friday_9:30",
        "\u00b2friday 9:30",
    ),
    *("Friday \U0001d7d7:30", "Friday 0\U0001d7e1:30", "thur\u017fday 9:30", "Friday à 9:30"),
]


def visible(cell):
    """The part of a check that learners see."""
    return HIDDEN.sub("", cell.source)


def answer_of(source):
    """The text that an answer cell binds, whatever its name."""
    space = {}
    exec(source, space)  # noqa: S102 - our own exercise
    return next(value for name, value in space.items() if name.startswith("task_"))


def task_of(check, released, right):
    """A task: its check, what is declared, and its answers as released and as they should be."""
    name = re.search(r"task_\d", check.source)[0]
    checks = declared(check.source)
    code = compile(visible(check), grade_id(check), "exec")
    return {"name": name, "code": code, "checks": checks, "texts": (released, right)}


def as_data(check):
    """A check as a page carries it."""
    fields = {label: field._asdict() for label, field in check.fields.items()}
    return {"kind": check.kind, "letters": check.letters, "kinds": check.kinds, "fields": fields}


@pytest.fixture(scope="module")
def tasks(exercise, answers):
    """The tasks of an exercise that need no programming."""
    names = answers["guesses"]
    released = {grade_id(cell): cell.source for cell in without_solutions(exercise).cells}
    cells = {grade_id(cell): cell for cell in exercise.cells if grade_id(cell)}
    return [
        task_of(cells[f"{name}-check"], answer_of(released[name]), answer_of(cells[name].source))
        for name in names
    ]


def slips(text, chance):
    """Write an answer as people do, and as nobody would."""
    lines = text.strip().split("\n")
    yield from (text.upper(), text.replace(":", " = "), text.replace(":", ""), text + text)
    yield from (f"| {line.replace(':', ' |')} |" for line in lines)
    yield from (re.sub(r": (.+)", rf": {marks[0]}\1{marks[1]},", text) for marks in QUOTED)
    # a label without anything, and then again
    yield "\n".join((re.sub(r":.*", ":", lines[0]), *lines))
    yield "\n".join((*lines, "\U0001d41a: x"))
    yield from ("\n".join(lines[:-1]), "\n".join(reversed(lines)), text.replace("\n", "\r\n"))
    for sign in chance.sample(ODD, 12):
        at = chance.randrange(len(text))
        yield text[:at] + sign + text[at:]
        yield text.replace("\n", sign)
        line = chance.randrange(len(lines))
        yield "\n".join([*lines[:line], lines[line] + sign, *lines[line + 1 :]])
    for one in chance.sample([*ABSURD, *MOMENTS], 24):
        line = chance.randrange(len(lines))
        label = lines[line].partition(":")[0]
        yield "\n".join([*lines[:line], f"{label}: {one}", *lines[line + 1 :]])
    signs = [*text, *ODD, *"abcdefghijkABCDxyz0123456789:=|-, \n\"'[]{}.#"]
    for _ in range(20):
        yield "".join(chance.choices(signs, k=chance.randrange(60)))


def answers_to(task, every=1):
    """Return two answers as they stand in the exercise, and of many others each, or every sixth."""
    chance = random.Random(f"{task['name']}{task['texts']}")  # noqa: S311 - not for secrets
    released, right = task["texts"]
    others = [*ABSURD, *slips(right, chance), *slips(released, chance)]
    return [released, right, *others[::every]]


def told(task, answer):
    """What the check of a task says, run as the notebook runs it."""
    try:
        exec(task["code"], {task["name"]: answer})  # noqa: S102 - our own exercise
    except AssertionError as error:
        return str(error)
    return ""


@pytest.mark.parametrize(("language", "every"), [("en", 1), ("fr", 6)])
def test_the_page_says_what_the_check_says(javascript, monkeypatch, tasks, language, every):
    """Does the page say the same words of every answer, right, wrong, absurd and hostile ones?"""
    monkeypatch.setenv(LANGUAGE, language)
    asked = [
        {"checks": [*map(as_data, task["checks"])], "answers": answers_to(task, every)}
        for task in tasks
    ]
    shown = javascript("shapes", words=messages(language), tasks=asked)
    for task, one, found in zip(tasks, asked, shown, strict=True):
        expected = [told(task, answer) for answer in one["answers"]]
        differing = {
            answer: (ours, theirs)
            for answer, ours, theirs in zip(one["answers"], expected, found, strict=True)
            if ours != theirs
        }
        assert differing == {}, task["name"]
        # as released it is not done, and the right one fits
        assert expected[0]
        assert not expected[1]
        assert every > 1 or expected.count("") > 3


def test_fields_have_the_same_values(javascript, tasks):
    """Does the page read the values that the hidden tests take?"""
    asked = [
        {"fields": one.fields, "answers": answers_to(task)}
        for task in tasks
        for one in task["checks"]
        if one.fields
    ]
    found = javascript("fields", tasks=asked)
    for one, values in zip(asked, found, strict=True):
        read = [values_of(answer, one["fields"]) for answer in one["answers"]]
        assert read == values
        assert sum(value is not None for value in read) > 3


def values_of(answer, fields):
    try:
        return check_fields(answer, **fields)
    except AssertionError:
        return None


def test_moments(javascript):
    """Is a weekday and a time read in each language of the exercises, in figures of any script?"""
    names = [
        name
        for language in languages(EXERCISE)
        for name in Locale.parse(language, sep="-").days["format"]["wide"].values()
    ]
    texts = [*MOMENTS, *ABSURD, *(f"{name} 16 h 20" for name in names)]
    read = [moment(text) for text in texts]
    assert javascript("moments", texts=texts) == read
    assert all(re.fullmatch(r"[A-Z]\w+day 16:20", one) for one in read[-len(names) :])


def test_letters_of_other_scripts(javascript):
    """Are the same signs of all scripts read as small letters of English?"""
    # no sign of a later plane folds to these letters
    folded = [[sign, sign.casefold()] for sign in map(chr, range(0x20000))]
    assert javascript("folds") == [
        [sign, letters] for sign, letters in folded if letters.isascii() and letters.isalpha()
    ]
