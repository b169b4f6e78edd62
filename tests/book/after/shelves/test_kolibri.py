"""A channel is a folder that Kolibri can import, the same each time, and newer with each release."""

import hashlib
import io
import itertools
import sqlite3
import zipfile
from contextlib import closing
from types import SimpleNamespace

import pytest

from fourps.book.after.shelves import kolibri, packages
from fourps.book.after.shelves.kolibri import ChannelVersionError, channel_version, write_channel
from fourps.book.after.shelves.kolibri_database import identity
from fourps.book.after.shelves.staged import UnitError

DATABASE = f"content/databases/{identity('channel')}.sqlite3"
ABOUT = '<html><head><meta name="description" content="What {} is about."></head></html>'


class Edition:
    """The course in one language, staged by somebody else."""

    def __init__(self, _site, language):
        self.language, self.home = language, "first.html"
        self.title = {"en": "Course", "fr": "Cours"}[language]

    def units(self):
        return ["one", "half-hour", "course"]

    def read(self, name):
        assert name == self.home
        return ABOUT.format(self.title).encode()

    def stage(self, unit, keeps):
        assert keeps == "shell"
        title = f"{self.language} {unit}"
        files = {"_static/a.js": b"", "one.html": ABOUT.format(title).encode()}
        return SimpleNamespace(unit=unit, title=title, start="one.html", files=files)


def shell_page(staged, done):
    return {"launch.html": f"{staged.title}, {done}".encode(), "launch.js": b"shell"}


@pytest.fixture
def site(tmp_path, monkeypatch):
    """A built book in two languages, of which what matters here is that it has units."""
    built = tmp_path / "site"
    for language, folder in (("en", built), ("fr", built / "fr")):
        folder.mkdir()
        (folder / "manifest.webmanifest").write_text(f'{{"lang": "{language}"}}')
        (folder / "offline.json").write_text('{"version": "1.2.3"}')
    (built / "icons").mkdir()
    (built / "icons" / "icon-192.png").write_bytes(b"picture")
    monkeypatch.setattr(kolibri, "Edition", Edition)
    monkeypatch.setattr(packages, "Edition", Edition)
    monkeypatch.setattr(kolibri, "shell_page", shell_page)
    return built


def written(site, folder, number=3):
    """Write a channel, and return its folder."""
    write_channel(site, folder, number)
    return folder


