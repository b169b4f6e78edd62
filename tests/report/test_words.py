import re
from string import Formatter

import pytest
from babel.messages.pofile import read_po

from fourps.course.reason import Reason
from fourps.course.words import LOCALE, template
from fourps.report.words import DOMAIN, ENGLISH, SAID, languages, words

OTHERS = [language for language in languages() if language != "en"]
PACKAGE = LOCALE.parent / "report"


def braces(text):
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name)


@pytest.mark.parametrize("language", OTHERS)
def test_complete(language):
    """Has every text one translation that is not fuzzy, and every translation a text?"""
    with (LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as stream:
        found = [one for one in read_po(stream) if one.id]
    assert {one.id for one in found if one.string.strip() and not one.fuzzy} == set(
        ENGLISH.values()
    )


@pytest.mark.parametrize("language", OTHERS)
def test_braces(language):
    """Do both languages leave the same places open?"""
    theirs = words(language)
    assert [key for key in ENGLISH if braces(theirs[key]) != braces(ENGLISH[key])] == []


def test_template():
    """Does the template hold every text, as `make words` writes it?"""
    assert (LOCALE / f"{DOMAIN}.pot").read_bytes() == template(ENGLISH)


def test_distinct():
    """Does no text stand under two keys? A catalogue could not tell them apart."""
    assert len(set(ENGLISH.values())) == len(ENGLISH)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("key", SAID)
def test_said(language, key):
    """Is each reason that others give said in the report's language?"""
    theirs = words(language)
    values = {name: f"<{name} 1>" for name in braces(SAID[key])}
    why = Reason.of(SAID, key, **values)
    assert why.said(theirs) == theirs[key].format(**values)
    assert why.of_notebook("two").said(theirs) == f"two: {theirs[key].format(**values)}"


def test_quoted():
    """Does what nobody has a text for stay as it is, and what only looks like a reason?"""
    for sentence in ("It is {odd}.", "two: It took no more cells. It took no more cells."):
        assert Reason.quoted(sentence).said(words("fr")) == sentence


def test_every_word_is_used():
    """Is no text left over?"""
    files = [*PACKAGE.glob("*.py"), *PACKAGE.glob("*.html")]
    text = "".join(path.read_text("utf-8") for path in files if path.name != "words.py")
    named = set(re.findall(r"[\"']([\w-]+)[\"']", text))
    begun = tuple(re.findall(r"[\"']([\w]+-)(?:[\"'] ~|\{)", text))
    assert {"state-", "reading-", "help-"} <= set(begun)
    states = {"none", "handed-in", "failed", "partly", "waits", "below", "reached"}
    assert {f"state-{one}" for one in states} <= set(ENGLISH)
    made = {f"state-{one}" for one in states} | {"help-failed", "help-partly"}
    made |= {key for key in ENGLISH if key.startswith("reading-")} | set(SAID)
    assert set(ENGLISH) - named - made == set()
