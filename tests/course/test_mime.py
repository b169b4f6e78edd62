import pytest

from fourps.course.mime import COURSE_MIME, with_reference

ENTRY = {"kind": "quiz", "reference": "protection"}


@pytest.mark.parametrize("bundle", [None, {}, {"text/plain": "Quiz"}])
def test_beside_the_others(bundle):
    """Does a widget say what it is, beside all else that it shows, and is that left as it is?"""
    before = dict(bundle or {})
    assert with_reference(bundle, "quiz", "protection") == {**before, COURSE_MIME: ENTRY}
    assert before == (bundle or {})


def test_with_metadata():
    """Does metadata stay where it was?"""
    bundle = ({"text/plain": "Quiz"}, {"a": 1})
    data, metadata = with_reference(bundle, "quiz", "protection")
    assert set(data) == {"text/plain", COURSE_MIME}
    assert metadata == {"a": 1}
