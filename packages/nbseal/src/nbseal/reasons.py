"""Why a submission is not graded."""

from __future__ import annotations

from nbseal.base.errors import Reason

REASONS = {
    # nothing to be graded
    "nothing": "Nothing was handed in.",
    "no-notebook": "There is no notebook in {folder}.",
    "not-there": "There is no {names} in {folder}.",
    "absent": "It was not handed in and counts 0.",
    # refused when it was collected
    "refused-kind": "What was handed in is no notebook and no hand-in file.",
    "refused-text": "A text was typed into Moodle, and no notebook was handed in.",
    "refused-large": "What was handed in is over 20 MB.",
    "refused-other": "What was handed in is a notebook of something else.",
    "refused-name": "What was handed in says inside that it is somebody else's.",
    "refused": "What was handed in cannot be used: collect it again to see why.",
    # before it is executed
    "odd-file": "{name} is a link or no ordinary file: delete it in {folder}.",
    "no-time": "timestamp.txt in {folder} holds no time. Write one such as 2026-11-25 14:00:00 "
    "UTC, or delete the file.",
    "language": "It is written in {language}, and only Python runs here: use nbgrader autograde.",
    "not-read": "It cannot be read ({error}).",
    "not-prepared": "It cannot be prepared ({error}).",
    "code-own": "It has code of its own, which is run only where it can be sealed. {why} The next "
    "run where it can be takes this one up.",
    "code-released": "Its exercise is run only where that can be sealed ({what}). {why} The next "
    "run where it can be takes this one up.",
    "files-beside": "Files lie beside it, so it is run only where it can be sealed. {why} The next "
    "run where it can be takes this one up.",
    # while it is executed
    "stuck": "It took no more cells.",
    "long-notebook": "The notebook took longer than {seconds} s.",
    "long-cell": "A cell took longer than {seconds} s and could not be interrupted.",
    "late": "Took too long and was stopped, the next one ran: cell {cells}.",
    "killed": "It was killed: it used more than {memory} MB of memory, or {seconds} s of a "
    "processor.",
    "memory": "It wanted more than {memory} MB of memory: cell {cells}. Where the task needs more, "
    "raise memory_mb.",
    "together": "Together its processes took more than {memory} MB of memory.",
    "copies": "At cell {cell} its processes together took more than {memory} MB of memory. Copies "
    "of them wait for checks that call functions, and share only what later cells leave as it is. "
    "Keep large data in arrays and tables, not in lists, or raise memory_mb.",
    "no-copy": "There was no room for a copy of its process, in which this check calls functions: "
    "it has too many processes.",
    "signal": "Its process ended by {signal}.",
    "ended": "It ended its own process, with status {status}.",
    "output": "It said more than is kept.",
    "spoke": "It answered in place of the kernel, with what no kernel says.",
    "tampered": "It changed what the tests rely on: {what}",
    "changed": "{what} is not what it was.",
    "no-errors": "The kernel no longer reports an error as one.",
    "answer-ended": "Its process ended while this check called it: it ended itself, used too much "
    "memory or time, or said what no function returns.",
    "not-run": "This check was not run, and earns nothing.",
    "not-executed": "It could not be executed ({error}).",
    # after it
    "not-recorded": "It could not be recorded ({error}).",
}
# the same by the keys of the catalogue
TEXTS = {f"ungraded-{key}": text for key, text in REASONS.items()}


def because(key: str, **values: object) -> Reason:
    """Return a reason.

    Examples
    --------
    >>> print(because("ended", status=3))
    It ended its own process, with status 3.
    """
    return Reason.of(TEXTS, f"ungraded-{key}", **values)
