import pytest

from nbseal.base.handins import Handins, NotAnswersError, is_learner


@pytest.mark.parametrize("name", ["", ".", "..", "-a", "a/b", "a b", "é", "a" * 65, "a\n"])
def test_ids_that_cannot_be_used(name):
    """Can an id never be a path?"""
    assert not is_learner(name)


def test_no_answers_by_itself():
    """Is no text a hand-in of a course that has no such files?"""
    with pytest.raises(NotAnswersError, match=r"a\.txt: no file of answers"):
        Handins().parse_answers(b'{"format": 2}', "a.txt")


@pytest.mark.parametrize("name", ["con", "NUL", "aux.b", "com1", "ada."])
def test_ids_that_windows_keeps(name):
    """Can an id always be the name of a folder, on Windows too?"""
    assert not is_learner(name)
