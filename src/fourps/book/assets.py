"""What a page loads, and the furniture around it."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version as installed_version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fourps.book.nodes import Kept, Mount
from fourps.front import page_script, style

if TYPE_CHECKING:
    from docutils.nodes import document
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

HERE = Path(__file__).parent
LIBRARY = HERE.parent
# what Jupyter Book and its default theme add, and no page of ours uses
_UNUSED = (
    "thebe",
    "sphinx-book-theme",
    "togglebutton",
    "toggle.js",
    "togglebutton.css",
    "copybutton",
    "clipboard",
    "design-tabs",
    "sphinx-design",
    "mathjax",
    "embed-amd",
    "require",
    "mystnb",
    "design-style",
)


def version() -> str:
    """Return the version of the package."""
    return installed_version("fourps")


@cache
def library_hash() -> str:
    """Return a hash of all that draws pages: code, front end, catalogues and templates.

    Sphinx reads every page again when it changes, and cells run again too.
    """
    digest = hashlib.sha256()
    for path in sorted(LIBRARY.rglob("*")):
        if path.suffix in {".py", ".js", ".css", ".html", ".po"} and "content" not in path.parts:
            digest.update(path.relative_to(LIBRARY).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _configure(app: Sphinx, config: Config) -> None:
    # new lists: Sphinx's defaults are shared by every build in this process
    templates = (str(HERE / "templates"), *config.templates_path)
    config.templates_path = list(dict.fromkeys(templates))
    static = Path(app.doctreedir) / "fourps-static"
    static.mkdir(parents=True, exist_ok=True)
    (static / "fourps.js").write_text(page_script(), "utf-8")
    (static / "fourps.css").write_text(style(), "utf-8")
    config.html_static_path = [*config.html_static_path, str(static)]
    config.html_extra_path = [*config.html_extra_path, str(HERE / "static")]
    # a cell's cached output is only as good as the library that made it
    if config.nb_execution_mode == "cache":
        folder = config.nb_execution_cache_path or str(Path(app.outdir).parent / ".jupyter_cache")
        config.nb_execution_cache_path = str(Path(folder) / library_hash())


def _uses_player(doctree: document | None) -> bool:
    return doctree is not None and any(
        next(doctree.findall(kind), None) is not None for kind in (Mount, Kept)
    )


def _describe(metadata: dict[str, Any]) -> str:
    return str(metadata.get("description", "")).strip()


def _page(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: document | None
) -> None:
    """Load only what the page uses, and say what it is."""
    app.add_css_file("fourps.css")
    player = _uses_player(doctree)
    if player:
        app.add_js_file("fourps.js", loading_method="defer")
    for name in ("script_files", "css_files"):
        context[name] = [
            asset
            for asset in context.get(name, [])
            if not any(
                word in str(getattr(asset, "filename", asset) or _body(asset)) for word in _UNUSED
            )
        ]
    context["fourps_description"] = _describe(app.env.metadata.get(pagename, {}))
    context["fourps_version"] = version()
    context["fourps_report"] = "book/report" if "book/report" in app.env.all_docs else ""
    context["fourps_player"] = player


def _body(asset: Any) -> str:
    return str(getattr(asset, "attributes", {}).get("body", ""))


def _drop_widget_state(app: Sphinx, env: BuildEnvironment) -> None:
    """Leave out the widget state that MyST-NB writes into pages: our mounts do not read it."""
    if not app.config.nb_ipywidgets_js:
        for data in getattr(env, "nb_metadata", {}).values():
            data.get("js_files", {}).pop("ipywidgets_state", None)


def register(app: Sphinx) -> None:
    """Connect to Sphinx's events."""
    app.connect("config-inited", _configure)
    # after the theme and the other extensions have had their say
    app.connect("html-page-context", _page, priority=900)
    app.connect("env-updated", _drop_widget_state)
