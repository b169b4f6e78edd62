"""Nothing that a scenario, quiz or figure says can become markup, whatever its signs."""

import copy
import json
import re

import pytest
import yaml
from hypothesis import HealthCheck, given, settings

import fourps.quiz.model
import fourps.quiz.player
import fourps.scenario.model
import fourps.scenario.player
from fourps.course.inline import curly
from fourps.course.words import words
from fourps.front import widget_module

pytestmark = [pytest.mark.browser]
PAGES = {"scenario": "practice", "quiz": "quiz"}

# a player in a page of its own, played to its end by its own buttons
DRIVE = """async ({ player, spec, words }) => {
  const { default: { render } } = await import(`/${player}.js`);
  const state = { spec, words, level: 2, path: [], attempt: null, tries: {}, seed: 1, choice: [0] };
  const model = { get: (name) => state[name], set: (name, value) => { state[name] = value; },
    save_changes() {}, on() {}, off() {} };
  const el = document.createElement("div");
  document.body.replaceChildren(el);
  render({ model, el });
  const found = { said: [], wrong: [], hit: false };
  const note = () => {
    const { said, wrong, hit } = look(el);
    found.said.push(...said); found.wrong.push(...wrong); found.hit ||= hit;
  };
  note();
  for (let step = 0; step < 40; step += 1) {
    for (const field of el.querySelectorAll("input[type=radio]:not(:disabled)")) field.checked = true;
    for (const field of el.querySelectorAll("select:not(:disabled)")) field.selectedIndex = 1;
    const next = el.querySelector(".fp-check, button.fp-choice, button.fp-show-why, button.fp-next, .fp-finish");
    if (!next) break;
    next.click();
    note();
  }
  return found;
}"""


@pytest.fixture(scope="module")
def stage(browser, serve, trap, tmp_path_factory):
    """An empty page under the policy of the book, beside the modules that JupyterLab loads."""
    folder = tmp_path_factory.mktemp("stage")
    (folder / "index.html").write_text('<!doctype html><html lang="en"><title>x</title><body>')
    for player in ("scenario", "quiz", "explore"):
        (folder / f"{player}.js").write_text(widget_module(player), "utf-8")
    with serve(folder) as address:
        context = browser.new_context()
        page = context.new_page()
        answer = page.goto(f"{address}/index.html")
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        page.evaluate(trap.look)
        yield page
        context.close()


@pytest.fixture(scope="module")
def specs(small_scenario, small_quiz, tmp_path_factory):
    """What the two players and a figure read, before their texts are replaced."""
    folder = tmp_path_factory.mktemp("specs")
    (folder / "scenario.yaml").write_text(yaml.safe_dump(small_scenario()), "utf-8")
    (folder / "quiz.yaml").write_text(yaml.safe_dump(small_quiz()), "utf-8")
    scenario, _ = fourps.scenario.model.load(folder / "scenario.yaml")
    quiz, _ = fourps.quiz.model.load(folder / "quiz.yaml")
    figure = {
        "caption": "a",
        "controls": [{"name": "one", "kind": "select", "label": "b", "options": ["c", "d"]}],
        "frames": [
            {"svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>', "alt": name}
            for name in ("e", "f")
        ],
        "table": {"columns": ["g"], "rows": [["h"]]},
    }
    return {
        "scenario": fourps.scenario.player.spec(scenario, {}),
        "quiz": fourps.quiz.player.spec(quiz, {}),
        "explore": figure,
    }


@pytest.mark.parametrize(("player", "least"), [("scenario", 12), ("quiz", 12), ("explore", 7)])
def test_players(stage, specs, trap, player, least):
    """Does a player say each text letter by letter, in every screen, and make nothing of it?"""

    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(trap.texts)
    def ask(text):
        spec = copy.deepcopy(specs[player])
        texts = trap.fill(spec, lambda _: text)
        said = stage.evaluate(DRIVE, {"player": player, "spec": spec, "words": words("en")})
        trap.whole(said, texts, least)

    ask()


@pytest.mark.parametrize("folder", ["", "fr/"])
@pytest.mark.parametrize("kind", PAGES)
def test_pages(hostile_site, reader, trap, kind, folder):
    """Does a page under its policy carry each text letter by letter, for readers and its player?

    An author's as well as a translator's, between words of ours that a translator wrote as well.
    """
    # quotation marks are the one thing that a page does not take as it is typed
    texts = {number: curly(text) for number, text in hostile_site.texts[folder][kind].items()}
    page = reader.change()
    page.add_init_script(trap.look)
    page.goto(f"{hostile_site.address}/{folder}modules/demo/{PAGES[kind]}.html")
    page.locator(f"[data-fourps={kind}][data-ready]").wait_for()
    mount = f"document.querySelector('[data-fourps={kind}]')"
    # the page without JavaScript is still there, and hidden
    trap.whole(page.evaluate(f"look({mount})"), texts, 0.9 * len(texts))
    spec = json.loads(page.locator(f"[data-fourps={kind}] > script").text_content())["spec"]
    assert not re.search(r"⟦\d+⟧", json.dumps(spec, ensure_ascii=False))
    page.locator(f"[data-fourps={kind}] :is(.fp-choice, .fp-check)").first.click()
    trap.whole(page.evaluate(f"look({mount})"), texts, 0.9 * len(texts))
