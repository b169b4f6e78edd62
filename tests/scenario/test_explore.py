import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fourps.scenario.engine import offered, replay, start, step
from fourps.scenario.explore import TooManyStatesError, explore
from fourps.scenario.model import END


def reachable(space, state):
    """Return all states that can be reached from one, by at least one move."""
    seen, queue = set(), [state]
    while queue:
        for move in space.moves[queue.pop()]:
            if move.target not in seen:
                seen.add(move.target)
                queue.append(move.target)
    return seen


def test_small(small):
    """Is every state found once, and every move that is on offer?"""
    space = explore(small)
    assert next(iter(space.moves)) == start(small)
    assert {state.node for state in space.moves} == {*small.nodes, END}
    for state, moves in space.moves.items():
        assert [move.choice for move in moves] == list(offered(small, state))
        assert all(move.origin == state for move in moves)
        assert all(move.target == step(small, state, move.choice) for move in moves)
        assert all(move.target in space.moves for move in moves)
    assert space.finished == [state for state, moves in space.moves.items() if not moves]


@given(data=st.data())
def test_nothing_else(data, drawn, build, walk):
    """Does a play never leave what was found?"""
    scenario = build(data.draw(drawn))
    space = explore(scenario)
    path = walk(scenario, data.draw(st.integers(0, 2**32)), 15)
    assert all(
        replay(scenario, path[:length]).state in space.moves for length in range(len(path) + 1)
    )
    assert set(space.moves) == {start(scenario)} | reachable(space, start(scenario))


def test_limit(small):
    """Is the search given up as soon as there are more states than allowed, and not before?"""
    count = len(explore(small).moves)
    assert len(explore(small, count).moves) == count
    with pytest.raises(TooManyStatesError, match=f"more than {count - 1} states; narrow"):
        explore(small, count - 1)


@given(data=st.data())
def test_reaching(data, drawn, build):
    """Are the states from which a goal can be reached exactly those?"""
    space = explore(build(data.draw(drawn)))
    goals = data.draw(st.sets(st.sampled_from(list(space.moves)), max_size=3))
    expected = {state for state in space.moves if ({state} | reachable(space, state)) & goals}
    assert space.reaching(goals) == expected


@given(data=st.data())
def test_loops(data, drawn, build):
    """Are two states in one component exactly when each can be reached from the other?"""
    space = explore(build(data.draw(drawn)))
    ahead = {state: reachable(space, state) for state in space.moves}
    # two with the same number lie on a common loop
    numbers = dict(zip(space.states, space.components[0], strict=True))
    assert set(numbers) == set(space.moves)
    for one in space.moves:
        for other in space.moves:
            both = one == other or (other in ahead[one] and one in ahead[other])
            assert (numbers[one] == numbers[other]) == both
            if other in ahead[one]:
                assert numbers[one] >= numbers[other]


@pytest.mark.parametrize(("points", "named"), [(1, {"come-back"}), (0, set())])
def test_scoring_loop(small_scenario, build, points, named):
    """Is a move that scores and can be repeated for ever found, and only such a move?"""
    data = small_scenario()
    data["nodes"]["shelf"]["choices"]["come-back"]["score"] = {"listening": points}
    assert {move.choice for move in explore(build(data)).scoring_loops} == named


def brute(scenario, paths):
    """Return worst and best score of the finished plays among all paths."""
    plays = [replay(scenario, path) for path in paths]
    finished = [play.scores for play in plays if play.state.node == END]
    return {
        name: (min(one[name] for one in finished), max(one[name] for one in finished))
        if finished
        else (0, 0)
        for name in scenario.competencies
    }


@pytest.mark.once
@given(data=st.data())
def test_ranges(data, drawn_without_loops, build, all_paths):
    """Are worst and best score those of all plays, tried one by one?"""
    scenario = build(data.draw(drawn_without_loops))
    assert explore(scenario).ranges == brute(scenario, all_paths(scenario))


@pytest.mark.once
@given(data=st.data())
def test_ranges_with_loops(data, drawn, build):
    """Are worst and best score right where a play can go round without scoring?"""
    scenario = build(data.draw(drawn))
    space = explore(scenario)
    assume(not space.scoring_loops)
    # without scoring loops the pairs of state and scores are finitely many
    first = (start(scenario), tuple(0 for _ in scenario.competencies))
    seen, queue = {first}, [first]
    while queue:
        state, scores = queue.pop()
        for move in space.moves[state]:
            points = scenario.choices[move.choice].score
            pair = (
                move.target,
                tuple(
                    old + points.get(name, 0)
                    for name, old in zip(scenario.competencies, scores, strict=True)
                ),
            )
            if pair not in seen:
                seen.add(pair)
                queue.append(pair)
    finished = [scores for state, scores in seen if state.node == END]
    for index, name in enumerate(scenario.competencies):
        found = [scores[index] for scores in finished]
        expected = (min(found), max(found)) if found else (0, 0)
        assert space.ranges[name] == expected
