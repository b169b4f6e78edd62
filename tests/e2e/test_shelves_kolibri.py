"""A channel in a real Kolibri: imported, played to its end by a learner, resumed, renewed, and left."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from types import SimpleNamespace

import consumers
import kolibri_room
import pytest
from players import click, shortest

from fourps.book.after.shelves.kolibri import FOLDER, write_channel
from fourps.course.words import words

from .test_scenario import CLICK

pytestmark = [pytest.mark.browser, pytest.mark.prove]
WORD = words("en")
STORY, QUIZ = "practice.html", "quiz.html"
OLDER, NEWER = 1_000_000, 1_000_001
READY = "[data-fourps='{}'][data-ready]"
# all that can be read in a window
SEEN = "() => document.documentElement.hidden ? '' : `${document.title} ${document.body.innerText}`"


@pytest.fixture(scope="module")
def channel(real_book, tmp_path_factory):
    """The folder of a channel."""
    folder = tmp_path_factory.mktemp("stick") / FOLDER
    write_channel(real_book, folder, OLDER)
    return folder


@pytest.fixture(scope="module")
def program(tmp_path_factory):
    """Kolibri, as it is locked."""
    return consumers.install("kolibri", tmp_path_factory.mktemp("kolibri")).with_name("kolibri")


@pytest.fixture(scope="module")
def room(program, channel, tmp_path_factory):
    """A device that has the course, with nobody at it."""
    room = kolibri_room.Room(program, tmp_path_factory.mktemp("room"))
    room.set_up()
    assert "successfully imported" in room.bring(channel)
    with room.opened():
        yield room


@pytest.fixture(scope="module")
def resources(channel):
    """Where each resource is, and under which id it is counted: by its language and unit."""
    (path,) = (channel / "content" / "databases").iterdir()
    query = "SELECT lang_id, title, id, content_id FROM content_contentnode WHERE kind = 'html5'"
    with closing(sqlite3.connect(path)) as tables:
        return {
            (one, title): (node, content) for one, title, node, content in tables.execute(query)
        }


@pytest.fixture(scope="module")
def way(scenario):
    """The shortest way to a good ending."""
    return shortest(scenario)["safe"]


@pytest.fixture(scope="module")
def protection(resources):
    """The module that is played: where it is, and under which id it is counted."""
    return resources["en", "Protection"]


@pytest.fixture
def seat(room, browser):
    """A browser of its own in the room."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30_000)
    yield kolibri_room.Seat(room, context.new_page())
    context.close()


def story(seat):
    """Go to the story."""
    book = seat.go(STORY)
    book.locator(READY.format("scenario")).wait_for()
    return book


def play(seat, way, answer=".fp-decline"):
    """Play the story to its end by its buttons, after an answer to whether attempts may be kept."""
    book = story(seat)
    book.locator(answer).click()
    book.evaluate(CLICK, way)
    book.locator(".fp-kind-safe").wait_for()


def take(seat, quiz):
    """Answer every question of the quiz, rightly, by its buttons."""
    book = seat.go(QUIZ)
    book.locator(READY.format("quiz")).wait_for()
    for question in quiz.questions.values():
        click(SimpleNamespace(page=book), question)
        book.locator(".fp-finish, .fp-next").evaluate("one => one.click()")
    book.locator(".fp-outcomes").wait_for()


def heading(seat):
    seat.book.locator(READY.format("scenario")).wait_for()
    return seat.book.locator(".fp-player .fp-heading").inner_text()


def test_imported(room, resources):
    """Does the device have every resource in both languages, each under its licence?"""
    has = "SELECT lang_id, title FROM content_contentnode WHERE kind = 'html5' AND available = 1"
    assert {*room.rows(has)} == {*resources}
    languages = [language for language, _ in resources]
    assert languages.count("en") == languages.count("fr") > 2
    licences = "SELECT DISTINCT license_name FROM content_contentnode WHERE kind = 'html5'"
    assert room.rows(licences) == [("CC BY",)]
    assert room.rows("SELECT version FROM content_channelmetadata") == [(OLDER,)]


