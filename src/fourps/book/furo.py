"""Furo and Jupyter Book: the style sheet follows the language, and what no page uses goes.

The style sheet says start and end for left and right, and has no rule that no page can meet. What
no page uses is left out: scripts, styles, settings of a kernel in the cloud, the state of widgets.
The navigation has a file of its own (`fourps.book.navigation`).
"""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from docutils import nodes

from fourps.book.html import on_page
from fourps.front import page_style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils.nodes import document
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

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
# what Jupyter Book and its default theme add, and no page of ours uses
_UNUSED = (
    "thebe",
    "sphinx-book-theme",
    "kernelName",
    "toggle",
    "copybutton",
    "clipboard",
    "design-tabs",
    "sphinx-design",
    "mathjax",
    "embed-amd",
    "require",
    "mystnb",
    "design-style",
    "furo-extensions",
    # Sphinx's own page "Search": ours reads its index, and loads what knows the words' stems
    "documentation_options",
    "doctools",
    "sphinx_highlight",
    "searchtools",
    "translations",
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

    def turn(declared: re.Match[str]) -> str:
        if declared["text"]:
            inline = {"text-align:": "", "transition:": "inset-inline-"}.get(
                declared["text"], "inline-"
            )
            return f"{declared['text']}{inline}{_SIDES[declared['value']]}"
        box = f"{declared['box']}inline-" if declared["box"] else "inset-inline-"
        return f"{declared['before']}{box}{_SIDES[declared['side']]}{declared['rest']}"

    def split(declared: re.Match[str]) -> str:
        match _VALUE.findall(declared["values"]):
            case [top, right, bottom, left] if right != left:
                box = f"{declared['before']}{declared['box']}"
                return f"{box}-block:{top} {bottom};{box[1:]}-inline:{left} {right}"
        return declared[0]

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


def _unused(page: str, context: dict[str, Any], doctree: document | None) -> Iterator[str]:
    """Yield what the scripts and styles that a page does not use have in their names."""
    yield from _UNUSED
    if page != "search":
        yield "language_data"
    if doctree is None or not any(doctree.findall(nodes.literal_block)):
        yield "pygments"
    if context.get("furo_hide_toc"):
        # the theme's script marks where one is in a page's contents, and here are none
        yield "scripts/furo"


def _drop(_app: Sphinx, page: str, context: dict[str, Any], doctree: document | None) -> None:
    unused = tuple(_unused(page, context, doctree))
    for name in ("script_files", "css_files"):
        context[name] = [
            asset
            for asset in context.get(name, [])
            if not any(
                word in str(getattr(asset, "filename", asset) or _body(asset)) for word in unused
            )
        ]


def _body(asset: Any) -> str:
    return str(getattr(asset, "attributes", {}).get("body", ""))


def _drop_widget_state(app: Sphinx, env: BuildEnvironment) -> None:
    """Leave out the widget state that MyST-NB writes into pages: our mounts do not read it."""
    if not app.config.nb_ipywidgets_js:
        for data in getattr(env, "nb_metadata", {}).values():
            data.get("js_files", {}).pop("ipywidgets_state", None)


def _drop_thebe(_app: Sphinx, doctree: document, _docname: str) -> None:
    """Leave out the settings of a kernel in the cloud that Jupyter Book adds to every page."""
    for node in list(doctree.findall(nodes.raw)):
        if "thebe" in node.astext() or node.astext().startswith("<script>kernelName"):
            node.parent.remove(node)


def register(app: Sphinx) -> None:
    """Connect to Sphinx's events, after the theme and the other extensions have had their say."""
    on_page(app, _drop, 900)
    app.connect("doctree-resolved", _drop_thebe, priority=900)
    app.connect("env-updated", _drop_widget_state)
