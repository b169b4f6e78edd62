"""HTML: what of it may stay."""

from __future__ import annotations

import re

import nh3
from pygments.token import STANDARD_TYPES

from nbseal.inert.pictures import picture_address

_TAGS = frozenset(
    re.findall(
        r"\w+",
        "a abbr b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl "
        "dt em figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp "
        "small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul "
        "var wbr",
    )
)
_FORMULA_TAGS = frozenset(
    re.findall(
        r"\w+",
        "math mrow mi mo mn ms mtext mspace mfrac msqrt mroot mstyle merror mpadded mphantom "
        "mfenced menclose msub msup msubsup munder mover munderover mmultiscripts mprescripts none "
        "mtable mtr mtd",
    )
)
_FORMULA_ATTRIBUTES = frozenset(
    re.findall(
        r"\w+",
        "display displaystyle scriptlevel mathvariant stretchy fence separator form lspace rspace "
        "width height depth linethickness columnalign rowspacing columnspacing columnlines "
        "rowlines accent accentunder movablelimits notation minsize maxsize largeop symmetric open "
        "close",
    )
)
# what a page of nbconvert needs in code, and what pandas writes
_CLASSES = frozenset(filter(None, STANDARD_TYPES.values())) | {"highlight", "dataframe"}
_ATTRIBUTES = {
    "*": {"align", "valign", "dir", "lang", "style", "title", "class"},
    "img": {"src", "alt", "width", "height"},
    "table": {"border", "cellpadding", "cellspacing"},
    "td": {"colspan", "rowspan", "headers"},
    "th": {"colspan", "rowspan", "headers", "scope"},
    "col": {"span"},
    "colgroup": {"span"},
    "ol": {"start", "reversed", "type"},
    "li": {"value"},
    "details": {"open"},
    "time": {"datetime"},
}
_STYLES = {
    "background-color",
    "color",
    "font-style",
    "font-weight",
    "text-align",
    "text-decoration",
    "vertical-align",
    "white-space",
}
_WEB = re.compile(r"(?:https?://|mailto:|#)[^\s\x00-\x20\\]*", re.IGNORECASE)
_SIZE = re.compile(r"\d{1,4}(?:px|%)?")
# no function but colours, and no escape that could spell another
_VALUE = re.compile(r"(?:[\w\s:;.,#%!-]|(?:rgb|hsl)a?\([\d\s.,%]*\))*", re.IGNORECASE | re.ASCII)
_OPENED = re.compile(r"<(/?)([a-z][a-z0-9]*)[^<>]*>")
_VOID = frozenset({"br", "col", "hr", "img", "wbr"})
# a browser and nbconvert go down into a nest by calls
_DEEPEST = 100


def _kept(tag: str, name: str, value: str) -> str | None:
    """Return the value of an attribute that may stay, or None."""
    if name == "style":
        return value if _VALUE.fullmatch(value) else None
    if name == "class":
        return " ".join(word for word in value.split() if word in _CLASSES) or None
    if (tag, name) == ("img", "src"):
        return picture_address(value)
    if (tag, name) == ("a", "href"):
        return value if _WEB.fullmatch(value) else None
    if tag in _FORMULA_TAGS:
        # a negative width would draw over what stands before
        return None if "-" in value else value
    if tag == "img" and name in ("width", "height"):
        return value if _SIZE.fullmatch(value) else None
    return value


def _cleaner(*, links: bool) -> nh3.Cleaner:
    more = {"a": {"href"}} if links else {}
    formulas = {tag: {*_FORMULA_ATTRIBUTES} for tag in (_FORMULA_TAGS if links else ())}
    return nh3.Cleaner(
        tags={*_TAGS, *formulas},
        attributes=_ATTRIBUTES | more | formulas,
        attribute_filter=_kept,
        filter_style_properties=_STYLES,
        url_schemes={"http", "https", "mailto", "data"},
        link_rel="noopener noreferrer nofollow" if links else None,
    )


_OUTPUT, _MARKDOWN = _cleaner(links=False), _cleaner(links=True)


def clean(html: str) -> str:
    """Return HTML that somebody displayed, as text, tables and pictures alone.

    Examples
    --------
    >>> clean('<table class="dataframe"><tr><td onclick="x()" style="color: red">1')
    '<table class="dataframe"><tbody><tr><td style="color:red">1</td></tr></tbody></table>'
    >>> clean('<style>p {}</style><iframe srcdoc="a"></iframe><a href="//example.org">b</a>')
    '<a>b</a>'
    """
    return shallow(_OUTPUT.clean(html))


def clean_page(html: str) -> str:
    """Return HTML that Markdown came to: with its links, which nothing follows by itself.

    Examples
    --------
    >>> clean_page('<a href="https://example.org">a</a> <a href="javascript:b()">b</a>')[:24]
    '<a href="https://example'
    >>> clean_page('<a href="javascript:b()">b</a>')
    '<a rel="noopener noreferrer nofollow">b</a>'
    """
    return shallow(_MARKDOWN.clean(html))


def shallow(html: str) -> str:
    """Return well-formed HTML, or its text alone if it is nested deeper than pages are.

    Examples
    --------
    >>> shallow("<p>a</p>")
    '<p>a</p>'
    >>> shallow("<b>" * 500 + "a" + "</b>" * 500)
    'a'
    """
    depth = 0
    for close, tag in _OPENED.findall(html):
        if tag not in _VOID:
            depth += -1 if close else 1
        if depth > _DEEPEST:
            return _OPENED.sub("", html)
    return html
