"""What a hostile learner writes and displays, to act as whoever looks at it.

Each payload that runs puts its number into the page's list ``hits``; each that asks for something
asks for an address with ``/hit/`` and its number.
"""

from __future__ import annotations

import base64

from nbformat.v4 import new_code_cell, new_markdown_cell, new_output, new_raw_cell

HOST = "http://127.0.0.1:9"


def _ran(number):
    return f"(window.hits=window.hits||[]).push('{number}')"


def _asked(number):
    return f"{HOST}/hit/{number}"


def _data(text):
    return base64.b64encode(text.encode()).decode()


def _svg(inside, more=""):
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="20" height="20" {more}>{inside}</svg>'
    )


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
        inner = _data(_svg(f"<script>{_ran(name)}</script><image href='{_asked(name)}'/>"))
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
    number = iter(range(100))

    def name():
        return f"bundle-{next(number)}"

    one = name()
    yield {"application/javascript": _ran(one), "text/plain": one}, {}
    one = name()
    yield {"text/html": f"<script>{_ran(one)}</script>"}, {"text/html": {"isolated": True}}
    one = name()
    yield {"image/svg+xml": _svg(f"<script>{_ran(one)}</script>", f'onload="{_ran(one)}"')}, {}
    one = name()
    yield {"image/svg+xml": _svg(f'<image href="{_asked(one)}"/><foreignObject/>')}, {}
    one = name()
    yield {"text/latex": f"$$\\href{{javascript:hit()}}{{x}}$$<img src=x onerror={_ran(one)}>"}, {}
    one = name()
    yield (
        {"image/png": f'" onerror="{_ran(one)}'},
        {"image/png": {"width": f"1 onerror={_ran(one)}"}},
    )
    one = name()
    yield {"image/png": "QUFBQQ=="}, {"image/png": {"height": f'1 onerror="{_ran(one)}"'}}
    one = name()
    yield {"text/vnd.mermaid": f"<img src=x onerror={_ran(one)}>"}, {}
    one = name()
    yield (
        {"application/vnd.jupyter.widget-view+json": {"model_id": "</script><script>" + _ran(one)}},
        {},
    )
    yield {"application/vnd.jupyter.widget-view+json": {}}, {}
    one = name()
    yield {"application/vnd.vegalite.v5+json": {"data": {"url": _asked(one)}}}, {}
    one = name()
    yield {"application/x-html": f"<script>{_ran(one)}</script>"}, {"text/html": 5}
    one = name()
    yield {"text/markdown": f"![a]({_asked(one)}) <img src=x onerror={_ran(one)}>"}, {}
    yield {"application/pdf": "QUFBQQ=="}, {}
    yield {}, {}


def texts():
    """Return text that stops a page."""
    yield "a\x1b[38m b \x1b[48;5m c \x1b[38;2;1m <script>hit()</script>"
    yield "\x1b[1m\x1b[31m" * 3000 + "a" * 3000


def cells():
    """Return the cells of a notebook with all of it."""
    shown = [
        *(new_output("display_data", {"text/html": one}) for _, one in html()),
        *(new_output("display_data", {"text/markdown": one}) for _, one in markdown()),
        *(new_output("display_data", data, metadata=about) for data, about in bundles()),
        *(new_output("stream", name="stdout", text=one) for one in texts()),
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
    attachments = {"a.svg": {"image/svg+xml": _data(_svg("<script>hit()</script>"))}}
    for _, one in [*html(), *markdown()]:
        yield new_markdown_cell(one, attachments=attachments)
        yield new_raw_cell(one, metadata={"raw_mimetype": "text/html", "format": "text/html"})
    yield new_markdown_cell("![Map](attachment:map.png) ![Plan](attachment:a%20plan.png)")
    yield new_markdown_cell("\\\\[" * 20_000)
    yield new_markdown_cell("> " * 3000 + "a")


def metadata():
    """Return metadata of a notebook that acts, or stops a page."""
    state = {"a": {"model_module": HOST, "state": {}}}
    return {
        "title": "</title><script>hit()</script>",
        "widgets": {"application/vnd.jupyter.widget-state+json": {"state": state}},
    }
