"""Whose a hand-in is: Moodle says it, or the name of its folder, or its own, or what is inside.

What a hand-in says inside is held against what its name and folder say. From which name an id was
made is remembered, so that no other name ever comes to the same id.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from anyascii import anyascii

from nbseal.base.errors import RefusedError
from nbseal.base.file_names import is_portable
from nbseal.base.from_outside import shown
from nbseal.base.handins import is_learner
from nbseal.base.profile import typed
from nbseal.base.whole_files import write_private
from nbseal.base.zip_entry import BROKEN
from nbseal.collect.uploads import KINDS
from nbseal.machine import of_this_machine
from nbseal.moodle.file_names import original, place
from nbseal.moodle.learners import Learners, by_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from nbgrader.coursedir import CourseDirectory

    from nbseal.base.handins import Manifest
    from nbseal.collect.released_notebooks import ReleasedNotebooks
    from nbseal.collect.remarks import Collection
    from nbseal.collect.uploads import Upload
    from nbseal.moodle.learners import Participant

NAMES_FOLDER = ".names"
# letters of a file's name: it is to be typed
_FILE = 255
# endings of files that are named after exercise and learner
_NAMED = (".zip", ".txt")


class OtherPersonError(RefusedError):
    """A hand-in that says inside that it is somebody else's."""

    noted = "refused-name"


class SharedIdError(RefusedError):
    """A hand-in whose name comes to an id that another name has; it may be either's."""


class Owner(NamedTuple):
    """Whose a file is, as far as its path tells."""

    learner: str
    """The id; empty if the path does not give one."""
    vouched: bool = False
    """Whether Moodle says it, so that nothing in the file can say otherwise."""
    time: datetime | None = None
    """When Moodle took it, in UTC. Moodle's zip has no times of its own."""
    typed: bool = False
    """Whether it was typed into Moodle and is no file of the learner's."""
    called: str = ""
    """What the id was made from: the name of a file or folder, or Moodle's number."""
    outside: str = ""
    """Of a hand-in that says inside whose it is: the name of its file or folder, if that says the
    same."""
    inside: bool = False
    """Whether it is such a hand-in."""

    @property
    def names(self) -> set[str]:
        """The names that this is known by."""
        return {self.called, self.outside} - {""}


class Owners:
    """Finds the owner of each path.

    Parameters
    ----------
    course
        nbgrader's folder.
    people
        The lines of Moodle's worksheet, if there is one.

    Attributes
    ----------
    course
        nbgrader's folder.
    """

    def __init__(self, course: Path, people: Iterable[Participant] = ()) -> None:
        self.course = course
        self._people = {person.number: person for person in people}
        self._learners = Learners(course) if self._people else None

    def of(self, parts: tuple[str, ...]) -> Owner:
        """Return the owner of a path.

        Parameters
        ----------
        parts
            The path's parts, the first being what Moodle or the facilitator named.
        """
        name = place(parts)
        if not name:
            path = PurePosixPath(parts[0])
            stem = path.stem if path.suffix.lower() in KINDS else path.name
            called = parts[0] if len(parts) > 1 else original(stem)
            return Owner(identifier(called), called=unicodedata.normalize("NFC", called))
        person = self._people.get(name.participant)
        learner = self.learner(person) if person else by_number(name.participant)
        time = person.time if person else None
        called = f"Moodle's participant {name.participant}"
        return Owner(learner, vouched=True, time=time, typed=name.kind != "file", called=called)

    def others(self, learner: str) -> set[str]:
        """Return the ids of everybody else in the worksheet."""
        return {self.learner(person) for person in self._people.values()} - {learner}

    def learner(self, person: Participant) -> str:
        """Return the id of somebody in the worksheet."""
        return self._learners.ids(person)[0] if self._learners else by_number(person.number)


