import csv

import pytest

from fourps.course.bibliography import labels
from fourps.labs.crosswalk import ENTRIES, PS, alone, cells, load, uncovered


@pytest.fixture(scope="module")
def rows():
    return load()


def test_every_row_rests_on_a_fact_that_was_seen(rows, root):
    """Is there no row whose fact was only recalled, or whose source the course does not know?"""
    with (root / "book" / "facts.csv").open(encoding="utf-8", newline="") as file:
        status = {row["id"]: row["status"] for row in csv.DictReader(file)}
    assert not [fact for fact in rows["fact"] if not {"V1", "V2"} & set(status[fact].split("+"))]
    assert set(rows["key"]) <= set(labels(root / "book" / "references.bib"))


def test_no_row_stands_twice(rows):
    """Does each row say something of its own?"""
    assert not rows.duplicated().any()
    assert (rows["says"].str.len() > 0).all()


def test_counts_texts_and_not_rows(rows):
    """Does a text that says two things in one cell count once there?"""
    assert cells(rows[rows["text"] == "Trafficking Protocol"]).to_numpy().max() == 1
    assert cells(rows).shape == (len(ENTRIES), len(PS))


def test_readings_only_add(rows):
    """Is no cell empty with the course's readings that was full without them?"""
    assert set(uncovered(rows)) <= set(uncovered(rows[rows["basis"] == "seen"]))


def test_nothing_covers_nothing(rows):
    """Are all 28 cells empty when no text is left?"""
    assert len(uncovered(rows[:0])) == 28


def test_without_a_text_its_own_cells_are_empty(rows):
    """Does taking a text away empty exactly the cells that it fills alone?"""
    for text in rows["text"].unique():
        left = set(uncovered(rows[rows["text"] != text])) - set(uncovered(rows))
        assert set(alone(rows, text)) == left
    with pytest.raises(KeyError, match="no row"):
        alone(rows, "A text that nobody wrote")


HEAD = "text,kind,key,fact,p,entry,says,basis\n"
PLAN = "A,plan,palermo,L-12,prosecution,review,y,seen\n"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (f"{HEAD}Protocol,treaty,palermo,L-12,justice,planning,x,seen\n", "line 2: p is 'justice'"),
        (
            f"{HEAD}Protocol,treaty,palermo,L-12,prosecution,later,x,seen\n",
            "line 2: entry is 'later'",
        ),
        (
            f"{HEAD}Protocol,treaty,palermo,L-12,prosecution,planning,x,felt\n",
            "line 2: basis is 'felt'",
        ),
        (f"{HEAD}Protocol,law,palermo,L-12,prosecution,planning,x,seen\n", "line 2: kind is 'law'"),
        (f"{HEAD}A,treaty,palermo,L-12,prosecution,planning,x,seen\n{PLAN}", "more than one kind"),
        ("text,p\nA,prosecution\n", "expected the columns"),
    ],
)
def test_refused(tmp_path, lines, said):
    """Does the message say where a word is wrong, a text of two kinds or a column missing?"""
    path = tmp_path / "crosswalk.csv"
    path.write_text(lines, "utf-8")
    with pytest.raises(ValueError, match=said):
        load(path)
