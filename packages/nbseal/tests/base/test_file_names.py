import sys
import warnings
from pathlib import PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbseal.base.file_names import is_portable

DEVICES = ["con", "PRN", "Aux", "nul", "com1", "LPT9", "COM¹", "conin$", "CONOUT$"]


@pytest.mark.parametrize("name", DEVICES)
@pytest.mark.parametrize("ending", ["", ".txt", ".tar.gz", " .txt"])
def test_devices(name, ending):
    """Is no device of Windows a file, whatever its ending?"""
    assert not is_portable(name + ending)


@pytest.mark.parametrize("name", ["console", "aux-1", "com", "lpt10", "a.con", "nullify.txt"])
def test_likenesses(name):
    """Is a name taken that only looks like one?"""
    assert is_portable(name)


@pytest.mark.parametrize(
    "name", ["", ".", "..", "ada.", "ada ", "a:b", "a?", "a\\b", 'a"', "a\n", "a\0", "|", "a" * 256]
)
def test_forbidden(name):
    """Is refused what Windows refuses, or takes for another name?"""
    assert not is_portable(name)


def test_lengths():
    """Are 255 bytes taken, and not 255 letters of more bytes, which Linux refuses?"""
    assert is_portable("a" * 255)
    assert is_portable("é" * 127)
    assert not is_portable("é" * 128)


@pytest.mark.skipif(sys.version_info >= (3, 15), reason="Python has another way of asking by then")
@given(st.one_of(st.text(max_size=8), st.sampled_from(DEVICES).map(str.upper)))
def test_as_python_knows(name):
    """Is nothing taken that Python itself calls reserved?"""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        assert not (is_portable(name) and PureWindowsPath(name).is_reserved())
