"""A process of its own for each learner, which ends."""

import os
import sys
import time

import pytest

from nbseal.giveback.each_learner import each


@pytest.mark.once
def test_memory():
    """Does a call that takes more memory than it may get an error, and do the others have theirs?"""

    def do(name):
        try:
            # far more than there may be: less could come out of what this process once had
            kept = bytearray(2 << 30 if name == "ada" else 1 << 20)
        except MemoryError:
            return "no memory"
        return "" if kept else "nothing"

    troubles = dict(each(["ada", "ben"], do, seconds=60, at_once=1, memory_mb=64))
    assert troubles == {"ada": "no memory", "ben": ""}
    assert dict(each(["ada"], do, seconds=60, at_once=1)) == {"ada": ""}


def test_time():
    """Is a call ended that takes too long?"""

    def do(name):
        time.sleep(600 if name == "ada" else 0)
        return ""

    troubles = dict(each(["ada", "ben"], do, seconds=2, at_once=2))
    assert troubles == {"ada": "it took longer than 2 s", "ben": ""}


def test_without_copies(monkeypatch):
    """Does each get theirs where a system has no copies of processes, whatever befalls another?"""

    def do(name):
        if name == "ada":
            sys.exit(3)
        return {"ben": "", "cem": "no page"}[name]

    monkeypatch.delattr(os, "fork")
    troubles = dict(each(["ada", "ben", "cem", "dan"], do, seconds=2, at_once=2))
    assert troubles == {
        "ada": "SystemExit: 3",
        "ben": "",
        "cem": "no page",
        "dan": "KeyError: 'dan'",
    }
