"""Write the list in docs/licences.md again: each package of the lock and its licence.

`make licences` runs this in the environment that the lock filled.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "licences.md"
BEGIN = "<!-- What follows is written by `make licences`. -->\n"
UNKNOWN = "UNKNOWN"


def locked() -> dict[str, str]:
    """Return the version of each package of the lock, or those for several versions of Python."""
    text = (ROOT / "requirements" / "dev.txt").read_text("utf-8")
    found = re.findall(r"^([\w.-]+)(?:\[[\w,-]+\])?==([\w.+!-]+)", text, re.MULTILINE)
    versions: dict[str, list[str]] = {}
    for name, version in found:
        versions.setdefault(canonicalize_name(name), []).append(version)
    return {name: ", ".join(some) for name, some in versions.items()}


def licences() -> dict[str, str]:
    """Return the licence of each package that is installed, as it names it itself."""
    words = [sys.executable, "-m", "piplicenses", "--with-system", "--from=all", "--format=json"]
    said = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    found: dict[str, str] = {}
    for one in json.loads(said):
        for source in ("License-Expression", "License-Classifier", "License-Metadata"):
            text = one[source].strip().partition("\n")[0].replace("|", "/")
            if text and text != UNKNOWN:
                found[canonicalize_name(one["Name"])] = text
                break
    return found


def asked(names: list[str]) -> set[str]:
    """Return the packages that requirements lead to, on this machine."""
    found: set[tuple[str, str]] = set()
    waiting = [Requirement(one) for one in names]
    while waiting:
        one = waiting.pop()
        for extra in ("", *one.extras):
            key = (canonicalize_name(one.name), extra)
            if key in found:
                continue
            found.add(key)
            try:
                more = map(Requirement, distribution(one.name).requires or ())
            except PackageNotFoundError:
                continue
            waiting += [
                it for it in more if it.marker is None or it.marker.evaluate({"extra": extra})
            ]
    return {name for name, _ in found}


def page() -> str:
    """Return the list."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = project["optional-dependencies"]
    base = asked(project["dependencies"])
    parts = {name: asked(extras[name]) for name in extras if name != "dev"}
    known = licences()
    rows, elsewhere = [], []
    for name, version in sorted(locked().items()):
        if name not in known:
            elsewhere.append(f"{name} {version}")
            continue
        by = ["everybody"] if name in base else [part for part in parts if name in parts[part]]
        rows.append(f"| {name} | {version} | {known[name]} | {', '.join(by or ['dev'])} |\n")
    return (
        "\n| package | version | licence | asked for by |\n| --- | --- | --- | --- |\n"
        + "".join(rows)
        + f"\nNot installed where this list was made: {', '.join(elsewhere)}.\n"
    )


if __name__ == "__main__":
    written, begin, _ = PAGE.read_text("utf-8").partition(BEGIN)
    PAGE.write_text(written + begin + page(), "utf-8")
