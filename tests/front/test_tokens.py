"""The colours of a page, reckoned from the style sheet itself."""

import re

import pytest

from fourps.book.after.bare_pages import small_page
from fourps.front import HERE

pytestmark = pytest.mark.once

SHEET = (HERE / "tokens.css").read_text("utf-8")
TEXT, GRAPHIC = 4.5, 3
LIGHT_AND_DARK = [
    dict(re.findall(r"--([\w-]+): (#\w{3,8})", half))
    for half in SHEET.partition("@media (prefers-color-scheme: dark)")[::2]
]
GROUNDS = ("paper", "card", "band", "river-tint", "clay-tint", "leaf-tint", "sun-tint")
REGIONS = ("m-oriveth", "m-varrouen", "m-merrivane", "m-arrimel", "m-jelisse", "m-abroad")
# what is written or drawn, on what
WRITTEN = [
    *(("ink", ground) for ground in (*GROUNDS, *REGIONS)),
    *(("ink-2", ground) for ground in GROUNDS),
    *(("river", ground) for ground in ("paper", "card", "band", "river-tint")),
    *(("river-deep", ground) for ground in ("paper", "card", "band")),
    *(("clay", ground) for ground in ("paper", "card", "clay-tint")),
    *(("leaf", ground) for ground in ("paper", "card", "leaf-tint")),
    ("on-river", "river"),
    ("on-river", "river-deep"),
    ("ink-2", "m-abroad"),
    ("paper", "ink"),
]
DRAWN = [
    *(("edge", ground) for ground in ("paper", "card", "band")),
    *(("focus", ground) for ground in GROUNDS),
    *(("m-shore", ground) for ground in ("m-sea", *REGIONS)),
]


def luminance(colour):
    """Return how light a colour is, as WCAG reckons it."""
    digits = colour.lstrip("#")
    if len(digits) <= 4:
        digits = "".join(2 * one for one in digits)
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (
        one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("tokens", LIGHT_AND_DARK, ids=["light", "dark"])
def test_contrast(tokens):
    """Does all text reach 4.5:1 and each line of a drawing 3:1 on what it stands on?"""
    low = {
        pair: round(contrast(tokens[pair[0]], tokens[pair[1]]), 2)
        for pairs, least in ((WRITTEN, TEXT), (DRAWN, GRAPHIC))
        for pair in pairs
        if contrast(tokens[pair[0]], tokens[pair[1]]) < least
    }
    assert low == {}


def test_both_schemes_have_all():
    """Has each colour of the light scheme one in the dark, and no other?"""
    light, dark = LIGHT_AND_DARK
    assert set(light) == set(dark)
    assert len(light) > 20


def test_small_pages():
    """Have the pages without a style sheet the same paper, ink and links, light and dark?"""
    style = small_page("Four Ps", "<p>x</p>", "en").partition("<style>")[2]
    found = re.findall(r"background:(#\w+);color:(#\w+)}a{color:(#\w+)}", style)
    assert found == [(one["paper"], one["ink"], one["river"]) for one in LIGHT_AND_DARK]


def test_known_contrast():
    """Is black on white 21:1, and a colour on itself 1:1?"""
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#0c5d66", "#0c5d66") == 1
