"""Where a reason on the screen is from."""

from __future__ import annotations

from fourps.course.words import words


def says_its_source(page, sources):
    """Insist that a reason has a link to each of its sources, or says that it is the course's advice."""
    line = page.locator(".fp-source")
    assert line.is_visible()
    assert line.locator("a").count() == len(sources)
    said = words(page.locator("html").get_attribute("lang"))
    assert (line.inner_text() == said["advice"]) == (not sources)
