"""Does the reader find hashtags, columns and faults as HXL's own library does?"""

from __future__ import annotations

import csv
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourps.data import hxl
from fourps.data.hxl import Column, Fault, Row, Rule, Table
from fourps.data.schema import BrokenDataError

WORDS = st.sampled_from(["name", "code", "fr", "en", "x_1"])
TAGS = st.sampled_from(["#adm1", "#loc", "#date"])
# a carriage return ends a line of a file, and a byte order mark begins the file
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\r\ufeff"), max_size=5)
HEADERS = CELLS.filter(lambda text: "#" not in text)
COLUMNS = st.builds(
    Column, st.integers(0, 9), HEADERS, TAGS, st.lists(WORDS, max_size=3).map(tuple)
)


def written(folder, rows):
    """Return a file with these rows."""
    path = folder / "matrix.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)
    return path


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("hxl")


# libhxl 5.2.2 gave the same answer to each of these
@pytest.mark.parametrize(
    ("cell", "pattern", "answer"),
    [
        ("#adm1", "#adm1", True),
        ("#adm1", "adm1", True),
        ("#adm1", "#adm2", False),
        ("#adm1", "#adm", False),
        ("#adm1+name", "#adm1", True),
        ("#adm1+name", "#adm1+name", True),
        ("#adm1 +name", "#ADM1 +NAME", True),
        ("#Adm1+Name", "#adm1+name", True),
        ("#adm1", "#adm1+name", False),
        ("#adm1+name+fr", "#adm1+fr+name", True),
        ("#adm1+name+fr", "#adm1+name-fr", False),
        ("#adm1+name+en", "#adm1+name-fr", True),
        ("#adm1+name", "#adm1+name!", True),
        ("#adm1+name+fr", "#adm1+name!", False),
        ("#adm1", "#adm1!", True),
        ("#loc+name+fr", "#*+fr", True),
        ("#loc+name", "#*+fr", False),
        ("#loc", "#*", True),
        ("", "#*", False),
        ("site", "#*", False),
        ("#1st", "#*", False),
        ("# adm1", "#*", False),
        ("#adm1+", "#*", False),
        ("#adm1+ name", "#*", False),
        ("#adm1 name", "#*", False),
    ],
)
def test_examples_of_patterns(folder, cell, pattern, answer):
    """Does a pattern mean a column exactly where libhxl says so?"""
    table = hxl.read(written(folder, [["#org", cell]]))
    assert table.columns[1].matches(pattern) == answer


@given(COLUMNS, TAGS | st.just("#*"), st.lists(WORDS), st.lists(WORDS))
def test_patterns(column, tag, wanted, barred):
    """Does a pattern mean what it names, has each attribute it wants, and none that it bars?"""
    has = set(column.attributes)
    same = tag in ("#*", column.tag)
    pattern = "".join([tag, *(f"+{one}" for one in wanted), *(f"-{one}" for one in barred)])
    named = same and has.issuperset(wanted)
    assert column.matches(pattern) == (named and has.isdisjoint(barred))
    assert column.matches(f"#none,{pattern}") == column.matches(pattern)
    exactly = "".join([tag, *(f"+{one}" for one in wanted), "!"])
    assert column.matches(exactly) == (same and has == set(wanted))


@pytest.mark.parametrize(
    "pattern", ["", "#", "region name", "#adm1+", "#adm1,", "#adm1-fr!", "#région"]
)
def test_what_is_no_pattern(pattern):
    """Is a pattern that is none refused with one that would do?"""
    with pytest.raises(ValueError, match=r"is no pattern of hashtags: write one such as #adm1"):
        Column(0, "region", "#adm1").matches(pattern)


