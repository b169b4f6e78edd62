"""Sealed execution: a learner's notebook runs where it can harm nobody and change no other mark.

`Worker` keeps one sealed process with the usual libraries loaded. For each notebook it forks a
child that gets namespaces, limits and a throw-away disk of its own, and is killed with all that it
started. What the child says is never trusted: it is capped, read as JSON and checked by value.

Everything that runs inside the seal is in `nbseal.inside`; nothing there knows the
gradebook, a source notebook or another submission, in its files or in its memory.
"""

from nbseal.inside.limits import Limits
from nbseal.seal.box import why_not
from nbseal.seal.outputs import Executed
from nbseal.seal.places import of_course
from nbseal.seal.sealed_execute import SealedExecute
from nbseal.seal.worker import SealError, Worker

__all__ = ["Executed", "Limits", "SealError", "SealedExecute", "Worker", "of_course", "why_not"]
