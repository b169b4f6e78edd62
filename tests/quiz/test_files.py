"""Which files of a course hold questions."""

from fourps.quiz.files import of_the_course


def test_of_the_course(tmp_path):
    """Are decisions, quizzes and tests found, and nothing else that lies beside them?"""
    asked = [f"modules/ferry/{name}.yaml" for name in ("decides", "quiz", "sorting")]
    asked += ["book/first.yaml", "book/forms/after.yaml"]
    others = [f"book/{name}.yaml" for name in ("reviewers", "rules", "world")]
    others += ["modules/ferry/outcomes.yaml", "modules/ferry/scenario.yaml", "book/first.md"]
    for name in (*others, *reversed(asked)):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    assert [path.relative_to(tmp_path).as_posix() for path in of_the_course(tmp_path)] == asked
