import re
from pathlib import Path
from string import Formatter
from typing import get_args

import pytest
from babel.messages.pofile import read_po

import nbseal
from fourps.course.english import (
    COMPLETION,
    ENGLISH,
    EXERCISES,
    PAGES,
    PLAYERS,
    PROGRESS,
    SAVED,
    THREE,
)
from fourps.course.english.e_reader import E_READER
from fourps.course.english.exercise_page import EXERCISE_PAGE
from fourps.course.english.exercises import CHECKS, HANDING_IN, NOTEBOOKS, POINTS
from fourps.course.english.facilitators import FOLDER, GROUP
from fourps.course.english.pages import LOCAL
from fourps.course.english.players import FIGURES
from fourps.course.english.shell import SHELL
from fourps.course.english.shelves import SHELVES
from fourps.course.language import ACCENTED, RIGHT_TO_LEFT
from fourps.course.words import EXERCISE, LOCALE, languages, template, translated, words
from fourps.learn.validate import Status
from fourps.report.words import ENGLISH as REPORT
from fourps.scenario.notation import DAYS
from fourps.translation.french import differences
from fourps.translation.wording import Wording
from nbseal.base.desk_words import DESK
from nbseal.base.words import FEEDBACK

pytestmark = pytest.mark.once

LANGUAGES = sorted(path.name for path in LOCALE.iterdir() if path.is_dir())
FRONT = sorted((LOCALE.parent / "front").glob("*.js"))


def braces(text):
    """Return the words in braces that a text has."""
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name)


def catalogue(language, domain="fourps"):
    """Return a language's messages without the header; one that is fuzzy counts as empty."""
    with (LOCALE / language / "LC_MESSAGES" / f"{domain}.po").open("rb") as stream:
        return {one.id: "" if one.fuzzy else one.string for one in read_po(stream) if one.id}


def test_advice():
    """Is what rests on no document the course's advice, in both languages?"""
    assert words("en")["advice"] == "This is the course's own advice."
    assert words("fr")["advice"] == "C\u2019est le conseil du cours."


@pytest.mark.parametrize("language", LANGUAGES)
def test_complete(language):
    """Has every English word a translation, and every translation a word?"""
    translated = {text for text, found in catalogue(language).items() if found.strip()}
    assert translated == set(ENGLISH.values())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ENGLISH)
def test_braces(language, key):
    """Do both languages leave the same places open?"""
    assert braces(words(language)[key]) == braces(ENGLISH[key])


@pytest.mark.parametrize("language", [ACCENTED, RIGHT_TO_LEFT, "en_XA"])
def test_pseudo(language):
    """Is each word of a pseudo-language longer, in brackets, accented, and open where it was?"""
    for key, word in words(language).items():
        assert (word[0], word[-1]) == ("[", "]")
        assert braces(word) == braces(ENGLISH[key])
        plain, said = (re.sub(r"\{\w+\}", "", text) for text in (ENGLISH[key], word))
        assert len(said) >= 1.35 * len(plain)
        assert not re.search(r"[A-Za-z]", said)


def test_template():
    """Does the template that translators begin with hold every word, as `make words` writes it?"""
    assert (LOCALE / "fourps.pot").read_bytes() == template(ENGLISH)


@pytest.mark.parametrize("language", ["en", "en-GB", "xx", "xx-YY", "", "french"])
def test_english(language):
    """Is English what stands in the file, and what is said where there is no catalogue?"""
    assert words(language) == words() == ENGLISH


def test_region():
    """Does a language of a region fall back to the language?"""
    assert words("fr-CA") == words("fr_CA") == words("fr") != words("en")


def test_distinct():
    """Does no text stand under two keys, and no key in two files?"""
    assert len(set(ENGLISH.values())) == len(ENGLISH)  # a catalogue could not tell them apart
    assert len(ENGLISH) == sum(
        map(
            len,
            (
                PLAYERS,
                PROGRESS,
                SAVED,
                PAGES,
                LOCAL,
                THREE,
                COMPLETION,
                FIGURES,
                GROUP,
                FOLDER,
                EXERCISE_PAGE,
                SHELVES,
                SHELL,
                E_READER,
            ),
        )
    )


@pytest.mark.parametrize("path", FRONT, ids=lambda path: path.name)
def test_words_of_the_players(path):
    """Is every word that a player asks for there?"""
    text = path.read_text("utf-8")
    named = re.findall(r"\bwords\.(\w+)", text)
    quoted = re.findall(r"\bwords\[\"([^\"]+)\"\]", text)
    begun = re.findall(r"\bwords\[`([^`$]+)\$\{[^}]+\}`\]", text)
    # an error names its word when it is made, and the player looks it up when it is shown
    refusals = re.findall(r"new RecordError\(\"([^\"]+)\"", text)
    assert [key for key in (*named, *quoted, *refusals) if key not in ENGLISH] == []
    assert [key for key in begun if not any(one.startswith(key) for one in ENGLISH)] == []
    # the only others: true and false, and the key of an error
    others = set(re.findall(r"\bwords\[([^\]\"`]+)\]", text))
    assert others <= {"value", "String(question.answer)", "error.key"}


