"""A key and a statement."""

from __future__ import annotations

from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fourps.grading.record.keys import fingerprint
from fourps.grading.record.statement import Completed, Statement


@pytest.fixture(scope="session")
def key():
    return Ed25519PrivateKey.generate()


@pytest.fixture(scope="session")
def state(key):
    """Return a function that makes a statement, with changes."""

    def one(**changes):
        modules = [Completed(id="protection", title="Protection", way="practitioner", hours=4.5)]
        values = {
            "course": "Four Ps",
            "version": "0.1.0",
            "language": "en",
            "issuer": "Helping Hands",
            "issued": date(2026, 11, 25),
            "learner": "m-fmq2fqw32t",
            "modules": modules,
            "whole": False,
            "key": fingerprint(key.public_key()),
            "document": "0" * 64,
        }
        return Statement(**(values | changes))

    return one
