"""Whose a hand-in says that it is, held against whose its name and folder say that it is."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from pydantic import ValidationError

from fourps.from_outside import shown
from fourps.grading.collect import made_from
from fourps.grading.collect.owners import identifier
from fourps.grading.machine import of_this_machine
from fourps.grading.moodle.names import original
from fourps.handin.handin_file import MANIFEST, HandInError, Manifest, is_learner
from fourps.handin.zip_entry import BROKEN

if TYPE_CHECKING:
    from nbgrader.coursedir import CourseDirectory

    from fourps.grading.collect.collection import Collection
    from fourps.grading.collect.matching import ReleasedNotebooks
    from fourps.grading.collect.offered import Offer, Offered
    from fourps.grading.collect.owners import Owner, Owners


# letters of a file's name: it is to be typed
_FILE = 255


class OtherPersonError(HandInError):
    """A hand-in that says inside that it is somebody else's."""

    noted = "refused-name"


class SharedIdError(HandInError):
    """A hand-in whose name comes to an id that another name has; it may be either's."""


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
    """

    def __init__(
        self,
        owners: Owners,
        course: CourseDirectory,
        released: ReleasedNotebooks,
        collection: Collection,
    ) -> None:
        self._owners = owners
        self._course = course
        self._root = Path(course.root)
        self._released = released
        self._collection = collection
        self._called: dict[str, str] = {}

    def require_one_name(self, offer: Offer, owner: Owner, kinds: tuple[str, ...]) -> None:
        """Check that an id can be used, and that it was made from one name only, now and before.

        Raises
        ------
        HandInError
            If nobody could tell whose the file is.
        """
        learner = owner.learner
        # the id is made from what lies at the top
        kind = "file" if offer.parts[0].lower().endswith(kinds) else "folder"
        if not is_learner(learner):
            raise HandInError(f"give the {kind} a name of Latin letters and numbers.")
        if other := self.other_name(owner):
            raise SharedIdError(_shared(offer, owner, shown(other, _FILE), kind))
        if learner not in self._called:
            self._called[learner] = made_from.read(self._root, learner) or owner.called

    def other_name(self, owner: Owner) -> str:
        """Return another name from which an id was made, in this run or before; else nothing."""
        learner = owner.learner
        if not is_learner(learner):
            return ""
        if called := self._called.get(learner):
            return "" if called in owner.names else called
        before = made_from.read(self._root, learner)
        # what has no name of its own came under the very id, and all of Moodle's does
        mine = {learner} if owner.vouched else owner.names
        known = before or (self.is_known(learner) and learner)
        return known if known and known not in mine else ""

    def noted_of(self, owner: Owner) -> str:
        """Return the id of whom something may be noted; none where another name has it."""
        return "" if self.other_name(owner) else owner.learner

    def remember(self, owner: Owner) -> None:
        """Remember for later runs from which name an id was made."""
        if not owner.vouched and not made_from.read(self._root, owner.learner):
            made_from.remember(self._root, owner.learner, self._called[owner.learner])

    def named(self, offer: Offer, owner: Owner, manifest: Manifest) -> bool:
        """Say whether a hand-in's outside names the one whom its inside names.

        Raises
        ------
        OtherPersonError
            If it names somebody else.
        """
        if owner.vouched:
            if manifest.learner in self._owners.others(owner.learner):
                raise two_names(offer, owner.learner, manifest)
            return True
        full = identifier(f"{manifest.exercise}-{manifest.learner}")
        stem = PurePosixPath(offer.parts[-1]).stem
        alone = len(offer.parts) == 1
        called = {identifier(stem), identifier(original(stem))} if alone else {owner.learner}
        if called & {manifest.learner, full}:
            return True
        says = min(called, key=len)
        if not alone or says.startswith(f"{manifest.exercise}-"):
            raise two_names(offer, says, manifest)
        return False

    def is_known(self, name: str) -> bool:
        """Say whether a name is the id of somebody who has handed in."""
        step = self._course.submitted_directory
        names = self._released.notebooks
        folders = (self._course.format_path(step, name, assignment) for assignment in names)
        known = name in self._collection.learners or any(Path(path).exists() for path in folders)
        return is_learner(name) and known

    def by_name(self, parts: tuple[str, ...], owner: Owner) -> tuple[str, str]:
        """Return whose a file is that cannot be opened, and of which exercise, as far as known.

        `fourps submit` names its files after both. Of a name whose id another has it is nobody's.
        """
        path = PurePosixPath(*parts)
        if not owner.vouched and path.suffix.lower() == ".zip" and len(parts) == 1:
            name = identifier(original(path.stem))
            # one's name may be the beginning of another's
            for exercise in sorted(self._released.notebooks, key=len, reverse=True):
                if name.startswith(f"{exercise}-"):
                    return name.removeprefix(f"{exercise}-"), exercise
        return self.noted_of(owner), ""

    def by_manifest(self, offer: Offer, owner: Owner, inside: Offered) -> tuple[str, str]:
        """Return whose a broken hand-in says that it is, and of which exercise, if it says that."""
        if owner.vouched:
            return owner.learner, ""
        [entry] = [one for one in inside.offers if one.parts == (MANIFEST,)]
        try:
            manifest = Manifest.model_validate_json(entry.read())
            self.named(offer, owner, manifest)
        except (*BROKEN, ValidationError) as error:
            if of_this_machine(error):
                raise
            return self.by_name(offer.parts, owner)
        return manifest.learner, manifest.exercise


def _shared(offer: Offer, owner: Owner, other: str, kind: str) -> str:
    """Return what is said of a hand-in whose owner would have an id that another name has."""
    learner, called = owner.learner, other
    if kind == "file":
        called += PurePosixPath(offer.parts[0]).suffix
    has = f"the id '{learner}', which '{other}' has"
    said, same, unlike = (
        f"its name gives {has}",
        f"call the {kind} '{called}'",
        "give it another name",
    )
    if owner.inside:
        said, unlike = f"inside it is {has}", "have it packed again under another id"
    elif owner.vouched:
        said = f"its owner has {has} too"
        same = f"run fourps grade remove {learner} and collect both again"
        unlike = "give its owner another ID number in Moodle"
    return (
        f"{said}. Left out, and nothing was replaced. If both are one person, {same}; if not, "
        f"{unlike}."
    )


def two_names(offer: Offer, outside: str, manifest: Manifest) -> OtherPersonError:
    """Return what is said of a hand-in whose outside and inside name two people."""
    return OtherPersonError(
        f"{offer.name}: its name or folder says '{outside}', and inside it is "
        f"'{manifest.learner}'; left out, and nothing was replaced. If it is theirs, collect it "
        f"alone, as {manifest.exercise}-{manifest.learner}.zip."
    )
