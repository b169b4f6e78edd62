"""The translations of the course itself."""

import pytest

from fourps.translation.gates import check

pytestmark = pytest.mark.once


def test_french(root):
    """Is there nothing to mend in what is translated into French?"""
    found = check(root, "fr")
    assert list(map(str, found.problems)) == []
