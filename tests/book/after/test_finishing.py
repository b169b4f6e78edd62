"""Files that no page loads."""

from __future__ import annotations

import pytest

from fourps.book.after.finishing import drop_unused

FILES = {
    "index.html": '<link href="_static/look.css?v=1"><a href="book/a%20page.html">',
    "book/a page.html": '<script src="../_static/deep/play.js?v=2"></script>'
    '<a href="../_downloads/my%20list.csv#end">',
    "_static/look.css": 'a{background:url("deep/b.png")}b{mask:url(data:x)}i{mask:url(../_images/c.svg)}',
    "_static/lonely.css": "a{background:url(d.png)}",
}
KEPT = [
    *("_static/deep/play.js", "_static/deep/play.js.LICENSE.txt", "_static/deep/b.png"),
    *("_downloads/my list.csv", "_images/c.svg", "unnamed.txt"),
]
DROPPED = [
    *("_static/play.js", "_static/deep/play.js.map", "_static/d.png", "_static/d.js.LICENSE.txt"),
    "_images/e.png",
]


@pytest.fixture
def html(tmp_path):
    for name, text in (FILES | dict.fromkeys([*KEPT, *DROPPED], "")).items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def test_only_what_is_loaded_stays(html):
    """Does what pages load stay, with what their style sheets draw and its licence, and no more?"""
    drop_unused(html)
    left = {path.relative_to(html).as_posix() for path in html.rglob("*") if path.is_file()}
    assert left == {*FILES, *KEPT} - {"_static/lonely.css"}


def test_missing_file(html):
    """Is a file that a page names and nobody made left to the check of links?"""
    (html / "_static" / "look.css").unlink()
    drop_unused(html)
    assert (html / "_static" / "deep" / "play.js").is_file()
