"""What a table of counts gives away, and what may be done about it."""

from fourps.lab.privacy.counts import ALL, HOLE, cells, cross, publish, small
from fourps.lab.privacy.holes import Range, helpers, known, possible
from fourps.lab.privacy.people import alike, k, told

__all__ = [
    "ALL",
    "HOLE",
    "Range",
    "alike",
    "cells",
    "cross",
    "helpers",
    "k",
    "known",
    "possible",
    "publish",
    "small",
    "told",
]
