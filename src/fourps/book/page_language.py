"""The language of a page: which way it runs, its other languages, and whether it is translated.

A book in several languages is one folder: the first language stands at its top, each other in a
folder of its name, and every page has the same place in each.
"""

from __future__ import annotations

import re
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from fourps.course.language import direction, name, tag
from fourps.front import page_style

if TYPE_CHECKING:
    from docutils.nodes import document
    from sphinx.application import Sphinx
    from sphinx.config import Config

_SIDES = {"left": "start", "right": "end"}
_FOUR = re.compile(r"(?P<before>[{;])(?P<box>margin|padding|inset):(?P<values>[^;}]+)")
_VALUE = re.compile(r"(?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+")
_PHYSICAL = re.compile(
    r"(?P<before>[{;])(?P<box>(?:margin|padding|border)-)?(?P<side>left|right)(?P<rest>[-:])"
    r"|(?P<text>text-align:|float:|clear:|transition:)(?P<value>left|right)\b"
)


_RULE = re.compile(r"(?<=[{}])([^{}@]+)\{[^{}]*\}")
_NOT = re.compile(r":not\([^)]*\)")
_CLASS = re.compile(r"\.([A-Za-z][\w-]*)")
_SET = re.compile(r"(?<=[{;])(--[\w-]+):(?:'[^']*'|[^;}'])*(?:;|(?=\}))")
_USED = re.compile(r"var\((--[\w-]+)")
# what the theme has rules for and no page of ours has: descriptions of programs and their versions;
# its own bar, menus, search and choice of colours, which ours replace; formulas; numbers of lines;
# footnotes, since sources stand in the text
UNMET = frozenset(
    """
    sig sig-inline classifier property viewcode-link domainindex-section genindex-section
    deprecated versionadded versionchanged versionremoved versionmodified admonition-todo
    mobile-header header-left header-right nav-overlay-icon toc-overlay-icon toc-header-icon
    toc-content-icon content-icon-container sidebar-toggle sidebar-overlay toc-overlay
    sidebar-search sidebar-search-container skip-to-content announcement announcement-content
    theme-toggle theme-toggle-container theme-toggle-header theme-icon-when-auto-light
    theme-icon-when-auto-dark theme-icon-when-dark theme-icon-when-light only-light only-dark
    math highlighttable linenos line-block toc-backref bottom-of-page icons muted-link
    code-block-caption topic-title highlights pull-quote css footnote-reference footnote
    brackets contents visually-hidden overlay back-to-top sig-name sig-prename sig-paren
    sig-param viewcode-back domainindex-jumpbox genindex-jumpbox guilabel sidebar-brand
    sidebar-brand-text sidebar-logo sidebar-logo-container
    """.split()  # noqa: SIM905 - a list would be a line for each
)


def logical(css: str) -> str:
    """Turn left and right into start and end, which follow the language of a page.

    Examples
    --------
    >>> logical("a{margin-left:1px;left:0;border-right:0;text-align:right;left:50%}")
    'a{margin-inline-start:1px;inset-inline-start:0;border-inline-end:0;text-align:end;inset-inline-start:50%}'
    >>> logical("a{padding:1px 2px 3px calc(4px + 5px);margin:0 1px 0 1px}")
    'a{padding-block:1px 3px;padding-inline:calc(4px + 5px) 2px;margin:0 1px 0 1px}'
    """

    def turn(found: re.Match[str]) -> str:
        if found["text"]:
            inline = {"text-align:": "", "transition:": "inset-inline-"}.get(
                found["text"], "inline-"
            )
            return f"{found['text']}{inline}{_SIDES[found['value']]}"
        box = f"{found['box']}inline-" if found["box"] else "inset-inline-"
        return f"{found['before']}{box}{_SIDES[found['side']]}{found['rest']}"

    def split(found: re.Match[str]) -> str:
        match _VALUE.findall(found["values"]):
            case [top, right, bottom, left] if right != left:
                box = f"{found['before']}{found['box']}"
                return f"{box}-block:{top} {bottom};{box[1:]}-inline:{left} {right}"
        return found[0]

    return _PHYSICAL.sub(turn, _FOUR.sub(split, css))


def _could_be_met(selectors: str) -> bool:
    return not all(
        UNMET & {*_CLASS.findall(_NOT.sub("", selector))} for selector in selectors.split(",")
    )


def theme_style() -> str:
    """Return the theme's own style sheet, in logical properties, without what no page can have."""
    path = files("furo") / "theme" / "furo" / "static" / "styles" / "furo.css"
    css = logical(path.read_text("utf-8"))
    css = _RULE.sub(lambda rule: rule[0] if _could_be_met(rule[1]) else "", css)
    # for descriptions of programs, which no page has: with these rules each change of a class on
    # the page, such as scrolling brings, has the browser work out all of its style again
    css = re.sub(r"(?<=[{}])dl\[class\]:not\([^{}]*\{[^{}]*\}", "", css)
    # its map would lead to lines that are not there
    css = re.sub(r"/\*# sourceMappingURL=\S+\*/\s*", "", css)
    return _without_idle_variables(css)


def _without_idle_variables(css: str) -> str:
    """Leave out variables that neither this style sheet nor ours uses, one for another either."""
    used = {*_USED.findall(css + page_style())}
    fewer = _SET.sub(lambda variable: variable[0] if variable[1] in used else "", css)
    return fewer if fewer == css else _without_idle_variables(fewer)


def place(config: Config, code: str) -> str:
    """Return where a language stands below the top of the site, with its slash."""
    return "" if code == tag(config.fourps_languages[0]) else f"{code}/"


def _alternatives(config: Config, context: dict[str, Any], page: str) -> list[dict[str, str]]:
    """Return each language's name, code and folder, and the link to this page in it."""
    here = place(config, tag(config.language))
    top = context["content_root"] + ("../" if here else "")
    base = config.html_baseurl.rstrip("/") + "/"
    base = base.removesuffix(here)
    found = []
    for code in map(tag, config.fourps_languages):
        path = f"{place(config, code)}{page}.html"
        root = top + place(config, code)
        found.append(
            {"code": code, "name": name(code), "root": root, "href": top + path, "url": base + path}
        )
    return found


def _page(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], _doctree: document | None
) -> None:
    """Say which way the page runs, and link its other languages."""
    config = app.config
    context["fourps_direction"] = direction(config.language)
    if len(config.fourps_languages) > 1:
        context["fourps_languages"] = found = _alternatives(config, context, pagename)
        if config.html_baseurl:
            # search engines read only whole addresses here
            context["metatags"] = context.get("metatags", "") + "".join(
                f'\n<link rel="alternate" hreflang="{one["code"]}" href="{escape(one["url"])}">'
                for one in found
            )


def register(app: Sphinx) -> None:
    """Add the languages of the site to Sphinx's configuration, and to every page."""
    # what the authors write in, and what the site is published in
    app.add_config_value("fourps_source", "en", "html", [str])
    kinds = [list, tuple]
    app.add_config_value("fourps_languages", lambda config: [config.language], "html", kinds)
    app.connect("html-page-context", _page, priority=900)
