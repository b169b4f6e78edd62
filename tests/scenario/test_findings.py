import pytest

from fourps.course import world
from fourps.course.files import content_root
from fourps.course.outcomes import Known
from fourps.scenario import explore
from fourps.scenario.findings import Finding, check, searched

WORLD, _ = world.load(content_root() / "book" / "world.yaml")
KNOWN = Known(sources={"pim2015", "who2003"}, objectives={"1.1", "1.2"}, world=WORLD)
LONG = "Say that you are sorry and that nobody else here will ever learn of it."


def choice(name, target, **more):
    """Return a choice of plain values that differs from all others."""
    return {
        "text": f"Do it: {name}.",
        "to": target,
        "consequence": "It is done.",
        "rationale": f"The reason for {name}.",
        "source": "pim2015",
    } | more


def node(**choices):
    """Return a node of plain values."""
    return {"title": "A place", "text": "A text.", "choices": choices}


def unreachable_node(data):
    data["nodes"]["attic"] = node(**{"climb-down": choice("climb-down", "end")})


def dead_end(data):
    # whoever stood has no trust left, and the only way back asks for it
    data["nodes"]["shelf"]["choices"]["come-back"]["when"] = {"trust": ">= 1"}


def never_offered(data):
    data["nodes"]["shelf"]["choices"]["linger"] = choice("linger", "end", when={"trust": "> 2"})


def endless_loop(data):
    data["nodes"]["counter"]["choices"]["wander"] = choice("wander", "corridor")
    data["nodes"]["corridor"] = node(walk=choice("walk", "corridor"))


def scoring_loop(data):
    data["nodes"]["shelf"]["choices"]["come-back"]["score"] = {"listening": 1}


def unused_variable(data):
    data["variables"]["rain"] = {"kind": "flag", "title": "whether it rains"}


def unused_competency(data):
    data["competencies"]["wit"] = {"title": "Wit", "practise": "Practise."}


def same_outcome(data):
    # another score alone makes no other outcome
    twin = choice("nod", "end", effects={"trust": 1}, score={"listening": 1})
    data["nodes"]["farewell"]["choices"]["nod"] = twin


def repeated_rationale(data):
    choices = data["nodes"]["farewell"]["choices"]
    choices["offer-return"]["rationale"] = (
        choices["say-goodbye"]["rationale"].replace(" ", "  ") + "\n"
    )


def missing_kind(data):
    del data["endings"]["safe"]


def unreachable_ending(data):
    data["endings"]["later"] = data["endings"]["gaps"] | {"title": "Never"}


def no_ending(data):
    data["endings"]["gaps"]["when"] = {"trust": ">= 1"}
    data["endings"]["exposed"]["when"] = {"trust": ">= 1"}


def no_repair(data):
    # the kind is there, but after the repair another ending comes first
    exposed = data["endings"].pop("exposed")
    first = exposed | {"when": {"trust": "<= 1"}}
    data["endings"] = {"exposed": first, **data["endings"], "known": exposed}


def critical_unscored(data):
    data["nodes"]["counter"]["choices"]["call-out"]["score"] = {"discretion": 1}


def uneven_options(data):
    data["nodes"]["table"]["choices"]["say-sorry"]["text"] = LONG


def unknown_source(data):
    data["nodes"]["shelf"]["choices"]["come-back"]["source"] = ["pim2015", "nobody1999", "a"]


def unknown_objective(data):
    data["objectives"].append("9.9")


def unknown_place(data):
    data["nodes"]["shelf"]["place"] = "attic"


def unknown_speaker(data):
    data["nodes"]["shelf"]["speaker"] = "nobody"


def silent_speaker(data):
    data["nodes"]["shelf"]["speaker"] = "kessa"


def time_backwards(data):
    data["nodes"]["counter"]["time"] = "week 2, Tuesday, 09:00"
    data["nodes"]["table"]["time"] = "week 2, Monday, 10:00"


def long_sitting(data):
    for number in range(1, 13):
        to = f"stair-{number + 1}" if number < 12 else "end"
        data["nodes"][f"stair-{number}"] = node(
            **{f"climb-{number}": choice(f"climb-{number}", to)}
        )
    data["nodes"]["farewell"]["choices"]["say-goodbye"]["to"] = "stair-1"


def unmet_person(data):
    # the reader stands at the shelf, and not every way leads there
    data["people"] = {"reader": "the reader, who waits"}
    data["nodes"]["shelf"]["meets"] = ["reader"]
    told = {"about": ["reader"], "text": "The reader came back."}
    for ending in data["endings"].values():
        ending["parts"] = [told]
    data["endings"]["gaps"]["text"] += " The reader left."
    before = {"title": "So far", "text": "The reader is here.", "parts": [told]}
    data["nodes"]["farewell"] |= {"chapter": "The door", "so_far": before}


def no_last_word(data):
    data["people"] = {"reader": "A., the reader"}
    data["nodes"]["counter"]["meets"] = ["reader"]
    for name, ending in data["endings"].items():
        if name != "safe":
            ending["parts"] = [{"about": ["reader"], "text": "A. came back."}]
    before = {"title": "So far", "text": "Somebody is here."}
    data["nodes"]["farewell"] |= {"chapter": "The door", "so_far": before}


