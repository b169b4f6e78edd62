from datetime import UTC, datetime

import pytest
from commands import fourps
from killing import command, survives

from fourps.report.cohort import cohort
from fourps.report.pseudonyms import pseudonyms


def run(course, root, *words, check=0):
    done = fourps("grade", "report", "--course", course, "--root", root, *words)
    assert done.returncode == check, done.stderr
    return done


@pytest.mark.slow
def test_report(course, root, tmp_path):
    """Is the page written for the facilitator alone, under pseudonyms that stay?"""
    made = course({"one": [("a", 1.0)]}, {"ada-lovelace": {"one": [0.0]}, "ben": {}})
    done = run(made.folder, root, "--out", tmp_path / "out")
    assert "2 learners; 1 may need a word from you." in done.stdout
    files = {path.name: path for path in (tmp_path / "out").iterdir()}
    assert set(files) == {"report.html"}
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in files.values())
    first = {name: path.read_bytes() for name, path in files.items()}
    assert not [name for name, data in first.items() if b"ada-lovelace" in data]
    run(made.folder, root, "--out", tmp_path / "out")
    assert {name: path.read_bytes() for name, path in files.items()} == first


@pytest.mark.slow
def test_names(course, root):
    """Does a report with names say so, on the page and in the terminal?"""
    made = course({"one": [("a", 1.0)]}, {"ada-lovelace": {"one": [0.0]}})
    done = run(made.folder, root, "--names", "--language", "fr")
    assert "confidential" in done.stderr
    text = (made.folder / "report" / "report.html").read_text("utf-8")
    assert "CONFIDENTIEL" in text
    assert "ada-lovelace" in text
    assert not (made.folder / "pseudonyms.csv").exists()


def test_folders_of_the_configuration(course, root):
    """Are hand-ins found where the configuration has them?"""
    made = course({"one": [("a", 1.0)]}, {})
    with (made.folder / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write(
            "c.CourseDirectory.directory_structure = '{assignment_id}-all/{nbgrader_step}/{student_id}'\n"
        )
    place = made.folder / "one-all" / "submitted" / "zoe"
    place.mkdir(parents=True)
    (place / "records.txt").write_text("nonsense\n", "utf-8")
    found = cohort(made.folder, root, [], 0.7, datetime(2026, 11, 25, tzinfo=UTC))
    assert found.ungraded == {"one": 1}
    assert [learner for learner, _ in found.refused] == ["zoe"]


@pytest.mark.slow
def test_refused(course, root, tmp_path):
    """Is a folder without a course or an unknown language refused?"""
    assert "nbgrader_config.py is missing" in run(tmp_path, root, check=1).stderr
    made = course({"one": [("a", 1.0)]}, {})
    assert "['en', 'fr']" in run(made.folder, root, "--language", "xx", check=1).stderr


@pytest.mark.slow
def test_killed_or_full(course, root, monkeypatch):
    """Wherever a report is killed or has no room, does the next finish, with nothing that others can read?"""
    made = course({"one": [("a", 1.0)]}, {"ada-lovelace": {"one": [0.0]}, "ben": {}})
    (made.folder / "report").mkdir()
    (made.folder / "report" / "mine.txt").write_text("mine", "utf-8")
    found = cohort(made.folder, root, [], 0.7, datetime(2026, 11, 25, tzinfo=UTC))
    # which only reads
    monkeypatch.setattr("fourps.report.cohort.cohort", lambda *_: found)
    # and what is drawn takes long
    monkeypatch.setattr("fourps.report.html_page._render", lambda *_, **_more: "<p>A report</p>")
    # drawn at random, and kept
    pseudonyms(made.folder, ["ada-lovelace", "ben"])
    before = {*made.folder.rglob("*")}

    def do():
        return command("grade", "report", "--course", made.folder, "--root", root)

    def look(point):
        new = [path for path in {*made.folder.rglob("*")} - before if path.is_file()]
        assert [path for path in new if path.stat().st_mode & 0o077] == [], point

    seen = survives(made.folder, do, look=look)
    assert any("report.html" in point for point in seen)
