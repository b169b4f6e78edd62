"""What a listener hears of a scenario and a quiz, step by step, in two files that one can read.

Where a player has changed on purpose, ``HEARD=write`` before the command writes both files again:
read what is new in them before you keep it.
"""

from __future__ import annotations

import os
from pathlib import Path
from textwrap import indent

import pytest

from .conftest import bilingual as book  # noqa: F401 - a fixture

HERE = Path(__file__).parent
# whatever is said without being looked for
LISTEN = """(() => {
  window.said = [];
  new MutationObserver((changes) => changes.forEach(({ target }) => {
    const live = (target.nodeType === 1 ? target : target.parentElement)?.closest("[role=status], [role=alert]");
    if (live?.textContent) said.push(live.textContent);
  })).observe(document, { childList: true, characterData: true, subtree: true });
  // answers stand in the same order each time
  Math.random = () => 0.5;
})()"""
pytestmark = [pytest.mark.browser]


class Listener:
    """Somebody who plays by keyboard, and hears what a screen reader has to tell."""

    def __init__(self, page, address):
        self.page, self.heard = page, []
        page.add_init_script(LISTEN)
        page.goto(address)
        self.player = page.locator(".fp-player")
        self.player.wait_for()
        self._note("The page is open.")

    def press(self, selector, key="Enter"):
        """Press a key on something, and listen."""
        target = self.player.locator(selector).first
        name = target.aria_snapshot().removeprefix("- ").partition("\n")[0]
        target.press(key)
        self._note(f"{key} on {name}.")

    def _note(self, done):
        focus = self.page.locator(":focus")
        at_once = [
            one.aria_snapshot() for one in focus.all() if not one.locator(":scope > *").count()
        ]
        at_once += [f"- said: {text}" for text in self.page.evaluate("() => said.splice(0)")]
        self.heard += [
            done,
            "  At once:",
            *(indent(one, "    ") for one in at_once or ["- nothing"]),
        ]
        self.heard += ["  Reading on:", indent(self.player.aria_snapshot(), "    "), ""]

    def compare(self, name):
        """Insist that it is what was written down."""
        text, path = "\n".join(self.heard), HERE / f"heard-{name}.txt"
        if os.environ.get("HEARD") == "write":
            path.write_text(text, "utf-8")
        assert text == path.read_text("utf-8")


def test_scenario(reader, site):
    """Does a listener hear each step of a scenario: where one is, what can be done, what came of it?"""
    listener = Listener(reader.change(), f"{site}/modules/demo/practice.html")
    for selector in (
        *(".fp-decline", "[data-choice=swear]", "[data-principle]", ".fp-next"),
        *("[data-choice=sorry]", ".fp-next", ".fp-way summary", ".fp-again"),
    ):
        listener.press(selector)
    listener.compare("scenario")


def test_quiz(reader, site):
    """Does a listener hear each question of a quiz, what to do with it, and how the answer went?"""
    listener = Listener(reader.change(), f"{site}/modules/demo/quiz.html")
    for selector in (
        *(".fp-check", "[value=push]", ".fp-check", "[value=knock]", ".fp-check", ".fp-next"),
        *("[value=umbrella]", "[value=patience]", ".fp-check", ".fp-next"),
        *("[value=false]", "[value=power]", ".fp-check", ".fp-next"),
        *(".fp-down", ".fp-check", ".fp-check", ".fp-next", ".fp-check"),
    ):
        listener.press(selector, "Space" if selector.startswith("[value") else "Enter")
    listener.compare("quiz")
