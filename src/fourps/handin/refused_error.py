"""What is refused of what learners hand in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourps.course.error import FourpsError

if TYPE_CHECKING:
    from fourps.course.reason import Reason


class RefusedError(FourpsError, ValueError):
    """Something that cannot be used; the message says which and why."""

    noted = "refused"
    """The key in `fourps.grading.reasons` of what is kept of whoever handed it in. Messages are not
    kept: they hold names that learners gave."""

    def __init__(self, message: str | Reason, *, noted: str = "") -> None:
        super().__init__(message)
        self.noted = noted or self.noted
