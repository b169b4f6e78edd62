"""The course itself as packages: what they weigh, what must be finished, and that they lead nowhere else."""

from __future__ import annotations

import re
from html import unescape

import lms
import pytest

from fourps.book.after.links import broken
from fourps.book.after.shelves.scorm import scorm
from fourps.book.after.shelves.shelf_data import told_here
from fourps.book.after.shelves.shell import shell_page
from fourps.book.after.shelves.staged import Edition
from fourps.course.language import tag

pytestmark = pytest.mark.slow
# in bytes; French is the longer of the two languages
MODULE, COURSE = 800_000, 3_000_000
ELSEWHERE = re.compile(rb"""<a\b[^>]*?\bhref=["']?(?:[a-z][a-z+.-]*:|//)""", re.IGNORECASE)
OF_A_SITE = re.compile(r"serviceWorker|manifest\.webmanifest|offline\.json")
# two modules, of which one is the heaviest, and what else can be packed
UNITS = ("foundations", "protection", "half-hour", "course")


@pytest.fixture(scope="module")
def units(real_book):
    """Some units in French."""
    edition = Edition(real_book, "fr")
    return {name: edition.stage(name, "shell") for name in UNITS}


def unpacked(staged, folder):
    for name, data in staged.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def test_sizes(units):
    """Does each module weigh at most 800 KB, and the whole course 3 MB?"""
    sizes = {name: len(scorm(staged, "1.2")) for name, staged in units.items()}
    assert sizes.pop("course") <= COURSE
    assert max(sizes.values()) <= MODULE, sizes
    # a package that lost its pages would be light
    assert min(sizes.values()) > 150_000, sizes


def test_what_must_be_finished(units):
    """Has each module a story and a quiz to finish, the course those of all, and the half hour its end?"""
    half, course = units["half-hour"], units["course"]
    for module in (units["foundations"], units["protection"]):
        assert {module.items[one]["kind"] for one in module.required} == {"scenario", "quiz"}
        assert set(module.required) == set(module.items) < set(course.required)
    assert len(course.required) == 17
    assert not {"before", "after", "later", "thursday"} & set(course.required)
    assert half.required == ["book/half-hour/practice"]
    assert set(half.items) == {"card-desk"}


def test_pages(units):
    """Has each unit the rules, the page for help and the neutral one, and no other language?"""
    for name, staged in units.items():
        always = {"book/start.html", "book/safety.html", "book/local.html", "units.html"}
        assert always <= set(staged.files), name
        assert staged.start in staged.files
        assert not any(one.startswith(("fr/", "en/", "notebooks/")) for one in staged.files)
        assert all(
            page in {one.removesuffix(".html") for one in staged.files} for page in staged.pages
        )
        text = staged.files[staged.start].decode()
        assert f'lang="{tag("fr")}"' in text


def test_nobody_is_led_away(units):
    """Does no page of a module lead to another host, say what a site says of a device, or ask for what a site has?"""
    staged = units["protection"]
    own = {name: data for name, data in staged.files.items() if name.startswith("modules/")}
    assert len(own) == 14
    said = [site for site, _ in told_here("fr", "shell").values()]
    for name, data in own.items():
        text = unescape(data.decode())
        assert not OF_A_SITE.findall(text), name
        assert not [one for one in said if one in text], name
    assert not [name for name, data in units["course"].files.items() if ELSEWHERE.search(data)]


@pytest.mark.parametrize("name", ["protection", "half-hour"])
def test_every_link(units, tmp_path, name):
    """Does each link of a unit lead to a place that is there?"""
    assert [str(one) for one in broken(unpacked(units[name], tmp_path))] == []


@pytest.mark.browser
def test_the_half_hour_ends(reader, units):
    """Does a platform hear that the half hour is finished where its last step is opened, and not before?"""
    half = units["half-hour"]
    with lms.serving(half.files | shell_page(half)) as platform:
        visit = platform.open(reader.page)
        visit.go("half-hour/own.html")
        assert platform.status() == "incomplete"
        visit.go("practice.html")
        lms.until(reader.page, lambda: platform.status() == "completed")


@pytest.mark.prove
def test_every_link_of_the_course(real_book, tmp_path):
    """Does each link of the whole course lead to a place that is there, where all may read the guide?"""
    staged = Edition(real_book, "en").stage("course", "nothing")
    assert [str(one) for one in broken(unpacked(staged, tmp_path))] == []
    assert "book/guide-plans.html" in staged.files
    assert "book/my-course.html" not in staged.files
