"""Slim, the same each time, and coloured by the page."""

from __future__ import annotations

import gzip
import re
from xml.etree import ElementTree as ET

import pytest
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

from fourps.lab.style import PALETTE, settings, size, slim_svg

NASTY = "<script>alert(1)</script> & \"quotes\" 'n' </text>"


def bars():
    """A figure with everything that a lab draws."""
    with plt.rc_context(settings()):
        figure = Figure()
        axes = figure.add_subplot()
        axes.bar(["a", "b"], [1.123456, 2], color=PALETTE["blue"], hatch=["//", ""])
        axes.plot([0, 1], [1, 2], color=PALETTE["orange"], marker="o", label="line")
        axes.set_title(NASTY)
        axes.text(0, 1, "turned $x^2$", rotation=30)
        axes.grid(axis="y")
        axes.legend()
    return figure


def draw(figure, **options):
    with plt.rc_context(settings()):
        return slim_svg(figure, **options)


@pytest.fixture(scope="module")
def svg():
    return draw(bars(), prefix="fig-")


def test_deterministic(svg):
    """Does the same figure give the same text?"""
    assert draw(bars(), prefix="fig-") == svg


def test_slim(svg):
    """Is there no metadata, style sheet, font, width or long number, and little in all?"""
    for word in ("<style", " style=", "metadata", "DejaVu", "rotate(-0", "\n", "<!--", "xlink"):
        assert word not in svg
    assert re.findall(r"\d\.\d{3,}", svg) == []
    root = read(svg)
    assert {"width", "height"}.isdisjoint(root.attrib)
    assert size(svg) == (324, 216)
    assert len(gzip.compress(svg.encode())) < 2500


def test_ids(svg):
    """Does every id begin with the figure's own prefix, and every reference lead to one?"""
    ids = re.findall(r' id="([^"]+)"', svg)
    assert ids
    assert all(one.startswith("fig-") for one in ids)
    assert len(set(ids)) == len(ids)
    assert set(re.findall(r"url\(#([^)]+)\)", svg) + re.findall(r'href="#([^"]+)"', svg)) == set(
        ids
    )


def test_colours(svg):
    """Do text, axes and the palette follow the page, and is the background the page's own?"""
    assert 'fill="var(--fp-blue)"' in svg
    assert 'stroke="var(--fp-orange)"' in svg
    assert 'stroke="var(--fp-line)"' in svg
    assert "currentColor" in svg
    assert re.findall(r"#(?:000000|[0-9a-f]{6})\b", svg) == []


def test_markup_stays_text(svg):
    """Does a text with markup come through literally?"""
    root = read(svg)
    assert root.find(".//{*}script") is None
    assert NASTY in [element.text for element in root.iter("{http://www.w3.org/2000/svg}text")]


def test_spaces_in_formulas(svg):
    """Does a text with a formula keep its words apart?"""
    root = read(svg)
    texts = ["".join(element.itertext()) for element in root.findall(".//{*}text")]
    # the formula's own space does not break
    assert "turned x2" in [text.replace("\u00a0", " ") for text in texts]


def read(svg):
    return ET.fromstring(svg)  # noqa: S314 (our own, from a line above)


def test_no_viewbox():
    """Is SVG without a viewBox refused?"""
    with pytest.raises(ValueError, match="no viewBox"):
        size("<svg></svg>")
