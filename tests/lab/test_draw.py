import pandas as pd
import pytest
from matplotlib import rc_context
from matplotlib.patches import Rectangle

from fourps.lab.draw import bars, flow, grid, lines, ranges
from fourps.lab.style import settings
from fourps.lab.svg import slim_svg

TABLE = pd.DataFrame({"men": ["3", "8"], "legal advice": ["4", "5"]}, index=["North", "South"])
VALUES = pd.Series({"North": -3, "South": 1200})


YEARS = pd.DataFrame({"detected": [9, None, 14], "convicted": [1, 2, 3]}, index=[2021, 2022, 2023])
LOW, HIGH = pd.Series({"a": 1, "b": None}), pd.Series({"a": 4.5, "b": None})
MIDDLE = pd.Series({"a": None, "b": 1204})
STEPS = pd.Series({"detected": 64, "offences": 27, "not known": None, "convicted": 4})


def words(figure):
    return [figure.get_suptitle(), *(text.get_text() for text in figure.axes[0].texts)]


def test_every_drawing_says_synthetic():
    """Does each drawing, and the SVG made of it, say that its data are invented?"""
    for figure in (
        grid(TABLE, TABLE == "3", "week 16"),
        bars(VALUES, "week 16", (-10, 2000)),
        lines(YEARS, "week 16"),
        ranges(LOW, MIDDLE, HIGH, "week 16"),
        flow(STEPS, "week 16"),
    ):
        assert figure.get_suptitle() == "SYNTHETIC: week 16"
        with rc_context(settings()):
            assert "SYNTHETIC: week 16" in slim_svg(figure)


def test_a_box_stands_around_what_is_marked():
    """Has each marked cell a box, and no other?"""
    (box,) = grid(TABLE, TABLE == "8", "").axes[0].patches
    assert isinstance(box, Rectangle)
    assert (int(box.get_x()), int(box.get_y())) == (0, 1)


def test_every_cell_and_name_is_written():
    """Are all names and cells there as text, for people who search or enlarge it?"""
    found = words(grid(TABLE, TABLE == "", ""))
    assert sorted(found[1:]) == sorted(
        ["men", "legal\nadvice", "North", "South", "3", "8", "4", "5"]
    )


def test_bars_carry_their_numbers():
    """Does each bar say its number, or the note given for it?"""
    assert words(bars(VALUES, "", (-10, 2000)))[1:] == ["-3", "1,200"]
    assert words(bars(VALUES, "", (-10, 2000), notes=["a", "b"]))[1:] == ["a", "b"]


@pytest.mark.parametrize("true", [None, VALUES + 5])
def test_views_of_one_figure_have_one_axis(true):
    """Do all views share the limits that were asked for, with an outline or without?"""
    axes = bars(VALUES, "", (-10, 2000), true=true).axes[0]
    assert axes.get_xlim() == (-10, 2000)
    assert len(axes.patches) == (2 if true is None else 4)


def test_real_data_are_not_called_synthetic():
    """Does a table with a label of its own keep it in the drawing?"""
    table = YEARS.copy()
    table.attrs["label"] = "CTDC, not to be passed on"
    assert lines(table, "years").get_suptitle() == "CTDC, not to be passed on: years"


def test_lines_differ_by_more_than_colour():
    """Has each of fifteen lines its own look, with a marker or dashes of its own?"""
    table = pd.DataFrame({f"line {number}": [1, 2] for number in range(15)}, index=[1, 2])
    axes = lines(table, "").axes[0]
    assert len({(one.get_marker(), one.get_linestyle()) for one in axes.lines}) == 15
    with pytest.raises(ValueError, match="16 columns; 15 lines can be told apart"):
        lines(table.assign(more=1), "")


def test_a_missing_value_leaves_a_gap():
    """Is a year without a number neither zero nor joined over?"""
    line = lines(YEARS, "").axes[0].lines[0]
    assert line.get_ydata()[1] != line.get_ydata()[1]


def test_lines_name_their_years_from_the_last_one():
    """Are the labels few enough for a phone, with the last one among them?"""
    table = pd.DataFrame({"a": range(10)}, index=range(2021, 2031))
    labels = [text.get_text() for text in lines(table, "").axes[0].get_xticklabels()]
    assert sorted(labels) == ["2022", "2024", "2026", "2028", "2030"]
    rounds = pd.DataFrame({"a": [1, 2]}, index=["before", "after"])
    found = [text.get_text() for text in lines(rounds, "").axes[0].get_xticklabels()]
    assert sorted(found) == ["after", "before"]


def test_a_band_goes_with_its_line():
    """Is a band drawn around its line, and one of no column refused?"""
    ends = (YEARS["convicted"] - 1, YEARS["convicted"] + 20)
    axes = lines(YEARS, "", bands={"convicted": ends}).axes[0]
    assert len(axes.collections) == 1
    assert axes.get_ylim()[1] > 23
    assert lines(YEARS, "", limits=(0, 30)).axes[0].get_ylim() == (0, 30)
    with pytest.raises(ValueError, match="a band for 'other'"):
        lines(YEARS, "", bands={"other": ends})


def test_ranges_say_what_they_know():
    """Is there a whisker without a dot, a dot without a whisker, and each in words?"""
    found = words(ranges(LOW, MIDDLE, HIGH, ""))[1:]
    assert found == ["a: 1 to 4.5", "b: 1,204"]
    nothing = pd.Series({"a": None}, dtype=float)
    assert words(ranges(nothing, nothing, nothing, ""))[1:] == ["a: not reported"]


def test_ranges_with_limits_share_an_axis():
    """Do all views share the limits that were asked for?"""
    assert ranges(LOW, MIDDLE, HIGH, "", limits=(0, 9)).axes[0].get_xlim() == (0, 9)


def test_a_flow_says_the_share_of_each_step():
    """Does each step name its number and its share, and none where a step is not known?"""
    assert words(flow(STEPS, ""))[1:] == [
        "detected: 64",
        "offences: 27 (42 % of the one above)",
        "not known: not reported",
        "convicted: 4",
    ]
    assert words(flow(pd.Series({"a": 0, "b": 3}), ""))[1:] == ["a: 0", "b: 3"]


def test_long_names_are_wrapped():
    """Is a name that a phone has no room for written on two lines?"""
    name = "people assisted after violence, exploitation or abuse, trafficked or not"
    assert words(flow(pd.Series({name: 412}), ""))[1].count("\n") == 1
