"""The catalogue of a page: what it says, what it lacks, and what is wrong with it."""

from __future__ import annotations

import pytest

from fourps.course.catalogue import Catalogue, files, load
from fourps.course.problem import BrokenSourceError

pytestmark = pytest.mark.once

GOOD = """msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "Go home."
msgstr "Rentrez."

msgctxt "a school"
msgid "Go home."
msgstr "Rentrez chez vous."

#, fuzzy
msgid "Wait."
msgstr "Attention."

msgid "{count} of {all} say so {cite:p}`who2003`."
msgstr "Sur {all}, {count} le disent {cite:p}`who2003`."
"""


@pytest.fixture
def written(tmp_path):
    """Return a function that writes the catalogue of a page into a course."""

    def write(content, page="modules/ferry/lesson", folder="fr"):
        path = tmp_path / "locale" / folder / "LC_MESSAGES" / f"{page}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path

    return write


def test_said(written):
    """Is a text said in French, by its context, wherever its lines break, and English else?"""
    found = load(written(GOOD), "modules/ferry/lesson", "fr-CA")
    assert found.gettext("Go home.") == found.gettext("Go\nhome.\n") == "Rentrez."
    assert found.gettext("Go home.", "a school") == "Rentrez chez vous."
    assert found.gettext("Go home.", "a ferry") == "Rentrez."
    assert found.gettext("Stay.") == "Stay."
    assert list(files(found.path.parents[5], "fr")) == ["modules/ferry/lesson"]


def test_region(written):
    """Has the language of a region all that its language has, but where it has its own?"""
    written(GOOD)
    written(GOOD, "book/how")
    root = written(GOOD.replace("Rentrez.", "Allez."), "book/how", "fr_CA")
    assert files(root, "fr-CA") == {
        "book/how": root / "locale/fr_CA/LC_MESSAGES/book/how.po",
        "modules/ferry/lesson": root / "locale/fr/LC_MESSAGES/modules/ferry/lesson.po",
    }
    assert load(root, "book/how", "fr-CA").gettext("Go home.") == "Allez."
    assert load(root, "book/how", "fr").gettext("Go home.") == "Rentrez."


def test_lacks(written):
    """Does what is fuzzy count as untranslated, and is it told with its line?"""
    found = load(written(GOOD), "modules/ferry/lesson", "fr")
    assert found.gettext("Wait.") == "Wait."
    assert [found.lacks(text) for text in ("Wait.", "Stay.", "Go home.", " ")] == [1, 1, 0, 0]
    assert [(one.text, one.line) for one in found.untranslated] == [("Wait.", 12)]
    assert load(found.path.parents[5], "book/other", "fr").lacks("Go home.")


@pytest.mark.parametrize(
    ("good", "bad", "line", "what"),
    [
        ('"Rentrez."', '"Rentrez.', 5, "must stand between"),
        ('"Rentrez."', '"Rentrez "vite"."', 5, "must stand between"),
        ('msgstr "Rentrez."', "", 4, "missing msgstr"),
        ('msgid "Wait."', 'what "Wait."', 12, "misformatted keyword"),
        ("{count} le", "{cout} le", 15, "the translation has lost {count}"),
        ("{count} le", "{count} {some} le", 15, "nothing fills in {some}"),
        ("{count} le", "{count le", 15, "the translation has lost {count}"),
        ("Attention", "\udce9", 13, "not UTF-8"),
    ],
)
def test_broken(written, good, bad, line, what):
    """Is whatever is wrong with a file named with file and line?"""
    root = written(GOOD.replace(good, bad, 1).encode("utf-8", "surrogateescape"))
    with pytest.raises(BrokenSourceError) as caught:
        load(root, "modules/ferry/lesson", "fr")
    problem = caught.value.problems[0]
    assert (problem.path.name, problem.line) == ("lesson.po", line)
    assert what in problem.message


def test_read_again(written):
    """Is a catalogue read once, and again when it changed?"""
    path = written(GOOD) / "locale/fr/LC_MESSAGES/modules/ferry/lesson.po"
    found = Catalogue.read(path)
    assert found.gettext("Go home.") == "Rentrez."
    assert Catalogue.read(path) is found
    written(GOOD.replace("Rentrez.", "Partez."))
    assert Catalogue.read(path).gettext("Go home.") == "Partez."
