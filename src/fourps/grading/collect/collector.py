"""One run of collecting: each file is read, matched with what was released, and written."""

from __future__ import annotations

import functools
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from fourps.disk import closed, refusal
from fourps.grading.collect import refused
from fourps.grading.collect.enter_learners import Student, enter
from fourps.grading.collect.matching import (
    MatchedNotebook,
    OtherExerciseError,
    ReleasedNotebooks,
    UnknownNotebookError,
)
from fourps.grading.collect.offered import ArchiveError, Offer, Offered, in_zip
from fourps.grading.collect.owners import identifier
from fourps.grading.collect.restore_cells import restore
from fourps.grading.collect.submitted_folder import OURS, earlier, write
from fourps.grading.gradebook.opening import NoGradebookError, gradebook
from fourps.grading.machine import brief, of_this_machine, stops_all
from fourps.grading.moodle.learners import by_number
from fourps.grading.moodle.names import original
from fourps.grading.nbgrader_commands import NbgraderError
from fourps.grading.reasons import because
from fourps.grading.time_limit import TooSlowError, in_time, unhurried
from fourps.handin.handin_file import MANIFEST, HandInError, Manifest, is_learner, parse_handin
from fourps.handin.notebook_file import NotebookFileError, dump, parse
from fourps.handin.players import Players, players
from fourps.handin.records import check_records
from fourps.handin.released_exercise import KEY, NotAnExerciseError
from fourps.handin.zip_entry import BROKEN, EntryError, shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from nbgrader.coursedir import CourseDirectory

    from fourps.course.reason import Reason
    from fourps.grading.collect.owners import Owner, Owners

_KINDS = (".zip", ".ipynb")
# how many files are named of those that are left out
_SHOWN = 5
_REFUSED = (
    ArchiveError,
    EntryError,
    HandInError,
    NotAnExerciseError,
    NotebookFileError,
    UnknownNotebookError,
    *BROKEN,
)


class _NoNotebookError(ArchiveError):
    """A zip without a notebook."""


class _OtherPersonError(HandInError):
    """A hand-in that says inside that it is somebody else's."""


@dataclass
class Collection:
    """What was collected.

    Attributes
    ----------
    taken
        Learner and assignment of each hand-in.
    remarks
        One line for each file or learner that something is to be said about.
    left
        How many were left out of which no learner has a line that says so; the remarks name them.
    stopped
        Why nothing more could be taken, such as a full disk; empty if all was looked at.
    """

    taken: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    left: int = 0
    stopped: str = ""


