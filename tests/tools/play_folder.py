"""Open an unpacked release in a browser as a person does, and play a story.

Where no test runs, a workflow calls it: python play_folder.py FOLDER --channel msedge
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

STORY = "course/modules/protection/practice.html"
# the most steps that a story can have
_MOST = 200


def play(page: Page) -> str:
    """Choose the first option of each screen of a story until it ends; return how it ended."""
    onward = page.locator(".fp-choice, .fp-next, .fp-show-why, .fp-again-no")
    for _ in range(_MOST):
        if not onward.count():
            return page.locator(".fp-heading").last.inner_text()
        onward.first.click()
    raise AssertionError(f"no ending after {_MOST} steps")


def visit(page: Page, folder: Path) -> list[str]:
    """Open the first file, what it leads to, and a story; return what each is called."""
    page.goto((folder / "READ-ME-FIRST.html").as_uri())
    titles = [page.title()]
    page.locator("a").first.click()
    page.locator("[data-fourps-exit]").first.wait_for()
    titles.append(page.title())
    page.goto((folder / STORY).as_uri())
    page.locator("[data-fourps='scenario'][data-ready]").wait_for()
    titles.append(page.title())
    return [*titles, play(page)]


def main() -> int:
    """Do so with an installed browser, and say what was seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--channel", help="such as msedge")
    arguments = parser.parse_args()
    complaints: list[str] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(channel=arguments.channel)
        page = browser.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: said.type == "error" and complaints.append(said.text))
        seen = visit(page, arguments.folder.resolve())
        browser.close()
    sys.stdout.write("\n".join([*seen, *complaints, ""]))
    return bool(complaints)


if __name__ == "__main__":
    sys.exit(main())