def test_finished(seat, protection, way, quiz):
    """Is progress one half while a module is open, and exactly all of it when story and quiz are finished?"""
    node, content = protection
    seat.sign_in("amina")
    seat.open(node)
    play(seat, way)
    assert seat.room.comes_to("amina", content, 0.5)
    take(seat, quiz)
    assert seat.room.comes_to("amina", content, 1.0)
    # nobody said yes
    assert kept(seat.room, "amina", content) == ""


def kept(room, learner, content):
    """Return what Kolibri keeps of a learner's work in a resource."""
    found = room.rows(
        "SELECT json_extract(extra_fields, '$.contentState.SCORM.cmi.suspend_data')"
        " FROM logger_contentsummarylog WHERE content_id = ? AND user_id ="
        " (SELECT id FROM kolibriauth_facilityuser WHERE username = ?)",
        *(content, learner),
    )
    return "".join(one or "" for (one,) in found)


def test_resumed_and_the_next_one(seat, protection, way):
    """Does a learner go on at the same step, while a guest and another learner at that browser see nothing of it?"""
    node, content = protection
    seat.sign_in("bo")
    seat.open(node)
    story(seat).locator(".fp-agree").click()
    seat.book.evaluate(CLICK, way[:2])
    at = heading(seat)
    assert seat.room.comes_to("bo", content, 0.5)
    seat.page.wait_for_timeout(2_000)
    seat.sign_out()
    for other in (None, "cy"):
        if other:
            seat.sign_in(other)
        seat.open(node)
        assert not seat.book.url.partition("#")[0].endswith(STORY)
        story(seat).locator(".fp-agree").wait_for()
        assert heading(seat) != at
        if other:
            assert seat.room.progress(other, content) < 1
            seat.sign_out()
    seat.sign_in("bo")
    seat.open(node)
    assert seat.book.url.partition("#")[0].endswith(STORY)
    assert heading(seat) == at


def test_left(seat, protection, way):
    """Is nothing of the course seen after Leave, in the frame that no page may leave?"""
    node, _ = protection
    seat.sign_in("dela")
    seat.open(node)
    play(seat, way)
    shell = seat.shell
    seat.book.locator(".fp-exit").click()
    shell.locator("iframe").wait_for(state="detached")
    assert "traffick" not in shell.evaluate(SEEN).lower()
    assert WORD["begin"] not in shell.evaluate(SEEN)


@pytest.fixture(scope="module")
def newer(real_book, scenario, tmp_path_factory):
    """The channel of the next release, in which the story has changed."""
    site = tmp_path_factory.mktemp("newer") / "site"
    shutil.copytree(real_book, site)
    for path in site.rglob("*.html"):
        page = path.read_bytes()
        if scenario.version.encode() in page:
            path.write_bytes(page.replace(scenario.version.encode(), b"00000000"))
    write_channel(site, site.with_name(FOLDER), NEWER)
    return site.with_name(FOLDER)


def test_newer_release(seat, protection, way, channel, newer):
    """Does a higher version alone take the place of the old one, and do a learner's attempts stay, and are named?"""
    node, content = protection
    seat.sign_in("edo")
    seat.open(node)
    play(seat, way, ".fp-agree")
    assert seat.room.comes_to("edo", content, 0.5)
    seat.page.wait_for_timeout(2_000)
    before = kept(seat.room, "edo", content)
    assert before.startswith("f1|")
    assert "cancelling import" in seat.room.bring(channel)
    assert "removing old entries" in seat.room.bring(newer)
    assert "cancelling import" in seat.room.bring(channel)
    assert seat.room.rows("SELECT version FROM content_channelmetadata") == [(NEWER,)]
    seat.open(node)
    assert kept(seat.room, "edo", content) == before
