from collections import Counter
from random import Random
from statistics import fmean

import numpy as np
import pytest

from fourps.handin.players import players
from fourps.quiz.marking import check_answer, mark, options
from fourps.report import chance
from fourps.report.analysis import chosen, rights
from fourps.report.chance import LEVELS, REPLACED, corrected
from fourps.scenario.engine import replay

# at even odds, whoever sees an answer may be this sure of it
SURE = 0.95
LIKELIER = SURE / (1 - SURE)


@pytest.fixture(scope="module")
def known(root):
    return players(root)


def luck_of(seed):
    return Random(seed)  # noqa: S311 - the same each time


def likelier(drawn):
    """Return how much likelier something shown makes it, seen and not seen, that it is so.

    Chance shows it in a share `drawn` of the answers that it replaces.
    """
    seen = (1 - REPLACED + REPLACED * drawn) / (REPLACED * drawn)
    not_seen = (1 - REPLACED * drawn) / (REPLACED * (1 - drawn))
    return max(seen, not_seen)


def test_marks_prove_nothing():
    """Does any mark, whatever it is, show as each level nearly as often as any other mark might?"""
    shown = {}
    for share in (0.0, 0.1, 1 / 3, 0.5, 0.9, 1.0, 1.5):
        luck = luck_of(4)
        seen = Counter(chance.marks([share] * 20_000, luck))
        assert set(seen) == {level / (LEVELS - 1) for level in range(LEVELS)}
        shown[share] = seen
        assert corrected(fmean(seen.elements()), 0.5) == pytest.approx(min(1, share), abs=0.02)
    # what the code says: kept, or else each level alike
    assert (1 - REPLACED + REPLACED / LEVELS) / (REPLACED / LEVELS) < LIKELIER
    for level in shown[0.0]:
        most = max(seen[level] for seen in shown.values())
        assert most / min(seen[level] for seen in shown.values()) < 1.1 * LIKELIER


@pytest.mark.once
def test_answers_prove_nothing(known, monkeypatch):
    """Does chance show each thing that is printed of a question often enough to have made it up?"""
    monkeypatch.setattr(chance, "_DRAWN", 1500)
    # one question of each form: the others are drawn alike, but for what comes before what
    forms = {
        (one.kind, len(options(one)), name if one.kind == "order" else ""): (quiz, name)
        for quiz in known.quizzes.values()
        for name, one in quiz.questions.items()
    }
    assert {kind for kind, *_ in forms} == {"single", "multiple", "reason", "order", "match"}
    for quiz, name in forms.values():
        one = quiz.model_copy(update={"questions": {name: quiz.questions[name]}})
        drawn = chance.answers_by_chance(one)
        shares = [*rights(one, drawn).mean(axis=0)]
        shares += [
            given.mean() for answers in chosen(one, drawn).values() for _, _, given in answers
        ]
        # a quarter to three quarters, as 1,500 draws show it (four times their spread)
        assert min(shares) > 0.205
        assert max(shares) < 0.795
    assert likelier(0.25) == likelier(0.75) == pytest.approx(17)
    assert likelier(0.25) < LIKELIER


def test_plays_prove_nothing(known):
    """Is one play in five another one, so that nobody can be surer of it than four in five?"""
    scenario = known.scenarios["card-desk"]
    luck = luck_of(2)
    real = chance.plays_by_chance(scenario)[0]
    kept = [chance.play(real, luck).path == real.path for _ in range(2000)]
    assert np.mean(kept) == pytest.approx(1 - REPLACED, abs=0.03)


@pytest.mark.once
def test_replaced_is_possible(known):
    """Is whatever chance draws an answer or a way that a learner could have given?"""
    luck = luck_of(3)
    for quiz in known.quizzes.values():
        for attempt in chance.answers_by_chance(quiz)[:20]:
            mixed = chance.answers(mark(quiz, attempt.tries), luck)
            for name, [answer] in mixed.tries.items():
                check_answer(quiz.questions[name], answer)
    for scenario in known.scenarios.values():
        for attempt in chance.plays_by_chance(scenario)[:5]:
            assert attempt == replay(scenario, attempt.path)
            assert attempt.ending


def test_any_change_changes_all():
    """Does a changed answer have chance decide anew about all, so that none of them stands out?"""
    given = [1.0] * 2000

    def shown(*about):
        return chance.marks(given, chance.luck(b"secret", *about))

    first = shown("ada", [1.0, 1.0])
    assert first == shown("ada", [1.0, 1.0])
    for other in (shown("ada", [1.0, 0.0]), shown("ben", [1.0, 1.0])):
        moved = np.mean([one != two for one, two in zip(first, other, strict=True)])
        # two independent draws: one in seven and three of four, twice, and hardly ever alike
        assert moved == pytest.approx(2 * 0.15 * 0.85 + 0.15**2 * 2 / 3, abs=0.04)


def test_margin():
    """Are no answers spread more around the true one than is said?"""
    luck = luck_of(5)
    for share in (0.0, 0.1, 1 / 6, 0.5, 1.0):
        seen = np.array(chance.marks([share] * 20_000, luck))
        assert corrected(seen, 0.5).std() <= chance.MARKS * 1.01
    for drawn, said in ((0.25, chance.ANSWERS), (0.75, chance.ANSWERS), (0.0, chance.PLAYS)):
        kept = 1 - REPLACED + REPLACED * drawn
        assert (kept * (1 - kept)) ** 0.5 / (1 - REPLACED) <= said
        added = REPLACED * drawn
        assert (added * (1 - added)) ** 0.5 / (1 - REPLACED) <= said
