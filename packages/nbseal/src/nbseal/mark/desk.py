"""One written task over the gradebook, for one marker."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbseal.base.errors import UserError
from nbseal.base.profile import profile
from nbseal.gradebook import by_hand, decisions
from nbseal.gradebook.decisions import Decision
from nbseal.gradebook.opening import reading
from nbseal.mark.agreement import agreement
from nbseal.mark.checked import BadDecisionError, marked
from nbseal.mark.texts import Texts
from nbseal.mark.view import Options, View, is_anew, seen

if TYPE_CHECKING:
    from nbgrader.coursedir import CourseDirectory
    from sqlalchemy.orm import Session

    from nbseal.gradebook.by_hand import Answer, ByHand, Task
    from nbseal.mark.texts import Written

# as many as there are digits that set no points
_SAVED = 6


class NotSavedError(UserError):
    """A decision that was not taken, since something is other than the page knew.

    Attributes
    ----------
    now
        The text as it is by now.
    """

    def __init__(self, message: str, now: dict[str, Any]) -> None:
        super().__init__(message)
        self.now = now


class Desk:
    """What a marker sees and does.

    Parameters
    ----------
    book
        The gradebook.
    course
        What nbgrader knows of the course.
    task
        What is marked.
    options
        Who marks, and how.
    """

    def __init__(self, book: ByHand, course: CourseDirectory, task: Task, options: Options) -> None:
        self.task, self.options = task, options
        self._book, self._texts = book, Texts(course, task)
        folder = Path(course.root)
        self._rubric = profile().rubric(folder, task.assignment, task.cell, options.language)
        self._view = View(task, self._rubric, options)
        self._students: dict[str, str] = {}

    def load(self) -> dict[str, Any]:
        """Return all that the page shows: how to mark, and each text in an order of its own."""
        with self._book.transaction() as session:
            every = by_hand.answers(session, self.task)
            comments = self._comments(session)
        every.sort(key=lambda answer: self._view.key(answer.student))
        texts = [self._view.text(answer, self._texts.read(answer.student)) for answer in every]
        return self._view.task() | {"comments": comments, "texts": texts}

    def put(self, key: str, decision: dict[str, Any], known: str) -> dict[str, Any]:
        """Take a decision over a text, and return the text as it is by then.

        Parameters
        ----------
        key
            Of the text.
        decision
            Its ``kind`` is ``mark``, ``stop``, or ``open``, which takes a stop back. A mark has
            ``scores``, ``cap`` and ``comment``, and ``over`` where it may replace what another
            program set.
        known
            What the page knows of the text.

        Raises
        ------
        NotSavedError
            If something is other than that by now.
        BadDecisionError
            If it is no decision over this task.
        """
        with self._book.transaction() as session:
            answer = self._answer(session, key)
            written = self._texts.read(answer.student)
            for made in self._made(decision, answer, written, known):
                over = made.kind == "mark"
                answer = by_hand.decide(session, self.task, answer, made, over=over)
            comments = self._comments(session)
        return self._view.text(answer, written) | {"comments": comments}

    def undo(self) -> str | None:
        """Take this marker's last mark back, and return its text's key; None if there is none."""
        with self._book.transaction() as session:
            rows = self._rows(session)
            undone = {row.undoes for row in rows}
            marks = [row for row in rows if row.kind == "mark" and row.id not in undone]
            if not marks:
                return None
            [answer] = by_hand.answers(session, self.task, marks[-1].student)
            by_hand.decide(session, self.task, answer, self._back(marks[-1]))
            return self._view.key(answer.student)

    def who(self, key: str) -> str:
        """Return whose text it is, for whoever has to speak with the writer."""
        with self._book.transaction() as session:
            return self._answer(session, key).student

    def written(self, key: str) -> Written | None:
        """Return a text; None where there is none that can be read."""
        return self._texts.read(self.who(key))

    def agreement(self) -> dict[str, Any]:
        """Return how far this marker agrees with the others, over the texts that both have read."""
        mine = self.options.marker
        with self._book.transaction() as session:
            every = [answer.markers for answer in by_hand.answers(session, self.task)]
        pairs = [
            (markers[mine], other)
            for markers in every
            for name, other in markers.items()
            if mine in markers and name != mine and _are_of_one(markers[mine], other)
        ]
        levels = [
            two for one, other in pairs for two in zip(one.scores, other.scores, strict=False)
        ]
        points = agreement([(one.points or 0.0, other.points or 0.0) for one, other in pairs])
        return {
            "criteria": asdict(agreement(levels)) if self._rubric else None,
            "points": asdict(points),
            "apart": sum(mine in markers and decisions.are_apart(markers) for markers in every),
        }

    def take_over(self, copy: Path) -> int:
        """Add what a copy of the gradebook has over this task, and return how many decisions.

        Parameters
        ----------
        copy
            A file of SQLite, such as a second marker's.
        """
        with reading(copy) as connection:
            rows = decisions.rows(connection, self.task.assignment, **self.task.place)
        with self._book.transaction() as session:
            return by_hand.take_over(session, self.task, rows)

    def stopped(self) -> list[str]:
        """Return whose texts somebody stopped at: they need another task."""
        place = (self.task.notebook, self.task.cell)
        with self._book.transaction() as session:
            every = decisions.stopped(session.connection(), self.task.assignment)
        return [who for who, *of in every if (*of,) == place]

    def _rows(self, session: Session) -> list[Decision]:
        columns = self.task.place | {"marker": self.options.marker}
        return decisions.rows(session.connection(), self.task.assignment, **columns)

    def _comments(self, session: Session) -> list[str]:
        """Return the comments that this marker wrote most often, of equal ones the last first."""
        written = [row.comment for row in reversed(self._rows(session)) if row.comment]
        return [text for text, _ in Counter(written).most_common(_SAVED)]

    def _answer(self, session: Session, key: str) -> Answer:
        if key not in self._students:
            every = by_hand.answers(session, self.task)
            self._students = {self._view.key(answer.student): answer.student for answer in every}
        # whoever was taken out meanwhile has none
        found = by_hand.answers(session, self.task, self._students.get(key, key))
        if not found:
            raise BadDecisionError(self._view.words["desk-gone"])
        return found[0]

    def _made(
        self, decision: dict[str, Any], before: Answer, written: Written | None, known: str
    ) -> list[Decision]:
        """Return the rows that a decision comes to."""
        text = written.hash if written else ""
        task = self.task
        names = (task.assignment, before.student, task.notebook, task.cell, self.options.marker)
        match decision.get("kind"):
            case "stop":
                return [Decision(*names, "stop", text)]
            case "open":
                stops = [one for one in before.markers.values() if one.kind == "stop"]
                anew, mine = is_anew(before, written), self.options.marker
                return [self._back(one) for one in stops if anew or one.marker == mine]
            case "mark":
                self._refuse(before, written, known, over=decision.get("over") is True)
                made = Decision(*names, "mark", text)
                return [marked(decision, made, self._rubric, task.most, self._view.words)]
        raise BadDecisionError("The page asks for what there is not. Load it again.")

    def _back(self, row: Decision) -> Decision:
        """Return the row that takes another back."""
        about = {"marker": self.options.marker, "kind": "undo", "undoes": row.id}
        empty = {"scores": (), "cap": False, "points": None, "comment": ""}
        return replace(row, **about, **empty)  # type: ignore[arg-type] # of several kinds

    def _refuse(self, answer: Answer, written: Written | None, known: str, *, over: bool) -> None:
        """Refuse a mark where something is other than the page knew, or would be lost unsaid."""
        mine = answer.markers.get(self.options.marker)
        if why := _why(answer, mine, written, known, over=over):
            points = f"{(mine and mine.points) or 0:g}"
            sentence = self._view.words[why].format(points=points)
            raise NotSavedError(sentence, self._view.text(answer, written))


def _why(
    answer: Answer, mine: Decision | None, written: Written | None, known: str, *, over: bool
) -> str:
    """Return the key of the sentence that says why a mark is not taken; nothing if it is."""
    if decisions.is_stopped(answer.markers):
        return "desk-not-stopped"
    if written is None:
        return "desk-not-there"
    now, then = seen(mine, written, answer).split("."), [*known.split("."), "", "", ""]
    same_decision, same_text, same_elsewhere = (new == then[at] for at, new in enumerate(now))
    if not same_text:
        return "desk-not-anew"
    if not same_decision:
        return "desk-not-mine" if mine else "desk-not-undone"
    return "desk-not-elsewhere" if answer.elsewhere and not (over and same_elsewhere) else ""


def _are_of_one(one: Decision, other: Decision) -> bool:
    """Say whether two markers have marked the same text."""
    return one.kind == other.kind == "mark" and one.text_hash == other.text_hash
