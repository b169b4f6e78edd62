"""Colours that everybody can tell apart, on light pages and on dark ones, and the look of a plot.

A plot names a colour of `PALETTE`; the page draws it as a CSS variable, which has a light value
and a dark one (``front/fourps.css``).
"""

from __future__ import annotations

from typing import Any

# Each reaches 3:1 on the page's white and on its dark too. No two are alike to people who see red
# and green as one.
PALETTE = {
    "blue": "#1a8fcc",
    "orange": "#b85d21",
    "green": "#12965f",
    "pink": "#dc1fa6",
    "grey": "#6e7176",
}
DARK = {
    "blue": "#4a9df0",
    "orange": "#d58a1c",
    "green": "#5fe39a",
    "pink": "#ff5fa8",
    "grey": "#d5d9de",
}
LINE = "#6b7280"  # grid lines
# On a page that is 360 pixels wide a figure has 328: so letters are never below 12 there.
WIDTH = 4.5  # of a drawing, in inches of 72 points
LETTER = 12.5  # in points


def css_colours() -> dict[str, str]:
    """Return what each colour of a plot becomes in a page.

    Examples
    --------
    >>> css_colours()["#000000"], css_colours()[PALETTE["blue"]]
    ('currentColor', 'var(--fp-blue)')
    """
    return {
        "#000000": "currentColor",
        "#ffffff": "var(--color-background-primary, #fff)",
        LINE: "var(--fp-line)",
        **{colour: f"var(--fp-{name})" for name, colour in PALETTE.items()},
    }


def settings() -> Any:
    """Return Matplotlib's settings for a plot: room for a phone, and no lines without a use."""
    from cycler import cycler

    black = dict.fromkeys(
        ("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color"), "black"
    )
    return black | {
        "axes.axisbelow": True,
        "axes.prop_cycle": cycler(color=list(PALETTE.values())),
        "axes.spines.right": False,
        "axes.spines.top": False,
        "figure.constrained_layout.use": True,
        "axes.titlesize": "medium",
        "figure.figsize": (WIDTH, 3),
        "figure.titlesize": "medium",
        "font.size": LETTER,
        "grid.color": LINE,
        "legend.frameon": False,
        "lines.linewidth": 2,
        "svg.fonttype": "none",
        # without it every drawing has other ids
        "svg.hashsalt": "fourps",
    }
