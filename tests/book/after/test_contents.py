"""The contents of a built book, whose pages show each a part of its navigation."""

from __future__ import annotations

import json

import pytest

from fourps.book.after.contents import Entry, contents

MODULES = """<nav class="sidebar-tree"><p class="caption"><span>Modules</span></p>
<ul><li><a href="{tale}">A tale</a><ul>{pieces}<li><a href="{up}tale/quiz.html">Quiz</a></li></ul></li>
<li><a href="{up}song.html">A song</a></li></ul>
<p class="caption"><span>Behind</span></p><ul><li><a href="{up}news.html">News</a></li></ul></nav>"""
PIECES = '<li><a href="lesson/door.html">The door</a></li>'


@pytest.fixture
def html(tmp_path):
    """A book of which only the page of a module shows the piece of its lesson."""
    (tmp_path / "manifest.webmanifest").write_text(json.dumps({"start_url": "welcome.html"}))
    (tmp_path / "tale" / "lesson").mkdir(parents=True)
    first = MODULES.format(tale="tale/lesson.html", pieces="", up="")
    heading = '<article><h1>Welcome<a class="headerlink" href="#top">¶</a></h1></article>'
    (tmp_path / "welcome.html").write_text(f"{first}{heading}", "utf-8")
    module = MODULES.format(tale="#", pieces=PIECES, up="../")
    (tmp_path / "tale" / "lesson.html").write_text(f"{module}<article><h1>A tale</h1></article>")
    return tmp_path


def test_pieces(html):
    """Do the pieces of a lesson stand below their module, before what follows them there?"""
    assert contents(html) == [
        Entry("Welcome", "welcome"),
        Entry("Modules"),
        Entry("A tale", "tale/lesson"),
        Entry("The door", "tale/lesson/door", 1),
        Entry("Quiz", "tale/quiz", 1),
        Entry("A song", "song"),
        Entry("Behind"),
        Entry("News", "news"),
    ]


def test_wanted(html):
    """Is a caption left out that no page follows?"""
    assert contents(html, lambda name: name in ("welcome", "news")) == [
        Entry("Welcome", "welcome"),
        Entry("Behind"),
        Entry("News", "news"),
    ]
