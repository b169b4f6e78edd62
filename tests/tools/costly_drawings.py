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


_CIRCLES = '<circle r="200" cx="300" cy="300" fill="red"/>' * 2000
_DASHED = '<path d="M0 0H800" stroke="red" stroke-width="600"'
_TINY = 'stroke-dasharray=".001"'
_CORNERS = "".join(f"L{at * 7919 % 800} {at * 104729 % 600}" for at in range(3000))


def with_parts() -> Iterator[tuple[str, list[str]]]:
    """Yield what is costly in drawings that draw something without it too."""
    for name, words in {
        "a filter": 'style="fill: red; filter: blur(40px)"',
        "a filter by name": 'filter="blur(40px)"',
        "a filter in capitals": 'STYLE="FILTER: blur(40px)"',
        "what is behind": 'style="-webkit-BACKDROP-filter:blur(40px)"',
        "a blend": 'style="mix-blend-mode: difference"',
        "a mask": 'style="-webkit-mask-image: linear-gradient(red, blue)"',
        "shadows": f'style="text-shadow: {", ".join(["0 0 40px red"] * 9)}"',
        "layers of its own": 'style="will-change: transform"',
        "gradients of CSS": 'style="background: radial-gradient(red, blue)"',
        "dashes behind a remark": 'style="stroke-dasharray/**/:.001"',
        "dashes beside a remark": 'stroke-dasharray=".001/*999*/"',
    }.items():
        yield name, [svg(f"<rect {_ALL} {words}/>" * 4000)]
    for name, rule in {
        "a filter": "rect{filter:blur(9px)}",
        "dashes": "path{STROKE-dasharray:.001,.001}",
        "dashes behind a remark": "path{stroke-dasharray/**/:.001}",
        "paint": "rect{fill:url(#b)}",
        "what is searched for long": ":has(:has(* * *)) * {fill:red}",
        "another sheet": "@import 'a'; rect{fill:red}",
    }.items():
        yield f"a rule with {name}", [svg(f"<style>{rule}</style>" + f"<rect {_ALL}/>" * 999)]
    hidden = "<style><desc/>rect{filter:blur(9px)}</style>"
    yield "a rule behind an element", [svg(hidden + f"<rect {_ALL}/>" * 999)]
    # of all that is on the page
    rule = svg("<style>path{stroke-dasharray:.001}</style><path/>")
    yield "dashes by another's rule", [rule, svg(f"{_DASHED}/>" * 300)]
    yield ("dashes by the length", [svg(f'{_DASHED} pathLength="9e9"/>' * 300)])
    capitals = svg(f'<defs><g id="a">{_CIRCLES}</g></defs>' + '<use HREF="#a"/>' * 2000)
    yield "copies in capitals", [capitals]
    first = svg(f'<g id="a">{_CIRCLES}</g>')
    yield "copies of another drawing", [first, svg('<use href="#a"/>' * 2000)]
    named = svg(f'<g ID="a">{_CIRCLES}</g>')
    own = svg('<g id="a"><path d="M0 0"/></g>' + '<use xlink:href="#a"/>' * 2000)
    yield "copies of what is named in capitals", [named, own]


def too_many() -> Iterator[tuple[str, list[str]]]:
    """Yield what there is too much of, and the drawings of one page that have it."""

    def copies(inside: str, many: int) -> list[str]:
        return [svg(f'<defs><g id="a">{inside}</g></defs>' + '<use href="#a"/>' * many)]

    yield "copies", copies(_CIRCLES, 2000)
    yield "copies of text", copies(f"<text>{'W' * 10_000}</text>", 50_000)
    yield "copies of text in parts", copies(f"<text>{'<tspan/>W' * 10_000}</text>", 50_000)
    yield "copies of corners", copies(f'<path d="M0 0{_CORNERS}"/>', 2000)
    yield "copies of corners in CSS", copies(f"""<path style="d:path('M0 0{_CORNERS}')"/>""", 2000)
    own = svg('<g id="a"><path d="M0 0"/></g>' + '<use xlink:href="#a"/>' * 2000)
    yield "copies of another with its name", [svg(f'<g id="a">{_CIRCLES}</g>'), own]
    tower = [svg(f'<g id="a0">{_CIRCLES}</g>')]
    for number in range(1, 9):
        several = f'<use href="#a{number - 1}"/>' * 20
        tower.append(svg(f'<path id="a{number - 1}"/><g id="a{number}">{several}</g>'))
    yield "copies of copies in several", tower
    for name, text in {
        "": f'{_DASHED} stroke-dasharray=".001 .001"/>',
        "of many numbers": f'{_DASHED} stroke-dasharray="{".001 " * 900}"/>',
        "of two minds": f'{_DASHED} style="stroke-dasharray:.001;stroke-dasharray:999 x"/>',
        "by name and in vain by CSS": f'{_DASHED} {_TINY} style="stroke-dasharray:999 x"/>',
        "reckoned": f'{_DASHED} style="stroke-dasharray:calc(1px - .999px)"/>',
        "of CSS's shape": f'<path style="d:path(\'M0 0H800\')" stroke="red" {_TINY}/>',
        "of CSS's circle": f'<circle style="r:300px" stroke="red" {_TINY}/>',
        "of another unit": f'<line x2="9em" font-size="100" stroke="red" {_TINY}/>',
        "as on the screen": '<path d="M0 0H.8" transform="scale(1000)" stroke="red" '
        f'vector-effect="non-scaling-stroke" {_TINY}/>',
        "of letters": f'<text font-size="300" stroke="red" {_TINY}>WWWWWWWW</text>',
    }.items():
        yield f"dashes {name}", [svg(text * 1000)]
    yield (
        "dashes of a group",
        [svg(f'<g style="stroke-dasharray: 1e-3">{f"{_DASHED}/>" * 300}</g>')],
    )
    stops = "".join(f'<stop offset="{number / 999}" stop-color="red"/>' for number in range(999))
    gradient = f'<defs><radialGradient id="b">{stops}</radialGradient></defs>'
    yield "gradients", [svg(gradient + f'<rect {_ALL} fill="url(#b)"/>' * 9000)]
    clip = f'<defs><clipPath id="c">{_CIRCLES}</clipPath></defs>'
    clipped = f'<g clip-path="url(#c)"><rect {_ALL}/></g>' * 2000
    yield "clips", [svg(clip + clipped)]
    yield "clips of another drawing", [svg(clip), svg(clipped)]
    corners = f'<defs><clipPath id="c"><path d="M0 0{_CORNERS}"/></clipPath></defs>'
    yield "clips of corners", [svg(corners + clipped)]
    yield "clips twice", [svg(clip + clipped.replace("<g ", '<g style="clip-path:none x" '))]
    yield "layers", [svg(f'<g opacity=".5"><rect {_ALL}/><circle r="500"/></g>' * 20000)]
    yield "rules", [svg(f"<style>{'* * g{fill:red}' * 2000}</style>" + "<g/>" * 2000)]
