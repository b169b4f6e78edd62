"""Who guesses at options, and what that says of them."""

import itertools
from functools import partial
from random import Random

import pytest
import yaml
from typer.testing import CliRunner

from fourps.check.guess import guess
from fourps.check.guess.branches import branches
from fourps.check.guess.habits import habits
from fourps.check.guess.items import read
from fourps.check.guess.plays import blind, play
from fourps.cli import app
from fourps.scenario.model import load

MODULES = ("bridge", "ferry", "market")
NODES = 18
# three texts of one form: nothing in them says which is best
LIKE = ["Lift the {} stone.", "Turn the {} stone.", "Hold the {} stone."]
# the best one lists, and says what; the others plead
BETRAYED = [
    "Say what is known: the {} stone, the rope, and no name.",
    "Lift the {} stone since it is late.",
    "Turn the {} stone so that it helps.",
]


def scenario(module, texts):
    """Return a scenario in which each place and each text is best equally often."""
    orders = list(itertools.permutations(range(3)))
    choices = []
    for number in range(NODES):
        order = orders[number % len(orders)]
        best = 0 if texts is BETRAYED else number // len(orders)
        choices.append(
            {
                f"{module}-{number}-{place}": {
                    "text": texts[place].format(f"{module}{number}"),
                    "to": f"n-{number + 1}" if number + 1 < NODES else "end",
                    "effects": {"good": int(place == best)},
                    "score": {"care": int(place == best)},
                    "consequence": "It moves.",
                    "rationale": "It is so.",
                    "source": f"doc-{number}",
                }
                for place in order
            }
        )
    return {
        "id": module,
        "title": module,
        "minutes": 5,
        "role": "You carry stones.",
        "content_note": "Nothing hard.",
        "objectives": ["1.1"],
        "competencies": {"care": {"title": "Care", "practise": "Practise."}},
        "variables": {
            "good": {"kind": "integer", "min": 0, "max": NODES, "title": "what went well"}
        },
        "start": "n-0",
        "nodes": {
            f"n-{number}": {"title": "A stone", "text": "It lies there.", "choices": some}
            for number, some in enumerate(choices)
        },
        "endings": {
            "well": {"kind": "safe", "title": "Well", "when": {"good": ">= 12"}, "text": "Well."},
            "rest": {"kind": "gaps", "title": "Gaps", "text": "Gaps."},
        },
    }


def written(root, texts):
    """Write a course of three scenarios and return its folder."""
    for number, module in enumerate(MODULES, 1):
        folder = root / "modules" / module
        folder.mkdir(parents=True)
        outcome = {f"{number}.1": {"text": "Carry.", "assessed": ["scenario"]}}
        files = {
            "outcomes": {"module": module, "title": module, "outcomes": outcome},
            "scenario": scenario(module, texts),
        }
        for name, content in files.items():
            text = yaml.safe_dump(content, sort_keys=False)
            (folder / f"{name}.yaml").write_text(text, "utf-8")
    return root


@pytest.fixture(scope="module")
def like(tmp_path_factory):
    """A course whose options are alike."""
    return written(tmp_path_factory.mktemp("like"), LIKE)


@pytest.fixture(scope="module")
def betrayed(tmp_path_factory):
    """A course whose best options betray themselves."""
    return written(tmp_path_factory.mktemp("betrayed"), BETRAYED)


def test_nothing_wins(like):
    """Is nobody better than chance where the options are alike, and is nothing named?"""
    found = guess(like)
    assert {round(row.all) for row in found.rows} == {33}
    assert [set(map(round, row.modules.values())) for row in found.rows] == [{33}] * len(found.rows)
    assert found.missed == []
    assert found.betrayed == []


def test_a_habit_wins(betrayed):
    """Are the habits and models found that read the best option off its wording, and by what?"""
    found = guess(betrayed)
    rows = {row.guesser: row for row in found.rows}
    assert rows["chance"].bound is None
    for name in ("longest", "avoids reasons", "most “what”", "all words"):
        assert round(rows[name].all) == 100, name
        assert round(rows[name].above) == 67, name
    assert round(rows["shortest"].all) == 0
    assert "scenarios: longest: +67 points above chance, more than 8" in found.missed
    assert "scenarios: all words: +67 points above chance, more than 25" in found.missed
    assert any("plays by the best guesser end safe +" in one for one in found.missed)
    assert len(found.betrayed) == len(MODULES) * NODES
    first = found.betrayed[0]
    assert first.path == betrayed / "modules" / "bridge" / "scenario.yaml"
    assert first.path.read_text("utf-8").splitlines()[first.line - 1].startswith("  n-0:")
    assert (first.name, first.field) == ("guessable", "nodes.n-0")
    assert "its wording says that 'bridge-0-0' is best: " in first.message
    assert "“,” +" in first.message


def test_the_command(betrayed, like):
    """Does the command show a table, end badly where somebody guesses, and well where nobody does?"""
    run = partial(CliRunner().invoke, app)
    good, bad = (run(["check", "--guess", str(one)]) for one in (like, betrayed))
    assert good.exit_code == 0, good.output
    assert good.output.splitlines()[-1] == "Nobody guesses well."
    assert "function words" in good.output
    assert bad.exit_code == 1
    assert "Options can be guessed." in bad.output
    unknown = run(["check", "--guess", "--language", "xx", str(like)])
    assert "no words are listed for 'xx'. Languages: en, fr" in unknown.output


def test_what_is_read(course):
    """Are all nodes and questions read, without what repairs and what is not chosen from?"""
    found = read(course)
    places = {item.place: item for item in found.items}
    assert places["nodes.counter"].best == {"sit-down"}
    assert not any("sorry" in name for item in found.items for name in item.options)
    assert {item.kind for item in found.items} == {"scenarios", "questions"}
    assert len(found.statements) == 1


def test_in_french(like):
    """Are options guessed at in the language that they were translated into?"""
    folder = like / "locale" / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "modules.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Lift the bridge0 stone."\nmsgstr "Soulevez la pierre car il est tard."\n',
        "utf-8",
    )
    texts = next(list(item.options.values()) for item in read(like, "fr").items)
    assert texts[0] == "Soulevez la pierre car il est tard."
    assert [habits("fr")["avoids reasons"](text, 0) for text in texts] == [-1, 0, 0]


def test_plays(small_scenario, write):
    """Do plays end in several ways, and does who walks in a circle stop some day?"""
    data, random = small_scenario(), Random(0)  # noqa: S311
    scenario, _ = load(write(data))
    assert len({play(scenario, blind, random) for _ in range(40)}) >= 3
    for choice in data["nodes"]["counter"]["choices"].values():
        choice["to"] = "counter"
    scenario, _ = load(write(data))
    assert play(scenario, blind, random) == ""


def test_branches(small_scenario, write):
    """Are nodes counted that part, and what depends on something done three nodes before?"""
    data = small_scenario()
    assert branches(load(write(data))[0]) == (1, 3, 0)
    data["nodes"]["shelf"]["choices"]["come-back"]["to"] = "farewell"
    data["nodes"]["table"]["choices"] = {"look-up": data["nodes"]["table"]["choices"]["look-up"]}
    data["nodes"]["farewell"]["asides"][0]["when"] = {"trust": ">= 2"}
    assert branches(load(write(data))[0]) == (0, 2, 1)
