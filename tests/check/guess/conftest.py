"""Two small courses: one whose options are alike, and one whose best options betray themselves."""

import itertools

import pytest
import yaml

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
                }
                for place in order
            }
        )
    return {
        "id": module,
        "title": module,
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


def statements(truths):
    """Return a quiz of statements to judge."""
    reasons = {
        "law": {"text": "The law says so.", "correct": True, "feedback": "It does."},
        "age": {"text": "The age says so.", "feedback": "It does not."},
    }
    return {
        "id": "statements",
        "title": "Statements",
        "objectives": ["1.1"],
        "questions": {
            f"s-{number}": {
                "kind": "reason",
                "objective": "1.1",
                "text": f"Stone {number} is heavy.",
                "answer": truth,
                "options": {
                    key: one | {"feedback": f"{one['feedback']} {number}"}
                    for key, one in reasons.items()
                },
                "why": "It is weighed.",
            }
            for number, truth in enumerate(truths)
        },
    }


def add(folder, name, content):
    """Write a file of a module."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.yaml").write_text(yaml.safe_dump(content, sort_keys=False), "utf-8")


def written(root, texts):
    """Write a course of three scenarios and return its folder."""
    for number, module in enumerate(MODULES, 1):
        folder = root / "modules" / module
        outcome = {f"{number}.1": {"text": "Carry.", "assessed": ["scenario"]}}
        add(folder, "outcomes", {"module": module, "title": module, "outcomes": outcome})
        add(folder, "scenario", scenario(module, texts))
    return root


@pytest.fixture(scope="session")
def like(tmp_path_factory):
    """A course whose options are alike."""
    return written(tmp_path_factory.mktemp("like"), LIKE)


@pytest.fixture(scope="session")
def betrayed(tmp_path_factory):
    """A course whose best options betray themselves."""
    return written(tmp_path_factory.mktemp("betrayed"), BETRAYED)


@pytest.fixture
def with_statements(tmp_path):
    """Return a function that writes a course with statements to judge."""

    def write(*truths):
        folder = tmp_path / "modules" / "ferry"
        outcome = {"1.1": {"text": "Carry.", "assessed": ["quiz"]}}
        add(folder, "outcomes", {"module": "ferry", "title": "Ferry", "outcomes": outcome})
        add(folder, "quiz", statements(truths))
        return tmp_path

    return write
