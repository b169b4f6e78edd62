"""The database of a Kolibri channel: a topic a language, with its resources.

The same channel gives the same bytes.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, TypeAlias
from uuid import UUID, uuid5

from fourps.course.language import direction, name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_Value: TypeAlias = str | int | None

# what all ids are made from; with another one Kolibri would take the next release for another
# course, and what learners did would stay with the old one
_COURSE = UUID("6d0a5c1e-4b7f-5e0b-9a43-8f0c2b7d91e4")
_AUTHORS = "The Four Ps authors"
# ids of Learning Equality's vocabulary (le-utils), by which Kolibri filters a library
_PRACTICE, _LESSON, _PROFESSIONAL = "VwRCom7G", "xgFjFhrA", "ZrgBU73s"
_SKILLS, _DESCRIBED_PICTURES = "l7DsPDlm.#N2VymZo", "Lb0tb9VC"
_BY_RESOURCE = '{"completion_criteria":{"model":"determined_by_resource","threshold":null}}'
# as long as Kolibri's own tables allow
_TITLE, _DESCRIPTION = 200, 400
_NAME = re.compile(r"[0-9a-f]{32}\.[a-z0-9]+")
# where a database says which SQLite wrote it last, which nobody reads
_WRITER = slice(96, 100)


def identity(*names: str) -> str:
    """Return the id of what has a name in the course; it is the same in each release.

    Examples
    --------
    >>> identity("channel") == identity("channel"), len(identity("node", "en", "protection"))
    (True, 32)
    """
    return uuid5(_COURSE, "/".join(names)).hex


@dataclass(frozen=True)
class Resource:
    """A web app that Kolibri plays: a zip with ``index.html`` at its root."""

    unit: str
    title: str
    description: str
    data: bytes

    @property
    def checksum(self) -> str:
        """By which Kolibri finds the file."""
        return hashlib.md5(self.data, usedforsecurity=False).hexdigest()


@dataclass(frozen=True)
class Topic:
    """The course in one language."""

    language: str
    description: str
    licence: str
    resources: Sequence[Resource]


@dataclass(frozen=True)
class Channel:
    """What a device imports at once."""

    title: str
    description: str
    version: int
    # as an address that holds it
    picture: str
    topics: Sequence[Topic]


def database(channel: Channel) -> bytes:
    """Return the SQLite file of a channel.

    Examples
    --------
    >>> topic = Topic("en", "A course.", "CC BY 4.0", [Resource("one", "One", "A module.", b"zip")])
    >>> data = database(Channel("Course", "A course.", 1, "", [topic]))
    >>> data[:15], data == database(Channel("Course", "A course.", 1, "", [topic]))
    (b'SQLite format 3', True)
    """
    with closing(sqlite3.connect(":memory:")) as tables:
        tables.executescript(Path(__file__).with_name("kolibri.sql").read_text("utf-8"))
        _fill(tables, channel)
        tables.commit()
        tables.execute("VACUUM")
        data = bytearray(tables.serialize())
    data[_WRITER] = bytes(4)
    return bytes(data)


def files(data: bytes) -> set[str]:
    """Return the names of the files that a database lists; none, if it is no database.

    Examples
    --------
    >>> files(b"no database")
    set()
    """
    if not data:
        # SQLite says that there is no memory for it
        return set()
    try:
        with closing(sqlite3.connect(":memory:")) as tables:
            tables.deserialize(data)
            rows = tables.execute("SELECT id || '.' || extension FROM content_localfile").fetchall()
    except sqlite3.DatabaseError:
        return set()
    # it may come from a stick: no name leads elsewhere
    return {name for (name,) in rows if _NAME.fullmatch(str(name))}


@dataclass
class _Node:
    """A row of the tree, and those below it."""

    row: dict[str, _Value]
    below: list[_Node] = field(default_factory=list)

    def number(self, at: int = 1, level: int = 0) -> int:
        """Count through the tree, at entering a node and at leaving it; return the next number."""
        self.row |= {"lft": at, "level": level}
        at += 1
        for order, node in enumerate(self.below, 1):
            node.row |= {"parent_id": self.row["id"], "sort_order": order}
            at = node.number(at, level + 1)
        self.row["rght"] = at
        return at + 1

    def rows(self) -> Iterator[dict[str, _Value]]:
        """Yield all rows, each before those below it."""
        yield self.row
        for node in self.below:
            yield from node.rows()


def _fill(tables: sqlite3.Connection, channel: Channel) -> None:
    """Write all rows."""
    tree = _tree(channel)
    tree.number()
    for row in tree.rows():
        _insert(tables, "contentnode", row)
    for topic in channel.topics:
        _insert(tables, "language", _language(topic.language))
        for resource in topic.resources:
            _insert(tables, "file", _file(topic, resource))
    for file in {one.checksum: one for topic in channel.topics for one in topic.resources}.values():
        _insert(tables, "localfile", _local_file(file))
    row = {
        "id": identity("channel"),
        "name": channel.title,
        "description": shorten(channel.description, _DESCRIPTION, placeholder=" …"),
        "tagline": "",
        "author": _AUTHORS,
        "version": channel.version,
        "thumbnail": channel.picture,
        "min_schema_version": "5",
        "root_id": tree.row["id"],
    }
    _insert(tables, "channelmetadata", row)


def _tree(channel: Channel) -> _Node:
    """Return the course, its languages below it, and their resources."""
    course = _Node(_topic_row(identity("root"), channel.title, channel.description))
    for topic in channel.topics:
        called = name(topic.language)
        about = f"{topic.description} {topic.licence}"
        row = _topic_row(identity("topic", topic.language), called[:1].upper() + called[1:], about)
        resources = [_Node(_resource_row(topic, resource)) for resource in topic.resources]
        course.below.append(_Node(row | {"lang_id": topic.language}, resources))
    return course


def _topic_row(node: str, title: str, description: str) -> dict[str, _Value]:
    return {
        "id": node,
        "content_id": node,
        "channel_id": identity("channel"),
        "kind": "topic",
        "title": title[:_TITLE],
        "description": description,
        "author": _AUTHORS,
        "license_owner": "",
        "tree_id": 1,
        "available": 0,
        "coach_content": 0,
        "options": "{}",
    }


def _resource_row(topic: Topic, resource: Resource) -> dict[str, _Value]:
    node = identity("node", topic.language, resource.unit)
    return _topic_row(node, resource.title, resource.description) | {
        # by it Kolibri knows what somebody did; of two with one it shows only the first in a search
        "content_id": identity("content", topic.language, resource.unit),
        "kind": "html5",
        "lang_id": topic.language,
        "license_name": "CC BY",
        "license_description": topic.licence,
        "license_owner": _AUTHORS,
        "options": _BY_RESOURCE,
        "learning_activities": _PRACTICE,
        "resource_types": _LESSON,
        "grade_levels": _PROFESSIONAL,
        "categories": _SKILLS,
        "accessibility_labels": _DESCRIBED_PICTURES,
    }


def _language(code: str) -> dict[str, _Value]:
    language, _, region = code.partition("-")
    called = name(code)
    return {
        "id": code,
        "lang_code": language,
        "lang_subcode": region or None,
        "lang_name": called[:1].upper() + called[1:],
        "lang_direction": direction(code),
    }


def _local_file(resource: Resource) -> dict[str, _Value]:
    size = len(resource.data)
    return {"id": resource.checksum, "extension": "zip", "available": 0, "file_size": size}


def _file(topic: Topic, resource: Resource) -> dict[str, _Value]:
    return {
        "id": identity("file", topic.language, resource.unit),
        "preset": "html5_zip",
        "supplementary": 0,
        "thumbnail": 0,
        "priority": 1,
        "contentnode_id": identity("node", topic.language, resource.unit),
        "lang_id": topic.language,
        "local_file_id": resource.checksum,
    }


def _insert(tables: sqlite3.Connection, table: str, row: Mapping[str, _Value]) -> None:
    columns, places = ", ".join(row), ", ".join("?" * len(row))
    tables.execute(
        f"INSERT INTO content_{table} ({columns}) VALUES ({places})",  # noqa: S608 - names of ours
        [*row.values()],
    )
