"""A channel for Kolibri, as a folder that a device imports from a disk or a USB stick.

Kolibri looks on every disk for a folder ``KOLIBRI_DATA``. In it a database lists what there is, and
each resource is a zip under the hash of its content. It takes a channel that it has again only if
the number of its version is higher.
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

from bs4 import BeautifulSoup

from fourps.book.after.built import Built
from fourps.book.after.shelves.kolibri_database import (
    Channel,
    Resource,
    Topic,
    database,
    files,
    identity,
)
from fourps.book.after.shelves.shell import LAUNCH, shell_page
from fourps.book.after.shelves.staged import COURSE, stage, units
from fourps.course import version
from fourps.course.words import words
from nbseal.base.errors import UserError
from nbseal.base.moves import remove_file
from nbseal.base.whole_files import write_whole
from nbseal.base.zip_entry import pack

if TYPE_CHECKING:
    from pathlib import Path

FOLDER = "KOLIBRI_DATA"
_ENTRY = "index.html"
_LARGEST = 2**31 - 1
_RELEASE = re.compile(r"(\d+)\.(\d{1,2})\.(\d{1,2})")


class ChannelVersionError(UserError, ValueError):
    """A number that Kolibri could not tell from another one, or not take."""


def channel_version(release: str, number: int | None = None) -> int:
    """Return the number by which Kolibri knows a newer channel: 1.2.3 is 1020300.

    The last two digits are for a place that changes the course between two releases, and then names
    the next number itself.

    Parameters
    ----------
    release
        The version of the course.
    number
        What somebody named instead.

    Raises
    ------
    ChannelVersionError
        If the version is no release, or the number none that Kolibri can keep.

    Examples
    --------
    >>> channel_version("1.2.3"), channel_version("1.10.0"), channel_version("1.2.3", 1020301)
    (1020300, 1100000, 1020301)
    """
    if number is None:
        if not (match := _RELEASE.fullmatch(release)):
            raise ChannelVersionError(
                f"{release} is no release, and gives no number for Kolibri, which imports a channel"
                " again only under a higher one; name one with --channel-version"
            )
        major, minor, patch = map(int, match.groups())
        number = (major * 10_000 + minor * 100 + patch) * 100
    if not 0 < number <= _LARGEST:
        raise ChannelVersionError(
            f"the version of a channel is a number from 1 to {_LARGEST}, and not {number}"
        )
    return number


def write_channel(site: Path, to: Path, number: int | None = None) -> Path:
    """Write a channel with the course in all its languages, and return its folder.

    What else is in the folder stays: a stick may hold other channels.

    Parameters
    ----------
    site
        The built book.
    to
        Where ``KOLIBRI_DATA`` is, or will be.
    number
        The version of the channel, if it is not that of the course.
    """
    channel = _channel(site, channel_version(version(), number))
    content = to / FOLDER / "content"
    place = content / "databases" / f"{identity('channel')}.sqlite3"
    before = files(place.read_bytes()) if place.is_file() else set()
    data = database(channel)
    for topic in channel.topics:
        for resource in topic.resources:
            write_whole(_stored(content, f"{resource.checksum}.zip"), resource.data)
    # last, so that it names nothing that is not there
    write_whole(place, data)
    for name in before - files(data):
        remove_file(_stored(content, name))
    return to / FOLDER


def _stored(content: Path, name: str) -> Path:
    return content / "storage" / name[0] / name[1] / name


def _channel(site: Path, number: int) -> Channel:
    topics = [_topic(site, edition) for edition in Built(site).languages]
    titles = dict.fromkeys(edition.about["name"] for edition in Built(site).languages)
    licences = dict.fromkeys(topic.licence for topic in topics)
    said = " ".join([*(topic.description for topic in topics), *licences])
    icon = (site / "icons" / "icon-192.png").read_bytes()
    picture = f"data:image/png;base64,{base64.b64encode(icon).decode()}"
    return Channel(" · ".join(titles), said, number, picture, topics)


def _topic(site: Path, edition: Built) -> Topic:
    language, start = edition.about["lang"], edition.about["start_url"]
    # the whole course would be all the others again
    parts = [unit for unit in units(site, language) if unit != COURSE]
    resources = [_resource(site, unit, language) for unit in parts]
    about = _description((edition.html / start).read_bytes())
    return Topic(language, about, words(language)["package-licence"], resources)


def _resource(site: Path, unit: str, language: str) -> Resource:
    staged = stage(site, unit, language, keeps="shell")
    # of all that a SCORM runtime can be told, Kolibri takes only this for finished
    pages = shell_page(staged, done="passed")
    entry = pages.pop(LAUNCH)
    whole = dict(sorted({**staged.files, **pages, _ENTRY: entry}.items()))
    about = _description(staged.files[staged.start])
    return Resource(unit, staged.title, about, pack(whole.items()))


def _description(page: bytes) -> str:
    """Return what a page says of itself."""
    said = BeautifulSoup(page, "html.parser").find("meta", attrs={"name": "description"})
    return str(said["content"]) if said else ""