def content(folder):
    """Return all files below a folder, by their names."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def rows(folder, query):
    """Return what is asked of the database of a channel."""
    with closing(sqlite3.connect(":memory:")) as tables:
        tables.deserialize((folder / DATABASE).read_bytes())
        return tables.execute(query).fetchall()


def test_resources(site, tmp_path):
    """Is there one app for each module and the half hour, in each language, that begins with the shell?"""
    folder = written(site, tmp_path / "out")
    titles = rows(folder, "SELECT title, description FROM content_contentnode ORDER BY lft")
    assert titles[1:] == [
        ("English", "What Course is about. Course: CC BY 4.0. Programs in it: MIT."),
        ("en one", "What en one is about."),
        ("en half-hour", "What en half-hour is about."),
        (
            "Français",
            "What Cours is about. Cours\u00a0: CC BY 4.0. Programmes du cours\u00a0: MIT.",
        ),
        ("fr one", "What fr one is about."),
        ("fr half-hour", "What fr half-hour is about."),
    ]
    ((name, about, version, thumbnail),) = rows(
        folder, "SELECT name, description, version, thumbnail FROM content_channelmetadata"
    )
    assert (name, version, thumbnail) == ("Course · Cours", 3, "data:image/png;base64,cGljdHVyZQ==")
    assert about.startswith("What Course is about. What Cours is about. ")
    assert "CC BY 4.0" in about
    assert "MIT" in about
    data = content(folder)
    listed = rows(folder, "SELECT id, file_size FROM content_localfile")
    assert len(listed) == 4
    entries = set()
    for checksum, size in listed:
        app = data[f"content/storage/{checksum[0]}/{checksum[1]}/{checksum}.zip"]
        assert len(app) == size
        assert hashlib.md5(app, usedforsecurity=False).hexdigest() == checksum
        with zipfile.ZipFile(io.BytesIO(app)) as archive:
            assert archive.namelist() == ["_static/a.js", "index.html", "launch.js", "one.html"]
            entries.add(archive.read("index.html"))
    assert entries == {
        f"{language} {unit}, passed".encode()
        for language in ("en", "fr")
        for unit in ("one", "half-hour")
    }
    assert len(data) == len(listed) + 1


def test_same_bytes(site, tmp_path):
    """Do the same pages give the same files?"""
    one, two = (content(written(site, tmp_path / name)) for name in ("one", "two"))
    assert one == two


def test_a_stick_with_other_channels(site, tmp_path, monkeypatch):
    """Does a newer release take away its own old files, and nothing of anybody else?"""
    folder = written(site, tmp_path / "stick")
    others = {"content/databases/0.sqlite3": b"theirs", "content/storage/a/b/ab.zip": b"theirs"}
    for name, data in others.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    before = content(folder)
    monkeypatch.setattr(kolibri, "shell_page", lambda *_, **__: {"launch.html": b"newer"})
    written(site, folder, 4)
    after = content(folder)
    # what it has in each language is the same now, but for the pages
    assert before.keys() & after.keys() == {DATABASE, *others}
    assert {name: after[name] for name in others} == others
    assert rows(folder, "SELECT version FROM content_channelmetadata") == [(4,)]


def test_versions_grow():
    """Is each release newer for Kolibri than the one before, with room for what a place names itself?"""
    releases = ["0.1.0", "0.1.1", "0.2.0", "0.99.99", "1.0.0", "1.0.1", "1.10.0", "2.0.0", "99.0.0"]
    numbers = list(map(channel_version, releases))
    assert numbers == sorted(set(numbers))
    assert min(after - before for before, after in itertools.pairwise(numbers)) == 100
    assert channel_version("1.0.0", 5) == 5


@pytest.mark.parametrize(
    ("release", "number", "says"),
    [
        ("1.0.0rc1", None, "The version 1.0.0rc1 gives no number"),
        ("1.100.0", None, "Name one: --channel-version"),
        ("1.0", None, "gives no number"),
        ("1.0.0", 0, "from 1 to 2147483647, and not 0"),
        ("1.0.0", 2**31, "and not 2147483648"),
        ("3000.0.0", None, "and not 3000000000"),
        ("\x1b[2J1.0.0", None, "gives no number"),
    ],
)
def test_no_version(release, number, says):
    """Is a number refused that Kolibri could not keep, or that could be another release's?"""
    with pytest.raises(ChannelVersionError, match=says) as raised:
        channel_version(release, number)
    assert "\x1b" not in str(raised.value)


def test_asked_for(site, tmp_path):
    """Does a request make one folder that devices look for, under the number of the release or one's own?"""
    for number, version in ((None, 1_020_300), (1_020_301, 1_020_301)):
        (package,) = packages.packages("kolibri", site, number=number)
        assert package.name == "KOLIBRI_DATA"
        package.write(tmp_path / package.name)
        assert rows(tmp_path / package.name, "SELECT version FROM content_channelmetadata") == [
            (version,)
        ]


@pytest.mark.parametrize(
    ("shelf", "wanted", "says"),
    [
        ("kolibri", {"module": "one"}, "leave --module and --language out"),
        ("kolibri", {"languages": ("fr",)}, "leave --module and --language out"),
        ("scorm12", {"number": 5}, "leave --channel-version out"),
    ],
)
def test_refused(site, shelf, wanted, says):
    """Is a part of a channel refused, and a number where there is no channel?"""
    with pytest.raises(UnitError, match=says):
        packages.packages(shelf, site, **wanted)


def test_the_command(good, tmp_path):
    """Does the command write a channel that can be opened, the same twice, and name the number that is missing?"""
    words = ["fourps", "book", "package", good.root, "--for", "kolibri"]
    one, two = tmp_path / "one", tmp_path / "two"
    for out in (one, two):
        result = good.run(*words, "--out", out, "--channel-version", "7")
        assert result.status == 0, result.output
        assert result.output.splitlines()[-2].endswith(f" MB  {out / 'KOLIBRI_DATA'}")
    assert content(one) == content(two)
    folder = one / "KOLIBRI_DATA"
    titles = rows(folder, "SELECT title FROM content_contentnode WHERE kind = 'html5'")
    assert [checksum for (checksum,) in rows(folder, "SELECT id FROM content_localfile")]
    assert len(titles) == len(content(folder)) - 1
    for name, data in content(folder).items():
        if name != DATABASE:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                assert b'"done": "passed"' in archive.read("index.html")
    result = good.run(*words, "--out", tmp_path / "three", "--module", "demo")
    assert result.status == 1
    assert "leave --module and --language out" in result.output
    assert not (tmp_path / "three").exists()
