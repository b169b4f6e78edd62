"""SYNTHETIC: a campaign asked about at two sites, before, after and later, with drop-out.

One site saw a drama about job offers. Knowledge rises there and fades again; what people do moves
hardly more than at the other site. People in debt know and check less, and leave more often, most
of all where the drama was: so those who can still be reached look better than those who began.
"""

from __future__ import annotations

from functools import partial

from fourps.data import store

SITES = ["drama", "no drama"]
ROUNDS = ["before", "after", "later"]

load = partial(store.load, "campaign")
