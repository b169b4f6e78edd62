from fourps.quiz.player import spec

LABELS = {"pim2015": "PIM 2015"}


def test_texts_and_sources(small):
    """Are texts split into paragraphs, and sources given their labels where they have one?"""
    questions = spec(small, LABELS)["questions"]
    assert questions["first-word"]["text"] == ["A woman waits.", "What do you say first?"]
    assert questions["quiet-place"]["sources"] == [{"label": "PIM 2015"}, {"label": "who2003"}]


def test_each_kind(small):
    """Does each kind of question bring what its player needs to mark it, and no more?"""
    questions = spec(small, LABELS)["questions"]
    shared = {"kind", "objective", "text", "why", "sources"}
    assert {name: set(one) - shared for name, one in questions.items()} == {
        "first-word": {"options"},
        "quiet-place": {"options"},
        "read-out": {"options", "answer"},
        "steps": {"items", "before"},
        "who-where": {"pairs"},
    }
    assert questions["first-word"]["options"]["ask"] == {
        "text": "Ask what she needs.",
        "feedback": "She decides where to begin.",
        "correct": True,
    }
