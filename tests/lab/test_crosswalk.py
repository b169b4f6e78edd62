import csv

import pytest

from fourps.course.citations import labels
from fourps.lab.crosswalk import ENTRIES, PS, alone, cells, load, uncovered


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


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("Protocol,treaty,palermo,L-12,justice,planning,x,seen", "line 2: p is 'justice'"),
        ("Protocol,treaty,palermo,L-12,prosecution,later,x,seen", "line 2: entry is 'later'"),
        ("Protocol,treaty,palermo,L-12,prosecution,planning,x,felt", "line 2: basis is 'felt'"),
        ("Protocol,law,palermo,L-12,prosecution,planning,x,seen", "line 2: kind is 'law'"),
    ],
)
def test_a_wrong_word_is_named(tmp_path, line, said):
    """Does the message say where a word is wrong, and what to write?"""
    path = tmp_path / "crosswalk.csv"
    path.write_text(f"text,kind,key,fact,p,entry,says,basis\n{line}\n", "utf-8")
    with pytest.raises(ValueError, match=said):
        load(path)


def test_a_text_has_one_kind(tmp_path):
    """Is a text refused that is a treaty in one row and a plan in the next?"""
    path = tmp_path / "crosswalk.csv"
    path.write_text(
        "text,kind,key,fact,p,entry,says,basis\n"
        "A,treaty,palermo,L-12,prosecution,planning,x,seen\n"
        "A,plan,palermo,L-12,prosecution,review,y,seen\n",
        "utf-8",
    )
    with pytest.raises(ValueError, match="more than one kind"):
        load(path)


def test_a_missing_column_is_named(tmp_path):
    """Does a file without the right columns say which are expected?"""
    path = tmp_path / "crosswalk.csv"
    path.write_text("text,p\nA,prosecution\n", "utf-8")
    with pytest.raises(ValueError, match="expected the columns"):
        load(path)
