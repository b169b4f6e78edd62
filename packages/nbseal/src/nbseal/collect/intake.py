"""One run of collecting: each upload is read, matched with what was released, and written."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from nbseal.base.errors import RefusedError
from nbseal.base.from_outside import shown
from nbseal.base.handins import NotAnExerciseError, NotAnswersError, is_learner
from nbseal.base.notebook_file import dump, parse
from nbseal.base.profile import profile
from nbseal.base.zip_entry import BROKEN, EntryError
from nbseal.collect.enrolled_students import Students
from nbseal.collect.owners import Claims, OtherPersonError, SharedIdError, two_names
from nbseal.collect.refusals import Refusals, forget
from nbseal.collect.released_notebooks import OtherExerciseError, UnknownNotebookError, restore
from nbseal.collect.remarks import Collection
from nbseal.collect.submissions import OURS, Version, Versions, find, write_submission
from nbseal.collect.uploads import KINDS, Upload, in_zip
from nbseal.machine import brief, of_this_machine, stops_all
from nbseal.moodle.file_names import original
from nbseal.reasons import because
from nbseal.time_limit import TooSlowError, in_time, unhurried

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from nbgrader.coursedir import CourseDirectory

    from nbseal.base.handins import Answers, HandIn, Manifest
    from nbseal.collect.owners import Owner, Owners
    from nbseal.collect.released_notebooks import MatchedNotebook, ReleasedNotebooks
    from nbseal.collect.uploads import Uploads

# endings of what is taken from a zip that a learner made
_INSIDE = (".ipynb", ".txt")
# what is wrong with a file that only lies there, by its ending; a text may be too large to be read
_STRAY = {".ipynb": (NotAnExerciseError, UnknownNotebookError), ".txt": (EntryError,)}


class Intake:
    """One run of collecting: takes what was uploaded, each file by itself.

    Parameters
    ----------
    course
        nbgrader's description of the course's folders.
    root
        The folder that records in hand-ins belong to, if not the one that the profile knows.
    released
        What was released there.
    owners
        Whose each file is.

    Attributes
    ----------
    collection
        What was taken so far.
    students
        Who is to be in the gradebook.
    refusals
        Why there is nothing of whom.
    """

    def __init__(
        self,
        course: CourseDirectory,
        root: Path | None,
        released: ReleasedNotebooks,
        owners: Owners,
    ) -> None:
        self.collection = Collection()
        self.owners = owners
        self.students = Students(Path(course.root), self.collection)
        self.refusals = Refusals(Path(course.root), released, self.collection)
        before = {mine.student for name in released.notebooks for mine in find(course, name)}
        self._claims = Claims(owners, course, released, self.collection, before)
        self._versions = Versions(released, self.collection)
        self._course = course
        self._root = root
        self._released = released
        # hand-ins of which only the inside says whose they are
        self._unnamed: list[tuple[Upload, Owner]] = []

    def take(self, uploads: Uploads, progress: Callable[[int, int], None] | None) -> None:
        """Take all that was uploaded, or as much as this machine can take."""
        try:
            self._take(uploads, progress)
            self.refusals.keep()
        except OSError as error:
            self.collection.stop(error)
        self.collection.taken.sort()

    def _take(self, uploads: Uploads, progress: Callable[[int, int], None] | None) -> None:
        heard: set[str] = set()
        for parts, why in uploads.refused:
            self.collection.say(str(why), parts[0])
            heard.add(parts[0])
            self._refuse(*self._claims.by_name(parts, self.owners.of(parts)), noted=why.noted)
        for number, upload in enumerate(uploads.files):
            if progress:
                progress(number, len(uploads.files))
            owner = self.owners.of(upload.parts)
            tried = upload.suffix in KINDS and not owner.typed and self._try(upload, owner)
            if tried or owner.typed:
                heard.add(upload.parts[0])
            if not tried:
                self._pass_over(upload, owner)
        self._folders(uploads, heard)
        self.collection.say_beside()
        # once it is known what all others have handed in
        for upload, owner in self._unnamed:
            self._try(upload, owner, last=True)

    def _pass_over(self, upload: Upload, owner: Owner) -> None:
        """Say of a file that it is none to be collected."""
        if owner.typed:
            self.collection.say(f"{owner.learner}: typed a text into Moodle; read it there.")
            self._refuse(owner.learner, noted="refused-text")
        elif len(upload.parts) == 1:
            self.collection.say(f"{upload.name}: neither a hand-in nor a notebook; left out.")
            learner, assignment = self._claims.by_name(upload.parts, owner)
            if owner.vouched or assignment:
                self._refuse(learner, assignment, noted="refused-kind")
        elif upload.parts[-1] not in OURS:
            self.collection.leave_beside(owner.learner, [upload.parts[1:]])

    def _folders(self, uploads: Uploads, heard: set[str]) -> None:
        """Say of which folders nothing was heard."""
        filled = {upload.parts[0] for upload in uploads.files if len(upload.parts) > 1}
        for name in sorted((filled | uploads.folders) - heard):
            self.collection.say(f"{shown(name)}: there is no notebook in this folder.")
            learner = self._claims.noted_of(self.owners.of((name, "")))
            if name in filled:
                self._refuse(learner, noted="refused-kind")
            else:
                self.students.add(learner)

    def _refuse(self, learner: str, assignment: str = "", *, noted: str) -> None:
        """Remember that somebody did hand in something, for an assignment if that is known."""
        # a file that says two names may be anybody's, and so may one that says none
        if noted == OtherPersonError.noted or not is_learner(learner):
            self.collection.left += 1
        else:
            self.students.add(learner)
        self.refusals.add(learner, assignment, because(noted))

    def _try(self, upload: Upload, owner: Owner, *, last: bool = False) -> bool:
        """Take a file, or say why not; return whether it is one that could be a hand-in."""
        try:
            with in_time():
                data = upload.read()
                if upload.suffix == ".zip":
                    self._zip(upload, owner, data, last=last)
                elif upload.suffix == ".txt":
                    self._text(upload, owner, data, last=last)
                else:
                    self._notebook(upload, owner, parse(data, upload.name), None)
        except NotAnswersError:
            return False
        # what a document does to a library has no end of names
        except Exception as error:  # noqa: BLE001 - one learner's trouble stops no other
            if _is_refused(error):
                self._leave_out(upload, owner, error, self._claims.by_name(upload.parts, owner))
            else:
                self._not_now(upload, error)
        return True

    def _leave_out(
        self, upload: Upload, owner: Owner, error: Exception, whose: tuple[str, str]
    ) -> None:
        """Say what is wrong with a file, and remember it of whoever handed it in."""
        why = str(error) or type(error).__name__
        line = why if why.startswith(upload.name) else f"{upload.name}: {why}"
        self.collection.say(line, upload.parts[0])
        if isinstance(error, SharedIdError) or self._is_stray(upload, owner, error):
            self.collection.left += 1
        elif isinstance(error, OtherExerciseError) and not owner.vouched:
            # it may lie in the same folder as what is collected
            self.students.add(whose[0])
        else:
            noted = error.noted if isinstance(error, RefusedError) else RefusedError.noted
            self._refuse(*whose, noted=noted)

    def _is_stray(self, upload: Upload, owner: Owner, error: Exception) -> bool:
        """Say whether it is a file of something else, which makes nobody a learner."""
        other = isinstance(error, _STRAY.get(upload.suffix, ()))
        alone = len(upload.parts) == 1
        return other and alone and not owner.vouched and owner.learner not in self.students.enrolled

    def _not_now(self, upload: Upload, error: Exception) -> None:
        """Name what could not be taken here, and blame nobody."""
        if stops_all(error):
            raise error
        self.collection.left += 1
        why = (
            f"it cannot be taken here ({brief(error)}). That is no fault of whoever handed it in, "
            "and nothing is noted of them. Mend it, then collect again."
        )
        if isinstance(error, TooSlowError):
            why = (
                f"{error} to read it, so it is left out, and nothing is noted of whoever handed it "
                "in. Look at it, or collect it again when this computer is idle."
            )
        self.collection.say(f"{upload.name}: {why}", upload.parts[0])

    def _zip(self, upload: Upload, owner: Owner, data: bytes, *, last: bool) -> None:
        with in_zip(data, upload.name) as inside:
            if not inside.is_handin:
                self._inside(upload, owner, inside)
                return
            handins = profile().handins
            [about] = [entry for entry in inside.files if entry.parts == (handins.manifest,)]
            with self._named_inside(upload, owner, lambda: handins.parse_manifest(about.read())):
                self._handin(upload, owner, handins.parse(inside.archive, upload.name), last=last)

    def _text(self, upload: Upload, owner: Owner, data: bytes, *, last: bool) -> None:
        """Take answers alone, as the released notebook with them in it."""

        def read() -> Answers:
            return profile().handins.parse_answers(data, upload.name)

        with self._named_inside(upload, owner, read):
            answers = read()
            if mine := self._owned(upload, owner, answers, last=last):
                match, notebook = self._released.filled(answers)
                records = self._records(mine.learner, answers)
                self._notebook(upload, mine, notebook, records, match, unsure=last)

    @contextmanager
    def _named_inside(
        self, upload: Upload, owner: Owner, read: Callable[[], Manifest]
    ) -> Iterator[None]:
        """Remember what is refused of whom a hand-in names inside, if that can be read."""
        try:
            yield
        except (OtherPersonError, NotAnswersError):
            # whose it is stays open, as with what cannot be read
            raise
        except (RefusedError, *BROKEN) as error:
            if not _is_refused(error):
                raise
            whose = self._claims.by_manifest(upload, owner, read)
            self._leave_out(upload, owner, error, whose)

    def _inside(self, upload: Upload, owner: Owner, inside: Uploads) -> None:
        """Take the work in a zip that the learner made, which is no hand-in file."""
        for _, why in inside.refused:
            self.collection.say(str(why), upload.parts[0])
        beside = []
        for entry in inside.files:
            mine = Upload((*upload.parts, *entry.parts), upload.time, entry.read)
            if entry.suffix not in _INSIDE or not self._try(mine, owner):
                beside.append(entry.parts)
        self.collection.leave_beside(owner.learner, beside)
        if len(beside) == len(inside.files):
            self.collection.say(f"{upload.name}: there is no notebook in it.")
            self._refuse(self._claims.noted_of(owner), noted="refused-kind")

    def _handin(self, upload: Upload, owner: Owner, handin: HandIn, *, last: bool) -> None:
        manifest = handin.manifest
        mine = self._owned(upload, owner, manifest, last=last)
        if not mine:
            return
        records = self._records(mine.learner, manifest)
        notebook = parse(handin.notebook, upload.name)
        exercise = notebook.metadata.get(profile().key, {}).get("exercise")
        if exercise != manifest.exercise:
            about, other = profile().handins.manifest, "its notebook for another exercise"
            raise RefusedError(f"its {about} is for '{manifest.exercise}' and {other}.")
        self._notebook(upload, mine, notebook, records, unsure=last)

    def _owned(
        self, upload: Upload, owner: Owner, manifest: Manifest, *, last: bool
    ) -> Owner | None:
        """Return whose a hand-in is, by its outside and inside; none if that is asked again last.

        Raises
        ------
        OtherPersonError
            If the two name two people.
        """
        if not self._claims.named(upload, owner, manifest):
            if not last:
                self._unnamed.append((upload, owner))
                return None
            if self._claims.is_known(owner.learner):
                raise two_names(upload, owner.learner, manifest)
        if owner.vouched:
            return owner
        learner = manifest.learner
        outside = owner.called if owner.learner == learner else ""
        return owner._replace(learner=learner, called=learner, outside=outside, inside=True)

    def _records(self, learner: str, manifest: Manifest) -> list[str]:
        """Return the records of a hand-in that can be replayed, and say which cannot."""
        lines = manifest.records
        records, refused = profile().handins.replay(self._root, lines) if lines else ([], [])
        for line in refused:
            self.collection.say(f"{learner}: {line}", learner)
        return records

    def _notebook(
        self,
        upload: Upload,
        owner: Owner,
        notebook: Any,
        records: list[str] | None,
        match: MatchedNotebook | None = None,
        *,
        unsure: bool = False,
    ) -> None:
        learner = owner.learner
        self._claims.require_one_name(upload, owner)
        stem = PurePosixPath(upload.parts[-1]).stem
        match = match or self._released.match(notebook, stem)
        if match.version not in ("", profile().version):
            self.collection.say(
                f"{learner}: made with release {shown(match.version)} of the course; here is "
                f"{profile().version}.",
                learner,
            )
        time = owner.time if owner.vouched else upload.time
        mine = Version(time.timestamp() if time else 0.0, original(stem) == stem, upload.name)
        step = self._course.submitted_directory
        folder = Path(self._course.format_path(step, learner, match.assignment))
        restored = restore(notebook, self._released.notebooks[match.assignment][match.notebook])
        data = dump(notebook)
        path, ending = folder / f"{match.notebook}.ipynb", upload.suffix if unsure else ""
        other = self._versions.replaces(path, learner, match, data, ending)
        if not self._versions.is_newest(folder, learner, match, mine):
            return
        if other:
            self.collection.say(f"{learner}: {upload.name} replaces what was collected before.")
        for line in restored.said:
            self.collection.say(f"{learner}: {line}", learner)
        # half of a hand-in would be graded
        with unhurried():
            self._claims.remember(owner)
            write_submission(folder, match.notebook, data, records, time)
            forget(Path(self._course.root), match.assignment, learner)
            if (learner, match.assignment) not in self.collection.taken:
                self.collection.taken.append((learner, match.assignment))


def _is_refused(error: Exception) -> bool:
    """Say whether an error is of what was handed in, and not of this machine."""
    return isinstance(error, (RefusedError, *BROKEN)) and not of_this_machine(error)
