"""What the page "My course" carries, and the mark at a page's end."""

import json

import pytest

import fourps.scenario.model
import fourps.scenario.player
from fourps.scenario.engine import replay
from fourps.scenario.explore import explore

DEMO = "modules/demo"


@pytest.fixture(scope="module")
def data(good):
    """What the page's script reads."""
    return json.loads(good.soup("book/my-course").select_one("[data-course] script").string)


def test_modules(data, good):
    """Are the parts of each module there in order, with titles and addresses that exist?"""
    (module,) = data["spec"]["modules"]
    assert module["title"] == "A small lesson"
    assert [part["kind"] for part in module["parts"]] == ["page", "scenario", "quiz"]
    page, scenario, quiz = module["parts"]
    assert (page["name"], page["title"]) == (f"{DEMO}/lesson", "A small lesson")
    # a scenario that stands on a second page too is named once
    assert scenario["spec"]["title"] == "The small door"
    assert quiz["spec"]["title"] == "Check the small door"
    for part in module["parts"]:
        assert (good.html / "book" / part["href"]).resolve().is_file()
    assert data["spec"]["reminder"] == {"test": "demo-quiz", "weeks": 12}


def test_scenario_replays(data, good, javascript):
    """Does the page replay a play to the same bands as Python, with what it carries?"""
    scenario, _ = fourps.scenario.model.load(good.root / DEMO / "scenario.yaml")
    spec = data["spec"]["modules"][0]["parts"][1]["spec"]
    ranges = explore(scenario).ranges
    path = []
    while not replay(scenario, path).kind:
        path.append(replay(scenario, path).offered[0])
    (replayed,) = javascript("replay", spec=spec, paths=[path])
    assert replayed == fourps.scenario.player.summary(replay(scenario, path), ranges)


def test_no_text_is_carried(data):
    """Does the page carry titles only, and none of the texts that are played or asked?"""
    text = json.dumps(data["spec"])
    assert "axolotl" not in text
    assert "rationale" not in text


@pytest.mark.parametrize(
    ("page", "marked"),
    [
        (f"{DEMO}/lesson", True),
        (f"{DEMO}/practice", False),
        (f"{DEMO}/quiz", False),
        (f"{DEMO}/cells", False),
        ("book/welcome", False),
        ("book/my-course", False),
    ],
)
def test_marks(good, page, marked):
    """Has each page of a module on which nothing is played a mark, and its script, and no other?"""
    soup = good.soup(page)
    assert [element["data-mark"] for element in soup.select("[data-mark]")] == [page] * marked
    # a player's script carries the marks as well
    scripts = [name for name in ("mark", "fourps", "story") if soup.select(f"[src*='/{name}.js']")]
    assert len(scripts) == 1 if marked else "mark" not in scripts


def test_words_stay_where_they_are_said(good, data):
    """Do players carry no words of this page, and this page no words of the players?"""
    player = json.loads(good.soup(f"{DEMO}/practice").select_one("[data-fourps] script").string)
    assert not [key for key in player["words"] if key.startswith(("course-", "mark-", "import-"))]
    assert "begin" not in data["words"]
    assert "course-remind" in data["words"]
