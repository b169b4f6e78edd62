"""One run of collecting: each file is read, matched with what was released, and written."""

from __future__ import annotations

from functools import cached_property
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from fourps.from_outside import shown
from fourps.grading.collect.claims import (
    Claims,
    OtherPersonError,
    SharedIdError,
    two_names,
)
from fourps.grading.collect.collection import Collection
from fourps.grading.collect.enter_learners import Students
from fourps.grading.collect.files_beside import FilesBeside
from fourps.grading.collect.matching import OtherExerciseError, UnknownNotebookError
from fourps.grading.collect.offered import Offer, in_zip
from fourps.grading.collect.refusals import Refusals
from fourps.grading.collect.restore_cells import restore
from fourps.grading.collect.submitted_folder import OURS, write
from fourps.grading.collect.versions import Version, Versions
from fourps.grading.machine import brief, of_this_machine, stops_all
from fourps.grading.moodle.names import original
from fourps.grading.reasons import because
from fourps.grading.time_limit import TooSlowError, in_time, unhurried
from fourps.handin.handin_file import MANIFEST, HandIn, HandInError, is_learner, parse_handin
from fourps.handin.notebook_file import dump, parse
from fourps.handin.players import Players, players
from fourps.handin.records import check_records
from fourps.handin.refused_error import RefusedError
from fourps.handin.released_exercise import KEY, NotAnExerciseError
from fourps.handin.zip_entry import BROKEN

if TYPE_CHECKING:
    from collections.abc import Callable

    from nbgrader.coursedir import CourseDirectory

    from fourps.grading.collect.matching import ReleasedNotebooks
    from fourps.grading.collect.offered import Offered
    from fourps.grading.collect.owners import Owner, Owners

_KINDS = (".zip", ".ipynb")


