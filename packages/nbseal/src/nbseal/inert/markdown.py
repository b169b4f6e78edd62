"""Markdown and its formulas: as they are while all readers take them for text, pictures and links.

The readers are nbconvert's, and one that reads as JupyterLab does. What one of them takes for more
is shown letter by letter.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from latex2mathml.converter import convert
from markdown_it import MarkdownIt
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from nbseal.inert.pictures import picture_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

    from nbseal.inert.cost import Allowance

# what MathJax and others know besides formulas: links, classes, styles, files and new words
_ACTS = re.compile(
    r"\\(?:href|url|html\w*|css\w*|class|style|data|require|include\w*|input|unicode|mmlToken"
    r"|def|gdef|edef|let|newcommand|renewcommand|newenvironment|renewenvironment|csname|catcode)"
    r"(?![a-zA-Z])",
    re.IGNORECASE,
)
_LONGEST = 2000
_WITHOUT = (
    "abbr|b|blockquote|br|center|code|dd|del|details|div|dl|dt|em|h[1-6]|hr|i|ins|kbd|li|mark|ol|p|pre|"
    "s|samp|small|span|strong|sub|summary|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul"
)
_WITH = r"""(?:\s+(?:align|colspan|rowspan|start|open)(?:=(?:"[\w%]*"|'[\w%]*'|[\w%]+))?)*"""
_TAG = re.compile(rf"</?(?:{_WITHOUT}){_WITH}\s*/?>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--[\w\s.,:;'()/-]*?-->")
_OPENS = re.compile(r"<[a-zA-Z/!?]")
# what a browser drops from an address before it reads it
_DROPPED = re.compile(r"[\x00-\x20\x7f-\xa0]+")
_SCHEME = re.compile(r"[^/?#]*?:")
_ATTACHED = "attachment:"
_LINKS = ("http:", "https:", "mailto:", _ATTACHED)
_NOTE = "Shown as it was written: it holds more than text, links and pictures that came with it."
_SHOWN = re.compile(rf"{re.escape(_NOTE)}\n\n(`{{3,}})text\n(?P<body>.*)\n\1\n?", re.DOTALL)
# whatever a reader could take for markup, a picture, a file or the target of a link
_TELLING = re.compile(
    r"<[a-zA-Z/!?]|!\[|attachment:|mermaid|\]:|\]\((?!https?://[^\s&\\<>]*\)|#[\w-]*\))"
    r"|\\[a-zA-Z]",
    re.IGNORECASE,
)
# each of these can make a reader look on to the end
_STARTS = re.compile(r"[\\$\[`*_<!~|(\]]")
# reading a text that is nothing but starts takes a second at this
MOST_EFFORT = 20_000_000
_LONG_LINE = re.compile(r"[^\n]{500}(?=[^\n])")
LEFT_OUT = "[Left out: it is too long.]"


def is_formula(tex: str) -> bool:
    r"""Say whether TeX is a formula and nothing else.

    Examples
    --------
    >>> is_formula(r"\frac{a}{b}"), is_formula(r"\href{javascript:a()}{b}")
    (True, False)
    """
    return not _ACTS.search(tex)


def mathml(tex: str, *, block: bool = False) -> str:
    r"""Return a formula as MathML, which browsers draw themselves, or as TeX if that fails.

    Examples
    --------
    >>> mathml("x")[-47:]
    'display="inline"><mrow><mi>x</mi></mrow></math>'
    >>> mathml(r"\frac{")
    '<code>\\frac{</code>'
    """
    if len(tex) <= _LONGEST and is_formula(tex):
        formula = _converted(tex, "block" if block else "inline")
        if formula:
            return formula
    return f"<code>{html.escape(tex)}</code>"


@lru_cache(2000)
def _converted(tex: str, display: str) -> str:
    try:
        return str(convert(html.unescape(tex), display=display))
    # it raises what it pleases over TeX that it does not know
    except Exception:  # noqa: BLE001
        return ""


class _Look(IPythonRenderer):
    """Notes whether anything that is drawn does more than show itself."""

    def __init__(self) -> None:
        super().__init__(escape=False)
        self.harmless = True
        self.pictures: set[str] = set()

    def _require(self, condition: object) -> None:
        self.harmless = self.harmless and bool(condition)

    def inline_html(self, html: str) -> str:
        self._require(_is_plain_html(html))
        return ""

    def block_html(self, html: str) -> str:
        return self.inline_html(html)

    def link(self, text: str, url: str, title: str | None = None) -> str:  # noqa: ARG002
        self._require(_is_plain_link(url))
        return text

    def image(self, text: str, url: str, title: str | None = None) -> str:  # noqa: ARG002
        self._require(_is_plain_picture(url))
        if url.startswith(_ATTACHED):
            self.pictures.add(url.removeprefix(_ATTACHED))
        return text

    def block_mermaidjs(self, code: str) -> str:
        # nbconvert writes it into the page as it stands
        self._require("<" not in code)
        return ""

    def inline_math(self, body: str) -> str:
        self._require(is_formula(body))
        return ""

    def block_math(self, body: str) -> str:
        return self.inline_math(body)

    def latex_environment(self, name: str, body: str) -> str:  # noqa: ARG002
        return self.inline_math(body)


@lru_cache(2000)
def _look_at(source: str) -> tuple[bool, frozenset[str]]:
    look = _Look()
    try:
        MarkdownWithMath(renderer=look).render(source)
    # it gives up over nests, in ways of its own
    except Exception:  # noqa: BLE001
        return False, frozenset()
    return look.harmless, frozenset(look.pictures)


def attached_pictures(source: str) -> frozenset[str]:
    """Return the names of the attachments that nbconvert will look for.

    Examples
    --------
    >>> attached_pictures("![Map](attachment:map.png) ![](https://example.org/a.png)")
    frozenset({'map.png'})
    """
    return _look_at(source)[1] if "![" in source else frozenset()


def _by_commonmark(source: str) -> bool:
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    # what it would leave as text is a link elsewhere
    reader.validateLink = lambda _: True  # type: ignore[assignment, method-assign]
    try:
        return all(map(_is_plain_token, _every(reader.parse(source))))
    except RecursionError:
        return False


def _every(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _every(token.children or [])


def _is_plain_token(token: Any) -> bool:
    if token.type in ("html_inline", "html_block"):
        return _is_plain_html(token.content)
    if token.type == "link_open":
        return _is_plain_link(token.attrs["href"])
    return token.type != "image" or _is_plain_picture(token.attrs["src"])


def _is_plain_html(html: str) -> bool:
    """Say whether HTML has no tag but plain ones.

    Examples
    --------
    >>> _is_plain_html("<b>"), _is_plain_html('<td align="left">'), _is_plain_html("<!-- a -->")
    (True, True, True)
    >>> [_is_plain_html(html) for html in ("<img src=a>", "<b onclick=a>", "<!--[if a]>")]
    [False, False, False]
    """
    return not _OPENS.search(_COMMENT.sub(" ", _TAG.sub(" ", html)))


def _is_plain_link(address: str) -> bool:
    """Say whether following an address opens a page or a letter, or stays here.

    Examples
    --------
    >>> _is_plain_link("https://example.org"), _is_plain_link("#task"), _is_plain_link("../a.md")
    (True, True, True)
    >>> _is_plain_link("java\\tscript:a()"), _is_plain_link("data:text/html,a")
    (False, False)
    """
    scheme = _SCHEME.match(_DROPPED.sub("", address))
    return not scheme or scheme[0].lower() in _LINKS


def _is_plain_picture(address: str) -> bool:
    return address.startswith(_ATTACHED) or picture_address(address) is not None


def inert_markdown(source: str, allowance: Allowance) -> str:
    """Return Markdown in which nothing acts and nothing is asked for from elsewhere.

    Examples
    --------
    >>> from nbseal.inert.cost import Allowance
    >>> inert_markdown("*Ask* first. [Why](https://example.org)", Allowance())
    '*Ask* first. [Why](https://example.org)'
    >>> print(inert_markdown("<script>a()</script>", Allowance()))
    Shown as it was written: it holds more than text, links and pictures that came with it.
    <BLANKLINE>
    ```text
    <script>a()</script>
    ```
    """
    if _is_shown(source):
        return source
    steps = effort(source)
    if steps <= MOST_EFFORT and allowance.take("effort", steps):
        return source if is_inert(source) else as_written(source)
    if allowance.take("text", len(source)):
        # nbconvert looks for links in code too, to the end of each line
        return as_written(re.sub(_LONG_LINE, "\\g<0>\n", source))
    return LEFT_OUT


# most cells of a notebook are the course's own, and the same for each learner
@lru_cache(maxsize=512)
def is_inert(source: str) -> bool:
    """Say whether every reader takes a text for what only shows itself.

    Readers differ in what they take for code, so a tag in code has to be one for all of them.

    Examples
    --------
    >>> is_inert("`<script>` is a tag"), is_inert("<script>")
    (True, False)
    """
    return not _TELLING.search(source) or (_look_at(source)[0] and _by_commonmark(source))


def effort(source: str) -> int:
    r"""Return how much work it may be to read a text, in steps that mean nothing by themselves.

    Examples
    --------
    >>> effort("Ten words of an answer."), effort("\\[" * 4000)
    (23000, 72000000)
    """
    return len(source) * (len(_STARTS.findall(source)) + 1000)


def as_written(source: str) -> str:
    """Return Markdown that shows a text letter by letter.

    Examples
    --------
    >>> as_written("a\\n```\\nb").splitlines()[2:]
    ['````text', 'a', '```', 'b', '````']
    """
    longest = max(map(len, re.findall("`+", source)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{_NOTE}\n\n{fence}text\n{source}\n{fence}"


def _is_shown(source: str) -> bool:
    shown = _SHOWN.fullmatch(source)
    return shown is not None and shown[1] not in shown["body"]
