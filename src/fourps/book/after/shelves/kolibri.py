"""A channel for Kolibri, as a folder that a device imports from a disk or a USB stick.

Kolibri looks on every disk for a folder ``KOLIBRI_DATA``. In it a database lists what there is, and
each resource is a zip under the hash of its content. It takes a channel that it has again only if
the number of its version is higher.
"""

from __future__ import annotations

import base64
import re
from typing import TYPE_CHECKING

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
from fourps.book.after.shelves.shelved_page import description_of
from fourps.book.after.shelves.staged import COURSE, Edition
from fourps.course.words import words
from nbseal.base.errors import UserError
from nbseal.base.from_outside import shown
from nbseal.base.moves import remove_file
from nbseal.base.whole_files import write_whole
from nbseal.base.zip_entry import pack

if TYPE_CHECKING:
    from pathlib import Path

    from fourps.book.after.shelves.staged import Staged

FOLDER = "KOLIBRI_DATA"
_ENTRY = "index.html"
_LARGEST = 2**31 - 1
_RELEASE = re.compile(r"([0-9]{1,4})\.([0-9]{1,2})\.([0-9]{1,2})")


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
                f"The version {shown(release)} gives no number for Kolibri, which imports a "
                "channel again only under a higher one. Name one: --channel-version 1"
            )
        major, minor, patch = map(int, match.groups())
        number = (major * 10_000 + minor * 100 + patch) * 100
    if not 0 < number <= _LARGEST:
        raise ChannelVersionError(
            f"The version of a channel is a number from 1 to {_LARGEST}, and not {number}."
        )
    return number


def write_channel(site: Path, to: Path, number: int) -> None:
    """Write a channel with the course in all its languages.

    What else is in the folder stays: a stick may hold other channels.

    Parameters
    ----------
    site
        The built book.
    to
        The folder; a device finds it if it is called `FOLDER`.
    number
        The version of the channel, as `channel_version` gives it.
    """
    channel = _channel(site, number)
    place = to / "content" / "databases" / f"{identity('channel')}.sqlite3"
    before = files(place.read_bytes()) if place.is_file() else set()
    data = database(channel)
    for topic in channel.topics:
        for resource in topic.resources:
            write_whole(_stored(to, f"{resource.checksum}.zip"), resource.data)
    # last, so that it names nothing that is not there
    write_whole(place, data)
    for name in before - files(data):
        remove_file(_stored(to, name))


def _stored(folder: Path, name: str) -> Path:
    return folder / "content" / "storage" / name[0] / name[1] / name


def _channel(site: Path, number: int) -> Channel:
    editions = [Edition(site, book.about["lang"]) for book in Built(site).languages]
    topics = [_topic(edition) for edition in editions]
    titles = dict.fromkeys(edition.title for edition in editions)
    said = [*(topic.description for topic in topics), *(topic.licence for topic in topics)]
    icon = base64.b64encode((site / "icons" / "icon-192.png").read_bytes()).decode()
    picture = f"data:image/png;base64,{icon}"
    return Channel(" · ".join(titles), " ".join(said), number, picture, topics)


def _topic(edition: Edition) -> Topic:
    # the whole course would be all the others again
    parts = [unit for unit in edition.units() if unit != COURSE]
    resources = [_resource(edition.stage(unit, "shell")) for unit in parts]
    about = description_of(edition.read(edition.home))
    licence = words(edition.language)["package-licence"]
    return Topic(edition.language, about, licence, resources)


def _resource(staged: Staged) -> Resource:
    # of all that a SCORM runtime can be told, Kolibri takes only this for finished
    pages = shell_page(staged, done="passed")
    pages[_ENTRY] = pages.pop(LAUNCH)
    about = description_of(staged.files[staged.start])
    data = pack(sorted({**staged.files, **pages}.items()))
    return Resource(staged.unit, staged.title, about, data)