class _Version(NamedTuple):
    """One of several versions of a learner's notebook; the greatest counts."""

    time: float
    exact: bool
    name: str


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
    """

    def __init__(
        self, course: CourseDirectory, root: Path, released: ReleasedNotebooks, owners: Owners
    ) -> None:
        self.collection = Collection()
        self.owners = owners
        self._course = course
        self._root = root
        self._released = released
        self._students: dict[str, Student] = {}
        self._best: dict[tuple[str, MatchedNotebook], _Version] = {}
        self._called: dict[str, str] = {}
        self._refused: dict[tuple[str, str], Reason] = {}
        # files beside a learner's notebooks
        self._beside: dict[str, list[str]] = {}
        self._before: dict[Path, datetime | None] = {}
        # hand-ins of which only the inside says whose they are; and what was taken of those
        self._unnamed: list[tuple[Offer, Owner]] = []
        self._unsure: set[tuple[str, MatchedNotebook]] = set()

    def say(self, line: str) -> None:
        """Remember a line for the facilitator."""
        self.collection.remarks.append(line)

    def student(self, name: str, email: str, learner: str) -> None:
        """Remember somebody who is to be in the gradebook."""
        if is_learner(learner):
            self._students.setdefault(learner, Student(learner, name, email))

    def known_by_number(self, number: str, learner: str) -> None:
        """Forget what was refused under Moodle's number, now that there is an id."""
        if by_number(number) != learner:
            for assignment in self._released.names:
                refused.forget(Path(self._course.root), assignment, by_number(number))

    @functools.cached_property
    def _players(self) -> Players:
        # read once for all hand-ins, and only if one of them has records
        return players(self._root)

    def enter(self, course: Path) -> None:
        """Enter them; who has handed in is entered by nbgrader itself, unless with a name."""
        taken = {learner for learner, _ in self.collection.taken}
        students = [one for one in self._students.values() if one.name or one.learner not in taken]
        try:
            enter(course, students)
        except (NbgraderError, OSError) as error:
            names = ", ".join(one.learner for one in students)
            why = refusal(error) if isinstance(error, OSError) else error
            self.say(f"{names}: not entered into the gradebook. {why}")
            self.collection.left += len(students)

    def take(self, offered: Offered, progress: Callable[[int, int], None] | None) -> None:
        """Take all that is offered, or as much as this machine can take."""
        try:
            self._take(offered, progress)
            self._keep_refusals()
        except OSError as error:
            whole = "What was taken is whole, and nobody is to blame."
            self.collection.stopped = (
                f"Collecting stopped. {refusal(error)} {whole}"
                if closed(error)
                else f"Collecting stopped: {error.strerror or error} ({error.filename}). {whole} "
                "Mend that, then collect again."
            )
        self.collection.taken.sort()

    def _take(self, offered: Offered, progress: Callable[[int, int], None] | None) -> None:
        heard: set[str] = set()
        for parts, why in offered.refused:
            self.say(why)
            heard.add(parts[0])
            self._refuse(*self._by_name(self.owners.of(parts), parts), reason=_reason(why))
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
        self._say_beside()
        # once it is known what all others have handed in
        for offer, owner in self._unnamed:
            self._try(offer, owner, last=True)

    def _pass_over(self, offer: Offer, owner: Owner) -> None:
        """Say of a file that it is none to be collected."""
        if owner.typed:
            self.say(f"{owner.learner}: typed a text into Moodle; read it there.")
            self._refuse(owner.learner, reason=because("refused-text"))
        elif len(offer.parts) == 1:
            self.say(f"{offer.name}: neither a hand-in (zip) nor a notebook; left out.")
            if owner.vouched:
                self._refuse(owner.learner, reason=because("refused-kind"))
        elif offer.parts[-1] not in OURS:
            self._beside.setdefault(owner.learner, []).append(shown("/".join(offer.parts[1:])))

    def _say_beside(self) -> None:
        """Say what lay beside notebooks, which may need it."""
        taken = {learner for learner, _ in self.collection.taken}
        for learner, names in self._beside.items():
            more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
            if learner in taken:
                self.say(
                    f"{learner}: left out beside the notebook: {', '.join(names[:_SHOWN])}{more}. "
                    "Copy what its cells need into the folder that the notebook is collected to."
                )

    def _folders(self, offered: Offered, heard: set[str]) -> None:
        """Say of which folders nothing was heard."""
        filled = {one.parts[0] for one in offered.offers if len(one.parts) > 1}
        for name in sorted((filled | offered.folders) - heard):
            self.say(f"{shown(name)}: there is no notebook in this folder.")
            learner = self.owners.of((name, "")).learner
            if name in filled:
                self._refuse(learner, reason=because("refused-kind"))
            else:
                self.student("", "", learner)

    def _refuse(self, learner: str, assignment: str = "", *, reason: Reason) -> None:
        """Remember that somebody did hand in something, for an assignment if that is known."""
        # a file that says two names may be anybody's
        if reason == because("refused-name"):
            self.collection.left += 1
        else:
            self.student("", "", learner)
        if is_learner(learner):
            known = assignment if assignment in self._released.notebooks else ""
            self._refused.setdefault((learner, known), reason)

    def _keep_refusals(self) -> None:
        """Keep why there is nothing of somebody, for the run that grades."""
        taken = self.collection.taken
        names = {*self._released.names}
        if len(names) > 1:
            # what cannot be read is for the same as the rest, if the rest is for one
            names = {assignment for _, assignment in taken}
        only = names.pop() if len(names) == 1 else ""
        for (learner, known), reason in self._refused.items():
            assignment = known or only
            if assignment and (learner, assignment) not in taken:
                refused.note(Path(self._course.root), assignment, learner, reason)
        unknown = {learner for learner, known in self._refused if not (known or only)}
        if lost := unknown - {learner for learner, _ in taken}:
            self.say(
                f"{', '.join(sorted(lost))}: refused, and it cannot be told for which exercise, so "
                "that fourps grade run will say that nothing was handed in. Collect it again with "
                "--assignment NAME."
            )

    def _try(self, offer: Offer, owner: Owner, *, last: bool = False) -> None:
        # a zip says it itself, if nobody else does
        claimed = owner.learner if owner.vouched or offer.suffix != ".zip" else ""
        try:
            with in_time():
                data = offer.read()
                if offer.suffix == ".zip":
                    self._zip(offer, owner, data, last=last)
                else:
                    self._notebook(offer, owner, parse(data, offer.name), None)
        # what a document does to a library has no end of names
        except Exception as error:  # noqa: BLE001 - one learner's trouble stops no other
            if of_this_machine(error) or not isinstance(error, _REFUSED):
                self._not_now(offer, error)
                return
            said = str(error) or type(error).__name__
            self.say(said if said.startswith(offer.name) else f"{offer.name}: {said}")
            if self._is_stray(offer, owner, error):
                self.collection.left += 1
                return
            learner, assignment = (claimed, "") if claimed else self._claimed(offer, owner)
            if isinstance(error, _OtherPersonError) and not owner.vouched:
                learner, assignment = self._by_name(owner, offer.parts)
            if isinstance(error, OtherExerciseError) and not owner.vouched:
                # it may lie in the same folder as what is collected
                self.student("", "", learner)
            else:
                self._refuse(learner, assignment, reason=_reason(error))

    def _is_stray(self, offer: Offer, owner: Owner, error: Exception) -> bool:
        """Say whether it is a notebook of something else, which makes nobody a learner."""
        other = isinstance(error, NotAnExerciseError | UnknownNotebookError)
        alone = len(offer.parts) == 1 and offer.suffix == ".ipynb"
        return other and alone and not owner.vouched and owner.learner not in self._enrolled

    @functools.cached_property
    def _enrolled(self) -> set[str]:
        """The learners in the gradebook."""
        try:
            with gradebook(Path(self._course.root)) as book:
                return {one.id for one in book.students}
        except NoGradebookError:
            return set()

    def _not_now(self, offer: Offer, error: Exception) -> None:
        """Name what could not be taken here, and blame nobody."""
        if stops_all(error):
            raise error
        self.collection.left += 1
        if isinstance(error, TooSlowError):
            self.say(
                f"{offer.name}: {error} to read it, so it is left out, and nothing is noted of "
                "whoever handed it in. Look at it, or collect it again when this computer is idle."
            )
            return
        self.say(
            f"{offer.name}: it cannot be taken here ({brief(error)}). That is no fault of whoever "
            "handed it in, and nothing is noted of them. Mend it, then collect again."
        )

    def _zip(self, offer: Offer, owner: Owner, data: bytes, *, last: bool) -> None:
        with in_zip(data, offer.name) as inside:
            if not is_handin(inside):
                self._inside(offer, owner, inside)
                return
        handin = parse_handin(data, offer.name)
        if not self._named(offer, owner, handin.manifest):
            if not last:
                self._unnamed.append((offer, owner))
                return
            if self._known(owner.learner):
                raise _two_names(offer, owner.learner, handin.manifest)
        if not owner.vouched:
            says = handin.manifest.learner
            owner = owner._replace(learner=says, called=says)
        lines = handin.manifest.records
        records, refused = check_records(lines, self._players) if lines else ([], [])
        for line in refused:
            self.say(f"{owner.learner}: {line}")
        notebook = parse(handin.notebook, offer.name)
        exercise = notebook.metadata.get(KEY, {}).get("exercise")
        if exercise != handin.manifest.exercise:
            raise HandInError(
                f"its {MANIFEST} is for '{handin.manifest.exercise}' and its notebook for another "
                "exercise."
            )
        self._notebook(offer, owner, notebook, records, sure=not last)

    def _named(self, offer: Offer, owner: Owner, manifest: Manifest) -> bool:
        """Say whether a hand-in's outside names the one whom its inside names.

        Raises
        ------
        _OtherPersonError
            If it names somebody else.
        """
        if owner.vouched:
            if manifest.learner in self.owners.others(owner.learner):
                raise _two_names(offer, owner.learner, manifest)
            return True
        full = identifier(f"{manifest.exercise}-{manifest.learner}")
        stem = PurePosixPath(offer.parts[-1]).stem
        alone = len(offer.parts) == 1
        called = {identifier(stem), identifier(original(stem))} if alone else {owner.learner}
        if called & {manifest.learner, full}:
            return True
        says = min(called, key=len)
        if not alone or says.startswith(f"{manifest.exercise}-"):
            raise _two_names(offer, says, manifest)
        return False

    def _known(self, learner: str) -> bool:
        """Say whether a name is the id of somebody."""
        step = self._course.submitted_directory
        places = (self._course.format_path(step, learner, one) for one in self._released.notebooks)
        taken = {one for one, _ in self.collection.taken}
        found = learner in taken or any(Path(place).exists() for place in places)
        return is_learner(learner) and found

    def _inside(self, offer: Offer, owner: Owner, inside: Offered) -> None:
        """Take the notebooks of a zip that the learner made without ``fourps submit``."""
        for _, why in inside.refused:
            self.say(why)
        notebooks = [one for one in inside.offers if one.suffix == ".ipynb"]
        others = ["/".join(one.parts) for one in inside.offers if one not in notebooks]
        if others:
            self._beside.setdefault(owner.learner, []).extend(map(shown, others))
        if not notebooks:
            raise _NoNotebookError(f"{offer.name}: there is no notebook in it.")
        for one in notebooks:
            path = Offer((*offer.parts, *one.parts), offer.time, one.read)
            self._try(path, owner)

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
        if not is_learner(learner):
            # the id is made from what lies at the top
            kind = "file" if offer.parts[0].lower().endswith(_KINDS) else "folder"
            raise HandInError(f"give the {kind} a name of Latin letters and numbers.")
        called = self._called.setdefault(learner, owner.called)
        if called != owner.called:
            if owner.vouched:
                raise HandInError(f"its owner has the id '{learner}', which '{called}' has too.")
            raise HandInError(f"its name gives the id '{learner}', as '{called}' does; rename one.")
        stem = PurePosixPath(offer.parts[-1]).stem
        match = self._released.match(notebook, stem)
        if match.version not in ("", version("fourps")):
            self.say(
                f"{learner}: made with release {match.version} of the course; here is "
                f"{version('fourps')}."
            )
        time = owner.time if owner.vouched else offer.time
        one = _Version(time.timestamp() if time else 0.0, original(stem) == stem, offer.name)
        step = self._course.submitted_directory
        folder = Path(self._course.format_path(step, learner, match.assignment))
        restored = restore(notebook, self._released.notebooks[match.assignment][match.notebook])
        data = dump(notebook)
        other = self._other_work(folder, learner, match, data, sure=sure)
        if not self._is_newest(folder, learner, match, one):
            return
        if other:
            self.say(f"{learner}: {offer.name} replaces what was collected before.")
        for line in restored.said:
            self.say(f"{learner}: {line}")
        # half of a hand-in would be graded
        with unhurried():
            write(folder, match.notebook, data, records, time)
            refused.forget(Path(self._course.root), match.assignment, learner)
            if (learner, match.assignment) not in self.collection.taken:
                self.collection.taken.append((learner, match.assignment))

    def _other_work(
        self, folder: Path, learner: str, match: MatchedNotebook, data: bytes, *, sure: bool
    ) -> bool:
        """Say whether other work lies there from before; what may be anybody's replaces none.

        Raises
        ------
        _OtherPersonError
            If it would.
        """
        place, mine = folder / f"{match.notebook}.ipynb", (learner, match)
        other = place.exists() and place.read_bytes() != data
        if other and not sure and mine not in self._unsure:
            raise _OtherPersonError(
                f"inside it is '{learner}', of whom there is other work, which stays. Its own "
                f"name does not say so: if it is theirs, call it {match.assignment}-{learner}"
                ".zip and collect again."
            )
        first = mine not in self._best
        if not sure:
            self._unsure.add(mine)
        return other and first

    def _is_newest(self, folder: Path, learner: str, match: MatchedNotebook, one: _Version) -> bool:
        other = self._best.get((learner, match))
        if other:
            older, newer = sorted((other, one))
            why = "newer than" if newer.time > older.time else "as new as"
            self.say(
                f"{learner}: handed in twice; {newer.name} is {why} {older.name} and is taken."
            )
            if newer is other:
                return False
        before = self._before.setdefault(folder, earlier(folder))
        alone = len(self._released.notebooks[match.assignment]) == 1
        if alone and before and 0 < one.time < before.timestamp():
            self.say(
                f"{learner}: {one.name} is older than what was collected before, which stays. To "
                f"take it all the same, delete {folder} first."
            )
            return False
        self._best[learner, match] = one
        return True

    def _claimed(self, offer: Offer, owner: Owner) -> tuple[str, str]:
        """Return whose a broken zip says that it is, and of which exercise, if it says that."""
        try:
            with in_zip(offer.read(), offer.name) as inside:
                if not is_handin(inside):
                    return owner.learner, ""
                [manifest] = [one for one in inside.offers if one.parts == (MANIFEST,)]
                claim = Manifest.model_validate_json(manifest.read())
                self._named(offer, owner, claim)
                return claim.learner, claim.exercise
        except (*_REFUSED, ValidationError) as error:
            if of_this_machine(error):
                raise
            return self._by_name(owner, offer.parts)

    def _by_name(self, owner: Owner, parts: tuple[str, ...]) -> tuple[str, str]:
        """Return whose a file is that cannot be opened, and of which exercise, as far as known.

        `fourps submit` names its files after both.
        """
        path = PurePosixPath(*parts)
        if not owner.vouched and path.suffix.lower() == ".zip" and len(parts) == 1:
            name = identifier(original(path.stem))
            # one's name may be the beginning of another's
            for exercise in sorted(self._released.notebooks, key=len, reverse=True):
                if name.startswith(f"{exercise}-"):
                    return name.removeprefix(f"{exercise}-"), exercise
        return owner.learner, ""


def _reason(why: str | Exception) -> Reason:
    """Return it without what the learner named: such names often are people's."""
    if isinstance(why, NotAnExerciseError | UnknownNotebookError):
        return because("refused-other")
    if isinstance(why, _OtherPersonError):
        return because("refused-name")
    if isinstance(why, _NoNotebookError):
        return because("refused-kind")
    return because("refused-large") if "over 20 MB" in str(why) else because("refused")


def _two_names(offer: Offer, outside: str, manifest: Manifest) -> _OtherPersonError:
    return _OtherPersonError(
        f"{offer.name}: its name or folder says '{outside}', and inside it is "
        f"'{manifest.learner}'; left out, and nothing was replaced. If it is theirs, collect it "
        f"alone, as {manifest.exercise}-{manifest.learner}.zip."
    )


def is_handin(offered: Offered) -> bool:
    """Say whether a zip is a hand-in file of ``fourps submit``."""
    return any(one.parts == (MANIFEST,) for one in offered.offers)
