"""Drawings (SVG) that would keep a browser busy for minutes, each of few bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
_ALL = 'width="800" height="600"'


def svg(inside: str) -> str:
    """Return a drawing of a common size."""
    return f'<svg {_HEAD} {_ALL} viewBox="0 0 800 600">{inside}</svg>'


def several() -> Iterator[tuple[str, list[str]]]:
    """Yield what is costly, and the drawings of one page that make it so."""
    circles = '<circle r="200" cx="300" cy="300" fill="red"/>' * 2000
    for name, words in {
        "a filter": 'style="fill: red; filter: blur(40px)"',
        "a filter by name": 'filter="blur(40px)"',
        "what is behind": 'style="-webkit-BACKDROP-filter:blur(40px)"',
        "a blend": 'style="mix-blend-mode: difference"',
        "a mask": 'style="-webkit-mask-image: linear-gradient(red, blue)"',
    }.items():
        yield name, [svg(f"<rect {_ALL} {words}/>" * 4000)]
    yield (
        "a rule with a filter",
        [svg(f"<style>rect{{filter:blur(9px)}}</style><rect {_ALL}/>" * 999)],
    )
    yield "copies", [svg(f'<defs><g id="a">{circles}</g></defs>' + '<use href="#a"/>' * 2000)]
    capitals = svg(f'<defs><g id="a">{circles}</g></defs>' + '<use HREF="#a"/>' * 2000)
    yield "copies in capitals", [capitals]
    first = svg(f'<g id="a">{circles}</g>')
    yield "copies of another drawing", [first, svg('<use href="#a"/>' * 2000)]
    own = svg('<g id="a"><path d="M0 0"/></g>' + '<use xlink:href="#a"/>' * 2000)
    yield "copies of another with its name", [first, own]
    tower = [svg(f'<g id="a0">{circles}</g>')]
    for number in range(1, 9):
        copies = f'<use href="#a{number - 1}"/>' * 20
        tower.append(svg(f'<path id="a{number - 1}"/><g id="a{number}">{copies}</g>'))
    yield "copies of copies in several", tower
    dashed = '<path d="M0 0H800" stroke="red" stroke-width="600"'
    yield "dashes", [svg(f'{dashed} stroke-dasharray=".001 .001"/>' * 300)]
    yield "dashes of a group", [svg(f'<g style="stroke-dasharray: 1e-3">{f"{dashed}/>" * 300}</g>')]
    rule = "<style>path{STROKE-dasharray:.001,.001}</style>"
    yield "dashes by a rule", [svg(rule + f"{dashed}/>" * 300)]
    yield "dashes by the length", [svg(f'{dashed} pathLength="9e9" stroke-dasharray="9"/>' * 300)]
    stops = "".join(f'<stop offset="{number / 999}" stop-color="red"/>' for number in range(999))
    gradient = f'<defs><radialGradient id="b">{stops}</radialGradient></defs>'
    yield "gradients", [svg(gradient + f'<rect {_ALL} fill="url(#b)"/>' * 9000)]
    clip = f'<defs><clipPath id="c">{circles}</clipPath></defs>'
    clipped = f'<g clip-path="url(#c)"><rect {_ALL}/></g>' * 2000
    yield "clips", [svg(clip + clipped)]
    yield "clips of another drawing", [svg(clip), svg(clipped)]
    yield "layers", [svg(f'<g opacity=".5"><rect {_ALL}/><circle r="500"/></g>' * 20000)]
