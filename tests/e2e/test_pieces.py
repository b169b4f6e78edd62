"""A lesson in pieces, walked from its module's page to the story on a phone, and what leads to its pieces."""

import random
from itertools import pairwise

import pytest
from book_pages import PAGES, ROOT, settled, sideways
from kept import STORED, Kept, keep

from fourps.course import toc
from fourps.quiz.marking import encode, mark

MODULE = "modules/protection"
PARTS = [name for name in PAGES if name.startswith(f"{MODULE}/") and name != f"{MODULE}/lesson"]
PIECES = [name for name in PARTS if "/lesson/" in name]
PHONE = {"viewport": {"width": 390, "height": 844}}
SCREEN, SCREENS, APART = 844, 8, 3
# how long a page is, and how far it is from the top, and from each decision, to the next and to the way on
MEASURE = """() => {
  const at = (one) => one.getBoundingClientRect();
  const decisions = [...document.querySelectorAll(".fp-decide")].map(at), end = at(document.querySelector(".fp-onward"));
  const ends = [...decisions, end].map(({ top }, place) => top - (place ? decisions[place - 1].bottom : 0));
  return {
    length: document.documentElement.scrollHeight,
    apart: ends,
    wide: [...document.querySelectorAll(".table-wrapper")].filter((one) => one.scrollWidth > one.clientWidth).length,
    folded: [...document.querySelectorAll(".fp-sources")].filter((one) => !one.open && at(one).top >= end.bottom).length,
  };
}"""
pytestmark = [pytest.mark.browser]


@pytest.mark.parametrize("reader", [PHONE], indirect=True)
def test_walk(reader, site):
    """Does the button lead through all pieces, each short, with decisions near one another, and tick each?"""
    page = reader.page
    page.goto(f"{site}/{MODULE}/lesson.html")
    keep(page, Kept())
    button = page.locator(".fp-start a")
    assert button.inner_text().strip() == "Begin this module"
    assert button.bounding_box()["y"] < SCREEN / 2
    button.click()
    for number, name in enumerate(PIECES, 1):
        page.wait_for_url(f"{site}/{name}.html")
        settled(page)
        assert f"part {number} of {len(PARTS)}" in page.locator(".fp-place").inner_text()
        sizes = page.evaluate(MEASURE)
        assert sizes["length"] <= SCREENS * SCREEN, (name, sizes)
        assert len(sizes["apart"]) > 1, name
        assert max(sizes["apart"]) <= APART * SCREEN, (name, sizes)
        assert (sizes["wide"], sizes["folded"]) == (0, 1), name
        assert sideways(page) <= 0, name
        page.locator(".fp-onward a").click()
    page.wait_for_url(f"{site}/{MODULE}/practice.html")
    assert list(Kept.loads(page.evaluate(STORED)).read) == PIECES
    settled(page)
    assert page.locator(".fp-steps > .fp-done").count() == len(PIECES)
    page.goto(f"{site}/{MODULE}/lesson.html")
    settled(page)
    assert page.locator(".fp-path > .fp-done").count() == len(PIECES)
    assert page.locator(".sidebar-tree a.fp-done").count() == len(PIECES)
    assert button.inner_text().strip() == "Go on with The card desk"


@pytest.mark.parametrize("folder", ["", "fr/"])
@pytest.mark.parametrize("reader", [PHONE], indirect=True)
def test_every_piece(reader, site, folder):
    """Is each piece of each lesson at most eight screens of a phone long, in each language?"""
    page, long = reader.page, {}
    for name in PAGES:
        if "/lesson/" in name:
            page.goto(f"{site}/{folder}{name}.html", wait_until="load")
            length = page.evaluate("() => document.documentElement.scrollHeight")
            if length > SCREENS * SCREEN:
                long[name] = round(length / SCREEN, 2)
    assert long == {}


def test_nothing_is_kept_without_a_yes(reader, address):
    """Does going on mark nothing for whoever did not say yes, over HTTP and from disk?"""
    page = reader.page
    page.goto(f"{address}/{PIECES[0]}.html")
    page.locator(".fp-onward a").click()
    page.wait_for_url(f"**/{PIECES[1]}.html")
    assert page.evaluate("() => localStorage.length + sessionStorage.length") == 0
    assert page.locator(".fp-done").count() == 0


def test_lesson_read_before(reader, site):
    """Does a lesson that was marked as read when it was one page count for its pieces?"""
    page = reader.page
    page.goto(f"{site}/{MODULE}/lesson.html")
    keep(page, Kept(read={f"{MODULE}/lesson": "2026-11-20"}))
    assert page.locator(".fp-path > .fp-done").count() == len(PIECES)


@pytest.mark.parametrize("reader", [PHONE], indirect=True)
def test_cards(reader, site):
    """Is a row of a wide table a card that names its cells, and still a table for whoever listens?"""
    page = reader.page
    page.goto(f"{site}/{PIECES[0]}.html")
    cell = page.locator(".fp-cards tbody td").nth(1)
    assert cell.evaluate("one => getComputedStyle(one, '::before').content").startswith('"What')
    row = page.get_by_role("row").nth(1)
    cells = row.get_by_role("rowheader").or_(row.get_by_role("cell"))
    assert [row.get_by_role(role).count() for role in ("rowheader", "cell")] == [1, 2]
    assert row.get_by_role("rowheader").inner_text() == "Individual"
    boxes = [cell.bounding_box() for cell in cells.all()]
    assert all(upper["y"] + upper["height"] <= lower["y"] for upper, lower in pairwise(boxes))
    page.set_viewport_size({"width": 1280, "height": 900})
    assert row.get_by_role("rowheader").inner_text() == "Individual"
    boxes = [cell.bounding_box() for cell in cells.all()]
    assert len({box["y"] for box in boxes}) == 1


def test_old_links(reader, address, book):
    """Does a link to a place of the lesson from when it was one page lead to the piece that has it?"""
    moved = [line.moved_to for line in toc.load_addresses(ROOT) if "#" in line.address]
    assert len(moved) > 20
    for to in moved:
        path, _, place = to.partition("#")
        assert not place or f'id="{place}"' in (book / path).read_text("utf-8"), to
    page = reader.page
    page.goto(f"{address}/{MODULE}/lesson.html#the-minimum-record")
    page.wait_for_url("**/lesson/record.html#the-minimum-record")


def test_result(reader, site, quiz, maker):
    """Does a result say in words which outcomes to read again, with links to the pieces that teach them?"""
    page, missed, chance = reader.page, {"3.3", "1.2"}, random.Random(1)  # noqa: S311 - no secret
    tries = {}
    for name, question in quiz.questions.items():
        good = question.objective not in missed
        tries[name] = [maker._answer(question, chance, good=good)] * (1 if good else 2)
    memory = {"record": encode(mark(quiz, tries)), "place": len(tries), "seed": 1, "drafts": {}}
    page.goto(f"{site}/{MODULE}/quiz.html")
    page.evaluate(
        "text => sessionStorage.setItem('fourps:protection-quiz', JSON.stringify(text))", memory
    )
    page.reload()
    settled(page)
    again, held = page.locator(".fp-result").all()
    asked = [question.objective for question in quiz.questions.values()]
    assert again.locator("li").count() == len(missed & set(asked))
    assert held.locator("li").count() == len(set(asked) - missed)
    consent = again.locator("li", has_text="Obtain informed consent")
    count = asked.count("3.3")
    assert f"0 of {count} right at once" in consent.inner_text()
    consent.get_by_role("link", name="Consent, and a safe referral").click()
    page.wait_for_url("**/lesson/consent.html")
