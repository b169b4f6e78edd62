"""Three ways to publish the same text, built from one copy of the course.

ours
    The book as it is.
stock
    The default theme of Jupyter Book with all of its assets, and the practice page as a notebook
    cell that shows ``fourps.play("protection")`` through the stock widget view. The boxes of the
    extension ``fourps.book`` stay, so that the text is the same.
theme
    The default theme with all of its assets, and our static player.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Callable

COURSE = ("_config.yml", "_toc.yml", "book", "modules", "locale", "src")
PRACTICE = "modules/protection/practice"

CELL = """\
```{code-cell} ipython3
:tags: [remove-input]

import fourps

fourps.play("protection")
```"""
NOTEBOOK = """\
---
jupytext:
  text_representation:
    extension: .md
    format_name: myst
kernelspec:
  display_name: Python 3
  language: python
  name: python3
"""


class BenchmarkError(Exception):
    """Nothing could be measured; the message says why."""


@dataclass(frozen=True)
class Variant:
    """One way to publish the course.

    Attributes
    ----------
    name
        The key in the results and the name of its folder.
    title
        What the table calls it.
    default_theme
        Whether it has the default theme and all of its assets.
    stock_widgets
        Whether the practice page shows the widget through the stock view.
    """

    name: str
    title: str
    default_theme: bool
    stock_widgets: bool = False

    def playable(self, page: str) -> bool:
        """Return whether a page of it can be played without the CDN."""
        return page == "scenario" and not self.stock_widgets


VARIANTS = (
    Variant("ours", "A: ours", default_theme=False),
    Variant("stock", "B: default theme, stock widget", default_theme=True, stock_widgets=True),
    Variant("theme", "C: default theme, our player", default_theme=True),
)


def copy_course(source: Path, target: Path) -> None:
    """Copy what a build needs, the package included: others may be editing the originals."""
    target.mkdir(parents=True)
    for name in COURSE:
        if (source / name).is_dir():
            ignored = shutil.ignore_patterns("__pycache__", "content")
            shutil.copytree(source / name, target / name, ignore=ignored)
        else:
            shutil.copy2(source / name, target / name)


def prepare(variant: Variant, course: Path) -> None:
    """Turn a copy of the course into a variant."""
    if not variant.default_theme:
        return
    shutil.copy2(Path(__file__).with_name("stock_theme.py"), course / "src")
    path = course / "_config.yml"
    config = yaml.safe_load(path.read_text("utf-8"))
    config["sphinx"]["extra_extensions"].append("stock_theme")
    settings = config["sphinx"]["config"]
    settings["html_theme"] = "sphinx_book_theme"
    # these are Furo's
    settings.pop("html_theme_options", None)
    if variant.stock_widgets:
        settings.pop("nb_ipywidgets_js", None)
        _show_widget(course / f"{PRACTICE}.md")
    path.write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")


def _show_widget(page: Path) -> None:
    """Make the practice page a notebook whose one cell shows the scenario."""
    scenario = r"(?ms)^```\{scenario\}.*?^```"
    text, count = re.subn(scenario, lambda _: CELL, page.read_text("utf-8"))
    if count != 1 and '\nfourps.play("protection")\n' not in text:
        raise BenchmarkError(f"{page.name} shows no scenario: has it been written anew?")
    if "jupytext:" not in text:
        text = NOTEBOOK + text.removeprefix("---\n")
    page.write_text(text, "utf-8")


def environment(folder: Path, course: Path) -> dict[str, str]:
    """Return the environment of a process that uses the copied package and leaves nothing."""
    home = folder / "home"
    scratch = folder / "tmp"
    for path in (home, scratch):
        path.mkdir(exist_ok=True)
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("JUPYTER", "IPYTHON", "XDG_", "PYTHON"))
    }
    binaries = Path(sys.executable).parent
    return kept | {
        "PYTHONPATH": str(course / "src"),
        "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(home),
        "TMPDIR": str(scratch),
    }


def build(course: Path, env: dict[str, str]) -> None:
    """Build the book.

    Raises
    ------
    BenchmarkError
        If it was not built.
    """
    command = [str(Path(sys.executable).with_name("fourps")), "book", "build", str(course)]
    done = subprocess.run(
        command, cwd=course, env=env, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise BenchmarkError(f"{' '.join(command)} failed:\n{done.stderr}")


def build_all(source: Path, folder: Path, tick: Callable[[str], None]) -> dict[str, Path]:
    """Build every variant.

    Parameters
    ----------
    source
        A checkout of the course.
    folder
        Where the copies and builds come.
    tick
        Called with what is being done.

    Returns
    -------
    dict
        The folder of pages by the variant's name.
    """
    folders: dict[str, Path] = {}
    cells = folder / VARIANTS[0].name / "_build" / ".jupyter_cache"
    for variant in VARIANTS:
        course = folder / variant.name
        copy_course(source, course)
        prepare(variant, course)
        if cells.is_dir():
            # the same cells, which need not run again
            shutil.copytree(cells, course / "_build" / ".jupyter_cache")
        tick(f"building {variant.name}")
        build(course, environment(folder, course))
        folders[variant.name] = course / "_build" / "html"
    return folders
