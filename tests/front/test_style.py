import re

import pytest

from fourps.book.furo import theme_style
from fourps.front import HERE

pytestmark = pytest.mark.once

SHEETS = sorted(HERE.glob("*.css"))
PHYSICAL = re.compile(
    r"(?:[\w-]+-)?(?:left|right|top|bottom)(?:-[\w-]+)?|(?:min-|max-)?(?:width|height)"
)
SIDES = re.compile(r"\b(?:left|right)\b")
SIDED = ("text-align", "float", "clear", "transition")


def declarations(css):
    """Yield each property of a style sheet with its value."""
    text = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    for block in re.findall(r"\{([^{}]*)\}", text):
        for one in block.split(";"):
            name, colon, value = one.partition(":")
            if colon and not name.strip().startswith("--"):
                yield name.strip(), value.strip()


def lopsided(found):
    """Return what sets left and right apart in one value: top, right, bottom, left."""
    values = (
        (name, re.findall(r"(?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+", value))
        for name, value in found
    )
    return [
        (name, four)
        for name, four in values
        if name in ("margin", "padding", "inset") and len(four) == 4 and four[1] != four[3]
    ]


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_logical(path):
    """Does our own style name start and end, which follow the language, and never left or right?"""
    found = list(declarations(path.read_text("utf-8")))
    assert len(found) > 5
    assert {value for name, value in found if name == "direction"} <= {"ltr"}  # of programs
    assert [name for name, _ in found if PHYSICAL.fullmatch(name)] == []
    assert [one for one in found if one[0] in SIDED and SIDES.search(one[1])] == []
    assert lopsided(found) == []


def test_theme_is_logical():
    """Does the theme's style, as we ship it, follow the language too?"""
    sides = [
        name
        for name, value in declarations(theme_style())
        if re.fullmatch(r"(?:(?:margin|padding|border)-)?(?:left|right)(?:-[\w-]+)?", name)
        or (name in SIDED and SIDES.match(value))
    ]
    assert sides == []
    assert lopsided(declarations(theme_style())) == []


def test_a_class_that_changes_restyles_no_page():
    """Are those rules of the theme left out for which each scroll worked out all style again?"""
    assert "dl[class]" not in theme_style()
    assert "dl:not([class])" in theme_style()
