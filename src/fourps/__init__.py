"""Four Ps: an open course on counter-trafficking in humanitarian action.

In a notebook, ``play("protection")`` shows a module's scenario and ``ask("protection")`` its quiz.
"""

from fourps.notebook import ask, play

__all__ = ["ask", "play"]