@dataclass
class Claims:
    """What the hand-ins of one run say of whose they are.

    Parameters
    ----------
    owners
        Whose each file is, as far as its path tells.
    course
        nbgrader's description of the course's folders.
    released
        What was released there.
    collection
        What was taken so far.
    before
        The ids of those who had handed in before.
    """

    owners: Owners
    course: CourseDirectory
    released: ReleasedNotebooks
    collection: Collection
    before: AbstractSet[str] = frozenset()
    _called: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._ids = {learner.casefold(): learner for learner in self.before}

    def require_one_name(self, upload: Upload, owner: Owner) -> None:
        """Check that an id can be used, and that it was made from one name only, now and before.

        Raises
        ------
        RefusedError
            If nobody could tell whose the file is.
        """
        learner = owner.learner
        # the id is made from what lies at the top
        kind = "file" if upload.parts[0].lower().endswith(KINDS) else "folder"
        if not is_learner(learner):
            if owner.inside:
                raise RefusedError(
                    f"inside it is '{learner}', which no folder may be called on Windows. Have it "
                    "packed again under another id."
                )
            raise RefusedError(f"give the {kind} a name of Latin letters and numbers.")
        if other := self.other_name(owner):
            raise SharedIdError(_shared(upload, owner, shown(other, _FILE), kind))
        if learner not in self._called:
            self._called[learner] = remembered_name(self.owners.course, learner) or owner.called
        self._ids.setdefault(learner.casefold(), learner)

    def other_name(self, owner: Owner) -> str:
        """Return another name from which an id was made, in this run or before; else nothing."""
        learner = owner.learner
        if not is_learner(learner):
            return ""
        if called := self._called.get(learner):
            return "" if called in owner.names else called
        if alike := self._alike(learner):
            return alike
        before = remembered_name(self.owners.course, learner)
        # what has no name of its own came under the very id, and all of Moodle's does
        mine = {learner} if owner.vouched else owner.names
        known = before or (self.is_known(learner) and learner)
        return known if known and known not in mine else ""

    def _alike(self, learner: str) -> str:
        """Return an id that differs in small and capital letters alone; nothing if there is none.

        On Windows and macOS the two would have one folder, and either's work would be the other's.
        """
        other = self._ids.get(learner.casefold(), learner)
        return "" if learner in {other, *self.before} else other

    def noted_of(self, owner: Owner) -> str:
        """Return the id of whom something may be noted; none where another name has it."""
        return "" if self.other_name(owner) else owner.learner

    def remember(self, owner: Owner) -> None:
        """Remember for later runs from which name an id was made."""
        if not owner.vouched and not remembered_name(self.owners.course, owner.learner):
            remember_name(self.owners.course, owner.learner, self._called[owner.learner])

    def named(self, upload: Upload, owner: Owner, manifest: Manifest) -> bool:
        """Say whether a hand-in's outside names the one whom its inside names.

        Raises
        ------
        OtherPersonError
            If it names somebody else.
        """
        if owner.vouched:
            if manifest.learner in self.owners.others(owner.learner):
                raise two_names(upload, owner.learner, manifest)
            return True
        full = identifier(f"{manifest.exercise}-{manifest.learner}")
        stem = PurePosixPath(upload.parts[-1]).stem
        alone = len(upload.parts) == 1
        called = {identifier(stem), identifier(_first(stem))} if alone else {owner.learner}
        if called & {manifest.learner, full}:
            return True
        says = min(called, key=len)
        if not alone or says.startswith(f"{manifest.exercise}-"):
            raise two_names(upload, says, manifest)
        return False

    def is_known(self, name: str) -> bool:
        """Say whether a name is the id of somebody who has handed in."""
        step = self.course.submitted_directory
        names = self.released.notebooks
        folders = (self.course.format_path(step, name, assignment) for assignment in names)
        known = name in self.collection.learners or any(Path(path).exists() for path in folders)
        return is_learner(name) and known

    def by_name(self, parts: tuple[str, ...], owner: Owner) -> tuple[str, str]:
        """Return whose a file is that cannot be opened, and of which exercise, as far as known.

        Hand-in files are named after both, zips and texts. Of a name whose id another has it is
        nobody's.
        """
        path = PurePosixPath(*parts)
        if not owner.vouched and path.suffix.lower() in _NAMED and len(parts) == 1:
            name = identifier(_first(path.stem))
            # one's name may be the beginning of another's
            for exercise in sorted(self.released.notebooks, key=len, reverse=True):
                if name.startswith(f"{exercise}-"):
                    return name.removeprefix(f"{exercise}-"), exercise
        return self.noted_of(owner), ""

    def by_manifest(
        self, upload: Upload, owner: Owner, read: Callable[[], Manifest]
    ) -> tuple[str, str]:
        """Return whose a broken hand-in says that it is, and of which exercise, if it says that.

        Parameters
        ----------
        upload, owner
            The hand-in, and whose it is as far as its path tells.
        read
            Reads what it says about itself, and raises an error where it cannot.
        """
        if owner.vouched:
            return owner.learner, ""
        try:
            manifest = read()
            self.named(upload, owner, manifest)
        except BROKEN as error:
            if of_this_machine(error):
                raise
            return self.by_name(upload.parts, owner)
        return manifest.learner, manifest.exercise


