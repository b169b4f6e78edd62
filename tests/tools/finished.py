"""What a device keeps of somebody, and of who finished modules."""

from __future__ import annotations

from book_pages import settled
from kept import Kept, KeptAttempt

from fourps.play_record import Record


def keep(page, kept):
    """Have a device keep a document, and load the page again."""
    page.evaluate("text => localStorage.setItem('fourps', text)", kept.dumps())
    page.reload()
    settled(page)


def finished(page, day, *titles):
    """Return what is kept of who finished these modules, or all, on a day; the page asks them again."""
    text = page.locator("[data-three] > script").text_content()
    modules = page.evaluate("text => JSON.parse(text).spec.modules", text)
    steps = [
        step for one in modules if one["title"] in titles or not titles for step in one["steps"]
    ]
    assert steps
    attempts = [
        KeptAttempt(
            kind=one["kind"],
            record=str(Record(one["id"], "00000000", "")),
            result="safe" if one["kind"] == "scenario" else "done",
            at=day,
        )
        for one in steps
        if one["kind"] != "page"
    ]
    return Kept(attempts=attempts, read={one["id"]: day for one in steps if one["kind"] == "page"})