@given(
    st.lists(COLUMNS, min_size=1, max_size=4),
    st.lists(st.lists(CELLS, min_size=1, max_size=5), max_size=4),
    st.integers(0, 23),
)
def test_a_file_is_read_as_it_stands(folder, columns, rows, before):
    """Is every column and cell read, wherever the hashtags stand, on the line where it begins?"""
    header = [column.header for column in columns]
    tags = [column.hashtag for column in columns]
    path = written(folder, [*[["What this is"]] * before, header, tags, *rows])
    table = hxl.read(path)
    assert [column.header for column in table.columns] == header
    assert [column.hashtag for column in table.columns] == tags
    lines = path.read_text("utf-8").split("\n")
    for row, cells in zip(table.rows, rows, strict=True):
        assert list(row.cells.values()) == [*cells, *[""] * len(tags)][: len(tags)]
        first, *_ = cells[0].replace('"', '""').split("\n")
        assert lines[row.line - 1].removeprefix('"').startswith(first)


# libhxl 5.2.2 found the same columns in each of these, or none
@pytest.mark.parametrize(
    ("rows", "hashtags"),
    [
        ([["#org", "#loc"]], ["#org", "#loc"]),
        ([["#org", "", "  "]], ["#org", "", ""]),
        ([["#org", "a note"]], ["#org", ""]),
        ([["#org", "a note", "another"]], None),
        ([["# SYNTHETIC: a note"], ["who"], ["#org"]], ["#org"]),
        ([["# a note", "#1", "#a b"]], None),
        ([["", ""], ["who", "where"]], None),
        ([["who"]] * 24 + [["#org"]], ["#org"]),
        ([["who"]] * 25 + [["#org"]], None),
        ([], None),
    ],
)
def test_the_row_of_hashtags(folder, rows, hashtags):
    """Is it the first, of 25, in which half of what stands there is a hashtag?"""
    path = written(folder, rows)
    if hashtags is None:
        with pytest.raises(
            BrokenDataError, match=r"matrix\.csv: no row of hashtags among the first"
        ):
            hxl.read(path)
    else:
        assert [column.hashtag for column in hxl.read(path).columns] == hashtags


def test_languages_and_a_mark_at_the_start(folder):
    """Is a column of each language told apart, in a file as a spreadsheet writes it?"""
    path = folder / "languages.csv"
    text = "Région,Region,\r\n#adm1+name+fr,#adm1+name+en,\r\n\r\nNord,North,x,y\r\n"
    path.write_bytes(text.encode("utf-8-sig"))
    table = hxl.read(path)
    assert [one.header for one in table.columns] == ["Région", "Region", ""]
    assert [one.header for one in table.find("#adm1-fr")] == ["Region"]
    [row] = table.rows
    assert (row.line, list(row.cells.values())) == (4, ["Nord", "North", "x"])


def test_no_file(tmp_path):
    """Is a file that is not there named as such?"""
    with pytest.raises(FileNotFoundError):
        hxl.read(tmp_path / "matrix.csv")


SECTOR, OTHER = Column(0, "sector", "#sector"), Column(1, "other", "#sector", ("other",))
TABLES = st.lists(st.tuples(CELLS, CELLS), max_size=6).map(
    lambda rows: Table(
        [SECTOR, OTHER],
        [Row(line, {SECTOR: one, OTHER: other}) for line, (one, other) in enumerate(rows, 3)],
    )
)


@given(TABLES)
def test_counts(table):
    """Is every row counted once, blank or not, in the first column that is meant?"""
    counted = table.count("#sector")
    assert sum(counted.values()) == len(table.rows)
    assert list(counted) == sorted({row.cells[SECTOR] for row in table.rows})
    assert set(table.count("#sector+other")) == {row.cells[OTHER] for row in table.rows}


@given(TABLES, CELLS)
def test_rows_of_a_value(table, value):
    """Does a query keep the rows that say it in any column that it means, in any capitals?"""

    def said(text):
        return " ".join(text.split()).casefold()

    kept = table.only(f"#sector= {value} ")
    assert kept.columns == table.columns
    assert kept.rows == [
        row for row in table.rows if said(value) in {said(cell) for cell in row.cells.values()}
    ]


@pytest.mark.parametrize(
    "query", ["#sector", "=Protection", "#sector!=Protection", "#reached>=3", "#sector is empty"]
)
def test_what_is_no_query(query):
    """Is a query of another kind refused, and not taken for one of these?"""
    with pytest.raises(ValueError, match=r"is no (query|pattern)"):
        Table([SECTOR], []).only(query)


