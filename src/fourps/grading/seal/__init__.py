"""Sealed execution: a learner's notebook runs where it can harm nobody and change no other mark.

`Worker` keeps one sealed process with the usual libraries loaded. For each notebook it forks a
child that gets namespaces, limits and a throw-away disk of its own, and is killed with all that it
started. What the child says is never trusted: it is capped, read as JSON and checked by value.

Everything that runs inside the seal is in `fourps.grading.inside`; nothing there knows the
gradebook, a source notebook or another submission, in its files or in its memory.
"""

from fourps.grading.inside.limits import Limits
from fourps.grading.seal.box import why_not
from fourps.grading.seal.outputs import Executed
from fourps.grading.seal.places import beside, of_course
from fourps.grading.seal.sealed_execute import SealedExecute
from fourps.grading.seal.worker import SealError, Worker

__all__ = [
    "Executed",
    "Limits",
    "SealError",
    "SealedExecute",
    "Worker",
    "beside",
    "of_course",
    "why_not",
]
