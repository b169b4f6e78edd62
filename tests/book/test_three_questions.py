"""What the page "Three questions" carries, and the questions beside it."""

import json

import pytest

BANK = "three/small-quiz.js"


@pytest.fixture(scope="module")
def bank(good):
    """The questions of the small quiz that come back."""
    text = (good.html / BANK).read_text("utf-8")
    return json.loads(text.removeprefix('Three.set("small-quiz",').removesuffix(");\n"))


def test_bank(good, bank):
    """Has each question its texts, what is right, and sources that exist?"""
    player = json.loads(good.soup("modules/demo/quiz").select_one("[data-fourps] script").string)
    assert bank["version"] == player["spec"]["version"]
    assert list(bank["questions"]) == list(player["spec"]["questions"])
    knock = bank["questions"]["first-knock"]
    assert knock["text"] == ["A capybara stands before a closed door.", "What does it do first?"]
    assert knock["options"]["knock"] == {
        "text": "It knocks.", "correct": True, "feedback": "Knocking asks, and waits for the answer.",
    }  # fmt: skip
    assert knock["why"] == ["A door is opened from the inside."]
    for question in bank["questions"].values():
        for source in question["sources"]:
            page, _, place = source["href"].partition("#")
            assert f'id="{place}"' in (good.html / page).read_text("utf-8")
            assert source["label"] in ("Small 2003", "Tiny 2015")


def test_page(good):
    """Does the page know each module's steps, and say in its own text for whom it is not?"""
    mount = good.soup("book/three").select_one("[data-three]")
    (module,) = json.loads(mount.select_one("script").string)["spec"]["modules"]
    assert module["three"] == ["small-quiz"]
    assert [step["kind"] for step in module["steps"]] == ["page", "scenario", "quiz"]
    assert "Nothing comes back yet." in mount.select_one(".fp-text").text
    assert [element["href"] for element in mount.select(".fp-text li a")] == [
        "../modules/demo/quiz.html"
    ]
    assert not good.soup("modules/demo/quiz").select("script[src*='three']")


def test_where_it_is_named(good):
    """Do My course and the first page know where it is?"""
    for name, mount in (("book/my-course", "[data-course]"), ("book/welcome", "[data-start]")):
        data = json.loads(good.soup(name).select_one(f"{mount} script").string)
        three = data.get("spec", data.get("course"))["three"]
        assert (good.html / "book" / three["href"]).is_file()
