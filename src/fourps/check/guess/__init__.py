"""Whether options give themselves away to somebody who has read nothing.

`items` are what is chosen from; `habits` and `model` are those who guess; `table` says how often
they are right, and `measure` asks them all.
"""

from fourps.check.guess.measure import Guesses, guess

__all__ = ["Guesses", "guess"]
