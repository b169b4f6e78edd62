"""One submission: what released cells and checks show of what it binds."""

from __future__ import annotations

import functools
import os
from typing import TYPE_CHECKING, Any

from nbseal.base.profile import profile
from nbseal.inside.answers import Answers
from nbseal.inside.wire import body_of, loads, pack
from nbseal.marker.learner_calls import Functions
from nbseal.marker.run_check import Marker

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from nbseal.inside.held import Held
    from nbseal.plain.kernel import PlainKernel

    Cell = dict[str, Any]
    Said = tuple[list[list[Any]], dict[str, Any]]

_NO_CONNECTION = -1


class FunctionsHere(Functions):
    """Released functions, which are in this process.

    Parameters
    ----------
    held
        The functions.
    kernel
        Which hears nothing of what they say.
    kept
        As `Functions` has it.
    """

    def __init__(
        self, held: Held, kernel: PlainKernel, kept: Callable[[], Collection[int]]
    ) -> None:
        super().__init__(kept)
        self._held_here = held
        self._kernel = kernel

    def _asked(self, frame: bytes) -> list[Any]:
        with self._kernel.unheard():
            answer = self._held_here.called(loads(body_of(frame)))
        copied: list[Any] = loads(body_of(pack(answer)))
        return copied


class Submission:
    """Runs released cells with what one submission binds, beginning with no names at all.

    Parameters
    ----------
    kernel
        What runs them.
    answers
        What it binds, by the place of a cell.
    language
        In which checks speak to the learner.
    """

    def __init__(
        self, kernel: PlainKernel, answers: Mapping[str, Mapping[str, Any]], language: str
    ) -> None:
        self._kernel = kernel
        self._answers = answers
        self._language = language
        kernel.forget()
        self._own, self._others = kernel.module(), kernel.module()
        self._marker = Marker(kernel)
        kernel.use(self._own)
        self._looked_at = Answers(kernel, _NO_CONNECTION)
        self._read_only: list[str] = []

    def run(self, cells: list[Cell]) -> Iterator[tuple[int, Said]]:
        """Run the cells; yield the place of each, with what it says, and the kernel's reply."""
        count = 0
        for place, cell in enumerate(cells):
            count += not cell["skip"]
            self._kernel.shell.execution_count = count
            if cell["kind"] == "check":
                yield place, self._check(cell)
            elif not cell["skip"]:
                yield place, self._cell(place, cell["source"])
            if cell.get("read_only") and not cell["skip"]:
                self._read_only.append(cell["source"])

    def _cell(self, place: int, source: str) -> Said:
        bound = self._answers.get(str(place))
        if bound is None:
            return self._kernel.run(source)
        vars(self._own).update(bound)
        return [], {"count": self._kernel.shell.execution_count}

    def _check(self, cell: Cell) -> Said:
        """Run a check with names of its own, and the values of those that it asks for."""
        count = self._kernel.shell.execution_count
        held, values = self._looked_at.told(cell)
        environment = {profile().language_variable: self._language}
        about = {"count": count, "released": self._read_only, "values": values}
        self._read_only = []
        before = os.environ.get(profile().language_variable, "en")
        self._kernel.use(self._others)
        try:
            calls = functools.partial(FunctionsHere, held, self._kernel)
            return self._marker.mark({**cell, **about, "environment": environment}, calls)
        finally:
            os.environ[profile().language_variable] = before
            self._kernel.use(self._own)
