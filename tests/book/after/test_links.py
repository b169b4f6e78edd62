"""Whether links lead somewhere."""

from __future__ import annotations

import pytest

from fourps.book.after.links import broken


@pytest.fixture
def site(tmp_path):
    """Return a function that writes a page, and gives the links of it that lead nowhere."""
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "index.html").write_text("<h1 id='été'>Other</h1>", "utf-8")
    (tmp_path / "data.csv").touch()

    def write(body):
        (tmp_path / "page.html").write_text(f"<p id='here'>\n{body}", "utf-8")
        return [(one.path.name, one.line, one.field) for one in broken(tmp_path)]

    return write


@pytest.mark.parametrize(
    "link",
    [
        "#here",
        "#",
        "",
        "page.html",
        "./page.html?q=1#here",
        "data.csv",
        "folder/",
        "folder",
        "folder/index.html#%C3%A9t%C3%A9",
        "https://example.org/no",
        "//example.org/no",
        "mailto:a@example.org",
        "data:,",
    ],
)
def test_good(site, link):
    """Is a link left alone that leads to a file, a place in a page, or another host?"""
    assert site(f"<a href='{link}'>Go</a>") == []


@pytest.mark.parametrize(
    "link",
    ["#there", "no.html", "folder/index.html#no", "folder/no.html", "../page.html", "/page.html"],
)
@pytest.mark.parametrize("element", ["<a href='{}'>", "<img src='{}'>", "<form action='{}'>"])
def test_bad(site, link, element):
    """Is each link that leads nowhere, or out of the book, named with its page and line?"""
    assert site(element.format(link)) == [("page.html", 2, link)]


def test_the_small_book(good):
    """Do all links of a built book lead somewhere?"""
    assert list(broken(good.html)) == []
