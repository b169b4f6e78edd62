"""What others put into pages, and no page of ours uses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils.nodes import document
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

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


def _unused(pagename: str, context: dict[str, Any], doctree: document | None) -> Iterator[str]:
    """Yield what the scripts and styles that a page does not use have in their names."""
    yield from _UNUSED
    if pagename != "search":
        yield "language_data"
    if doctree is None or not any(doctree.findall(nodes.literal_block)):
        yield "pygments"
    if context.get("furo_hide_toc"):
        # the theme's script marks where one is in a page's contents, and here are none
        yield "scripts/furo"


def _drop_assets(
    _app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: document | None
) -> None:
    unused = tuple(_unused(pagename, context, doctree))
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
    app.connect("html-page-context", _drop_assets, priority=900)
    app.connect("doctree-resolved", _drop_thebe, priority=900)
    app.connect("env-updated", _drop_widget_state)
