import re
from string import Formatter

import pytest

from fourps.course.words import LOCALE
from fourps.report.words import ENGLISH, SAID, languages, words
from nbseal.base.errors import Reason

PACKAGE = LOCALE.parent / "report"


def braces(text):
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name)


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
