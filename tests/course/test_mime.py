import pytest

from fourps.course.mime import COURSE_MIME, with_reference

ENTRY = {"kind": "quiz", "reference": "protection"}


@pytest.mark.parametrize("empty", [None, {}])
def test_without_a_bundle(empty):
    """Does a widget that shows nothing still say what it is?"""
    assert with_reference(empty, "quiz", "protection") == {COURSE_MIME: ENTRY}


def test_beside_the_others():
    """Is the entry added, and the widget's own bundle left as it is?"""
    bundle = {"text/plain": "Quiz"}
    assert with_reference(bundle, "quiz", "protection") == {
        "text/plain": "Quiz",
        COURSE_MIME: ENTRY,
    }
    assert bundle == {"text/plain": "Quiz"}


def test_with_metadata():
    """Does metadata stay where it was?"""
    bundle = ({"text/plain": "Quiz"}, {"a": 1})
    data, metadata = with_reference(bundle, "quiz", "protection")
    assert set(data) == {"text/plain", COURSE_MIME}
    assert metadata == {"a": 1}
