"""Formulas: TeX that computes nothing but a formula, and how a page shows it without a script."""

from __future__ import annotations

import html
import re
from functools import lru_cache

from latex2mathml.converter import convert

# what MathJax and others know besides formulas: links, classes, styles, files and new words
_ACTS = re.compile(
    r"\\(?:href|url|html\w*|css\w*|class|style|data|require|include\w*|input|unicode|mmlToken"
    r"|def|gdef|edef|let|newcommand|renewcommand|newenvironment|renewenvironment|csname|catcode)"
    r"(?![a-zA-Z])",
    re.IGNORECASE,
)
_LONGEST = 2000


def is_formula(tex: str) -> bool:
    r"""Say whether TeX is a formula and nothing else.

    Examples
    --------
    >>> is_formula(r"\frac{a}{b}"), is_formula(r"\href{javascript:a()}{b}")
    (True, False)
    """
    return not _ACTS.search(tex)


def mathml(tex: str, *, block: bool = False) -> str:
    r"""Return a formula as MathML, which browsers draw themselves, or as TeX if that fails.

    Examples
    --------
    >>> mathml("x")[-47:]
    'display="inline"><mrow><mi>x</mi></mrow></math>'
    >>> mathml(r"\frac{")
    '<code>\\frac{</code>'
    """
    if len(tex) <= _LONGEST and is_formula(tex):
        made = _converted(tex, "block" if block else "inline")
        if made:
            return made
    return f"<code>{html.escape(tex)}</code>"


@lru_cache(2000)
def _converted(tex: str, display: str) -> str:
    try:
        return str(convert(html.unescape(tex), display=display))
    # it raises what it pleases over TeX that it does not know
    except Exception:  # noqa: BLE001
        return ""