def test_each_kind_has_words():
    """Has each kind of ending, error, band and outcome that exists a word of its own?"""
    needed = {
        *(f"kind-{kind}" for kind in ("safe", "gaps", "repaired", "unsafe")),
        *(f"critical-{kind}" for kind in ("confidentiality", "consent", "interview", "promise")),
        *(f"band-{band}" for band in ("practise", "growing", "strong")),
        *(f"outcome-{outcome}" for outcome in ("first", "second", "shown", "open")),
        *(f"day-{day.lower()}" for day in DAYS),
        "true",
        "false",
    }
    assert needed <= set(ENGLISH)


def test_filled_braces():
    """Does each player fill exactly the braces that its word has?"""
    text = "".join(path.read_text("utf-8") for path in FRONT)
    calls = re.findall(r"\bfill\(words(?:\.(\w+)|\[\"([^\"]+)\"\]), \{ ([^}]*) \}", text)
    assert len(calls) > 5
    for name, quoted, given in calls:
        filled = [part.split(":")[0].strip() for part in given.split(",")]
        assert sorted(filled) == braces(ENGLISH[name or quoted])


def test_every_word_is_used():
    """Is no word left over?"""
    package = LOCALE.parent
    files = [path for end in ("js", "py", "*html", "opf") for path in package.rglob(f"*.{end}")]
    # where words are written they are not used
    read = (path for path in files if path.parent.name != "english" and path.name != "words.py")
    text = "".join(path.read_text("utf-8") for path in read)
    begun = tuple(re.findall(r"words\[[`'\"]([\w-]+-)(?:\$|['\"] \+)", text))
    assert begun
    unused = [
        key
        for key in ENGLISH
        if not key.startswith(begun)
        and not re.search(rf"\.{key}\b|[\"']{key}[\"']", text)
        # on a shelf it takes the place of another word, wherever that is said
        and re.sub(r"^shelf-(nothing-)?", "", key) not in ENGLISH.keys() - {key}
        # a drawing asks for what it says itself, since a lab may have said it before
        and not (key in FIGURES and f'"{FIGURES[key]}"' in text)
    ]
    assert unused == []


# what is said around exercises and in reports, which the pages of a book need not have
OTHERS = {EXERCISE: EXERCISES, "report": REPORT}


@pytest.mark.parametrize(
    ("domain", "language"), [(one, two) for one in OTHERS for two in languages(one) if two != "en"]
)
def test_others_complete(domain, language):
    """Has each sentence around exercises and in reports one translation, with the same places open?"""
    english, found = OTHERS[domain], catalogue(language, domain)
    theirs = translated(english, language, domain)
    assert {text for text, said in found.items() if said.strip()} == {*english.values()}
    assert [key for key in english if braces(theirs[key]) != braces(english[key])] == []


@pytest.mark.parametrize("domain", OTHERS)
def test_other_templates(domain):
    """Does the template hold each of them, as `make words` writes it, and none under two keys?"""
    english = OTHERS[domain]
    assert (LOCALE / f"{domain}.pot").read_bytes() == template(english)
    assert len(set(english.values())) == len(english)


def test_exercises_in_one_file():
    """Is no key in two files?"""
    assert len(EXERCISES) == sum(map(len, (CHECKS, NOTEBOOKS, HANDING_IN, FEEDBACK, POINTS, DESK)))


def test_exercises_are_said():
    """Is no sentence around exercises left over?"""
    rooms = (LOCALE.parent, Path(nbseal.__file__).parent)
    files = [
        path for room in rooms for end in ("py", "j2", "html") for path in room.rglob(f"*.{end}")
    ]
    read = (path for path in files if path.parent.name != "english" and path.stem != "words")
    text = "".join(path.read_text("utf-8") for path in read)
    # those of the desk the grader's own tests look for
    begun = (
        "desk-",
        "help-",
        "copied-",
        "check-stopped",
        "own-error",
        "online-",
        "learn-",
        "cell-",
        "unfit-",
    )
    # the outcome of a check is its own key, and so is a column of the map of outcomes
    others = {*get_args(Status), "taught", "practised", "assessed"}
    unused = [
        key
        for key in {*EXERCISES} - others
        if not key.startswith(begun) and not re.search(rf"[\"':]{key}[\"'}}]", text)
    ]
    assert unused == []


# word for word from the English, or to be read in two ways
CALQUES = re.compile(
    r"sont le maximum|[Ll]aissée?s? de côté|^Plus de |Moins cela|Ici, il y a|a pas tourné|Python tourne"
    r"|ne demande rien à aucun|^Pas tout |A tenu|\bclauses?\b|\bsont ici\b(?! aussi)"
)


@pytest.mark.parametrize("domain", ["fourps", *OTHERS])
def test_french_words(root, domain):
    """Are French words set as French is, in the agreed terms, with none to avoid and no calque?"""
    home = root / "locale" / "fr"
    wording = Wording.read(home / "terms.csv", home / "avoid.yaml")
    found = []
    for english, said in catalogue("fr", domain).items():
        # what learners type stays as it is
        bare = re.sub(r'`[^`]*`|letters: x, y|x: \{kind\}|"a"', "", said)
        found += [*differences(bare), *wording.unwanted(bare), *wording.lacking(english, bare)]
        found += CALQUES.findall(bare)
    assert found == []
