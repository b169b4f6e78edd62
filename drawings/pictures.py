"""Take pictures of built pages, on a phone and a desk, light and dark: ``make pictures``.

They go into ``docs/pictures``, small and with few colours, so that a change of the look can be seen
beside the change of the code.
"""

from __future__ import annotations

import io
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable

TO = Path(__file__).parents[1] / "docs" / "pictures"
SIZES = {"phone": (390, 844), "desk": (1280, 900)}
COLOURS = 64
# the same day and the same order of answers each time
DAY = datetime(2026, 11, 27, 9, tzinfo=UTC)
NO_CHANCE = "Math.random = () => 0.5"


def clicks(*selectors: str) -> Callable[[Page], None]:
    """Return what clicks one thing after the other."""

    def act(page: Page) -> None:
        for selector in selectors:
            page.locator(selector).first.click()

    return act


def played(page: Page) -> None:
    """Play a scenario to its end, with the first answer to everything."""
    onward = page.locator(":is(.fp-choice, .fp-show-why, .fp-next)")
    while onward.count():
        onward.first.click()


def answered(page: Page) -> None:
    """Give the first answer to a question, and again where that is not right."""
    while page.locator(".fp-check").count():
        for group in page.locator(".fp-screen fieldset").all():
            group.locator("input").first.check()
        for place, field in enumerate(page.locator(".fp-screen select").all(), 1):
            field.select_option(index=place)
        clicks(".fp-check")(page)


def finished(page: Page) -> None:
    """Answer a quiz to its end."""
    answered(page)
    while not page.locator(".fp-finish").count():
        clicks(".fp-next")(page)
        answered(page)
    clicks(".fp-finish")(page)


def kept(page: Page) -> None:
    """Play a scenario with a yes to keeping, and go to what is kept."""
    clicks(".fp-keep button")(page)
    played(page)
    page.locator(".fp-bands").wait_for()
    page.goto(page.url.replace("modules/protection/practice", "book/my-course"))


def sought(page: Page) -> None:
    """Search."""
    page.locator(".fp-search input").fill("lost papers")
    page.keyboard.press("Enter")
    page.locator("#search-results li .fp-found").first.wait_for()


class Kind(NamedTuple):
    """A kind of page: one of them, and what is done there before the picture is taken."""

    path: str
    act: Callable[[Page], None] = clicks()
    see: str = ""


STORY, QUIZ = "modules/protection/practice", "modules/protection/quiz"
# as the player draws it
FIGURE = ".fp-figure:not(.fp-text)"
KINDS = {
    "first": Kind("book/welcome"),
    "module": Kind("modules/protection/lesson"),
    "piece": Kind("modules/protection/lesson/speaking"),
    "lesson": Kind("modules/prevention/lesson/debt"),
    "decision": Kind(STORY),
    "why": Kind(STORY, clicks(".fp-choice")),
    "ending": Kind(STORY, played),
    "quiz": Kind(QUIZ, answered),
    "result": Kind(QUIZ, finished),
    "test": Kind("book/before"),
    "lab": Kind("modules/response/lab", clicks(f"{FIGURE} .fp-guess button"), FIGURE),
    "my-course": Kind(STORY, kept),
    "search": Kind("search", sought),
    "glossary": Kind("book/glossary"),
    "aid": Kind("modules/protection/aid"),
    "safety": Kind("book/safety"),
}


def take(browser: Browser, html: Path, size: str, scheme: str) -> None:
    """Take each kind of page in one size and scheme."""
    width, height = SIZES[size]
    for name, kind in KINDS.items():
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if scheme == "dark" else "light",
            reduced_motion="reduce",
        )
        page = context.new_page()
        page.clock.set_fixed_time(DAY)
        page.add_init_script(NO_CHANCE)
        page.goto((html / f"{kind.path}.html").as_uri())
        page.wait_for_load_state("networkidle")
        kind.act(page)
        # nothing is under the mouse
        page.mouse.move(0, 0)
        if kind.see:
            page.locator(kind.see).first.evaluate("one => one.scrollIntoView({ block: 'start' })")
        page.wait_for_load_state("networkidle")
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        small = picture.quantize(COLOURS, kmeans=3, dither=Image.Dither.NONE)
        small.save(TO / f"{name}-{size}-{scheme}.png", optimize=True)
        context.close()


def main(html: Path) -> None:
    """Write every picture of a built book, and no other."""
    shutil.rmtree(TO, ignore_errors=True)
    TO.mkdir(parents=True)
    program = shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )
        for size in SIZES:
            for scheme in ("light", "dark"):
                take(browser, html.resolve(), size, scheme)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
