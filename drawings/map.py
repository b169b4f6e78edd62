"""Draw the land of Selvarra into ``book/drawings/map.svg``: python drawings/map.py.

Each border and coast is set by hand in a few points, and roughened by moving the middle of each
piece aside, again and again, with dice that always fall the same. Two regions share one line
exactly. Names and places come from ``book/world.yaml`` when the book is built.
"""

from __future__ import annotations

import random
from itertools import pairwise
from pathlib import Path

Point = tuple[float, float]

TO = Path(__file__).parents[1] / "book" / "drawings" / "map.svg"
# where three lines meet, or a line meets the edge of the picture
A, B, C, D = (62, 138), (148, 152), (250, 138), (304, 88)
E, F, G, H, I = (140, 220), (246, 212), (150, 270), (264, 276), (324, 270)  # noqa: E741 - points have letters
# the points of each line, and how rough it is
LINES: dict[str, tuple[float, list[Point]]] = {
    "coast-north": (0.17, [(20, 52), (34, 92), (44, 118), A]),
    "coast-west": (
        0.2,
        [
            *(A, (50, 158), (70, 172), (62, 190), (46, 200), (58, 214), (76, 222), (84, 244)),
            *((106, 246), (122, 262), G),
        ],
    ),
    "coast-delta": (
        0.17,
        [
            *(G, (160, 288), (176, 292), (184, 306), (196, 300), (212, 312), (228, 304)),
            *((240, 306), (248, 290), H),
        ],
    ),
    "coast-south": (0.17, [H, (284, 268), (300, 280), I]),
    "coast-east": (0.17, [I, (348, 258), (376, 268), (412, 258)]),
    "north": (0.07, [A, (92, 104), (130, 78), (178, 66), (226, 72), (266, 68), D]),
    "east": (0.06, [D, (318, 118), (306, 150), (316, 186), (330, 222), (318, 248), I]),
    "AB": (0.09, [A, (92, 152), (120, 142), B]),
    "BC": (0.08, [B, (184, 162), (220, 148), C]),
    "CD": (0.08, [C, (276, 122), D]),
    "BE": (0.08, [B, (142, 186), E]),
    "EF": (0.07, [E, (176, 230), (212, 220), F]),
    "CF": (0.08, [C, (256, 172), F]),
    "EG": (0.08, [E, (136, 246), G]),
    "FH": (0.08, [F, (252, 244), H]),
}
# a minus goes along a line from its end
REGIONS = {
    "oriveth": ["north", "-CD", "-BC", "-AB"],
    "varrouen": ["AB", "BE", "EG", "-coast-west"],
    "merrivane": ["BC", "CF", "-EF", "-BE"],
    "arrimel": ["EF", "FH", "-coast-delta", "-EG"],
    "jelisse": ["CD", "east", "-coast-south", "-FH", "-CF"],
}
SHORE = ["coast-north", "coast-west", "coast-delta", "coast-south", "coast-east"]
# middle and size
ISLANDS = [(40, 236, 9), (54, 250, 5), (206, 318, 4), (286, 292, 5), (38, 160, 5)]
WAVES = (
    "M38 272q6-5 12 0t12 0M80 304q6-5 12 0t12 0 12 0M268 310q6-5 12 0t12 0"
    "M344 292q6-5 12 0t12 0 12 0M34 212q4-4 8 0"
)
HILLS = (
    "m112 120 8-13 8 13m-2-10 8-13 8 13M224 96l8-13 8 13m-2 8 8-13 8 13M88 134l5-9 5 9"
    "M176 92l6-9 6 9"
)
RIVER = (
    "M204 82C212 98 202 112 212 126S232 150 224 168 204 190 210 206 204 232 198 254"
    "M198 254C192 270 186 284 188 302M198 254C204 274 209 290 213 309"
    "M198 254C216 266 232 282 243 302"
)
ROAD = "M234 172C252 178 266 180 284 186S322 184 356 198"
LEAST = 36  # the square of a piece that stays straight


def rough(points: list[Point], amount: float, dice: random.Random) -> list[Point]:
    """Return the line with the middle of each long piece moved aside."""
    done = points[:1]
    for (x, y), (u, v) in pairwise(points):
        if (u - x) ** 2 + (v - y) ** 2 > LEAST:
            aside = dice.uniform(-amount, amount)
            middle = ((x + u) / 2 - (v - y) * aside, (y + v) / 2 + (u - x) * aside)
            done += rough([(x, y), middle, (u, v)], amount * 0.95, dice)[1:]
        else:
            done.append((u, v))
    return done


def path(points: list[Point]) -> str:
    """Write steps in whole numbers, measured from the rounded place."""
    (x, y), *rest = [(round(x), round(y)) for x, y in points]
    text = f"M{x} {y}l"
    for u, v in rest:
        if (u, v) != (x, y):
            text += f"{u - x} {v - y} "
            x, y = u, v
    return text.replace(" -", "-").strip()


def island(x: float, y: float, size: float, dice: random.Random) -> str:
    """Return the shore of an island."""
    corners = [(-1, 0), (-0.4, -0.7), (0.6, -0.5), (1, 0.2), (0, 0.8), (-1, 0)]
    shore: list[Point] = [(x + size * u, y + size * v) for u, v in corners]
    return path(rough(shore, 0.15, dice)) + "z"


def main() -> None:
    """Write the map."""
    dice = random.Random(2031)  # noqa: S311 - a coast is no secret
    drawn = {name: rough(points, amount, dice) for name, (amount, points) in LINES.items()}

    def along(names: list[str]) -> list[Point]:
        found: list[Point] = []
        for name in names:
            line = drawn[name.removeprefix("-")]
            found += (line[::-1] if name.startswith("-") else line)[bool(found) :]
        return found

    shore = path(along(SHORE))
    regions = "\n".join(
        f'<path class="m-{name}" d="{path(along(lines))}z"/>' for name, lines in REGIONS.items()
    )
    islands = "".join(island(x, y, size, dice) for x, y, size in ISLANDS)
    parts = [
        '<path class="m-sea" d="M0 0h440v360H0z"/>',
        f'<path class="m-wave" d="{WAVES}"/>',
        f'<path class="m-shore" d="{shore}"/><path class="m-abroad" d="{shore}V0H20z"/>',
        f'<g class="m-regions">\n{regions}\n<path class="m-islands" d="{islands}"/>\n</g>',
        f'<path class="m-hills" d="{HILLS}"/>',
        f'<path class="m-river" d="{RIVER}"/>',
        f'<path class="m-road" d="{ROAD}"/>',
    ]
    head = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="30 36 370 290">'
    TO.write_text("\n".join([head, *parts, "</svg>", ""]), "utf-8")


if __name__ == "__main__":
    main()
