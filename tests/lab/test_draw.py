import pandas as pd
import pytest
from drawn import faults
from matplotlib import rc_context

from fourps.lab.draw import bars, flow, grid, lines, ranges
from fourps.lab.style import settings, slim_svg

TABLE = pd.DataFrame({"men": ["3", "8"], "legal advice": ["4", "5"]}, index=["North", "South"])
VALUES = pd.Series({"North": -3, "South": 1200})


YEARS = pd.DataFrame({"detected": [9, None, 14], "convicted": [1, 2, 3]}, index=[2021, 2022, 2023])
LOW, HIGH = pd.Series({"a": 1, "b": None}), pd.Series({"a": 4.5, "b": None})
MIDDLE = pd.Series({"a": None, "b": 1204})
STEPS = pd.Series({"detected": 64, "offences": 27, "not known": None, "convicted": 4})


def words(figure):
    return [figure.get_suptitle(), *(text.get_text() for text in figure.axes[0].texts)]


def drawings(title):
    """One of each drawing, each with a scale in people."""
    return (
        bars(VALUES, title, axis="people", limits=(-10, 2000)),
        lines(YEARS.rename_axis("year"), title, axis="people"),
        ranges(LOW, MIDDLE, HIGH, title, axis="people"),
        flow(STEPS, title, axis="people"),
    )


def test_every_drawing_says_synthetic():
    """Does each drawing, and the SVG made of it, say once that its data are invented?"""
    for figure in drawings("week 16"):
        assert figure.get_suptitle() == "SYNTHETIC: week 16"
        with rc_context(settings()):
            assert slim_svg(figure).count("SYNTHETIC") == 1
    assert grid(TABLE, TABLE == "3", "week 16").html().count("SYNTHETIC: week 16") == 1


def test_every_scale_has_a_title_and_whole_ticks():
    """Does each scale say what it counts, in whole people, with a line at zero that is no grid's?"""
    for figure in drawings("week 16"):
        (axes,) = figure.axes
        upright = bool(axes.get_title(loc="left"))
        assert "people" in (axes.get_xlabel(), axes.get_title(loc="left"))
        scale = axes.yaxis if upright else axes.xaxis
        ticks = scale.get_major_locator()()
        assert 2 <= len(ticks) <= 7
        assert all(float(tick).is_integer() for tick in ticks)
        (zero,) = [
            line
            for line in axes.lines
            if list(line.get_ydata() if upright else line.get_xdata()) == [0, 0]
        ]
        assert zero.get_linewidth() > 2 * scale.get_gridlines()[0].get_linewidth()


def test_what_is_drawn_holds_to_the_rules_of_the_house():
    """Is each drawing readable on a phone, without a gap, and is one that is not found out?"""
    with rc_context(settings()):
        for figure in drawings("week 16"):
            assert list(faults(slim_svg(figure))) == []
        bad = drawings("week 16")[0]
        bad.axes[0].set_xlabel("")
        bad.axes[0].set_xticks([0, 1000, 2000], ["0", "0.5", "1000.25"], fontsize=9)
        bad.axes[0].lines[-1].remove()
        bad.set_figheight(9)
        found = " ".join(faults(slim_svg(bad)))
    for part in ("too small", "nothing in them", "without a title", "like the grid", "another way"):
        assert part in found


def test_numbers_are_written_alike():
    """Do bars and their scale write a thousand and a minus in the same way?"""
    axes = bars(VALUES, "", axis="people", limits=(-2000, 2000)).axes[0]
    axes.figure.draw_without_rendering()
    ticks = [tick.get_text() for tick in axes.get_xticklabels()]
    assert ticks == ["\N{MINUS SIGN}2,000", "\N{MINUS SIGN}1,000", "0", "1,000", "2,000"]
    assert words(bars(VALUES, "", axis="", limits=(-10, 2000)))[1:] == [
        "North: \N{MINUS SIGN}3",
        "South: 1,200",
    ]


def test_a_table_is_a_table():
    """Has it headings and cells as text, and a box around each marked cell and no other?"""
    found = grid(TABLE, TABLE == "8", "")
    assert found.columns == ["", "men", "legal advice"]
    assert found.rows == [["North", "3", "4"], ["South", "8", "5"]]
    html = found.html()
    assert html.count("fp-boxed") == html.count("(boxed)") == 1
    assert '<td class="fp-boxed">8<' in html
    assert '<th scope="row">South</th>' in html
    assert "fp-turned" not in html
    long = TABLE.rename(columns={"men": "implementation", "legal advice": "prosecution" * 3})
    assert "fp-turned" in grid(long, long == "8", "").html()


