"""How hard a page is to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourps.course.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from fourps.check.page import Page

HIGHEST = 11.0
_ENOUGH = 200  # words; below, one long name decides


def grade(page: Page) -> float | None:
    """Return the Flesch-Kincaid grade of a page's running text.

    Parameters
    ----------
    page
        Any page.

    Returns
    -------
    float or None
        Years of school; None for a page of under 200 words.

    Raises
    ------
    ModuleNotFoundError
        If textstat is not installed.

    References
    ----------
    Kincaid, Fishburne, Rogers, Chissom 1975, as implemented by textstat.
    """
    try:
        import textstat
    except ModuleNotFoundError as error:
        message = "fourps check measures how hard a text is: pip install '.[author]'"
        raise ModuleNotFoundError(message) from error
    lines = [block.prose.strip() for block in page.blocks if block.kind == "text"]
    text = " ".join(line if line.endswith((".", "?", ":")) else f"{line}." for line in lines)
    if len(text.split()) < _ENOUGH:
        return None
    return float(textstat.flesch_kincaid_grade(text))


def check(page: Page) -> Iterator[Problem]:
    """Yield a warning if a page is too hard.

    Parameters
    ----------
    page
        Any page.

    Yields
    ------
    Problem
        ``hard-to-read``.
    """
    found = grade(page)
    if found is not None and found > HIGHEST:
        message = (
            f"Flesch-Kincaid grade {found:.1f}; aim at 10, at most {HIGHEST:g}: "
            "shorter sentences, shorter words"
        )
        yield Problem(page.path, 1, "hard-to-read", "", message)
