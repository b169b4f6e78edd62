"""Every figure has a table of its data, and every image a text."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fourps.course.page import Page
    from fourps.course.problem import Problem

_NEEDED = ("caption", "data")
_EMPTY_IMAGE = re.compile(r"!\[\s*\]\(")


def check(page: Page) -> Iterator[Problem]:
    """Yield what a figure lacks: ``bare-figure`` or ``syntax``.

    The text of each frame is asked for where it is drawn: `fourps.lab.explore` refuses a frame
    without one.
    """
    for block in page.blocks:
        if _EMPTY_IMAGE.search(block.text):
            yield page.problem(block, "bare-figure", "this image needs a text: ![text](file)")
        if block.kind != "code":
            continue
        try:
            tree = ast.parse(block.text)
        except SyntaxError as error:
            yield page.problem(block, "syntax", f"this cell is not valid Python: {error}")
            continue
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "explore":
                given = {one.arg for one in call.keywords}
                for name in _NEEDED:
                    if name not in given:
                        message = f"this figure needs {name}=..., for whoever does not see it"
                        yield page.problem(block, "bare-figure", message)
