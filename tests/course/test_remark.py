import pytest

from fourps.course.remark import Remark, problems

TEXT = """\
{file}
nodes:
  gate:
    {node}
    title: Gate
    choices:
      wait:
        {choice}
        text: Wait.
      go:
        text: Go.
  desk:
    title: Desk
lists:
  - name: first
  - name: second
    {item}
"""
NOTHING = "# nothing"
HERE = Remark("dull", ("nodes", "gate", "choices", "wait", "text"), "say more")


@pytest.fixture
def remaining(read):
    """Return a function that gives the places of the remarks that are not silenced."""

    def remain(*remarks, file=NOTHING, node=NOTHING, choice=NOTHING, item=NOTHING):
        source = read(TEXT.format(file=file, node=node, choice=choice, item=item))
        return [(problem.line, problem.field) for problem in problems(source, remarks)]

    return remain


def test_nothing_silenced(remaining):
    """Is a remark made where it stands?"""
    assert remaining(HERE) == [(9, "nodes.gate.choices.wait.text")]


@pytest.mark.parametrize("where", ["file", "node", "choice"])
def test_silenced(remaining, where):
    """Is a remark silenced by what encloses it, near and far, and only by its own name?"""
    assert remaining(HERE, **{where: "silence: [dull]"}) == []
    assert remaining(HERE, **{where: "silence: [dul, dull-too, DULL]"}) == remaining(HERE)


@pytest.mark.parametrize(
    "elsewhere",
    [
        ("nodes", "gate", "choices", "go"),
        ("nodes", "gate", "choices"),
        ("nodes", "gate", "title"),
        ("nodes", "desk"),
        ("nodes",),
        (),
    ],
)
def test_not_elsewhere(remaining, elsewhere):
    """Does a choice that silences leave its siblings, and all around it, alone?"""
    assert len(remaining(Remark("dull", elsewhere, ""), choice="silence: [dull]")) == 1


def test_on_the_mapping_itself(remaining):
    """Does a mapping silence remarks about itself?"""
    assert remaining(Remark("dull", ("nodes", "gate"), ""), node="silence: [dull]") == []


def test_in_a_list(remaining):
    """Does an item of a list silence its own remarks and not those of its neighbour?"""
    first, second = (Remark("dull", ("lists", index, "name"), "") for index in (0, 1))
    assert remaining(first, second, item="silence: [dull]") == [(15, "lists.0.name")]


def test_place_that_is_missing(remaining):
    """Does a remark about something that is not there stand at what encloses it?"""
    absent = Remark("dull", ("nodes", "gate", "choices", "wait", "source"), "")
    assert remaining(absent) == [(7, "nodes.gate.choices.wait.source")]
    assert remaining(absent, choice="silence: [dull]") == []


def test_order(remaining):
    """Do remarks come in the order of the file?"""
    later = Remark("a", ("nodes", "desk"), "")
    assert [line for line, _ in remaining(later, HERE)] == [9, 12]
