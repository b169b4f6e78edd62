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
def module(resources, scenario, quiz):
    """The module that is played: where it is, under which id it is counted, and what is in it."""
    node, content = resources["en", "Protection"]
    way = shortest(scenario)["safe"]
    return SimpleNamespace(node=node, content=content, way=way, scenario=scenario, quiz=quiz)


@pytest.fixture
def seat(room, browser):
    """A browser of its own in the room."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.set_default_timeout(30_000)
    seat = kolibri_room.Seat(room, context.new_page())
    yield seat
    context.close()
    assert seat.complaints == []


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


def test_finished(seat, module):
    """Is progress one half while a module is open, and exactly all of it when story and quiz are finished?"""
    seat.sign_in("amina")
    seat.open(module.node)
    play(seat, module.way)
    seat.room.comes_to("amina", module.content, 0.5)
    take(seat, module.quiz)
    # nobody said yes
    seat.room.comes_to("amina", module.content, 1.0)


def test_half_an_hour(seat, resources):
    """Is the half hour, in which much is read, finished where its last page is opened?"""
    node, content = resources["fr", "Une demi-heure"]
    seat.sign_in("amina")
    seat.open(node)
    seat.room.comes_to("amina", content, 0.5)
    steps = seat.book.locator(".sidebar-tree a[href*='half-hour/']")
    seat.go(steps.last.get_attribute("href").rpartition("/")[2])
    seat.room.comes_to("amina", content, 1.0)


def test_resumed_and_the_next_one(seat, module):
    """Does a learner go on at the same step, while a guest and another learner at that browser see nothing of it?"""
    seat.sign_in("bo")
    seat.open(module.node)
    story(seat).locator(".fp-agree").click()
    seat.book.evaluate(CLICK, module.way[:2])
    at = heading(seat)
    seat.room.comes_to("bo", module.content, 0.5, "f1|")
    seat.sign_out()
    for other in (None, "cy"):
        if other:
            seat.sign_in(other)
        seat.open(module.node)
        assert not seat.book.url.partition("#")[0].endswith(STORY)
        player = story(seat)
        player.locator(".fp-heading").wait_for()
        assert heading(seat) != at
        # of a guest Kolibri keeps nothing: that is said, and not asked
        assert player.locator(".fp-agree").count() == (1 if other else 0)
        said = seat.shell.locator("[role=status]").inner_text()
        assert said == ("" if other else WORD["shell-unrecorded"])
        if other:
            seat.room.comes_to(other, module.content, 0.5)
            seat.sign_out()
    seat.sign_in("bo")
    seat.open(module.node)
    assert seat.book.url.partition("#")[0].endswith(STORY)
    assert heading(seat) == at


def test_left(seat, module):
    """Is nothing of the course seen after Leave, in the frame that no page may leave?"""
    seat.sign_in("dela")
    seat.open(module.node)
    play(seat, module.way)
    shell = seat.shell
    # a browser notes that the window may not be left
    with seat.page.expect_console_message(lambda said: "initiate navigation" in said.text):
        seat.book.locator(".fp-exit").click()
    seat.complaints.clear()
    assert shell.locator("iframe").count() == 0
    assert shell.evaluate(SEEN).split("\n") == [f"… {WORD['shell-close']}"]


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


def test_newer_release(seat, module, channel, newer):
    """Does a higher version alone take the place of the old one, and do a learner's attempts stay, and are named?"""
    seat.sign_in("edo")
    seat.open(module.node)
    play(seat, module.way, ".fp-agree")
    story, version = module.scenario.id, module.scenario.version
    seat.room.comes_to("edo", module.content, 0.5, f"|s,{story},{version}")
    assert "cancelling import" in seat.room.bring(channel)
    assert "removing old entries" in seat.room.bring(newer)
    assert "cancelling import" in seat.room.bring(channel)
    assert seat.room.rows("SELECT version FROM content_channelmetadata") == [(NEWER,)]
    seat.open(module.node)
    take(seat, module.quiz)
    seat.room.comes_to("edo", module.content, 1.0, f"|s,{story},{version};q,{module.quiz.id},")
    kept = seat.go("privacy.html").locator("pre").inner_text()
    assert f"fourps1:{story}:{version}:" in kept
    assert f"fourps1:{module.quiz.id}:" in kept
