import pytest

from fourps.course.mime import COURSE_MIME
from fourps.course.words import words
from fourps.scenario.engine import PathError
from fourps.scenario.widget import ScenarioWidget

PATH = ["sit-down", "ask-need", "offer-return"]


@pytest.fixture
def widget(small):
    """Return the small scenario as a widget."""
    return ScenarioWidget(small, {"pim2015": "PIM 2015"}, "welcome")


def test_before_the_first_choice(widget, small):
    """Does a widget stand at the start?"""
    assert widget.path == []
    assert widget.attempt["node"] == small.start
    assert widget.attempt["offered"] == ["sit-down", "stay-standing", "call-out"]
    assert widget.words == words("en")


def test_seeds(small):
    """Do options stand in an order of each widget, which all its views share?"""
    assert len({ScenarioWidget(small, {}, "welcome").seed for _ in range(5)}) > 1
    assert "seed" in ScenarioWidget(small, {}, "welcome").get_state()


def test_from_path_to_attempt(widget):
    """Does the attempt follow the path?"""
    widget.path = PATH[:2]
    assert widget.attempt["node"] == "farewell"
    assert widget.attempt["path"] == PATH[:2]
    widget.path = PATH
    assert widget.attempt["ending"] == "safe"
    assert widget.attempt["bands"] == {"listening": "strong", "discretion": "strong"}


def test_from_attempt_to_path(widget):
    """Does the path follow the attempt, so that one can go back to an earlier one?"""
    widget.path = PATH[:1]
    earlier = widget.attempt
    widget.path = PATH
    widget.attempt = earlier
    assert widget.path == PATH[:1]
    assert widget.attempt == earlier


@pytest.mark.parametrize("illegal", [["fly"], ["sit-down", "say-sorry"], [*PATH, "sit-down"]])
def test_illegal_path(widget, illegal):
    """Is a path that is not possible refused, and does everything stay as it was?"""
    widget.path = PATH[:1]
    before = widget.attempt
    with pytest.raises(PathError, match=f"step {len(illegal)}: '{illegal[-1]}' is not on offer"):
        widget.path = illegal
    assert widget.path == PATH[:1]
    assert widget.attempt == before


def test_illegal_path_from_the_page(widget):
    """Is a path that is not possible refused too when the page sends it?"""
    widget.set_state({"path": PATH[:1]})
    assert widget.attempt["node"] == "table"
    with pytest.raises(PathError):
        widget.set_state({"path": ["fly"]})
    assert widget.path == PATH[:1]
    assert widget.attempt["path"] == PATH[:1]


def test_page_sends_both(widget, small):
    """Does nothing change again when the page sends path and attempt together?"""
    later = ScenarioWidget(small, {}, "welcome")
    later.path = PATH
    seen = []
    widget.observe(lambda change: seen.append(change["name"]), ["path", "attempt"])
    widget.set_state({"path": PATH, "attempt": later.attempt})
    assert sorted(seen) == ["attempt", "path"]
    assert (widget.path, widget.attempt) == (later.path, later.attempt)


def test_illegal_attempt(widget):
    """Is an attempt with a path that is not possible refused, and does everything stay as it was?"""
    widget.path = PATH[:1]
    before = widget.attempt
    with pytest.raises(PathError):
        widget.attempt = before | {"path": ["fly"]}
    assert widget.path == PATH[:1]
    assert widget.attempt == before


def test_forged_attempt(widget):
    """Is an attempt always what its path leads to, whatever else it says?"""
    widget.path = PATH[:1]
    true = widget.attempt
    widget.attempt = true | {"scores": {"listening": 99, "discretion": 99}, "kind": "safe"}
    assert widget.attempt == true


def test_bundle(widget):
    """Does the output carry a reference to the scenario, and none of its content?"""
    widget.path = PATH
    bundle = widget._repr_mimebundle_()
    data = bundle[0] if isinstance(bundle, tuple) else bundle
    assert data[COURSE_MIME] == {"kind": "scenario", "reference": "welcome"}
    assert "application/vnd.jupyter.widget-view+json" in data
    assert not any(text in repr(bundle) for text in ("Sit down with her", "help-point", "counter"))


def test_front(widget, javascript):
    """Does the widget's own module, put together for JupyterLab, go where the kernel goes?"""
    widget.path = PATH
    (found,) = javascript("replay", spec=widget.spec, paths=[PATH])
    assert found == widget.attempt
    assert "export default { render: $scenario.renderScenario }" in str(widget._esm)