def _first(stem: str) -> str:
    """Return the name that a copy of a hand-in file was made from: no id ends in space and number.

    Examples
    --------
    >>> _first("protection-ada 2"), _first("protection-ada (1)"), _first("protection-ada-2")
    ('protection-ada', 'protection-ada', 'protection-ada-2')
    """
    return re.sub(r" \d{1,3}\Z", "", original(stem))


def _shared(upload: Upload, owner: Owner, other: str, kind: str) -> str:
    """Return what is said of a hand-in whose owner would have an id that another name has."""
    learner = owner.learner
    ending = PurePosixPath(upload.parts[0]).suffix if kind == "file" else ""
    has = f"the id '{learner}', which '{other}' has"
    why, unlike = f"its name gives {has}", "give it another name"
    same = f"call the {kind} '{other}{ending}'"
    if owner.inside:
        why, unlike = f"inside it is {has}", "have it packed again under another id"
        if other.casefold() == learner.casefold():
            same = f"have it packed again under '{other}'"
    elif owner.vouched:
        why, unlike = f"its owner has {has} too", "give its owner another ID number in Moodle"
        same = f"run {typed(f'remove {learner}')} and collect both again"
    return (
        f"{why}. Left out, and nothing was replaced. If both are one person, {same}; if not, "
        f"{unlike}."
    )


def two_names(upload: Upload, outside: str, manifest: Manifest) -> OtherPersonError:
    """Return what is said of a hand-in whose outside and inside name two people."""
    return OtherPersonError(
        f"{upload.name}: its name or folder says '{outside}', and inside it is "
        f"'{manifest.learner}'; left out, and nothing was replaced. If it is theirs, collect it "
        f"alone, as {manifest.exercise}-{manifest.learner}{upload.suffix}."
    )


def identifier(name: str) -> str:
    """Return a name of a file or folder as an id can be, in Latin letters.

    Two names may come to one id: of these the first is remembered. A name that Windows keeps for
    itself gets a word before it.

    Examples
    --------
    >>> identifier("Zoë Brown (2)"), identifier("Łukasz"), identifier("Наталья"), identifier("../")
    ('Zoe-Brown-2', 'Lukasz', 'Natalya', '')
    >>> identifier("Con"), identifier("Con Doyle")
    ('id-Con', 'Con-Doyle')
    """
    letters = unicodedata.normalize("NFKC", name)
    # marks that a transcription has for letters without a sound of their own are no end of a word
    plain = "".join(
        letter if letter.isascii() else re.sub("['`\"]", "", anyascii(letter)) for letter in letters
    )
    made = re.sub(r"[^A-Za-z0-9_.-]+", "-", plain).strip("-._")[:64].rstrip("-._")
    return made if not made or is_portable(made) else f"id-{made}"[:64].rstrip("-._")


def remember_name(course: Path, learner: str, name: str) -> None:
    """Remember the name of a file or folder that an id was made from.

    Parameters
    ----------
    course
        nbgrader's folder.
    learner, name
        The id and the name. Of an id that is the name itself nothing is kept.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> course = Path(tempfile.mkdtemp())
    >>> remember_name(course, "Lukasz", "Łukasz")
    >>> remember_name(course, "ada", "ada")
    >>> remembered_name(course, "Lukasz"), remembered_name(course, "ada")
    ('Łukasz', '')
    """
    if name != learner:
        # a file's name may be no text
        write_private(name_file(course, learner), name.encode("utf-8", "surrogatepass"))


def remembered_name(course: Path, learner: str) -> str:
    """Return the name that an id was made from; empty if none is remembered."""
    path = name_file(course, learner)
    return path.read_bytes().decode("utf-8", "surrogatepass") if path.is_file() else ""


def name_file(course: Path, learner: str) -> Path:
    """Return where that name is remembered."""
    return course / NAMES_FOLDER / f"{learner}.txt"
