"""What became of a hand-in, in a gradebook that no run has written to."""

from __future__ import annotations

from sqlalchemy import create_engine

from fourps.grading.gradebook import tables, verdicts


def tell(url, verdict):
    """Write a verdict into the gradebook at an address."""
    engine = create_engine(url)
    with engine.begin() as connection:
        tables.create(connection)
        verdicts.write(connection, verdict)
    engine.dispose()
