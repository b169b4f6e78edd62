import codecs
import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbseal.collect.exports import ExportError, is_export, rows


@pytest.fixture
def read(tmp_path):
    """Return a function that reads an export of that name and content, as its rows."""

    def of(name, data, column=""):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return rows(path, column)

    return of


def persons(found):
    return [(row.person, row.text.split("\n")[-1]) for row in found]


TABLE = 'Login;State\r\nada;"a;b ""c"""\r\n"ben";\r\n'
TAKEN = [("ada", 'a;b "c"'), ("ben", "")]


@pytest.mark.parametrize(
    "data",
    [
        TABLE,
        TABLE.replace("\r\n", "\n"),
        TABLE.encode("utf-8-sig"),
        TABLE.encode("utf-16"),
        codecs.BOM_UTF16_BE + TABLE.encode("utf-16-be"),
        TABLE.replace("\r\n", "\n\n"),
        'Login,State\nada,"a;b ""c"""\nben,\n',
        'Login\tState\nada\t"a;b ""c"""\nben\t\n',
        # as PHP writes it
        'Login,State\nada,"a;b \\"c\\""\nben,""\n',
    ],
)
def test_ways_to_write_a_table(read, data):
    """Is a table read whatever separates its fields, ends its lines or stands before its first?"""
    found = read("export.csv", data)
    assert persons(found) == TAKEN
    assert not any(row.trouble for row in found)


@given(st.lists(st.tuples(st.text("aé=+-@,;\t\"'\\\r\n ", max_size=8)), min_size=1, max_size=4))
def test_whatever_stands_in_a_field(tmp_path_factory, fields):
    """Does each field of a table that Python wrote come back, and stay in its row?"""
    stream = io.StringIO()
    csv.writer(stream).writerows(
        [["username", "x", "y"], *(("ada", *one, "end") for one in fields)]
    )
    path = tmp_path_factory.getbasetemp() / "export.csv"
    path.write_bytes(stream.getvalue().encode())
    assert [row.text for row in rows(path)] == ["\n".join(("ada", *one, "end")) for one in fields]


def test_lines(read):
    """Is each row named by the line on which it begins, also behind one of several lines?"""
    found = read("my export.csv", 'username,note\nada,"1\n2\n3"\n\nben,x\n')
    assert [row.where for row in found] == ["my export.csv:2", "my export.csv:6"]


def test_a_row_of_another_length(read):
    """Is a row that has too few or too many fields named alone, and are the others taken?"""
    found = read("e.csv", "username,a,b\nada,1\nben,1,2\ncleo,1,2,3\n")
    assert [row.trouble.partition(":")[0] for row in found] == [
        "2 fields, but 3 in the header", "", "4 fields, but 3 in the header",
    ]  # fmt: skip
    assert [row.person for row in found] == ["", "ben", ""]


def test_a_long_field(read):
    """Is a field taken that is longer than Python's module reads by itself, and only here?"""
    before = csv.field_size_limit()
    [row] = read("e.csv", f"username,state\nada,{'x' * 200_000}\n")
    assert len(row.text) > 200_000
    assert csv.field_size_limit() == before


JSON = {"username": "ada", "state": json.dumps({"cmi": {"suspend_data": "kept"}})}


@pytest.mark.parametrize(
    "document",
    [
        JSON,
        [JSON],
        {"count": 1, "results": [JSON]},
        {"unit": {"title": "One", "learners": {"17": JSON}}},
        JSON | {"state": {"deep": [[{"er": "kept"}], None, True, 1.5]}},
        JSON | {"user": {"name": "Ada", "since": 2020}, "email": None, "id_number": ""},
    ],
)
def test_ways_to_write_json(read, document):
    """Is an object found wherever it stands, with all that stands below it?"""
    [row] = (row for row in read("e.json", json.dumps(document)) if row.person)
    assert (row.person, row.where) == ("ada", "e.json, object 1")
    assert "kept" in row.text


def test_json_lines(read):
    """Is an object taken from each line, and is the line named?"""
    first = json.dumps(JSON | {"note": "a\N{LINE SEPARATOR}b"}, ensure_ascii=False)
    found = read("e.jsonl", f"{first}\r\n\n{json.dumps(JSON | {'username': 7})}\n")
    assert [(row.where, row.person) for row in found] == [("e.jsonl:1", "ada"), ("e.jsonl:3", "7")]


