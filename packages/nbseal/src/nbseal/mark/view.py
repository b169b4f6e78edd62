"""What the page is told: how a task is marked, and each text as one marker may see it."""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nbseal.base.desk_words import DESK
from nbseal.base.errors import UserError
from nbseal.base.profile import profile
from nbseal.gradebook.decisions import are_apart, is_stopped
from nbseal.inert import markdown2html

if TYPE_CHECKING:
    from nbseal.base.rubric import Rubric
    from nbseal.gradebook.by_hand import Answer, Task
    from nbseal.gradebook.decisions import Decision
    from nbseal.mark.texts import Written

_PARAGRAPH = re.compile(r"\s*<p>(.*)</p>\s*", re.DOTALL)
_SHORT = 16


@dataclass(frozen=True)
class Options:
    """How somebody marks."""

    marker: str = "first"
    """What they are called in the table of decisions."""
    language: str = "en"
    """In which the page and the rubric are."""
    names: bool = False
    """Whether ids are shown."""


class OtherPointsError(UserError):
    """A rubric with other points than were released; the message says both."""


class View:
    """What one marker sees of a task.

    Parameters
    ----------
    task
        What is marked.
    rubric
        How; None for points and a comment.
    options
        Who marks.
    """

    def __init__(self, task: Task, rubric: Rubric | None, options: Options) -> None:
        self._task, self._rubric, self._options = task, rubric, options
        told = profile().words(options.language)
        self.words = {key: told.get(key, text) for key, text in DESK.items()}
        if rubric and rubric.most != task.most:
            raise OtherPointsError(
                f"The rubric of {task.assignment}/{task.cell} has {rubric.most} points, and the "
                f"released cell {task.most:g}. Make them equal, and release the exercise again."
            )

    def key(self, student: str) -> str:
        """Return by what the page knows a text; texts stand in the order of these keys.

        It tells nothing of the learner, is another for each task, and stays.
        """
        about = f"{self._task.notebook}\0{self._task.cell}\0{student}".encode()
        return hmac.new(self._task.secret.encode(), about, "sha256").hexdigest()[:_SHORT]

    def task(self) -> dict[str, Any]:
        """Return how the task is marked."""
        about = {"language": self._options.language, "words": self.words}
        if self._rubric is None:
            title = f"{self._task.assignment}: {self._task.cell}"
            stop = html(self.words["desk-stop-plain"])
            nothing: dict[str, Any] = {
                "criteria": [],
                "cap": None,
                "samples": [],
                "before": "",
                "notes": "",
            }
            return about | nothing | {"title": title, "most": self._task.most, "stop": stop}
        rubric = self._rubric
        return (
            about
            | rubric.drawn(html, line)
            | {"before": html(rubric.before), "stop": html(rubric.stop)}
        )

    def text(self, answer: Answer, written: Written | None) -> dict[str, Any]:
        """Return a text: with nothing that another marker decided before this one did."""
        mine = answer.markers.get(self._options.marker)
        waits = self._waits(answer, written)
        hidden = waits in ("stopped", "missing")
        return {
            "key": self.key(answer.student),
            "html": written.html if written and not hidden else "",
            "words": written.words if written and not hidden else 0,
            "language": written.language if written else self._options.language,
            "seen": seen(mine, written, answer),
            "mine": _mark(mine) if mine and mine.kind == "mark" else None,
            "waits": waits,
            "anew": is_anew(answer, written),
            "other": self._other(answer, mine) if waits == "both" and mine else None,
            "elsewhere": self._elsewhere(answer, mine),
            "empty": answer.is_empty,
            "who": answer.student if self._options.names else None,
        }

    def _waits(self, answer: Answer, written: Written | None) -> str:
        """Return why a text that this marker has seen is not done; nothing if it is, or is new."""
        mine = answer.markers.get(self._options.marker)
        if is_stopped(answer.markers):
            return "stopped"
        if written is None:
            return "missing"
        if not mine:
            return ""
        if mine.text_hash != written.hash:
            return "anew"
        if are_apart(answer.markers):
            return "both"
        # nbgrader wants another look, such as at more points than can be earned by now
        return "again" if answer.counts and answer.waits else ""

    def _other(self, answer: Answer, mine: Decision) -> dict[str, Any]:
        """Return the decision of another marker that is farthest from this one's."""
        others = [one for one in answer.markers.values() if one.marker != mine.marker]
        own = mine.points or 0.0
        farthest = max(others, key=lambda one: abs((one.points or 0.0) - own))
        return _mark(farthest) | {"marker": farthest.marker}

    def _elsewhere(self, answer: Answer, mine: Decision | None) -> dict[str, Any] | None:
        if answer.elsewhere is None:
            return None
        # it may repeat what another marker decided
        blind = bool(answer.markers) and mine is None
        return {"points": None, "comment": ""} if blind else answer.elsewhere._asdict()


def is_anew(answer: Answer, written: Written | None) -> bool:
    """Say whether something else was handed in since somebody stopped at a text."""
    stops = [one.text_hash for one in answer.markers.values() if one.kind == "stop"]
    return bool(stops and written and written.hash not in stops)


def seen(mine: Decision | None, written: Written | None, answer: Answer) -> str:
    """Return all that a marker knows of a text: the page hands it back with a decision."""
    known = repr(answer.elsewhere).encode("utf-8", "backslashreplace")
    elsewhere = hashlib.sha256(known).hexdigest()[:_SHORT] if answer.elsewhere else ""
    text = written.hash[:_SHORT] if written else ""
    return f"{mine.id if mine else 0}.{text}.{elsewhere}"


def html(markdown: str) -> str:
    """Return Markdown of the course as clean HTML."""
    return markdown2html({}, markdown) if markdown else ""


def line(markdown: str) -> str:
    """Return Markdown of one paragraph as clean HTML without the paragraph.

    Examples
    --------
    >>> line("the note says what the case *is*")
    'the note says what the case <em>is</em>'
    """
    drawn = html(markdown)
    alone = _PARAGRAPH.fullmatch(drawn)
    return alone[1] if alone else drawn


def _mark(decision: Decision) -> dict[str, Any]:
    names = ("scores", "cap", "points", "comment")
    return {name: getattr(decision, name) for name in names}
