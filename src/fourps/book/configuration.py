"""The settings of every book of ours, whatever stands in ``_config.yml``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from fourps.book.outdated import cells_hash
from fourps.course.language import folders, tag
from fourps.course.mime import STATIC

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

HERE = Path(__file__).parent


def _configure(app: Sphinx, config: Config) -> None:
    named = (config.fourps_titles.get(tag(code)) for code in folders(config.language))
    if title := next(filter(None, named), ""):
        config.html_title = config.html_short_title = config.project = title
    # new lists: Sphinx's defaults are shared by every build in this process
    templates = (str(HERE / "templates"), *config.templates_path)
    config.templates_path = list(dict.fromkeys(templates))
    cache = config.nb_execution_cache_path or str(Path(app.outdir).parent / ".jupyter_cache")
    config.fourps_cache = cache
    # a cell's cached output is only as good as the library that made it
    if config.nb_execution_mode == "cache":
        config.nb_execution_cache_path = str(Path(cache) / cells_hash(Path(app.srcdir)))
    # Jupyter Book's own colours of code are too pale to read
    config.pygments_style = "a11y-high-contrast-light"
    config.pygments_dark_style = "a11y-high-contrast-dark"
    # what is wrong with a cell stands in the build's output, not in a file elsewhere
    config.nb_execution_show_tb = True
    os.environ[STATIC] = "1"


def register(app: Sphinx) -> None:
    """Connect to the moment when the configuration was read."""
    app.add_config_value("fourps_titles", {}, "html", [dict])
    # where is kept what the next build need not find out again
    app.add_config_value("fourps_cache", "", "", [str])
    app.connect("config-inited", _configure)
