"""Can everybody see the colours, and tell them apart?"""

from __future__ import annotations

import itertools
import re

import numpy as np
import pytest

from fourps.front import style
from fourps.lab.style import PALETTE

# Furo's page and boxes, and JupyterLab's page
LIGHT_PAGES = ("#ffffff", "#f8f9fb")
DARK = {
    "blue": "#4a9df0",
    "orange": "#d58a1c",
    "green": "#5fe39a",
    "pink": "#ff5fa8",
    "grey": "#d5d9de",
}
DARK_PAGES = ("#131416", "#1a1c1e", "#111111")
# how a red-blind and a green-blind person sees linear colours (Machado and others)
BLIND = {
    "nobody": np.eye(3),
    "red": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "green": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.01182, 0.04294, 0.968881],
    ],
}


def linear(colour):
    parts = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    light, dark = sorted((linear(c) @ [0.2126, 0.7152, 0.0722] for c in (one, other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def lab(rgb):
    matrix = [[0.4125, 0.3576, 0.1804], [0.2127, 0.7152, 0.0722], [0.0193, 0.1192, 0.9503]]
    x, y, z = np.array(matrix) @ np.clip(rgb, 0, 1) / [0.95047, 1, 1.08883]
    x, y, z = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("name", PALETTE)
def test_contrast(name):
    """Does each colour reach 3:1 on light and dark pages, and its light value on both?"""
    assert all(contrast(PALETTE[name], page) >= 3 for page in (*LIGHT_PAGES, *DARK_PAGES))
    assert all(contrast(DARK[name], page) >= 3 for page in DARK_PAGES)


@pytest.mark.parametrize("palette", [PALETTE, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("missing", BLIND)
def test_told_apart(palette, missing):
    """Do any two colours differ clearly, also to people who see no red or no green?"""
    seen = [lab(np.array(BLIND[missing]) @ linear(colour)) for colour in palette.values()]
    assert min(np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2)) > 15


def test_page_has_the_same():
    """Does the style sheet give each colour the values of the library, once light and twice dark?"""
    text = style()
    assert PALETTE.keys() == DARK.keys()
    for name in PALETTE:
        found = re.findall(rf"--fp-{name}: (#\w+)", text)
        assert found == [PALETTE[name], DARK[name], DARK[name]]
