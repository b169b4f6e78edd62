"""Files that lay beside notebooks and are not collected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourps.from_outside import several, shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fourps.grading.collect.collection import Collection


class FilesBeside:
    """What one run of collecting leaves out beside notebooks."""

    def __init__(self) -> None:
        self._names: dict[str, list[str]] = {}

    def add(self, learner: str, paths: Iterable[tuple[str, ...]]) -> None:
        """Remember files of a learner."""
        names = (shown("/".join(parts)) for parts in paths)
        self._names.setdefault(learner, []).extend(names)

    def say(self, collection: Collection) -> None:
        """Say which there were, of those of whom a notebook was taken, which may need them."""
        taken = collection.learners
        for learner, names in self._names.items():
            if names and learner in taken:
                collection.say(
                    f"{learner}: left out beside the notebook: {several(names)}. "
                    "Copy what its cells need into the folder that the notebook is collected to."
                )
