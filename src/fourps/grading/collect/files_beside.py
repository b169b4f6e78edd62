"""Files that lay beside notebooks and are not collected."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourps.handin.zip_entry import shown

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fourps.grading.collect.collection import Collection

# how many are named
_SHOWN = 5


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
            more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
            if names and learner in taken:
                collection.say(
                    f"{learner}: left out beside the notebook: {', '.join(names[:_SHOWN])}{more}. "
                    "Copy what its cells need into the folder that the notebook is collected to."
                )
