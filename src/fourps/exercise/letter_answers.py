"""Mark answers that are letters: chosen, put in order, or sorted into kinds.

An answer is plain lines of text, as `fourps.exercise.plain_text` reads them, or a list or
dictionary. Each kind of answer has two functions. ``check_...`` looks at the shape alone and is
shown to the learner; the other one returns a share from 0 to 1 in which guessing earns little and
ticking everything earns nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourps.exercise.messages import refused
from fourps.exercise.plain_text import kinds_of, letters

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping


def check_choice(answer: object, options: Collection[str]) -> None:
    """Check that an answer is letters, each on offer and none twice.

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
    >>> check_choice("letters: a, c", "abcd")
    >>> check_choice(["a", "c"], "abcd")
    >>> check_choice(7, "abcd")
    Traceback (most recent call last):
    AssertionError: Write letters between two lines of three quotation marks, like "letters: x, y".
    """
    chosen(answer, options)


def chosen(answer: object, options: Collection[str], label: str = "letters") -> list[str]:
    """Return the letters of an answer, each on offer and none twice.

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
    >>> chosen("C, a", "abcd")
    ['c', 'a']
    """
    given = letters(answer, options, label)
    if type(given) is not list:
        raise refused("letters-lost", label=label)
    # only notebooks of an earlier release have brackets
    if not given:
        raise refused("list-empty")
    for letter in given:
        if type(letter) is not str:
            raise refused("letter-quoted")
        if letter not in {*options}:
            raise refused("letter-unknown", letters=", ".join(options))
    if len({*given}) < len(given):
        raise refused("letter-twice")
    return given


def choice(answer: object, right: Collection[str], options: Collection[str]) -> float:
    """Mark a choice of several letters: share of the right ones minus share of the wrong ones.

    Ticking everything, nothing, or only wrong letters earns 0.

    Parameters
    ----------
    answer
        What the learner wrote.
    right
        The letters that belong.
    options
        All letters on offer.

    Examples
    --------
    >>> choice(["a", "b"], "ab", "abcd"), choice(["a"], "ab", "abcd")
    (1.0, 0.5)
    >>> choice(["a", "b", "c"], "ab", "abcd"), choice(["a", "b", "c", "d"], "ab", "abcd")
    (0.5, 0.0)
    """
    try:
        taken = {*chosen(answer, options)}
    except AssertionError:
        return 0.0
    wrong = {*options} - {*right}
    share = len(taken & {*right}) / len({*right})
    return max(0.0, share - (len(taken & wrong) / len(wrong) if wrong else 0.0))


def check_order(answer: object, steps: Collection[str]) -> None:
    """Check that an answer is all steps, each once.

    Parameters
    ----------
    answer
        What the learner wrote.
    steps
        The letters of the steps.

    Raises
    ------
    AssertionError
        With a message for the learner.

    Examples
    --------
    >>> check_order(["b", "a"], "ab")
    >>> check_order(["b"], "ab")
    Traceback (most recent call last):
    AssertionError: Put all 2 steps into your answer. Missing: a.
    """
    _ordered(answer, steps)


def safe_order(
    answer: object, before: Mapping[str, Iterable[str]], critical: Iterable[tuple[str, str]] = ()
) -> float:
    """Mark an order of steps from 0 to 1: every order that keeps the rules is right.

    The share is that of the rules kept minus that of the rules broken, so that an order in which
    one thing is late still shows what its author understood, while a shuffled one, which keeps half
    of all rules by chance, earns nothing. What follows from two rules counts as a rule.

    Points never offset harm: an order that breaks a critical rule earns nothing.

    Parameters
    ----------
    answer
        What the learner wrote.
    before
        For each step, the steps that must come before it; all steps are named.
    critical
        Pairs of an earlier and a later step: rules whose breach would do harm.

    Examples
    --------
    >>> before = {"ask": [], "send": ["ask"], "report": []}
    >>> safe_order(["ask", "report", "send"], before), safe_order(["report", "ask", "send"], before)
    (1.0, 1.0)
    >>> safe_order(["send", "ask", "report"], before)
    0.0
    >>> safe_order(["c", "a", "b"], {"a": "", "b": "a", "c": "b"})
    0.0
    >>> before = {"a": "", "b": "a", "c": "b", "d": "c"}
    >>> safe_order(["a", "c", "b", "d"], before, [("a", "b")])
    0.6666666666666666
    >>> safe_order(["a", "c", "b", "d"], before, [("b", "c")])
    0.0
    """
    try:
        place = {step: number for number, step in enumerate(_ordered(answer, before))}
    except AssertionError:
        return 0.0
    if any(place[early] > place[late] for early, late in critical):
        return 0.0
    rules = [(early, late) for late in before for early in _all_before(late, before)]
    kept = sum(place[early] < place[late] for early, late in rules)
    return max(0.0, (2 * kept - len(rules)) / len(rules))


def check_sorting(answer: object, items: Collection[str], kinds: Collection[str]) -> None:
    r"""Check that an answer gives each item one of the kinds.

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
    >>> check_sorting("a: seen\nb: guess", "ab", ["seen", "guess"])
    >>> check_sorting({"a": "seen", "b": "guess"}, "ab", ["seen", "guess"])
    >>> check_sorting({"a": "seen", "b": ""}, "ab", ["seen", "guess"])
    Traceback (most recent call last):
    AssertionError: Not sorted yet: b. Write one of: seen, guess.
    """
    _sorted(answer, items, kinds)


def sorting(answer: object, right: Mapping[str, str], kinds: Collection[str]) -> float:
    """Mark items sorted into kinds; what chance alone would get right is taken off.

    One item in as many as there are kinds is right by chance, and earns 0.

    Parameters
    ----------
    answer
        What the learner wrote.
    right
        The kind of each item.
    kinds
        All kinds.

    Examples
    --------
    >>> right = {"a": "seen", "b": "guess", "c": "seen", "d": "guess"}
    >>> sorting(right, right, ["seen", "guess"])
    1.0
    >>> sorting(right | {"b": "seen", "d": "seen"}, right, ["seen", "guess"])
    0.0
    """
    try:
        placed = _sorted(answer, right, kinds)
    except AssertionError:
        return 0.0
    chance = 1 / len(kinds)
    share = sum(placed[item] == kind for item, kind in right.items()) / len(right)
    return max(0.0, (share - chance) / (1 - chance))


def _ordered(answer: object, steps: Collection[str]) -> list[str]:
    order = chosen(answer, steps)
    missing = sorted({*steps} - {*order})
    if missing:
        raise refused("steps-missing", count=len(steps), letters=", ".join(missing))
    return order


def _sorted(answer: object, items: Collection[str], kinds: Collection[str]) -> dict[str, str]:
    placed = kinds_of(answer, items, kinds)
    if type(placed) is not dict or [type(key) for key in placed] != [str] * len({*items}):
        raise refused("left-changed")
    if placed.keys() != {*items}:
        raise refused("left-letters", letters=", ".join(items))
    known = {*kinds}
    open_items = [key for key, kind in placed.items() if type(kind) is not str or kind not in known]
    if open_items:
        raise refused("not-sorted", letters=", ".join(open_items), kinds=", ".join(kinds))
    return placed


def _all_before(step: str, before: Mapping[str, Iterable[str]]) -> set[str]:
    steps: set[str] = set()
    todo = [*before[step]]
    while todo:
        earlier = todo.pop()
        if earlier not in steps:
            steps.add(earlier)
            todo.extend(before[earlier])
    return steps
