"""The base of every error that is told to a person."""

from __future__ import annotations


class FourpsError(Exception):
    """What a command prints when it cannot go on, and nothing else of it.

    The message says what is wrong, where, what was expected, and what to do.
    """
