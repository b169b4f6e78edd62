"""What a person has marked, where a regrade is not plain."""

import pytest

pytestmark = pytest.mark.slow


def waiting(course):
    """Return how many marks given by hand wait to be looked at again."""
    [(number,)] = course.sql(
        "select count(*) from grade where manual_score is not null and needs_manual_grade"
    )
    return number


def mark(course):
    course.sql("update grade set manual_score = 3, needs_manual_grade = 0 where auto_score is null")


def test_it_failed_between(small, right):
    """Does what was marked stay marked after a hand-in that cannot be graded was mended?"""
    small.quicken()
    place = small.submit("ada", right)
    small.run()
    mark(small)
    whole = {path: path.read_bytes() for path in place.glob("*.ipynb")}
    for path in whole:
        path.write_text("{", "utf-8")
    assert "ada: failed." in small.run().stdout
    for path, data in whole.items():
        path.write_bytes(data)
    assert "1 decided now" in small.run().stdout
    assert waiting(small) == 0


def test_it_cannot_be_run(small, right):
    """Does what was marked by hand in a notebook that cannot be run stay marked?"""
    small.quicken()
    (small.submit("ada", right) / "two.ipynb").write_text("{", "utf-8")
    small.run()
    mark(small)
    assert "partly graded" in small.run("--force").stdout
    assert waiting(small) == 0


@pytest.mark.parametrize(
    ("line", "said", "commands"),
    [
        ("c.Autograde.autograde_preprocessors = ['nbgrader.preprocessors.Excute']", "Excute", 1),
        ("c.CourseDirectory.db_url = 'postgresql://127.0.0.1:9/x?password=secret'", "refused", 3),
        ("c.CourseDirectory.db_url = 'nonsense'", "Could not parse", 3),
        ("c.CourseDirectory.db_url = 'mysql://ada:secret@127.0.0.1/x'", "MySQLdb", 3),
        (
            "__import__('sqlite3').connect('gradebook.db').executescript('drop table if exists submitted_assignment')",
            "submitted_assignment",
            1,
        ),
    ],
)
def test_no_traceback(small, right, line, said, commands):
    """Is what cannot be used refused in a sentence, without a password, and is nothing changed?"""
    small.submit("ada", right)
    with (small.folder / "nbgrader_config.py").open("a", encoding="utf-8") as config:
        config.write(f"{line}\n")
    for words in (["run"], ["export"], ["feedback", "ps1"])[:commands]:
        done = small.fourps("grade", *words, "--course", small.folder)
        assert done.returncode == 1, words
        assert said in done.stderr, (words, done.stderr)
        assert "Traceback" not in done.stderr
        assert len(done.stderr.splitlines()) == 1, done.stderr
        assert "secret" not in done.stderr
    assert not (small.folder / "backups").exists()
