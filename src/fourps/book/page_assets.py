"""What a page loads, and the furniture around it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes as docutils_nodes
from markupsafe import escape

from fourps.book.nodes import KeptPanel, Mount, MyCourse, OfflinePanel, ReadMark
from fourps.book.outdated import cells_hash
from fourps.book.page_language import theme_style
from fourps.book.pieces import MovedHeadings, NextStep
from fourps.book.start import Start
from fourps.book.three_questions import ThreeQuestions
from fourps.course.mime import STATIC
from fourps.course.words import words
from fourps.front import page_script, page_style

if TYPE_CHECKING:
    from docutils.nodes import document
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment
from fourps.course.version import version

HERE = Path(__file__).parent
# each script: the module that it begins with, and the nodes that need it
_SCRIPTS: dict[str, tuple[str, *tuple[type[docutils_nodes.Node], ...]]] = {
    "fourps.js": ("page", Mount, KeptPanel),
    "story.js": ("story", Mount),
    "offline.js": ("offline", OfflinePanel),
    "course.js": ("course", MyCourse),
    "mark.js": ("marked", ReadMark, NextStep),
    "terms.js": ("terms",),  # loaded by `fourps.book.terms`
    "start.js": ("start", Start, MovedHeadings),
    "three.js": ("three", ThreeQuestions),
    "search.js": ("search",),  # loaded by `fourps.book.search`
}
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


def _configure(app: Sphinx, config: Config) -> None:
    # new lists: Sphinx's defaults are shared by every build in this process
    templates = (str(HERE / "templates"), *config.templates_path)
    config.templates_path = list(dict.fromkeys(templates))
    config.html_extra_path = [*config.html_extra_path, str(HERE / "static")]
    # a cell's cached output is only as good as the library that made it
    if config.nb_execution_mode == "cache":
        folder = config.nb_execution_cache_path or str(Path(app.outdir).parent / ".jupyter_cache")
        config.nb_execution_cache_path = str(Path(folder) / cells_hash(Path(app.srcdir)))
    # Jupyter Book's own colours of code are too pale to read
    config.pygments_style = "a11y-high-contrast-light"
    config.pygments_dark_style = "a11y-high-contrast-dark"
    # what is wrong with a cell stands in the build's output, not in a file elsewhere
    config.nb_execution_show_tb = True
    os.environ[STATIC] = "1"


def _ship(app: Sphinx, config: Config) -> None:
    """Add our script and style sheet, which are made here, to what Sphinx copies."""
    static = Path(app.outdir).parent / ".fourps-static"
    static.mkdir(parents=True, exist_ok=True)
    for name, (entry, *_) in _SCRIPTS.items():
        (static / name).write_text(page_script(entry), "utf-8")
    (static / "fourps.css").write_text(page_style(), "utf-8")
    if config.html_theme == "furo":
        (static / "styles").mkdir(exist_ok=True)
        (static / "styles" / "furo.css").write_text(theme_style(), "utf-8")
    config.html_static_path = [*config.html_static_path, str(static)]


def _uses(doctree: document | None, *kinds: type[docutils_nodes.Node]) -> bool:
    return doctree is not None and any(
        next(doctree.findall(kind), None) is not None for kind in kinds
    )


def _plays(name: str, doctree: document | None) -> bool:
    """Say whether a page needs a script: a player's carries the marks of its page too."""
    if doctree is None or not _uses(doctree, *_SCRIPTS[name][1:]):
        return False
    kinds = {node["kind"] for node in doctree.findall(Mount)}
    if name == "story.js":
        return "scenario" in kinds
    if name == "mark.js":
        return not kinds and not _uses(doctree, KeptPanel)
    return name != "fourps.js" or kinds != {"scenario"} or _uses(doctree, KeptPanel)


def _page(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: document | None
) -> None:
    """Load only what the page uses, and say what it is."""
    app.add_css_file("fourps.css")
    for name in _SCRIPTS:
        if _plays(name, doctree):
            app.add_js_file(name, loading_method="defer")
    unused = list(_UNUSED)
    if pagename != "search":
        unused.append("language_data")
    if not _uses(doctree, docutils_nodes.literal_block):
        unused.append("pygments")
    if context.get("furo_hide_toc"):
        # the theme's script marks where one is in a page's contents, and here are none
        unused.append("scripts/furo")
    for name in ("script_files", "css_files"):
        context[name] = [
            asset
            for asset in context.get(name, [])
            if not any(
                word in str(getattr(asset, "filename", asset) or _body(asset)) for word in unused
            )
        ]
    metadata = app.env.metadata.get(pagename, {})
    context["fourps_description"] = str(metadata.get("description", "")).strip()
    # whatever a translator wrote stays text, and what fills its braces too
    context["word"] = {key: escape(text) for key, text in words(app.config.language).items()}
    context["fourps_version"] = version()
    bar = [name for name in ("book/world", "book/my-course") if name in app.env.all_docs]
    context["fourps_bar"] = [{"name": name, "title": app.env.titles[name].astext()} for name in bar]
    for name in ("report", "offline", "news", "notebooks"):
        docname = f"book/{name}"
        context[f"fourps_{name}"] = docname if docname in app.env.all_docs else ""


def _body(asset: Any) -> str:
    return str(getattr(asset, "attributes", {}).get("body", ""))


def _drop_widget_state(app: Sphinx, env: BuildEnvironment) -> None:
    """Leave out the widget state that MyST-NB writes into pages: our mounts do not read it."""
    if not app.config.nb_ipywidgets_js:
        for data in getattr(env, "nb_metadata", {}).values():
            data.get("js_files", {}).pop("ipywidgets_state", None)


def _drop_thebe(_app: Sphinx, doctree: document, _docname: str) -> None:
    """Leave out the settings of a kernel in the cloud that Jupyter Book adds to every page."""
    for node in list(doctree.findall(docutils_nodes.raw)):
        if "thebe" in node.astext() or node.astext().startswith("<script>kernelName"):
            node.parent.remove(node)


def register(app: Sphinx) -> None:
    """Connect to Sphinx's events."""
    app.connect("config-inited", _configure)
    # after Sphinx has looked: plain `sphinx-build` keeps its doctrees inside the output
    app.connect("config-inited", _ship, priority=900)
    # after the theme and the other extensions have had their say
    app.connect("html-page-context", _page, priority=900)
    app.connect("doctree-resolved", _drop_thebe, priority=900)
    app.connect("env-updated", _drop_widget_state)
