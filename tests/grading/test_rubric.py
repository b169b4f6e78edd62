"""The rubrics as whoever marks gets them."""

import pytest

from fourps.course.problem import BrokenSourceError
from fourps.grading.rubric import for_cell, read

PARTS = [
    *("foundations", "prevention", "protection", "prosecution"),
    *("partnership", "response", "frameworks", "capstone"),
]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("module", PARTS)
def test_every_rubric(root, module, language):
    """Has each written task five criteria, a cap, three samples and what to do at a real case?"""
    rubrics = read(root, root / "exercises" / module / "rubric.md", language)
    assert [*rubrics] == [10, 11]
    for number, rubric in rubrics.items():
        assert str(number) in rubric.title
        assert [one.key for one in rubric.criteria] == [*"ABCDE"]
        assert all(len({one.name, *one.levels}) == 5 for one in rubric.criteria)
        assert (rubric.most, rubric.cap, rubric.cap_text[-1]) == (15, 5, ".")
        weak, sound, strong = rubric.samples
        assert weak.points <= 5 < sound.points < strong.points
        assert all(len(one.text) > 150 for one in rubric.samples)
        assert weak.why
        assert sound.why
        # neither of them stands in the other
        assert "book/local.md" in rubric.stop
        assert "book/local.md" not in rubric.before
        assert rubric.before.startswith("- ")
    english = read(root, root / "exercises" / module / "rubric.md")
    assert (rubrics == english) == (language == "en")
    assert [one.scores for one in rubrics[10].samples] == [
        one.scores for one in english[10].samples
    ]


def test_which_cell(root, tmp_path):
    """Has a written task its rubric, and no other cell and no other course one?"""
    folder = root / "autograder"
    assert for_cell(folder, "protection", "task-10", "en").title.startswith("Task 10")
    assert for_cell(folder, "protection", "task-10", "fr").title.startswith("Tâche")
    assert for_cell(folder, "protection", "task-9", "en") is None
    assert for_cell(folder, "protection", "essay", "en") is None
    assert for_cell(folder, "ps1", "task-10", "en") is None
    # beside the folder stands the course whose rubrics are meant
    (tmp_path / "exercises").mkdir()
    assert for_cell(tmp_path / "autograder", "protection", "task-10", "en") is None


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("| A | The log entry is minimal |", "| A | |", 27, "a row has"),
        ("| E | The text is honest |", "| E | The text is honest", 31, "a row has"),
        ("**Cap: 5 points** if the name", "If the name", 23, "Cap"),
        ("(15 points)\n\n| |", "(12 points)\n\n| |", 23, "15 points, and not 12"),
        ("Weak: 4 points (A 1,", "Weak: 5 points (A 1,", 38, "4 points, and not 5"),
        ("Weak: 4 points (A 1,", "Weak: 4 points (", 38, "number for each criterion"),
        ("(`book/local.md`)", "", 1, "real case"),
        (" (15 points)", "", 1, "heading"),
    ],
)
def test_broken(root, tmp_path, old, new, line, said):  # noqa: PLR0917 - a table of mistakes
    """Does a rubric that is not as it should be say file and line, and what is expected?"""
    text = (root / "exercises" / "protection" / "rubric.md").read_text("utf-8")
    assert old in text
    path = tmp_path / "exercises" / "protection" / "rubric.md"
    path.parent.mkdir(parents=True)
    path.write_text(text.replace(old, new), "utf-8")
    with pytest.raises(BrokenSourceError) as caught:
        read(tmp_path, path)
    [problem] = caught.value.problems
    assert (problem.path, problem.line, problem.name) == (path, line, "rubric")
    assert said in problem.message