def too_many_states(data):
    data["variables"]["count"] = {"kind": "integer", "title": "n", "max": 300_000}
    data["nodes"] = {
        "counter": node(
            tick=choice("tick", "counter", effects={"count": 1}),
            stop=choice("stop", "end", when={"count": 300_000}),
        )
    }


# what is broken, where it is reported, and what cannot but be reported with it
BROKEN = {
    Finding.UNREACHABLE_NODE: (unreachable_node, ["nodes.attic"], []),
    Finding.DEAD_END: (dead_end, ["nodes.shelf"], []),
    Finding.NEVER_OFFERED: (never_offered, ["nodes.shelf.choices.linger"], []),
    Finding.ENDLESS_LOOP: (endless_loop, ["nodes.corridor"], []),
    Finding.SCORING_LOOP: (scoring_loop, ["nodes.shelf.choices.come-back"], []),
    Finding.UNUSED_VARIABLE: (unused_variable, ["variables.rain"] * 2, []),
    Finding.UNUSED_COMPETENCY: (unused_competency, ["competencies.wit"], []),
    Finding.SAME_OUTCOME: (same_outcome, ["nodes.farewell.choices.nod"], []),
    Finding.REPEATED_RATIONALE: (
        repeated_rationale,
        [f"nodes.farewell.choices.{one}.rationale" for one in ("say-goodbye", "offer-return")],
        [],
    ),
    Finding.MISSING_KIND: (missing_kind, ["endings"], []),
    Finding.UNREACHABLE_ENDING: (unreachable_ending, ["endings.later"], []),
    Finding.NO_ENDING: (no_ending, ["endings"], []),
    Finding.NO_REPAIR: (no_repair, ["endings"], [Finding.UNREACHABLE_ENDING]),
    Finding.CRITICAL_UNSCORED: (critical_unscored, ["nodes.counter.choices.call-out"], []),
    Finding.UNEVEN_OPTIONS: (uneven_options, ["nodes.table.choices.say-sorry"], []),
    Finding.UNKNOWN_SOURCE: (unknown_source, ["nodes.shelf.choices.come-back.source"] * 2, []),
    Finding.UNKNOWN_OBJECTIVE: (unknown_objective, ["objectives.2"], []),
    Finding.UNKNOWN_PLACE: (unknown_place, ["nodes.shelf.place"], []),
    Finding.UNKNOWN_SPEAKER: (unknown_speaker, ["nodes.shelf.speaker"], []),
    Finding.SILENT_SPEAKER: (silent_speaker, ["nodes.shelf.speaker"], []),
    Finding.LONG_SITTING: (long_sitting, ["nodes.counter"], []),
    Finding.UNMET_PERSON: (unmet_person, ["nodes.farewell.so_far.text", "endings.gaps.text"], []),
    Finding.NO_LAST_WORD: (no_last_word, ["nodes.farewell.so_far", "endings.safe"], []),
    Finding.TIME_BACKWARDS: (time_backwards, ["nodes.table.time"], []),
    Finding.TOO_MANY_STATES: (
        too_many_states,
        ["variables"],
        [Finding.UNUSED_COMPETENCY] * 2 + [Finding.UNUSED_VARIABLE] * 2,
    ),
}
EACH = pytest.mark.parametrize("name", BROKEN, ids=str)


@pytest.fixture
def impatient(monkeypatch):
    """Give up early: where the limit really is, one test asks."""
    monkeypatch.setattr(explore, "LIMIT", 1_000)


@pytest.fixture
def broken(small_scenario, loaded):
    """Return a function that breaks the small scenario, silences, and gives what is found."""

    def find(name, *silencing):
        data = small_scenario()
        BROKEN[name][0](data)
        for where in silencing:
            where(data).update(silence=[str(name)])
        return check(*loaded(data), KNOWN)

    return find


def holders(field, place):
    """Return functions that find the choice, node, ending and scenario that enclose a field."""
    parts = field.split(".")
    depths = {"nodes": (0, 2, 3 if "so_far" in parts else 4), "endings": (0, 2)}.get(parts[0], (0,))
    return [
        lambda data, depth=depth: place(data, ".".join(parts[:depth]))
        for depth in depths
        if depth <= len(parts)
    ]


def test_every_finding():
    """Is there a broken scenario for each finding?"""
    assert set(BROKEN) == set(Finding)


@EACH
def test_found(broken, name, tmp_path):
    """Is what is broken found where it stands, by field and line, and nothing else?"""
    _, fields, others = BROKEN[name]
    found = broken(name)
    assert [one.field for one in found if one.name == name] == fields
    assert sorted(one.name for one in found if one.name != name) == sorted(others)
    lines = (tmp_path / "scenario.yaml").read_text("utf-8").splitlines()
    for one in found:
        key = one.field.split(".")[-1]
        start = "- " if key.isdigit() else f"{key}:"
        assert one.name != name or lines[one.line - 1].strip().startswith(start)