def test_of_nobody(read):
    """Is what no object claims kept as a row of nobody, so that nothing is lost?"""
    found = read("e.json", json.dumps({"rest": "kept", "all": [JSON]}))
    assert [(row.person, row.text) for row in found if not row.person] == [("", "kept")]


def test_the_innermost(read):
    """Is a text that stands within one person's object and another's the inner one's?"""
    inner = {"userid": 2, "state": "kept"}
    found = read("e.json", json.dumps({"username": "teacher", "class": [inner]}))
    assert [row.person for row in found if "kept" in row.text] == ["2"]


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("User name", ""), ("ID number", ""), ("E-mail", ""), ("USER_ID", ""), ("Identifier", "identifier"),
        ("Numéro d\N{RIGHT SINGLE QUOTATION MARK}identification", ""), ("Adresse de courriel", ""), ("Matrikel-Nr.", "matrikelnr"),
    ],
)  # fmt: skip
def test_columns(read, header, column):
    """Is the column found that says whose a row is, however it is written?"""
    assert [row.person for row in read("e.csv", f"a,{header}\n1,ada\n", column)] == ["ada"]
    assert [row.person for row in read("e.json", json.dumps({header: "ada"}), column)] == ["ada"]


def test_one_of_several(read):
    """Can the column be named where there are several?"""
    data = "username,email,state\nada,ada@example.org,x\n"
    assert [row.person for row in read("e.csv", data, "E-Mail")] == ["ada@example.org"]


@pytest.mark.parametrize(
    ("name", "data", "column", "message"),
    [
        ("e.csv", "", "", "e.csv: it is empty"),
        ("e.csv", "name,state\nada,x\n", "", "e.csv:1: no column says whose.*there are: name, state"),
        ("e.csv", "name,state\nada,x\n", "login", "e.csv:1: no column says whose"),
        ("e.csv", "username,Email\na,b\n", "", "e.csv:1: several columns.*: username, Email. Say"),
        ("e.csv", "id,id\na,b\n", "id", "e.csv:1: several columns say whose a row is: id, id"),
        ("e.csv", 'username,x\nada,"1\nben,2\n', "", "e.csv:2: a quote is not closed"),
        ("e.csv", 'username,x\nada,1\nben,"2"x"\n', "", "e.csv:3: a quote is not closed"),
        ("e.csv", "username\nZoë\n".encode("cp1252"), "", "e.csv: it is not UTF-8"),
        ("e.csv", "username\nada\n".encode("utf-16-le"), "", "e.csv: it is no text"),
        ("e.csv", b"\xff\xfea", "", "e.csv: it is not UTF-8"),
        ("e.json", "", "", "e.json: no column says whose"),
        ("e.json", "[]", "", "e.json: no column says whose"),
        ("e.json", '{"user": {"id": 1}}', "", "e.json: no column says whose"),
        ("e.json", '[{"username": "ada"}', "", "e.json:1: neither this line nor the file is JSON"),
        ("e.json", '{"username": "ada"}\n{"username": ', "", "e.json:2: neither this line nor"),
        ("e.json", '{"username": "ada", "email": "a@b"}', "", "e.json, object 1: several columns"),
        ("e.json", "[" * 100_000, "", "e.json: it is nested too deeply"),
        ("e.json", "[" * 900 + "]" * 900, "", "e.json: it is nested too deeply"),
        ("e\x1b[2J{0}.csv", "", "", r"e\{0\}.csv: it is empty"),
    ],
)  # fmt: skip
def test_refused(read, name, data, column, message):
    """Is an export of which nothing can be told refused in a line that says where and what to do?"""
    with pytest.raises(ExportError, match=f"^{message}") as error:
        read(name, data, column)
    assert "\n" not in str(error.value)


def test_too_large(tmp_path):
    """Is a file that is far too large for an export refused before it is read?"""
    with (tmp_path / "e.csv").open("wb") as file:
        file.truncate(500_000_001)
    with pytest.raises(ExportError, match="over 500 MB"):
        rows(tmp_path / "e.csv")


def test_by_name(tmp_path):
    """Are files told from hand-ins by their ending alone, and a folder of that name from both?"""
    names = ("a.csv", "a.TSV", "a.json", "a.jsonl", "a.zip", "a.txt", "a.ipynb", "csv")
    for name in names:
        (tmp_path / name).touch()
    (tmp_path / "b.csv").mkdir()
    names = (*names, "b.csv", "nowhere.csv")
    assert [is_export(tmp_path / name) for name in names] == [True] * 4 + [False] * 6
