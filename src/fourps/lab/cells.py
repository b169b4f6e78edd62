"""What fourps.lab does in a notebook besides its figures.

Data frames that a cell shows are in the reader's language. While the book is built, each cell hands
on which texts it asked for, so that translators meet them, and the page knows what it lacks.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

from fourps.course.mime import COURSE_MIME, STATIC
from fourps.lab.reader import reader
from fourps.lab.sentence import in_markup

if TYPE_CHECKING:
    import pandas as pd

_CELL = re.compile(r"(<t[hd]\b[^>]*>)([^<]+)")


def html(table: pd.DataFrame) -> str | None:
    """Return the HTML of a data frame in the reader's language.

    Examples
    --------
    >>> import pandas as pd
    >>> "<td>rose &amp; fell</td>" in html(pd.DataFrame({"verdict": ["rose & fell"]}))
    True
    """
    drawn = table._repr_html_()
    return drawn and _CELL.sub(lambda cell: cell[1] + in_markup(cell[2]), drawn)


def prepare() -> None:
    """Have this notebook's cells show tables in the reader's language, and hand on their texts."""
    try:
        from IPython import get_ipython
    except ImportError:
        return
    shell: Any = get_ipython()
    building = bool(os.environ.get(STATIC))
    if shell is None or not (building or reader().language != "en"):
        return
    import pandas as pd

    shell.display_formatter.formatters["text/html"].for_type(pd.DataFrame, html)
    if building:
        shell.events.register("post_run_cell", _hand_on)


def _hand_on(_result: Any) -> None:
    from IPython import display

    publish: Any = display.publish_display_data
    if texts := reader().take():
        publish({COURSE_MIME: {"kind": "texts", "texts": texts}})
