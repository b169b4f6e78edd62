"""What holds for each drawing of a figure, measured in the drawing itself."""

from __future__ import annotations

import re
from collections import defaultdict
from html import unescape
from itertools import pairwise

PHONE = 328  # pixels that a page of 360 leaves for a figure
FEW = 3  # numbers in a line are a scale
NEXT = 40  # from them to their title
LEAST, GAP = 12, 60  # pixels there: of a letter, and with nothing drawn
COUNTED = re.compile(r"people|persons?|victims|departures|activities|faults|cases|months")
SHARED = re.compile(r"each|of 10|index")
_TEXT = re.compile(r"<text ([^>]*)>([^<]*)<")
_PATH = re.compile(r'<path d="([^"]*)"([^>]*)>')
_NUMBER = re.compile(r"\N{MINUS SIGN}?[\d,]+(\.\d+)?")


def texts(svg):
    """Every text of a drawing: its place from the left and from above, its size, and its words."""
    placed = []
    for attributes, words in _TEXT.findall(svg):
        moved = re.search(r"translate\(([\d.-]+) ([\d.-]+)\)", attributes)
        x, y = (
            moved.groups()
            if moved
            else (re.search(rf'\b{axis}="([^"]*)"', attributes)[1] for axis in "xy")
        )
        size = re.search(r'font-size="([^"]*)"', attributes)[1]
        placed.append((float(x), float(y), float(size), unescape(words)))
    return placed


def across(svg):
    """Each scale of numbers that runs across: its title below it, and its ticks."""
    every = texts(svg)
    rows = defaultdict(list)
    for text in every:
        if _NUMBER.fullmatch(text[3]):
            rows[text[1]].append(text[3])
    for y, ticks in rows.items():
        if len(ticks) >= FEW:
            below = [text for text in every if 0 < text[1] - y < NEXT]
            yield next((text[3] for text in below), ""), ticks


def upright(svg):
    """The title of the upright scale, above it, and its ticks from below, which end at one place."""
    ended = "".join(
        match[0] + "/text>" for match in _TEXT.finditer(svg) if 'anchor="end"' in match[1]
    )
    ticks = [tick for tick in texts(ended) if _NUMBER.fullmatch(tick[3])]
    if len(ticks) < FEW:
        return "", []
    top = min(tick[1] for tick in ticks)
    above = [
        text for text in texts(svg) if 0 < top - text[1] < NEXT and not _NUMBER.fullmatch(text[3])
    ]
    return next((text[3] for text in above), ""), [text[3] for text in ticks]


def _gap(svg, height):
    """The largest band in which nothing is drawn or written."""
    ink = [(y - size, y) for _, y, size, _ in texts(svg)]
    for path, look in _PATH.findall(svg):
        if "background" in look:
            continue
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", path)]
        # a line from top to bottom fills nothing
        if len(set(numbers[::2])) > 1:
            ink.append((min(numbers[1::2]), max(numbers[1::2])))
    ink.sort()
    lowest, widest = 0.0, 0.0
    for (_, end), (start, _) in pairwise([(0.0, 0.0), *ink, (height, height)]):
        lowest = max(lowest, end)
        widest = max(widest, start - lowest)
    return widest


def faults(svg):
    """What is wrong with a drawing, in words."""
    width, height = map(float, re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg).groups())
    scale = PHONE / width
    every = texts(svg)
    small = [text[3] for text in every if text[2] * scale < LEAST]
    if small:
        yield f"too small on a phone: {small}"
    if _gap(svg, height) * scale > GAP:
        yield f"{_gap(svg, height) * scale:.0f} pixels with nothing in them"
    for title, ticks in [*across(svg), upright(svg)]:
        if ticks and not title:
            yield f"a scale without a title: {ticks}"
        counted = COUNTED.search(title) and not SHARED.search(title)
        if counted and any("." in tick for tick in ticks):
            yield f"parts of {title}: {ticks}"
        if "0" in ticks and 'stroke="currentColor" stroke-width="1.5"' not in svg:
            yield "a zero that looks like the grid"
    if any(re.fullmatch(r"-\d.*|\d{4,}\.\d+", text[3]) for text in every):
        yield "a number written in another way"
