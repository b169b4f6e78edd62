"""Nothing that a scenario, quiz or figure says can become markup, whatever its signs."""

import copy
import json
import re
import shutil
import subprocess

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import fourps.quiz.front
import fourps.quiz.model
import fourps.scenario.front
import fourps.scenario.model
from fourps.course.words import words
from fourps.front import widget_module

pytestmark = [pytest.mark.browser]

HOSTILE = [
    "<img src=x onerror=hit()>",
    "</script><script>hit()</script>",
    "<svg/onload=hit()>",
    "<iframe srcdoc='<script>parent.hit()</script>'>",
    "javascript:hit()",
    '"onmouseover="hit()',
    "'><b>",
    "&lt;b&gt;",
    "&amp;#60;",
    "\\u003c/script>",
    "[x](javascript:hit())",
    "![x](x)",
    "{term}`knock`",
    "`x`",
    "**x**",
    "{text}",
    "${hit()}",
    "{{ hit() }}",
    "-->",
    "]]>",
    "<!--",
    "\u202edlrow\u202c",
    "\u2067a\u2069",
    "\u200b\ufeff",
    "e\u0301\U0001f469\u200d\U0001f33e",
]
# whitespace is joined by the readers of YAML, and control signs are refused by YAML itself
signs = st.text(st.characters(exclude_categories=["C", "Z"], include_characters="<>&\"'`{}[]\\"))
hostile = st.lists(st.sampled_from(HOSTILE) | signs.filter(bool), min_size=1, max_size=4).map(
    " ".join
)
TEXTS = {
    *("title", "text", "role", "content_note", "practise", "consequence", "rationale"),
    *("why", "feedback", "answer", "label", "caption", "alt", "columns", "rows", "options"),
}
MARK = re.compile(r"⟦(\d+)⟧")

# every text and every attribute that is read out, and whatever should not be there
LOOK = """window.look = (root) => {
  const said = [], wrong = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.nodeType === Node.TEXT_NODE) {
      if (node.parentElement.localName !== "script") said.push(node.data);
      continue;
    }
    if (node.matches("img, iframe, object, embed, style, link, base, meta, form[action], script:not([type='application/json'])"))
      wrong.push(node.outerHTML.slice(0, 200));
    for (const { name, value } of node.attributes) {
      if (name.startsWith("on") || /^\\s*(javascript|data):/i.test(value)) wrong.push(`${name}=${value}`);
      if (["aria-label", "alt", "title", "placeholder", "aria-valuetext", "data-longest"].includes(name)) said.push(value);
    }
  }
  return { said, wrong, hit: window.struck };
};
window.struck = false;
window.hit = () => { window.struck = true; };
// a function as the last value would be called
"";"""
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
    const next = el.querySelector(".fp-begin, .fp-check, button.fp-choice, button.fp-next, .fp-finish");
    if (!next) break;
    next.click();
    note();
  }
  return found;
}"""


def fill(data, text, key="", taken=None):
    """Replace every text that readers see; return what stands at which number."""
    taken = {} if taken is None else taken
    for name, value in data.items() if isinstance(data, dict) else enumerate(data):
        at = name if isinstance(name, str) else key
        if isinstance(value, dict | list):
            fill(value, text, at, taken)
        elif isinstance(value, str) and at in TEXTS:
            taken[len(taken)] = data[name] = f"⟦{len(taken)}⟧ {text(len(taken))}"
    return taken


def whole(found, texts, least):
    """Insist that each text that was said came letter by letter, and brought nothing along."""
    assert found["wrong"] == []
    assert not found["hit"]
    seen = set()
    for said in found["said"]:
        for mark in MARK.findall(said):
            assert texts[int(mark)] in said
            seen.add(mark)
    assert len(seen) >= least


@pytest.fixture(scope="module")
def stage(browser, serve, tmp_path_factory):
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
        page.evaluate(LOOK)
        yield page
        context.close()


def driven(stage, player, spec):
    return stage.evaluate(DRIVE, {"player": player, "spec": spec, "words": words("en")})


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
        "scenario": fourps.scenario.front.spec(scenario, {}),
        "quiz": fourps.quiz.front.spec(quiz, {}),
        "explore": figure,
    }


@pytest.mark.parametrize(("player", "least"), [("scenario", 12), ("quiz", 12), ("explore", 7)])
def test_players(stage, specs, player, least):
    """Does a player say each text letter by letter, in every screen, and make nothing of it?"""

    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(hostile)
    def ask(text):
        spec = copy.deepcopy(specs[player])
        texts = fill(spec, lambda _: text)
        whole(driven(stage, player, spec), texts, least)

    ask()


@pytest.fixture(scope="module")
def hostile_book(tmp_path_factory, root, fourps_command):
    """A book whose scenario and quiz hold a hundred hostile texts, and what those are."""
    examples = []

    @settings(max_examples=120, database=None, derandomize=True)
    @given(hostile)
    def collect(text):
        # of one length, since options must be
        examples.append(text[:150].strip().ljust(150, "."))

    collect()
    folder = tmp_path_factory.mktemp("hostile") / "book"
    shutil.copytree(root / "tests" / "book" / "fixture", folder)
    texts = {}
    for name in ("scenario", "quiz"):
        path = folder / "modules" / "demo" / f"{name}.yaml"
        data = yaml.safe_load(path.read_text("utf-8"))
        texts[name] = fill(data, lambda number: examples[number % len(examples)])
        path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
    done = subprocess.run(
        [fourps_command, "book", "build", folder], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return folder / "_build" / "html", texts


@pytest.mark.parametrize(("kind", "page_name_"), [("scenario", "practice"), ("quiz", "quiz")])
def test_pages(hostile_book, serve, reader, kind, page_name_):
    """Does a page under its policy carry each text letter by letter, for readers and its player?"""
    html, texts = hostile_book
    page = reader.page
    page.add_init_script(LOOK)
    with serve(html) as address:
        page.goto(f"{address}/modules/demo/{page_name_}.html")
        page.locator(f"[data-fourps={kind}][data-ready]").wait_for()
        mount = f"document.querySelector('[data-fourps={kind}]')"
        # the page without JavaScript is still there, and hidden
        whole(page.evaluate(f"look({mount})"), texts[kind], 0.9 * len(texts[kind]))
        spec = json.loads(page.locator(f"[data-fourps={kind}] > script").text_content())["spec"]
        assert not MARK.search(json.dumps(spec, ensure_ascii=False))
        page.locator(f"[data-fourps={kind}] :is(.fp-begin, .fp-check)").first.click()
        whole(page.evaluate(f"look({mount})"), texts[kind], 0.9 * len(texts[kind]))
