"""A quiz in a notebook."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

import anywidget
import traitlets

from fourps.course.mime import with_reference
from fourps.course.words import words
from fourps.front import style, widget_module
from fourps.quiz.marking import AnswerError, mark
from fourps.quiz.player import spec
from fourps.scenario.player import said

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from fourps.quiz.model import Quiz


class RefusedAnswerError(AnswerError, traitlets.TraitError):
    """An answer that does not fit; the traits go back to what they were."""


class QuizWidget(anywidget.AnyWidget):
    """A quiz to answer in JupyterLab.

    Parameters
    ----------
    quiz
        What to ask.
    labels
        The printed label of each citation key.
    reference
        What `fourps.ask` was called with.
    language
        A code such as ``fr``.
    seed
        Decides the order of the options; by default another one each time.
    say
        Gives a text of the quiz in that language.
    """

    _esm = widget_module("quiz")
    _css = style()
    spec = traitlets.Dict().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    level = traitlets.Int(3).tag(sync=True)
    seed = traitlets.Int().tag(sync=True)
    tries = traitlets.Dict().tag(sync=True)
    """For each question the answers given so far, at most two."""

    def __init__(
        self,
        quiz: Quiz,
        labels: Mapping[str, str],
        reference: str,
        language: str = "en",
        seed: int | None = None,
        *,
        say: Callable[[str], str] = str,
    ) -> None:
        self._quiz = quiz
        self._reference = reference
        super().__init__(
            spec=said(spec(quiz, labels), say),
            words=words(language),
            seed=secrets.randbelow(2**31) if seed is None else seed,
        )

    @traitlets.validate("tries")
    def _allow(self, proposal: Any) -> dict[str, Any]:
        try:
            mark(self._quiz, proposal["value"])
        except AnswerError as error:
            raise RefusedAnswerError(str(error)) from error
        return dict(proposal["value"])

    @property
    def outcomes(self) -> dict[str, str]:
        """For each question ``first``, ``second``, ``shown`` or ``open``."""
        return dict(mark(self._quiz, self.tries).outcomes)

    def _repr_mimebundle_(self, **options: Any) -> Any:
        return with_reference(super()._repr_mimebundle_(**options), "quiz", self._reference)