class Collector:
    """One run of collecting.

    Parameters
    ----------
    course
        nbgrader's description of the course's folders.
    root
        The folder of the course, whose scenarios and quizzes the records are checked against.
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
        self, course: CourseDirectory, root: Path, released: ReleasedNotebooks, owners: Owners
    ) -> None:
        self.collection = Collection()
        self.owners = owners
        self.students = Students(Path(course.root), self.collection)
        self.refusals = Refusals(course, released, self.collection)
        self._claims = Claims(owners, course, released, self.collection)
        self._versions = Versions(released, self.collection)
        self._course = course
        self._root = root
        self._released = released
        self._beside = FilesBeside()
        # hand-ins of which only the inside says whose they are
        self._unnamed: list[tuple[Offer, Owner]] = []

    @cached_property
    def _players(self) -> Players:
        # read once for all hand-ins, and only if one of them has records
        return players(self._root)

    def take(self, offered: Offered, progress: Callable[[int, int], None] | None) -> None:
        """Take all that is offered, or as much as this machine can take."""
        try:
            self._take(offered, progress)
            self.refusals.keep()
        except OSError as error:
            self.collection.stop(error)
        self.collection.taken.sort()

    def _take(self, offered: Offered, progress: Callable[[int, int], None] | None) -> None:
        heard: set[str] = set()
        for parts, why in offered.refused:
            self.collection.say(str(why), parts[0])
            heard.add(parts[0])
            self._refuse(*self._claims.by_name(parts, self.owners.of(parts)), noted=why.noted)
        for number, offer in enumerate(offered.offers):
            if progress:
                progress(number, len(offered.offers))
            owner = self.owners.of(offer.parts)
            if owner.typed or offer.suffix in _KINDS:
                heard.add(offer.parts[0])
            if offer.suffix in _KINDS and not owner.typed:
                self._try(offer, owner)
            else:
                self._pass_over(offer, owner)
        self._folders(offered, heard)
        self._beside.say(self.collection)
        # once it is known what all others have handed in
        for offer, owner in self._unnamed:
            self._try(offer, owner, last=True)

    def _pass_over(self, offer: Offer, owner: Owner) -> None:
        """Say of a file that it is none to be collected."""
        if owner.typed:
            self.collection.say(f"{owner.learner}: typed a text into Moodle; read it there.")
            self._refuse(owner.learner, noted="refused-text")
        elif len(offer.parts) == 1:
            self.collection.say(f"{offer.name}: neither a hand-in (zip) nor a notebook; left out.")
            if owner.vouched:
                self._refuse(owner.learner, noted="refused-kind")
        elif offer.parts[-1] not in OURS:
            self._beside.add(owner.learner, [offer.parts[1:]])

    def _folders(self, offered: Offered, heard: set[str]) -> None:
        """Say of which folders nothing was heard."""
        filled = {offer.parts[0] for offer in offered.offers if len(offer.parts) > 1}
        for name in sorted((filled | offered.folders) - heard):
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

    def _try(self, offer: Offer, owner: Owner, *, last: bool = False) -> None:
        try:
            with in_time():
                data = offer.read()
                if offer.suffix == ".zip":
                    self._zip(offer, owner, data, last=last)
                else:
                    self._notebook(offer, owner, parse(data, offer.name), None)
        # what a document does to a library has no end of names
        except Exception as error:  # noqa: BLE001 - one learner's trouble stops no other
            if _is_refused(error):
                self._leave_out(offer, owner, error, self._claims.by_name(offer.parts, owner))
            else:
                self._not_now(offer, error)

    def _leave_out(
        self, offer: Offer, owner: Owner, error: Exception, whose: tuple[str, str]
    ) -> None:
        """Say what is wrong with a file, and remember it of whoever handed it in."""
        said = str(error) or type(error).__name__
        line = said if said.startswith(offer.name) else f"{offer.name}: {said}"
        self.collection.say(line, offer.parts[0])
        if isinstance(error, SharedIdError) or self._is_stray(offer, owner, error):
            self.collection.left += 1
        elif isinstance(error, OtherExerciseError) and not owner.vouched:
            # it may lie in the same folder as what is collected
            self.students.add(whose[0])
        else:
            noted = error.noted if isinstance(error, RefusedError) else RefusedError.noted
            self._refuse(*whose, noted=noted)

    def _is_stray(self, offer: Offer, owner: Owner, error: Exception) -> bool:
        """Say whether it is a notebook of something else, which makes nobody a learner."""
        other = isinstance(error, NotAnExerciseError | UnknownNotebookError)
        alone = len(offer.parts) == 1 and offer.suffix == ".ipynb"
        return other and alone and not owner.vouched and owner.learner not in self.students.enrolled

    def _not_now(self, offer: Offer, error: Exception) -> None:
        """Name what could not be taken here, and blame nobody."""
        if stops_all(error):
            raise error
        self.collection.left += 1
        if isinstance(error, TooSlowError):
            self.collection.say(
                f"{offer.name}: {error} to read it, so it is left out, and nothing is noted of "
                "whoever handed it in. Look at it, or collect it again when this computer is idle.",
                offer.parts[0],
            )
            return
        self.collection.say(
            f"{offer.name}: it cannot be taken here ({brief(error)}). That is no fault of whoever "
            "handed it in, and nothing is noted of them. Mend it, then collect again.",
            offer.parts[0],
        )

    def _zip(self, offer: Offer, owner: Owner, data: bytes, *, last: bool) -> None:
        with in_zip(data, offer.name) as inside:
            if not inside.is_handin:
                self._inside(offer, owner, inside)
                return
            try:
                self._handin(offer, owner, parse_handin(inside.archive, offer.name), last=last)
            except OtherPersonError as error:
                self._leave_out(offer, owner, error, self._claims.by_name(offer.parts, owner))
            except (RefusedError, *BROKEN) as error:
                if not _is_refused(error):
                    raise
                whose = self._claims.by_manifest(offer, owner, inside)
                self._leave_out(offer, owner, error, whose)

    def _inside(self, offer: Offer, owner: Owner, inside: Offered) -> None:
        """Take the notebooks of a zip that the learner made without ``fourps submit``."""
        for _, why in inside.refused:
            self.collection.say(str(why), offer.parts[0])
        notebooks = [entry for entry in inside.offers if entry.suffix == ".ipynb"]
        others = (entry.parts for entry in inside.offers if entry not in notebooks)
        self._beside.add(owner.learner, others)
        if not notebooks:
            self.collection.say(f"{offer.name}: there is no notebook in it.")
            self._refuse(self._claims.noted_of(owner), noted="refused-kind")
        for entry in notebooks:
            self._try(Offer((*offer.parts, *entry.parts), offer.time, entry.read), owner)

    def _handin(self, offer: Offer, owner: Owner, handin: HandIn, *, last: bool) -> None:
        manifest = handin.manifest
        if not self._claims.named(offer, owner, manifest):
            if not last:
                self._unnamed.append((offer, owner))
                return
            if self._claims.is_known(owner.learner):
                raise two_names(offer, owner.learner, manifest)
        if not owner.vouched:
            learner = manifest.learner
            outside = owner.called if owner.learner == learner else ""
            owner = owner._replace(learner=learner, called=learner, outside=outside, inside=True)
        lines = manifest.records
        records, refused = check_records(lines, self._players) if lines else ([], [])
        for line in refused:
            self.collection.say(f"{owner.learner}: {line}", owner.learner)
        notebook = parse(handin.notebook, offer.name)
        exercise = notebook.metadata.get(KEY, {}).get("exercise")
        if exercise != manifest.exercise:
            raise HandInError(
                f"its {MANIFEST} is for '{manifest.exercise}' and its notebook for another "
                "exercise."
            )
        self._notebook(offer, owner, notebook, records, sure=not last)

    def _notebook(
        self,
        offer: Offer,
        owner: Owner,
        notebook: Any,
        records: list[str] | None,
        *,
        sure: bool = True,
    ) -> None:
        learner = owner.learner
        self._claims.require_one_name(offer, owner, _KINDS)
        stem = PurePosixPath(offer.parts[-1]).stem
        match = self._released.match(notebook, stem)
        if match.version not in ("", version("fourps")):
            self.collection.say(
                f"{learner}: made with release {shown(match.version)} of the course; here is "
                f"{version('fourps')}.",
                learner,
            )
        time = owner.time if owner.vouched else offer.time
        seen = Version(time.timestamp() if time else 0.0, original(stem) == stem, offer.name)
        step = self._course.submitted_directory
        folder = Path(self._course.format_path(step, learner, match.assignment))
        restored = restore(notebook, self._released.notebooks[match.assignment][match.notebook])
        data = dump(notebook)
        other = self._versions.replaces(folder, learner, match, data, sure=sure)
        if not self._versions.is_newest(folder, learner, match, seen):
            return
        if other:
            self.collection.say(f"{learner}: {offer.name} replaces what was collected before.")
        for line in restored.said:
            self.collection.say(f"{learner}: {line}", learner)
        # half of a hand-in would be graded
        with unhurried():
            self._claims.remember(owner)
            write(folder, match.notebook, data, records, time)
            self.refusals.forget(learner, match.assignment)
            if (learner, match.assignment) not in self.collection.taken:
                self.collection.taken.append((learner, match.assignment))


def _is_refused(error: Exception) -> bool:
    """Say whether an error is of what was handed in, and not of this machine."""
    return isinstance(error, (RefusedError, *BROKEN)) and not of_this_machine(error)
