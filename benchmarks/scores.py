"""Ask Lighthouse for its scores, on its own mobile settings."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from variants import BenchmarkError

ROOT = Path(__file__).parents[1]
LIGHTHOUSE = ROOT / "node_modules" / "lighthouse" / "cli" / "index.js"
PAGES = {
    "first": "book/welcome.html",
    "lesson": "modules/protection/lesson.html",
    "lab": "modules/protection/lab.html",
    "scenario": "modules/protection/practice.html",
    "quiz": "modules/protection/quiz.html",
}
_TRIES = 3
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")


def scores(url: str, folder: Path) -> tuple[dict[str, int], list[str]]:
    """Run Lighthouse once.

    Parameters
    ----------
    url
        The address of a page.
    folder
        Where its report is written.

    Returns
    -------
    tuple
        The score of each category, 0 to 100, and what keeps one of the last three below 100.

    Raises
    ------
    BenchmarkError
        If Lighthouse did not run.
    """
    report = folder / "lighthouse.json"
    command = [
        str(Path(sys.executable).with_name("node")),
        str(LIGHTHOUSE),
        url,
        "--quiet",
        "--output=json",
        f"--output-path={report}",
        "--no-enable-error-reporting",
        f"--only-categories={','.join(CATEGORIES)}",
        "--chrome-flags=--no-sandbox --headless=new --disable-background-networking",
    ]
    environment = os.environ | {"CHROME_PATH": shutil.which("chromium") or ""}
    for _ in range(_TRIES):
        done = subprocess.run(
            command, env=environment, capture_output=True, encoding="utf-8", check=False
        )
        # it missed the beginning of the page, which says nothing of the page
        if "NO_NAVSTART" not in done.stderr:
            break
    if done.returncode:
        raise BenchmarkError(f"Lighthouse failed on {url}:\n{done.stderr[-2000:]}")
    found = json.loads(report.read_text("utf-8"))
    audits, categories = found["audits"], found["categories"]
    lost = [
        f"{category}: {audits[one['id']]['title']}"
        for category in CATEGORIES[1:]
        for one in categories[category]["auditRefs"]
        if one["weight"] and audits[one["id"]]["score"] not in (None, 1)
    ]
    return {name: round(100 * categories[name]["score"]) for name in CATEGORIES}, lost
