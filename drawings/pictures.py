"""Take pictures of built pages, on a phone and a desk, light and dark: ``make pictures``.

They go into ``docs/pictures``, small and with few colours, so that a change of the look can be seen
beside the change of the code.
"""

from __future__ import annotations

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

TO = Path(__file__).parents[1] / "docs" / "pictures"
PAGES = {
    "first": "book/welcome.html",
    "lesson": "modules/protection/lesson.html",
    "piece": "modules/protection/lesson/speaking.html",
}
SIZES = {"phone": (390, 844), "desk": (1280, 900)}
COLOURS = 256


def take(browser: Browser, html: Path, size: str, scheme: str) -> None:
    """Take each page in one size and scheme."""
    width, height = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
    )
    page = context.new_page()
    for name, path in PAGES.items():
        page.goto((html / path).as_uri())
        page.wait_for_load_state("networkidle")
        picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
        small = picture.quantize(COLOURS, kmeans=3, dither=Image.Dither.NONE)
        small.save(TO / f"{name}-{size}-{scheme}.png", optimize=True)
    context.close()


def main(html: Path) -> None:
    """Write every picture of a built book."""
    TO.mkdir(parents=True, exist_ok=True)
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
