"""The course as its grader knows it."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

import fourps
from fourps.course.english.exercises import HINT
from fourps.course.files import content_root, course_here
from fourps.course.mime import LANGUAGE
from fourps.course.words import exercise_words, translated
from fourps.grading.certificate.completion import first_points, standing
from fourps.handin.answers_file import Answers, parse_answers
from fourps.handin.handin_file import MANIFEST, HandIn, Manifest, parse_handin
from fourps.handin.packed import packed_in, unpack
from fourps.handin.released_exercise import KEY, ReleasedExercise, read
from nbseal.base.handins import Handins
from nbseal.base.notebook_file import REFUSALS
from nbseal.base.profile import Profile
from nbseal.reasons import TEXTS

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date

    from fourps.handin.records import Players
    from nbseal.base.about import AboutAssignment
    from nbseal.base.rubric import Rubric

# what lies in the checkout and no learner may see stays out: only these parts of it are shown
_CONTENT = ("modules", "book", "_toc.yml")


class CourseHandins(Handins):
    """Reads what ``fourps submit`` packs, and what the exercise's page makes."""

    manifest = MANIFEST
    notebook = "exercise"

    def parse(self, archive: zipfile.ZipFile, name: str) -> HandIn:
        return parse_handin(archive, name)

    def parse_manifest(self, data: bytes) -> Manifest:
        return Manifest.model_validate_json(data)

    def parse_answers(self, data: bytes, name: str) -> Answers:
        return parse_answers(data, name)

    def released(self, notebook: Any) -> ReleasedExercise:
        return read(notebook)

    def packed(self, text: str) -> list[str]:
        return packed_in(text)

    def unpack(self, packed: str) -> list[tuple[date, str]]:
        return [(attempt.day, str(attempt.record)) for attempt in unpack(packed).attempts]

    def replay(self, root: Path | None, lines: Iterable[str]) -> tuple[list[str], list[str]]:
        from fourps.handin.records import check_records

        return check_records(lines, _players((root or course_here()).resolve()))


@cache
def _players(root: Path) -> Players:
    """Read once for all hand-ins of a run, and only if one of them has records."""
    # every grading command reads this profile, and few of them replay
    from fourps.handin.records import players

    return players(root)


def _certificates(course: Path, learners: Collection[str]) -> Iterator[Path]:
    """Yield the certificates of learners, page and PDF."""
    folder = course / "records"
    if not learners or not folder.is_dir():
        return
    # what makes certificates takes long to load
    from fourps.grading.certificate.issue import file_name

    for learner in sorted(learners):
        with suppress(ValueError):
            stem = file_name(learner)
            paths = (folder / f"{stem}{end}" for end in (".html", ".pdf"))
            yield from (path for path in paths if path.is_file())


def _about(assignment: str, language: str) -> AboutAssignment:
    """Return what learners are told of an exercise."""
    # feedback needs it, and no other command
    from fourps.grading.tasks import about

    return about(assignment, language)


@cache
def _words(language: str) -> dict[str, str]:
    """Return what feedback says, with the reasons why something was not graded."""
    return exercise_words(language) | translated(TEXTS | REFUSALS, language, "report")


def _rubric(folder: Path, assignment: str, cell: str, language: str) -> Rubric | None:
    """Read how a written task is marked."""
    # whoever marks needs it, and no other command
    from fourps.grading.rubric import for_cell

    return for_cell(folder, assignment, cell, language)


def profile() -> Profile:
    """Return the profile.

    Examples
    --------
    >>> profile().command, profile().language_key
    ('fourps grade', 'fourps_language')
    """
    package, content = Path(fourps.__file__).resolve().parent, content_root()
    # a checkout has the sources of all exercises, and their history; an installed package has none
    checkout = () if content.is_relative_to(package) else (content,)
    return Profile(
        command="fourps grade",
        key=KEY,
        version=version("fourps"),
        preload=("numpy", "pandas", "matplotlib.pyplot", "fourps.exercise"),
        guarded=("fourps.exercise",),
        roots=(package.parent,),
        shown=(package, *(content / part for part in _CONTENT)),
        hidden=checkout,
        language_variable=LANGUAGE,
        hint=HINT,
        advice="autograder/SEALING.md",
        release="fourps grade release --course {course}",
        due='fourps grade release {assignment} --due "2026-12-01 17:00"',
        part=first_points,
        part_name="first 70",
        folder=Path("autograder"),
        outdated="Records of completion from before these marks: {}. Look whether they still hold: "
        "issue them again with fourps grade record, or revoke them with fourps grade revoke.",
        certificates=_certificates,
        feedback_steps=("fourps.grading.in_language.InLanguage",),
        about=_about,
        standing=standing,
        rubric=_rubric,
        handins=CourseHandins(),
        words=_words,
    )
