import codecs
import csv
import io
from contextlib import suppress

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from nbseal.moodle.csv_fields import CsvFile, TableError

TEXT = st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"]), max_size=12)
ROWS = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(TEXT, min_size=width, max_size=width).filter(any), min_size=1, max_size=5
    )
)


def written(rows, quoting=csv.QUOTE_MINIMAL, end="\r\n", delimiter=","):
    text = io.StringIO()
    csv.writer(text, quoting=quoting, lineterminator=end, delimiter=delimiter).writerows(rows)
    return text.getvalue().encode()


@given(
    ROWS,
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    st.sampled_from(["\r\n", "\n"]),
    st.booleans(),
)
def test_reads_what_csv_writes(rows, quoting, end, mark):
    """Is each field read as the standard library wrote it, and does the file stay as it was?"""
    data = (codecs.BOM_UTF8 if mark else b"") + written(rows, quoting, end)
    # with one column nothing tells which sign separates them
    assume(not (len(rows[0]) == 1 and any(sign in rows[0][0] for sign in ";\t")))
    assume(len(rows[0]) == 1 or rows[0][0].count(";") + rows[0][0].count("\t") == 0)
    assume("".join(rows[0]).count(";") < len(rows[0]) - 1 or len(rows[0]) == 1)
    assume("".join(rows[0]).count("\t") < len(rows[0]) - 1 or len(rows[0]) == 1)
    table = CsvFile(data)
    assert table.header == rows[0]
    assert [[table.get(y, x) for x in range(len(rows[0]))] for y in range(len(table))] == rows[1:]
    assert table.data == data


@given(ROWS.filter(lambda rows: len(rows) > 1), TEXT, st.data())
def test_set(rows, text, data):
    """Is a changed field read again, and no other changed?"""
    rows[0] = [f"column {number}" for number in range(len(rows[0]))]
    y = data.draw(st.integers(0, len(rows) - 2))
    x = data.draw(st.integers(0, len(rows[0]) - 1))
    table = CsvFile(written(rows))
    table.set(y, x, text)
    rows[y + 1][x] = text
    assume(any(rows[y + 1]))
    assert list(csv.reader(io.StringIO(table.data.decode(), newline=""))) == rows


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_delimiter(delimiter):
    """Is a table of another delimiter read and written?"""
    data = written([["a", "b"], ["1,5", ""]], delimiter=delimiter)
    table = CsvFile(data)
    assert (table.get(0, 0), table.data) == ("1,5", data)


def test_quotes_of_php():
    """Is a quote behind a backslash read, which Moodle's own language leaves undoubled?"""
    data = b'a,b\n"say \\"hi, x",2\n"C:\\",3\n'
    with pytest.raises(TableError):
        CsvFile(data)
    data = b'a,b\n"say \\"hi, x",2\n'
    table = CsvFile(data)
    table.set(0, 1, "7")
    assert table.data == b'a,b\n"say \\"hi, x",7\n'
    assert CsvFile(b'a,b\n"C:\\",3\n').get(0, 0) == "C:\\"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "it is empty"),
        (b"a,b\n1\n", "line 2: 1 fields, but 2 in the header"),
        (b'a,b\n1,2\n"3,4\n', "line 3: a quote"),
        ("é".encode("latin-1"), "not UTF-8"),
        ("a,b".encode("utf-16"), "not UTF-8"),
    ],
)
def test_refuses(data, message):
    """Is a file refused that is no table, with the line?"""
    with pytest.raises(TableError, match=message):
        CsvFile(data)


@given(st.binary(max_size=80))
def test_anything(data):
    """Is any file read or refused, and what is read the same again?"""
    with suppress(TableError):
        assert CsvFile(data).data == data
