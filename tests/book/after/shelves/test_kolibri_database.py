"""The database of a channel has a tree that Kolibri can walk, and the same bytes each time."""

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from fourps.book.after.shelves.kolibri_database import (
    Channel,
    Resource,
    Topic,
    database,
    files,
    identity,
)

# what an import asks for before it takes a file for one of schema 5
COLUMNS = {
    "assessmentmetadata": 7,
    "channelmetadata": 10,
    "contentnode": 27,
    "contentnode_has_prerequisite": 3,
    "contentnode_related": 3,
    "contentnode_tags": 3,
    "contenttag": 2,
    "file": 8,
    "language": 5,
    "localfile": 4,
}


def topic(language, *units):
    resources = [
        Resource(unit, unit.title(), f"About {unit}.", f"{language} {unit}".encode())
        for unit in units
    ]
    return Topic(language, f"A course in {language}.", "CC BY 4.0", resources)


@pytest.fixture(scope="module")
def channel():
    topics = [topic("en", "one", "two", "half-hour"), topic("fr", "one"), topic("pt-BR")]
    return Channel("Course", "What it is about.", 7, "data:,", topics)


@pytest.fixture(scope="module")
def tables(channel):
    """The open database, whose rows are read by names."""
    with closing(sqlite3.connect(":memory:")) as opened:
        opened.row_factory = sqlite3.Row
        opened.deserialize(database(channel))
        yield opened


def test_schema(tables):
    """Are all tables and columns there by which Kolibri knows schema 5, and no others?"""
    names = [name for (name,) in tables.execute("SELECT name FROM sqlite_master WHERE sql > ''")]
    columns = {name: len(tables.execute(f"PRAGMA table_info({name})").fetchall()) for name in names}
    assert columns == {f"content_{name}": count for name, count in COLUMNS.items()}
    assert tables.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_tree(tables):
    """Does each node hold exactly those below it, numbered without a gap, in the order of the course?"""
    rows = tables.execute("SELECT * FROM content_contentnode ORDER BY lft").fetchall()
    assert sorted(number for row in rows for number in (row["lft"], row["rght"])) == [
        *range(1, 2 * len(rows) + 1)
    ]
    names = [(row["level"], row["title"], row["lang_id"]) for row in rows]
    assert names == [
        (0, "Course", None),
        (1, "English", "en"),
        (2, "One", "en"),
        (2, "Two", "en"),
        (2, "Half-Hour", "en"),
        (1, "Français", "fr"),
        (2, "One", "fr"),
        (1, "Português (BR)", "pt-BR"),
    ]
    for row in rows:
        around = [one for one in rows if one["lft"] < row["lft"] and one["rght"] > row["rght"]]
        assert len(around) == row["level"]
        assert row["parent_id"] == (around[-1]["id"] if around else None)


def test_what_kolibri_needs(tables):
    """Does the channel lead to its root, each resource to a licence and a language that is listed?"""
    (about,) = tables.execute("SELECT * FROM content_channelmetadata").fetchall()
    (root,) = tables.execute("SELECT id FROM content_contentnode WHERE parent_id IS NULL")
    assert (about["root_id"], about["min_schema_version"], about["version"]) == (root["id"], "5", 7)
    resources = tables.execute("SELECT * FROM content_contentnode WHERE kind = 'html5'").fetchall()
    assert {row["license_name"] for row in resources} == {"CC BY"}
    assert {row["license_description"] for row in resources} == {"CC BY 4.0"}
    languages = {row["id"]: row for row in tables.execute("SELECT * FROM content_language")}
    assert {*languages} == {"en", "fr", "pt-BR"}
    assert (languages["pt-BR"]["lang_code"], languages["pt-BR"]["lang_subcode"]) == ("pt", "BR")
    # Kolibri counts what is played under this id, and hides all but one that have the same
    assert len({row["content_id"] for row in resources}) == len(resources) == 4


def test_files(tables, channel):
    """Does each resource have its file, with the hash and size that it has?"""
    joined = tables.execute(
        "SELECT node.title, node.lang_id, local.* FROM content_file AS file"
        " JOIN content_contentnode AS node ON node.id = file.contentnode_id"
        " JOIN content_localfile AS local ON local.id = file.local_file_id"
    )
    found = {(row["title"], row["lang_id"]): (row["id"], row["file_size"]) for row in joined}
    assert found == {
        (one.title, topic.language): (
            hashlib.md5(one.data, usedforsecurity=False).hexdigest(),
            len(one.data),
        )
        for topic in channel.topics
        for one in topic.resources
    }
    assert files(database(channel)) == {f"{checksum}.zip" for checksum, _ in found.values()}


def test_same_bytes(channel):
    """Does the same channel give the same bytes, and a newer one others under the same ids?"""
    data, newer = database(channel), database(replace(channel, version=8))
    assert data == database(channel) != newer
    assert identity("channel") == "82e204f831cb5f92b3ccdbf16cb76cdd"
    # which SQLite wrote it would be the one thing that differs between two machines
    assert data[96:100] == bytes(4)


def test_one_file_twice():
    """Is a file that two resources share listed once?"""
    same = [Resource(unit, unit, "", b"the same") for unit in ("one", "two")]
    data = database(Channel("Course", "", 1, "", [Topic("en", "", "", same)]))
    assert files(data) == {f"{same[0].checksum}.zip"}


@pytest.mark.parametrize("data", [b"", b"no database", b"SQLite format 3\0" + bytes(200)])
def test_what_is_none(data):
    """Does what is no database of a channel name no file, and stop nobody?"""
    assert files(data) == set()


def test_names_that_lead_elsewhere(channel):
    """Is a name in a stranger's database that leads out of the folder passed over?"""
    with closing(sqlite3.connect(":memory:")) as tables:
        tables.deserialize(database(channel))
        tables.execute("UPDATE content_localfile SET extension = '/../../../../notes.txt'")
        tables.execute("INSERT INTO content_localfile VALUES (NULL, NULL, NULL, NULL)")
        tables.commit()
        assert files(tables.serialize()) == set()
