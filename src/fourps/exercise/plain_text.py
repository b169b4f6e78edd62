"""Read answers that were written as plain lines of text.

An answer cell holds a text between two fixed lines, so that nobody needs brackets or commas::

    task_9 = '''
    women: 4
    men: 5
    '''

Python sees one text, whatever stands in it, and never runs it. The check reads the lines here, in
time that grows with the text and no faster. What is no text goes through as it is: answers may be
lists, dictionaries and numbers as well.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from fourps.exercise.messages import refused

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


_FIELD = re.compile(r"\s*([^\W\d]\w*)\s*[:=](.*)")
_ROW = re.compile(r"\s*(?:\|\s*)?(\w+)\s*[:=|](.*)")
_RULER = re.compile(r"[\s|:-]*")
_WHOLE = re.compile(r"[+-]?[0-9]{1,15}")
_BROKEN = re.compile(r"[+-]?[0-9]{1,15}\.[0-9]{1,15}")
# a comma marks a fraction, too, where it cannot mean thousands
_COMMA = re.compile(r"[+-]?(?:[0-9]{1,15},[0-9]{1,2}|0,[0-9]{1,15})")
# whoever knows Python writes them from habit, and whoever writes French, with their spaces
_AROUND = " \t\"'`|[](){}.,;«»“”\u2018\u2019\u00a0\u202f"
_LONGEST = 60


def field(answer: object, label: str) -> object:
    r"""Return what stands after a label, up to the next one; the whole text if the label is absent.

    A dictionary is read by its keys; what is no text either is returned as it is.

    Parameters
    ----------
    answer
        What the learner wrote.
    label
        The word before the colon.

    Raises
    ------
    AssertionError
        With a message for the learner, if the label has two answers.

    Examples
    --------
    >>> field("\nletters: a, c\nlatest: Friday 09:30\n", "latest")
    'Friday 09:30'
    >>> field("Friday 09:30", "latest"), field(["a"], "letters")
    ('Friday 09:30', ['a'])
    """
    if type(answer) is dict:
        # a key may be an object that claims to equal everything
        return next(
            (value for key, value in answer.items() if type(key) is str and key == label), None
        )
    if type(answer) is not str:
        return answer
    texts = [text for name, text in _fields(answer) if name == label.casefold()]
    filled = [text for text in texts if text]
    if len(filled) > 1:
        raise refused("two-answers", label=label)
    return (filled or texts or [answer.strip()])[0]


def _fields(answer: str) -> Iterator[tuple[str, str]]:
    """Yield each label of a text, and what stands after it up to the next one."""
    name, parts = "", [""]
    for line in answer.splitlines():
        match = _FIELD.fullmatch(line)
        if match and name:
            yield name, "\n".join(filter(None, parts))
        if match:
            name, parts = match[1].casefold(), [match[2].strip()]
        else:
            parts.append(line.strip())
    if name:
        yield name, "\n".join(filter(None, parts))


def number_field(answer: object, label: str) -> object:
    """Return the number that stands after a label; what is no text is returned as it is.

    Parameters
    ----------
    answer
        What the learner wrote.
    label
        The word before the colon.

    Raises
    ------
    AssertionError
        With a message for the learner.

    Examples
    --------
    >>> number_field("women: 4", "women"), number_field("share: 0.5", "share"), number_field(4, "x")
    (4, 0.5, 4)
    >>> number_field("women: four", "women")
    Traceback (most recent call last):
    AssertionError: "women: four" cannot be read. Write a number in figures, like "women: 7".
    """
    text = field(answer, label)
    if type(text) is not str:
        return text
    bare = text.strip(_AROUND)
    if _WHOLE.fullmatch(bare):
        return int(bare)
    if _BROKEN.fullmatch(bare) or _COMMA.fullmatch(bare):
        return float(bare.replace(",", "."))
    if bare:
        raise refused("number-unread", line=_shown(f"{label}: {text}"), label=label)
    raise refused("number-none", label=label)


def letters(answer: object, options: Collection[str], label: str = "letters") -> object:
    r"""Return the letters of a text as a list; what is no text is returned as it is.

    They may stand after ``letters:`` or alone, with commas, spaces or new lines between them, small
    or capital.

    Parameters
    ----------
    answer
        What the learner wrote.
    options
        The letters on offer.
    label
        How the line begins that a message shows as an example.

    Raises
    ------
    AssertionError
        With a message for the learner.

    Examples
    --------
    >>> letters("\nletters: c, A e\n", "abcde"), letters(["a"], "abc")
    (['c', 'a', 'e'], ['a'])
    >>> letters("letters: ac", "abcd")
    Traceback (most recent call last):
    AssertionError: "ac" cannot be read. Write single letters with commas, like "letters: x, y".
    """
    text = field(answer, "letters")
    if type(text) is not str:
        return text
    known = {option.casefold(): option for option in options}
    words = [word for part in re.split(r"[\s,;]+", text) if (word := part.strip(_AROUND))]
    if not words:
        raise refused("letters-none", label=label)
    for word in words:
        if len(word) != 1:
            raise refused("letters-unread", line=_shown(word), label=label)
    return [known.get(word.casefold(), word) for word in words]


def kinds_of(answer: object, items: Collection[str], kinds: Collection[str]) -> object:
    r"""Return the kind of each item of a text; what is no text is returned as it is.

    A line is a letter, a colon and a word; rows of a Markdown table are read too. An item without a
    word has the kind "". Lines that begin with another word than an item belong to other fields;
    so do such keys of a dictionary.

    Parameters
    ----------
    answer
        What the learner wrote.
    items
        The letters of what is to be sorted.
    kinds
        The words or letters of the kinds.

    Raises
    ------
    AssertionError
        With a message for the learner.

    Examples
    --------
    >>> kinds_of("\na: Seen\nb:\n| c | guess |", "abc", ["seen", "guess"])
    {'a': 'seen', 'b': '', 'c': 'guess'}
    >>> kinds_of("a: sen", "ab", ["seen", "guess"])
    Traceback (most recent call last):
    AssertionError: "a: sen" cannot be read. Write one of these words after the colon: seen, guess.
    """
    if type(answer) is dict:
        return {key: kind for key, kind in answer.items() if type(key) is not str or len(key) == 1}
    if type(answer) is not str:
        return answer
    known = {kind.casefold(): kind for kind in kinds}
    names = {item.casefold(): item for item in items}
    kind_of = dict.fromkeys(items, "")
    for line, label, text in _rows(answer, next(iter(kinds))):
        item = names.get(label.casefold())
        if item is None and len(label) == 1:
            raise refused("letters-other", line=_shown(line), letters=", ".join(items))
        if item is None or not text:
            continue
        if text.casefold() not in known:
            raise refused("kind-unread", line=_shown(line), kinds=", ".join(kinds))
        if kind_of[item]:
            raise refused("kind-twice", line=_shown(line), item=item)
        kind_of[item] = known[text.casefold()]
    return kind_of


def _rows(answer: str, kind: str) -> Iterator[tuple[str, str, str]]:
    for line in answer.splitlines():
        if _RULER.fullmatch(line):
            continue
        match = _ROW.fullmatch(line)
        if match is None:
            raise refused("row-unread", line=_shown(line), kind=kind)
        yield line, match[1], match[2].strip(_AROUND)


def _shown(line: str) -> str:
    bare = line.strip()
    return bare if len(bare) <= _LONGEST else f"{bare[:_LONGEST]} ..."


# what stands between hour and minute in one language or another
_MOMENT = re.compile(r"\W*([^\W\d_]+)\.?,?\s+(?:à\s+)?([01]?\d|2[0-4])\s*[:.hH]\s*([0-5]\d)\W*")


def moment(answer: object) -> object:
    r"""Return a weekday and a time as English writes them; what is none is returned as it is.

    Examples
    --------
    >>> moment("vendredi 9 h 30"), moment("Friday 09:30"), moment("Friday"), moment(4)
    ('Friday 09:30', 'Friday 09:30', 'Friday', 4)
    """
    match = _MOMENT.fullmatch(answer) if type(answer) is str else None
    day = _days().get(match[1].casefold()) if match else None
    return f"{day} {int(match[2]):02}:{match[3]}" if match and day else answer


@cache
def _days() -> dict[str, str]:
    """Return the weekdays in English, by their name in any language that exercises speak."""
    from babel import Locale

    from fourps.course.words import EXERCISE, languages

    def names(language: str) -> dict[int, str]:
        return dict(Locale.parse(language, sep="-").days["format"]["wide"])

    english = names("en")
    return {
        name.casefold(): english[number]
        for language in languages(EXERCISE)
        for number, name in names(language).items()
    }
