"""What a hostile learner writes and displays, to act as whoever looks at it or to keep their browser busy.

Each payload that runs puts its number into the page's list ``hits``; each that asks for something
asks for an address with ``/hit/`` and its number. Each costly drawing (SVG) is of few bytes.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

_WIDGET = "application/vnd.jupyter.widget"
HOST = "http://127.0.0.1:9"
_HEAD = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
_ALL = 'width="800" height="600"'
_CIRCLES = '<circle r="200" cx="300" cy="300" fill="red"/>' * 2000
_DASHED = '<path d="M0 0H800" stroke="red" stroke-width="600"'
_TINY = 'stroke-dasharray=".001"'
_CORNERS = "".join(f"L{at * 7919 % 800} {at * 104729 % 600}" for at in range(3000))


def _ran(number):
    return f"(window.hits=window.hits||[]).push('{number}')"


def _asked(number):
    return f"{HOST}/hit/{number}"


def _data(text):
    return base64.b64encode(text.encode()).decode()


def svg(inside: str, more: str = "") -> str:
    """Return a drawing of a common size."""
    return f'<svg {_HEAD} {_ALL} viewBox="0 0 800 600" {more}>{inside}</svg>'


def html():
    """Return HTML that acts, one payload each."""
    shapes = [
        "<script>{ran}</script>",
        "<script src='{asked}'></script>",
        '<img src=x onerror="{ran}">',
        "<img src='{asked}'>",
        "<img srcset='{asked} 2x'>",
        '<svg onload="{ran}"></svg>',
        "<svg><script>{ran}</script></svg>",
        "<svg><image href='{asked}'/><use href='{asked}#a'/></svg>",
        '<svg><animate onbegin="{ran}" attributeName=x dur=1s></svg>',
        '<iframe srcdoc="<script>parent.{ran}</script>"></iframe>',
        '<iframe src="javascript:parent.{ran}"></iframe>',
        "<iframe src='{asked}'></iframe><frameset><frame src='{asked}'></frameset>",
        "<object data='{asked}'></object><embed src='{asked}'>",
        "<meta http-equiv=refresh content='0;url={asked}'>",
        "<link rel=stylesheet href='{asked}'><link rel=prefetch href='{asked}'>",
        "<style>@import '{asked}'; body {{ background: url({asked}) }}</style>",
        "<div style=\"background: url('{asked}')\">a</div>",
        "<div style='position:fixed;inset:0;z-index:9999' class='covers'>a</div>",
        "<base href='{asked}/'>",
        "<form action='{asked}'><input autofocus onfocus=\"{ran}\"><button>a</button></form>",
        '<details open ontoggle="{ran}"><summary>a</summary></details>',
        "<video src='{asked}' poster='{asked}' autoplay onerror=\"{ran}\"></video>",
        "<audio src='{asked}' autoplay onerror=\"{ran}\"></audio>",
        "<body background='{asked}' onload=\"{ran}\">",
        "<table background='{asked}'><tr><td background='{asked}'>a</td></tr></table>",
        "<a class='link' href=\"javascript:{ran}\">a</a>",
        "<a class='link' href=\"java&#9;script:{ran}\">a</a>",
        "<a class='link' href='data:text/html,<script>opener.{ran}</script>'>a</a>",
        "<a ping='{asked}' href='#a'>a</a>",
        "<!--[if true]><script>{ran}</script><![endif]--><!--><script>{ran}</script-->",
        '<noscript><p title="</noscript><img src=x onerror={ran}>"></noscript>',
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror={ran}&gt;'>",
        "<svg></p><style><a id='</style><img src=x onerror={ran}>'>",
        "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror={ran}>",
        "<math href=\"javascript:{ran}\"><mi href='javascript:{ran}'>a</mi></math>",
        "<template><img src=x onerror=\"{ran}\"></template><xmp><p title='</xmp><img src=x onerror={ran}>'>",
        "<textarea></textarea><script>{ran}</script><plaintext>",
        "<img src='data:image/svg+xml;base64,{svg}'>",
        "<div id='task-4-check' name='getElementById'><input id='task-4-comment' value=1></div>",
    ]
    for number, shape in enumerate(shapes):
        name = f"html-{number}"
        inner = _data(svg(f"<script>{_ran(name)}</script><image href='{_asked(name)}'/>"))
        yield name, shape.format(ran=_ran(name), asked=_asked(name), svg=inner)


def markdown():
    """Return Markdown that acts."""
    shapes = [
        "![a]({asked})",
        "![a][b]\n\n[b]: {asked}",
        "[a](javascript:{plain})",
        "[a](java&#115;cript:{plain})",
        "[a](data:text/html;base64,{page})",
        "[a]\n\n[a]: <javascript:{plain}>",
        "<javascript:{plain}>",
        '```mermaid\n<img src=x onerror="{ran}">\n```',
        "$\\href{{javascript:{plain}}}{{x}} \\class{{covers}}{{y}}$",
        "\\begin{{equation}}\\require{{html}}\\style{{background:url({asked})}}{{x}}\\end{{equation}}",
        '# a <img src=x onerror="{ran}">',
        'a | b\n--|--\n<img src=x onerror="{ran}"> | c',
        "- a\n\n    <script>{ran}</script>\n\n- b",
        '&lt;b&gt; <img src=x\nonerror="{ran}">',
        "![a](attachment:a.svg) ![b](attachment:b.png)",
        '[a]({asked} "\\" onmouseover=a")<style>@import \'{asked}\'</style>',
    ]
    for number, shape in enumerate(shapes):
        name = f"markdown-{number}"
        page = _data(f"<script>opener.{_ran(name)}</script>")
        yield name, shape.format(ran=_ran(name), plain="hit()", asked=_asked(name), page=page)


def bundles():
    """Return bundles of kinds that act, each with its metadata."""
    acting = [
        lambda name: ({"application/javascript": _ran(name), "text/plain": name}, {}),
        lambda name: (
            {"text/html": f"<script>{_ran(name)}</script>"},
            {"text/html": {"isolated": True}},
        ),
        lambda name: (
            {"image/svg+xml": svg(f"<script>{_ran(name)}</script>", f'onload="{_ran(name)}"')},
            {},
        ),
        lambda name: (
            {"image/svg+xml": svg(f'<image href="{_asked(name)}"/><foreignObject/>')},
            {},
        ),
        lambda name: (
            {"text/latex": f"$$\\href{{javascript:hit()}}{{x}}$$<img src=x onerror={_ran(name)}>"},
            {},
        ),
        lambda name: (
            {"image/png": f'" onerror="{_ran(name)}'},
            {"image/png": {"width": f"1 onerror={_ran(name)}"}},
        ),
        lambda name: (
            {"image/png": "QUFBQQ=="},
            {"image/png": {"height": f'1 onerror="{_ran(name)}"'}},
        ),
        lambda name: ({"text/vnd.mermaid": f"<img src=x onerror={_ran(name)}>"}, {}),
        lambda name: ({f"{_WIDGET}-view+json": {"model_id": "</script><script>" + _ran(name)}}, {}),
        lambda _: ({f"{_WIDGET}-view+json": {}}, {}),
        lambda name: ({"application/vnd.vegalite.v5+json": {"data": {"url": _asked(name)}}}, {}),
        lambda name: (
            {"application/x-html": f"<script>{_ran(name)}</script>"},
            {"text/html": 5},
        ),
        lambda name: (
            {"text/markdown": f"![a]({_asked(name)}) <img src=x onerror={_ran(name)}>"},
            {},
        ),
        lambda _: ({"application/pdf": "QUFBQQ=="}, {}),
        lambda _: ({}, {}),
    ]
    return [bundle(f"bundle-{number}") for number, bundle in enumerate(acting)]


def texts():
    """Return text that stops a page."""
    yield "a\x1b[38m b \x1b[48;5m c \x1b[38;2;1m <script>hit()</script>"
    yield "\x1b[1m\x1b[31m" * 3000 + "a" * 3000


def cells():
    """Return the cells of a notebook with all of it."""
    shown = [
        *(new_output("display_data", {"text/html": text}) for _, text in html()),
        *(new_output("display_data", {"text/markdown": text}) for _, text in markdown()),
        *(new_output("display_data", data, metadata=about) for data, about in bundles()),
        *(new_output("stream", name="stdout", text=text) for text in texts()),
        new_output("error", ename="<script>hit()</script>", evalue="", traceback=[*texts()]),
    ]
    code = new_code_cell("show()", outputs=shown, execution_count=1)
    code.metadata = {
        "transient": 5,
        "tags": ['"><script>hit()</script>'],
        "alt": {"a": 1},
        "raw_mimetype": 5,
        "magics_language": 7,
    }
    yield code
    attachments = {"a.svg": {"image/svg+xml": _data(svg("<script>hit()</script>"))}}
    for _, text in [*html(), *markdown()]:
        yield new_markdown_cell(text, attachments=attachments)
        yield new_raw_cell(text, metadata={"raw_mimetype": "text/html", "format": "text/html"})
    yield new_markdown_cell("![Map](attachment:map.png) ![Plan](attachment:a%20plan.png)")
    yield new_markdown_cell("\\\\[" * 20_000)
    yield new_markdown_cell("> " * 3000 + "a")


def metadata():
    """Return metadata of a notebook that acts, or stops a page."""
    state = {"a": {"model_module": HOST, "state": {}}}
    return {
        "title": "</title><script>hit()</script>",
        "widgets": {f"{_WIDGET}-state+json": {"state": state}},
    }


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
