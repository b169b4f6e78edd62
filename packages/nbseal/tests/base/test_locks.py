"""Locks: both kinds, since one of them is that of Windows and runs here too."""

import subprocess
import sys
from functools import partial
from threading import Event, Thread

import pytest

from nbseal.base.locks import hold, hold_database

HOLDS = """
import sys, time
from pathlib import Path
from nbseal.base import locks
release = getattr(locks, sys.argv[1])(Path(sys.argv[2]), wait=False)
print(release is not None, flush=True)
time.sleep(600)
"""


@pytest.fixture(params=[hold, hold_database], ids=lambda kind: kind.__name__)
def kind(request):
    """Return each kind."""
    return request.param


@pytest.fixture
def place(tmp_path):
    """Return a file to be held."""
    (tmp_path / "held").touch()
    return tmp_path / "held"


def test_killed(kind, place):
    """Is what another process holds held, and free as soon as that is killed?"""
    words = [sys.executable, "-c", HOLDS, kind.__name__, str(place)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "True\n"
        assert kind(place, wait=False) is None
        other.kill()
    release = kind(place, wait=False)
    assert release is not None
    release()
    assert place.read_bytes() == b""


def test_waits(kind, place):
    """Does who waits get it when it is free, and not before?"""
    heard, began = [], Event()

    def other():
        began.set()
        release = kind(place, wait=True)
        heard.append("other")
        release()

    release = kind(place, wait=True)
    thread = Thread(target=other)
    thread.start()
    assert began.wait(60)
    thread.join(0.6)
    heard.append("mine")
    release()
    thread.join(60)
    assert heard == ["mine", "other"]


@pytest.mark.parametrize("action", [partial(hold_database, wait=False)])
def test_what_cannot_be_held(action, tmp_path):
    """Is it said when there is no such place, instead of that somebody holds it?"""
    with pytest.raises(Exception, match="unable to open"):
        action(tmp_path / "nowhere" / "held")