def test_counting_what_is_not_there():
    """Is it said which hashtags there are when a pattern means no column?"""
    with pytest.raises(
        ValueError, match=r"No column carries #secter: there are #sector, #sector\+other"
    ):
        Table([SECTOR, OTHER, Column(2, "note")], []).count("#secter")


@given(st.dates(date(1000, 1, 1), date(9999, 11, 30)))
def test_dates(day):
    """Is every day, month and year a date, and no day that a month does not have?"""
    rule = Rule("#date", "#valid_datatype", "date")
    assert all(rule.allows(f"{day}"[:length]) for length in (4, 7, 10))
    assert rule.allows(f" {day} ")
    last = (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    assert not rule.allows(f"{day:%Y-%m}-{last.day + 1}")
    assert not rule.allows(f"{day:%d/%m/%Y}")


@given(st.floats(), st.integers())
def test_numbers(number, least):
    """Is a number that ends a number, and is only what is not under the least allowed?"""
    finite = abs(number) != float("inf") and number == number  # noqa: PLR0124  # not a number
    assert Rule("#value", "#valid_datatype", "number").allows(str(number)) == finite
    above = Rule("#value", "#valid_value+min", str(least)).allows(str(number))
    assert above == (finite and number >= float(least))


# of each kind, what libhxl 5.2.2 allows and what it calls a fault
@pytest.mark.parametrize(
    ("rule", "allowed", "faults"),
    [
        (
            Rule("#value", "#valid_datatype", "date"),
            ["2031-05-30", "2031-5-3", "2031"],
            ["2031-02-30", "2031-13", "soon"],
        ),
        (
            Rule("#value", "#valid_datatype", "number"),
            ["40", "-40", "4.5", " 4 "],
            ["4,5", "forty", "40 people"],
        ),
        (Rule("#value", "#valid_value+min", "0"), ["0", "40", "0.5"], ["-1", "-0.5"]),
        (
            Rule("#value", "#valid_value+list", "Camp management|Health"),
            ["Health", "camp  management", " HEALTH"],
            ["Heath", "Camp"],
        ),
        (Rule("#value", "#valid_value+regex", "^[A-Z]"), ["Health", "health"], [" Health", "4"]),
    ],
)
def test_kinds_of_rule(folder, rule, allowed, faults):
    """Does each kind find its faults, with line and header, and never one in a blank cell?"""
    rows = [["what"], ["#value"], *([cell] for cell in [*allowed, *faults, "", "  "])]
    found = hxl.faults(hxl.read(written(folder, rows)), {"it": rule})
    assert found == [
        Fault(line, "what", cell, "it") for line, cell in enumerate(faults, 3 + len(allowed))
    ]


def test_rules_look_only_where_they_say(folder):
    """Does a rule look at the columns and the rows that it names, and are faults in order?"""
    path = written(
        folder,
        [
            ["what", "where", "from"],
            ["#activity", "#loc", "#date+start"],
            ["Health", "The Stadium", "soon"],
            ["Shelter", "The Stadium", "2031"],
            ["Shelter", "", "later"],
        ],
    )
    rules = {
        "places": Rule("#loc", "#valid_value+regex", "^$", "#activity=shelter"),
        "dates": hxl.RULES["dates"],
        "elsewhere": Rule("#adm1", "#valid_value+regex", "^$", "#sector=Health"),
    }
    assert hxl.faults(hxl.read(path), rules) == [
        Fault(3, "from", "soon", "dates"),
        Fault(4, "where", "The Stadium", "places"),
        Fault(5, "from", "later", "dates"),
    ]


@pytest.mark.parametrize(
    ("test", "value"), [("#valid_datatype", "street"), ("#valid_value+max", "3"), ("", "")]
)
def test_unknown_kind_of_rule(test, value):
    """Is a kind of rule that is not known an error, and not a rule that finds nothing?"""
    with pytest.raises(ValueError, match=f"'{value}' is no rule that is known here"):
        Rule("#loc", test, value).allows("The Stadium")
