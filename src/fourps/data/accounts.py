"""SYNTHETIC: an abstract ledger of 2,000 invented accounts, with two signals that mean nothing.

A and B stand for no behaviour, so that the ledger teaches no typology; it teaches what any rule
meets when what it looks for is rare. Signal A is raised far too often in Jelisse, where many people
send wages across the border: a rule can be unfair without being meant so. A concern is not guilt.
"""

from __future__ import annotations

from functools import partial

from fourps.data import store

load = partial(store.load, "accounts")
