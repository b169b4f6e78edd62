import pandas as pd
import pytest
from matplotlib import rc_context
from matplotlib.patches import Rectangle

from fourps.lab.draw import bars, grid
from fourps.lab.style import settings
from fourps.lab.svg import slim_svg

TABLE = pd.DataFrame({"men": ["3", "8"], "legal advice": ["4", "5"]}, index=["North", "South"])
VALUES = pd.Series({"North": -3, "South": 1200})


def words(figure):
    return [figure.get_suptitle(), *(text.get_text() for text in figure.axes[0].texts)]


def test_every_drawing_says_synthetic():
    """Does each drawing, and the SVG made of it, say that its data are invented?"""
    for figure in (grid(TABLE, TABLE == "3", "week 16"), bars(VALUES, "week 16", (-10, 2000))):
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
