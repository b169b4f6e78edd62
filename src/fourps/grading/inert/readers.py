"""What readers of Markdown make of a text: nbconvert's, and one that reads as JupyterLab does."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from fourps.grading.inert.formulas import is_formula
from fourps.grading.inert.pictures import picture_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

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


def is_harmless(source: str) -> bool:
    """Say whether every reader takes a text for what does no more than show itself."""
    return _look_at(source)[0] and _by_commonmark(source)


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
