import pytest

from nbseal.base.handins import is_learner


@pytest.mark.parametrize("name", ["", ".", "..", "-a", "a/b", "a b", "é", "a" * 65, "a\n"])
def test_ids_that_cannot_be_used(name):
    """Can an id never be a path?"""
    assert not is_learner(name)
