"""Catalogues follow the English: what was translated stays, moves along, or waits."""

from __future__ import annotations

import pytest

from fourps.course.catalogue import load
from fourps.course.problem import BrokenSourceError
from fourps.translation.update import Text, drift, update

pytestmark = pytest.mark.once

FERRY, GATE = "modules/ferry/lesson", "modules/gate/lesson"
BOOK = {
    FERRY: [Text("Go home.", ("modules/ferry/lesson.md",)), Text("Wait for the next ferry.")],
    GATE: [Text("Open the gate."), Text("Go home.")],
}


def path(root, page):
    return root / "locale" / "fr" / "LC_MESSAGES" / f"{page}.po"


def translate(root, page, english, french):
    file = path(root, page)
    text = file.read_text("utf-8")
    empty = f'msgid "{english}"\nmsgstr ""'
    assert empty in text
    file.write_text(text.replace(empty, empty[:-1] + f'{french}"'), "utf-8")


def said(root, page, english):
    return load(root, page, "fr").gettext(english)


@pytest.fixture
def root(tmp_path):
    """Return a course with fresh catalogues, two of whose sentences are translated."""
    assert update(tmp_path, "fr", BOOK)[:2] == (4, 0)
    translate(tmp_path, FERRY, "Go home.", "Rentrez.")
    translate(tmp_path, FERRY, "Wait for the next ferry.", "Attendez le prochain bac.")
    return tmp_path


def test_order_and_place(root):
    """Has a page a file of its own, in the order of the page, with the place of each text?"""
    lines = path(root, FERRY).read_text("utf-8").split("\n")
    assert [line for line in lines if line.startswith(("#:", "msgid"))] == [
        'msgid ""',
        "#: modules/ferry/lesson.md",
        'msgid "Go home."',
        'msgid "Wait for the next ferry."',
    ]


def test_again(root):
    """Is a sentence that stands on two pages translated once, and does a second time change nothing?"""
    first = update(root, "fr", BOOK)
    assert (first.translated, first.changed) == (3, [path(root, GATE)])
    assert said(root, GATE, "Go home.") == "Rentrez."
    assert update(root, "fr", BOOK) == (4, 3, [])


def test_region(root):
    """Do the catalogues of a region begin with what its language says?"""
    update(root, "fr-CA", BOOK)
    own = root / "locale" / "fr_CA" / "LC_MESSAGES" / f"{FERRY}.po"
    assert 'msgstr "Attendez le prochain bac."' in own.read_text("utf-8")
    assert '"Language: fr_CA\\n"' in own.read_text("utf-8")


def test_nothing_to_say(root):
    """Is a number or citation, which no translator need copy, the same in French?"""
    texts = [Text("2030"), Text("{cite:p}`who2003`"), Text("2,030"), Text("No.")]
    assert update(root, "fr", {GATE: texts})[:2] == (4, 2)


def test_moved(root):
    """Does a page that moves keep its French, and is its old catalogue gone?"""
    moved = {"modules/boat/lesson": BOOK[FERRY], GATE: BOOK[GATE]}
    update(root, "fr", moved)
    assert said(root, "modules/boat/lesson", "Wait for the next ferry.") == (
        "Attendez le prochain bac."
    )
    assert not path(root, FERRY).exists()


def test_changed(root):
    """Does a sentence that changed wait with its old translation, and show what it was?"""
    book = BOOK | {FERRY: [Text("Wait for the second ferry.")]}
    update(root, "fr", book)
    text = path(root, FERRY).read_text("utf-8")
    assert '#, fuzzy\n#| msgid "Wait for the next ferry."\nmsgid "Wait for the second' in text
    assert said(root, FERRY, "Wait for the second ferry.") == "Wait for the second ferry."
    assert update(root, "fr", book).changed == []
    settled = text.replace('#, fuzzy\n#| msgid "Wait for the next ferry."\n', "")
    path(root, FERRY).write_text(settled, "utf-8")
    assert update(root, "fr", book).changed == []
    assert said(root, FERRY, "Wait for the second ferry.") == "Attendez le prochain bac."


def test_drift(root):
    """Is it told page by page what is new, changed and gone, and is nothing written?"""
    before = path(root, FERRY).read_bytes()
    book = {FERRY: [Text("Wait for the second ferry."), Text("Sing.")], GATE: [Text("Now.")]}
    assert list(map(str, drift(root, "fr", book))) == [
        f"{FERRY}: 1 new, 1 changed, 1 gone (of 2)",
        f"{GATE}: 1 new (of 1)",
    ]
    assert path(root, FERRY).read_bytes() == before


def test_gone_and_back(root):
    """Does a sentence that went stay in its file, and speak again when it comes back?"""
    update(root, "fr", BOOK | {FERRY: [Text("Sing.")]})
    assert '#~ msgid "Wait for the next ferry."' in path(root, FERRY).read_text("utf-8")
    assert update(root, "fr", BOOK | {FERRY: [Text("Sing.")]}).changed == []
    update(root, "fr", BOOK)
    assert said(root, FERRY, "Wait for the next ferry.") == "Attendez le prochain bac."


def test_contexts(root):
    """Do a translator's contexts and comments stay?"""
    own = 'msgctxt "a school"\nmsgid "Open the gate."\nmsgstr "Ouvrez le portail."\n'
    with path(root, GATE).open("a", encoding="utf-8") as file:
        file.write(f"\n# of the school, too\n{own}")
    update(root, "fr", BOOK)
    text = path(root, GATE).read_text("utf-8")
    assert f"# of the school, too\n{own}" in text
    assert 'msgid "Open the gate."\nmsgstr ""' in text


def test_broken(root):
    """Is nothing written while a catalogue is broken?"""
    path(root, GATE).write_text('msgid "Open', "utf-8")
    with pytest.raises(BrokenSourceError, match="must stand between"):
        update(root, "fr", {FERRY: []})
    assert path(root, FERRY).exists()
