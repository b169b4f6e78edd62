"""What a request makes, and what is said of a wrong one before anything is written."""

from __future__ import annotations

import re
import time
import zipfile

import pytest

from fourps.book.after.shelves.packages import SHELVES, Package, packages, write
from fourps.book.after.shelves.staged import UnitError

UNITS = ["water", "bread", "half-hour", "course"]


@pytest.mark.parametrize("shelf", ["scorm12", "scorm2004"])
def test_one_for_each_unit(site, shelf):
    """Is there a package for each unit, whose name says release, unit, language and platform?"""
    names = [one.name for one in packages(shelf, site)]
    assert names == [f"four-ps-1.0-{unit}-en-{shelf}.zip" for unit in UNITS]


def test_one_module(site, tmp_path):
    """Is a single module packed alone, and whole?"""
    (one,) = packages("scorm12", site, ("en",), "water")
    one.write(tmp_path / one.name)
    assert [path.name for path in tmp_path.iterdir()] == [one.name]
    with zipfile.ZipFile(tmp_path / one.name) as archive:
        assert archive.testzip() is None
        assert "modules/water/quiz.html" in archive.namelist()


@pytest.mark.parametrize(
    ("shelf", "languages", "module", "told"),
    [
        ("scorm13", (), "", f"no package for 'scorm13', only for: {', '.join(SHELVES)}."),
        ("scorm12", ("de",), "", "not built in the language 'de', only in: en."),
        ("scorm12", ("en", "de"), "", "not built in the language 'de', only in: en."),
        ("scorm12", (), "fire", f"no module 'fire'. It has: {', '.join(UNITS)}."),
        ("scorm12", (), "\x1b[2J", "no module '"),
    ],
)
def test_a_wrong_request(site, shelf, languages, module, told):
    """Is it said what there is, and nothing of a terminal's own signs repeated?"""
    with pytest.raises(UnitError, match=re.escape(told)) as raised:
        packages(shelf, site, languages, module)
    assert "\x1b" not in str(raised.value)


def test_one_fails(tmp_path):
    """Does an error of one package end all, with none begun long after it?"""
    begun = []

    def fail(_to):
        raise UnitError("no room")

    def wait(to):
        begun.append(to.name)
        time.sleep(0.01)

    wanted = [Package("first", fail), *(Package(f"{number}", wait) for number in range(100))]
    with pytest.raises(UnitError, match="no room"):
        [*write(wanted, tmp_path)]
    assert len(begun) < 100
    assert [one.name for one in write(wanted[1:2], tmp_path)] == ["0"]


def test_the_command(good, tmp_path):
    """Does the command write each package and say its size, and after a wrong word write nothing?"""
    out = tmp_path / "packages"
    words = ["fourps", "book", "package", good.root, "--for", "scorm12", "--out", out]
    result = good.run(*words, "--module", "demo")
    assert result.status == 0, result.output
    (path,) = out.iterdir()
    assert re.search(rf"\d\.\d\d MB  {re.escape(str(path))}\n", result.output)
    assert re.search(r"\nWrote 1 package in \d+\.\d s\.\n$", result.output)
    before = path.read_bytes()
    result = good.run(*words, "--module", "fire")
    assert result.status == 1
    assert result.output.endswith("The course has no module 'fire'. It has: demo, course.\n")
    assert [(one, one.read_bytes()) for one in out.iterdir()] == [(path, before)]


def test_where_nothing_can_be_written(site, tmp_path):
    """Is a package that cannot be written named, and left as it was?"""
    (one,) = packages("scorm12", site, ("en",), "water")
    to = tmp_path / one.name
    to.mkdir()
    with pytest.raises(OSError, match=re.escape(one.name)):
        one.write(to)
    assert list(tmp_path.iterdir()) == [to]