@pytest.mark.usefixtures("impatient")
@EACH
def test_searched_before(small_scenario, loaded, name):
    """Is the same found where the search was made before, whatever is broken?"""
    data = small_scenario()
    BROKEN[name][0](data)
    scenario, source = loaded(data)
    assert check(scenario, source, KNOWN, searched(scenario)) == check(scenario, source, KNOWN)


@pytest.mark.usefixtures("impatient")
@EACH
def test_silenced_where_it_stands(broken, place, name):
    """Can a finding be silenced on whatever encloses it, and do the others stay?"""
    fields, others = BROKEN[name][1:]
    # the file, then what is nearer to each
    enclosing = [holders(field, place) for field in fields]
    for level in range(max(map(len, enclosing))):
        wheres = [one[min(level, len(one) - 1)] for one in enclosing]
        assert sorted(one.name for one in broken(name, *wheres)) == sorted(others)


@pytest.mark.usefixtures("impatient")
@EACH
def test_not_silenced_elsewhere(broken, place, name):
    """Does silencing at some other place change nothing?"""
    aside = [
        lambda data: place(data, "endings.contained"),
        lambda data: place(data, "nodes.counter.choices.sit-down"),
    ]
    if name is Finding.TOO_MANY_STATES:
        aside = [lambda data: place(data, "nodes.counter")]
    kept, before = broken(name, *aside), broken(name)
    assert [one.field for one in kept if one.name == name] == BROKEN[name][1]
    assert [one.body for one in kept] == [one.body for one in before]


# What else is said, and what is not


@pytest.fixture
def found(small_scenario, loaded):
    """Return a function that changes the small scenario and gives names and messages."""

    def find(change, known=KNOWN):
        data = small_scenario()
        change(data)
        return [(one.name, one.message) for one in check(*loaded(data), known)]

    return find


def test_known_places_and_people(found):
    """May a node say where and when it is and who speaks, and is all known named where one is not?"""

    def change(data, place="stadium"):
        scene = {"place": place, "time": "week 16, 06:40", "speaker": "kessa"}
        data["nodes"]["shelf"] |= scene | {"text": "Kessa looks at the shelf."}

    assert found(change) == []
    ((_, message),) = found(lambda data: change(data, "attic"))
    assert message.startswith("there is no place 'attic'. Places: ferry-road, stadium, old-brick")


@pytest.mark.parametrize(
    ("change", "parts"),
    [
        (unused_variable, ["nothing changes it", "nothing tests it"]),
        (same_outcome, ["'offer-return'"]),
        (no_ending, ["'trust': 0"]),
        (no_ending, ["open errors: none"]),
        (unknown_source, ["'a'", "'nobody1999'"]),
    ],
)
def test_what_is_said(found, change, parts):
    """Is it said what to look at: what is unused, the twin of an option, with what a play has no end?"""
    for (_, message), part in zip(found(change), parts, strict=True):
        assert part in message


def test_aside_tests_a_variable(found):
    """Does an aside count as a test of its variable?"""

    def change(data):
        data["variables"]["rain"] = {"kind": "flag", "title": "whether it rains"}
        data["nodes"]["shelf"]["asides"] = [{"when": {"rain": True}, "text": "It rains."}]

    assert found(change) == [("unused-variable", "nothing changes it")]


@pytest.mark.parametrize(
    "more", [{"to": "counter"}, {"effects": {"trust": -1}}, {"critical": "consent"}]
)
def test_no_twins(found, more):
    """Is an option its own that differs in target, effects or error?"""

    def change(data):
        twin = choice("nod", "end", effects={"trust": 1}, score={"listening": -1})
        data["nodes"]["farewell"]["choices"]["nod"] = twin | more

    assert "same-outcome" not in [name for name, _ in found(change)]


def test_loop_of_several(found):
    """Is each place of a loop without a way out named?"""

    def change(data):
        data["nodes"]["counter"]["choices"]["wander"] = choice("wander", "corridor")
        data["nodes"]["corridor"] = node(climb=choice("climb", "stairs"))
        data["nodes"]["stairs"] = node(descend=choice("descend", "corridor"))

    assert [name for name, _ in found(change)] == ["endless-loop"] * 2


def test_uneven_options_at_the_border(found):
    """Is an option of twice the length of another still even, and one more character not?"""

    def change(data, length):
        choices = data["nodes"]["farewell"]["choices"]
        choices["say-goodbye"]["text"] = "x" * 10
        choices["offer-return"]["text"] = "x" * length

    assert found(lambda data: change(data, 20)) == []
    ((name, message),) = found(lambda data: change(data, 21))
    assert name == "uneven-options"
    assert message.startswith("21 characters, over twice the 10 of 'say-goodbye'")


def test_names_that_are_not_known(found):
    """Are sources and objectives left alone where nobody says which there are?"""

    def change(data):
        unknown_source(data)
        unknown_objective(data)

    assert found(change, Known()) == []
    assert found(change, None) == []
    assert [name for name, _ in found(change)] == [
        "unknown-objective",
        "unknown-source",
        "unknown-source",
    ]
