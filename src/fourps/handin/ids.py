"""Ids for people who hand in without giving a name."""

from __future__ import annotations

import secrets

# no vowels and nothing that looks like something else, so that it can be read out
LETTERS = "bcdfghjkmnpqrstvwxz23456789"


def pseudonym(prefix: str = "learner-", length: int = 8) -> str:
    """Return an id that says nothing about the learner.

    Parameters
    ----------
    prefix
        What it begins with.
    length
        How many letters and digits follow, drawn at random.

    Examples
    --------
    >>> len(pseudonym())
    16
    """
    return prefix + "".join(secrets.choice(LETTERS) for _ in range(length))