def test_markup_in_a_table_stays_text():
    """Is a cell with markup text?"""
    table = pd.DataFrame({"<b>": ["<script>"]}, index=["&"])
    assert "&lt;script&gt;" in grid(table, table == "", "").html()


def test_bars_carry_their_notes():
    """Does each bar say the note given for it?"""
    found = bars(VALUES, "", axis="", limits=(-10, 2000), notes=["a", "b"])
    assert words(found)[1:] == ["North: a", "South: b"]


@pytest.mark.parametrize("true", [None, VALUES + 5])
def test_views_of_one_figure_have_one_axis(true):
    """Do all views share the limits that were asked for, with an outline or without?"""
    axes = bars(VALUES, "", axis="", limits=(-10, 2000), true=true).axes[0]
    assert axes.get_xlim() == (-10, 2000)
    assert len(axes.patches) == (2 if true is None else 4)
    # nothing reaches into the name above it
    assert all(one.get_y() > axes.texts[at % 2].xy[1] for at, one in enumerate(axes.patches))


def test_real_data_are_not_called_synthetic():
    """Does a table with a label of its own keep it in the drawing?"""
    table = YEARS.copy()
    table.attrs["label"] = "CTDC, not to be passed on"
    assert lines(table, "years", axis="").get_suptitle() == "CTDC, not to be passed on: years"


def test_lines_differ_by_more_than_colour():
    """Has each of fifteen lines its own look, with a marker or dashes of its own?"""
    table = pd.DataFrame({f"line {number}": [1, 2] for number in range(15)}, index=[1, 2])
    axes = lines(table, "", axis="").axes[0]
    assert len({(one.get_marker(), one.get_linestyle()) for one in axes.lines[:15]}) == 15
    with pytest.raises(ValueError, match="16 columns; 15 lines can be told apart"):
        lines(table.assign(more=1), "", axis="")


def test_a_missing_value_leaves_a_gap():
    """Is a year without a number neither zero nor joined over?"""
    line = lines(YEARS, "", axis="").axes[0].lines[0]
    assert line.get_ydata()[1] != line.get_ydata()[1]


def test_lines_name_their_years_from_the_last_one():
    """Are the labels few enough for a phone, with the last one among them?"""
    table = pd.DataFrame({"a": range(10)}, index=range(2021, 2031))
    labels = [text.get_text() for text in lines(table, "", axis="").axes[0].get_xticklabels()]
    assert sorted(labels) == ["2022", "2024", "2026", "2028", "2030"]
    rounds = pd.DataFrame({"a": [1, 2]}, index=["before", "after"])
    found = [text.get_text() for text in lines(rounds, "", axis="").axes[0].get_xticklabels()]
    assert sorted(found) == ["after", "before"]


def test_a_band_goes_with_its_line():
    """Is a band drawn around its line, and one of no column refused?"""
    ends = (YEARS["convicted"] - 1, YEARS["convicted"] + 20)
    axes = lines(YEARS, "", axis="", bands={"convicted": ends}).axes[0]
    assert len(axes.collections) == 1
    assert axes.get_ylim()[1] > 23
    assert lines(YEARS, "", axis="", limits=(0, 30)).axes[0].get_ylim() == (0, 30)
    with pytest.raises(ValueError, match="a band for 'other'"):
        lines(YEARS, "", axis="", bands={"other": ends})


def test_ranges_say_what_they_know():
    """Is there a whisker without a dot, a dot without a whisker, and each in words, on the axis asked for?"""
    found = words(ranges(LOW, MIDDLE, HIGH, "", axis=""))[1:]
    assert found == ["a: 1 to 4.5", "b: 1,204"]
    assert ranges(LOW, MIDDLE, HIGH, "", axis="", limits=(0, 9)).axes[0].get_xlim() == (0, 9)
    nothing = pd.Series({"a": None}, dtype=float)
    assert words(ranges(nothing, nothing, nothing, "", axis=""))[1:] == ["a: not reported"]
    changed = ranges(LOW, LOW, LOW, "", axis="", signed=True)
    assert words(changed)[1:] == ["a: +1 (+1 to +1)", "b: not reported"]


def test_a_flow_says_the_share_of_each_step():
    """Does each step name its number and its share, and none where a step is not known?"""
    assert words(flow(STEPS, "", axis=""))[1:] == [
        "detected: 64",
        "offences: 27 (42 % of the one above)",
        "not known: not reported",
        "convicted: 4",
    ]
    assert words(flow(pd.Series({"a": 0, "b": 3}), "", axis=""))[1:] == ["a: 0", "b: 3"]


def test_long_names_are_wrapped():
    """Is a name that a phone has no room for written on two lines?"""
    name = "people assisted after violence, exploitation or abuse, trafficked or not"
    assert words(flow(pd.Series({name: 412}), "", axis=""))[1].count("\n") == 1
