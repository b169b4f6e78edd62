"""Read answers that were written as plain lines of text.

An answer cell holds a text between two fixed lines, so that nobody needs brackets or commas::

    task_9_women = task_9_men = '''
    women: 4
    men: 5
    '''

Python sees one text, whatever stands in it, and never runs it. The check reads the lines here. What
is no text goes through as it is: answers may be lists, dictionaries and numbers as well.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_FIELD = re.compile(r"\s*([^\W\d]\w*)\s*[:=](.*)")
_ROW = re.compile(r"\s*\|?\s*(\w+)\s*[:=|](.*)")
_RULER = re.compile(r"[\s|:-]*")
_WHOLE = re.compile(r"[+-]?[0-9]{1,15}")
_BROKEN = re.compile(r"[+-]?[0-9]{1,15}\.[0-9]{1,15}")
# whoever knows Python writes them from habit
_AROUND = " \t\"'`|[](){}.,;"
_SHOWN = 60
# with letters that no task has: those of one could be its answer
LIKE_LETTERS = 'like "letters: x, y".'


def field(answer: object, label: str) -> object:
    r"""Return what stands after a label, up to the next one; the whole text if the label is absent.

    What is no text is returned as it is.

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
    if type(answer) is not str:
        return answer
    found: list[list[str]] = []
    for line in answer.splitlines():
        match = _FIELD.fullmatch(line)
        if match:
            found.append([match[1].casefold(), match[2].strip()])
        elif found and line.strip():
            found[-1][1] = f"{found[-1][1]}\n{line.strip()}".strip()
    texts = [text for name, text in found if name == label.casefold()]
    given = [text for text in texts if text]
    if len(given) > 1:
        raise AssertionError(f'"{label}:" has two answers. Keep one of these lines.')
    return (given or texts or [answer.strip()])[0]


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
    if _BROKEN.fullmatch(bare):
        return float(bare)
    expected = f'Write a number in figures, like "{label}: 7".'
    if bare:
        raise _cannot(f"{label}: {text}", expected)
    raise AssertionError(f'Nothing stands after "{label}:" yet. {expected}')


def letters(answer: object, options: Collection[str]) -> object:
    r"""Return the letters of a text as a list; what is no text is returned as it is.

    They may stand after ``letters:`` or alone, with commas, spaces or new lines between them, small
    or capital.

    Parameters
    ----------
    answer
        What the learner wrote.
    options
        The letters on offer.

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
    expected = f"Write single letters with commas, {LIKE_LETTERS}"
    words = [word for one in re.split(r"[\s,;]+", text) if (word := one.strip(_AROUND))]
    if not words:
        raise AssertionError(f"No letter is there yet. {expected}")
    for word in words:
        if len(word) != 1:
            raise _cannot(word, expected)
    return [known.get(word.casefold(), word) for word in words]


def keep_on_the_left(items: Collection[str]) -> str:
    """Return what is said where an answer sorts other letters than those of the task.

    Examples
    --------
    >>> keep_on_the_left("abc")
    'Keep exactly these letters on the left: a, b, c.'
    """
    return f"Keep exactly these letters on the left: {', '.join(items)}."


def kinds_of(answer: object, items: Collection[str], kinds: Collection[str]) -> object:
    r"""Return the kind of each item of a text; what is no text is returned as it is.

    A line is a letter, a colon and a word; rows of a Markdown table are read too. An item without a
    word has the kind "". Lines that begin with another word than an item belong to other fields.

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
    if type(answer) is not str:
        return answer
    known = {kind.casefold(): kind for kind in kinds}
    names = {item.casefold(): item for item in items}
    found = dict.fromkeys(items, "")
    words = f"Write one of these words after the colon: {', '.join(kinds)}."
    example = f'Write a letter, a colon and a word, like "x: {next(iter(kinds))}".'
    for line, label, text in _rows(answer, example):
        item = names.get(label.casefold())
        if item is None and len(label) == 1:
            raise _cannot(line, keep_on_the_left(items))
        if item is None or not text:
            continue
        if text.casefold() not in known:
            raise _cannot(line, words)
        if found[item]:
            raise _cannot(line, f'"{item}" has two answers. Keep one of these lines.')
        found[item] = known[text.casefold()]
    return found


def _rows(answer: str, expected: str) -> Iterator[tuple[str, str, str]]:
    for line in answer.splitlines():
        if _RULER.fullmatch(line):
            continue
        match = _ROW.fullmatch(line)
        if match is None:
            raise _cannot(line, expected)
        yield line, match[1], match[2].strip(_AROUND)


def _cannot(line: str, expected: str) -> AssertionError:
    bare = line.strip()
    shown = bare if len(bare) <= _SHOWN else f"{bare[:_SHOWN]} ..."
    return AssertionError(f'"{shown}" cannot be read. {expected}')
