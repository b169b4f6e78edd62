"""What a reader chooses from."""

import yaml

from fourps.check import check
from fourps.check.guess.items import chosen_from, gather, texts


def test_what_is_read(course):
    """Are all nodes and questions read, without what repairs and what is not chosen from?"""
    found = chosen_from(gather(course))
    places = {item.place: item for item in found.items}
    assert places["nodes.counter"].best == {"sit-down"}
    assert not any("sorry" in name for item in found.items for name in item.options)
    assert {item.kind for item in found.items} == {"scenarios", "questions"}
    assert len(found.statements) == 1


def test_all_alike(course):
    """Is a node left out in which all choices are worth the same?"""
    path = course / "modules" / "welcome" / "scenario.yaml"
    data = yaml.safe_load(path.read_text("utf-8"))
    for choice in data["nodes"]["counter"]["choices"].values():
        choice["score"] = {"listening": 1}
    path.write_text(yaml.safe_dump(data, sort_keys=False), "utf-8")
    assert "nodes.counter" not in {item.place for item in chosen_from(gather(course)).items}


def test_whose(course):
    """Does a question of a test, or of the first page, belong to the module of its outcome?"""
    forms = course / "book" / "forms"
    forms.mkdir(parents=True, exist_ok=True)
    quiz = (course / "modules" / "welcome" / "quiz.yaml").read_text("utf-8")
    (forms / "before.yaml").write_text(quiz.replace("welcome-quiz", "before"), "utf-8")
    (course / "book" / "first.yaml").write_text(quiz.replace("welcome-quiz", "first"), "utf-8")
    items = chosen_from(gather(course)).items
    assert {item.module for item in items} == {"welcome"}
    assert {item.path.name for item in items} >= {"before.yaml", "first.yaml"}


def test_read_once(course):
    """Does the check, which has read all of it for other reasons, hand on the same?"""
    assert chosen_from(check(course).gathered) == chosen_from(gather(course))


def test_translated(tmp_path, like):
    """Are options read in the language that they were translated into?"""
    folder = tmp_path / "locale" / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "modules.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Lift the bridge0 stone."\nmsgstr "Soulevez la pierre."\n',
        "utf-8",
    )
    first = chosen_from(gather(like), texts(tmp_path, "fr")).items[0].options
    assert list(first.values())[:2] == ["Soulevez la pierre.", "Turn the bridge0 stone."]
