"""SYNTHETIC: three kinds of number about Selvarra in 2030, which must not be mixed.

The 64 detected victims are those of `fourps.data.detected`. The estimate comes from an invented
survey and counts something else, people in forced labour on any day; and the people whom an aid
organisation assisted include many who were never trafficked.
"""

from __future__ import annotations

from functools import partial

from fourps.data import store

load = partial(store.load, "other_counts")
