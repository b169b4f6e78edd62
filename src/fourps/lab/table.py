"""Tables: the numbers behind a figure, one that is a figure itself, and those that a cell shows.

Readers enlarge the second kind, search it and hear it as a table. Data frames that a cell shows are
in the reader's language. While the book is built, each cell hands on which texts it asked for, so
that translators meet them, and the page knows what it lacks.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from numbers import Real
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from fourps.course.mime import COURSE_MIME, STATIC
from fourps.data.store import LABEL
from fourps.lab.sentence import in_markup, listed, number, reader, word

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Table:
    """Column titles, and rows of as many texts; the first cell of a row names it."""

    columns: list[str]
    rows: list[list[str]]


def table(data: pd.DataFrame) -> Table:
    """Read a data frame as readers see it.

    Missing values are blank; numbers have commas and at most two decimals. A column with "year" in
    its title has no commas.

    Parameters
    ----------
    data
        The numbers behind a figure. An index with a meaning becomes the first columns.

    Raises
    ------
    TypeError
        If it is no data frame.
    ValueError
        If it has no rows or columns.

    Examples
    --------
    >>> import pandas as pd
    >>> table(pd.DataFrame({"region": ["North", "South"], "share": [0.5, None]})).rows
    [['North', '0.5'], ['South', '']]
    """
    import pandas as pd

    if not isinstance(data, pd.DataFrame):
        raise TypeError(
            f"data is {type(data).__name__}: expected the pandas DataFrame behind the figure."
        )
    plain = isinstance(data.index, pd.RangeIndex) and data.index.name is None
    frame = data if plain else data.reset_index()
    if frame.empty:
        raise ValueError("data has no rows: readers see the numbers behind a figure as a table.")
    titles = [_names(column) for column in frame.columns]
    # column by column, since a row of mixed types would make floats of integers
    cells = [
        [_cell(value, year=any("year" in name.lower() for name in names)) for value in column]
        for (_, column), names in zip(frame.items(), titles, strict=True)
    ]
    columns = [listed(names) if len(names) > 1 else word("".join(names)) for names in titles]
    return Table(columns, [list(row) for row in zip(*cells, strict=True)])


def _names(column: Any) -> list[str]:
    parts = column if isinstance(column, tuple) else (column,)
    return [str(part) for part in parts if str(part)]


def _cell(value: Any, *, year: bool) -> str:
    import pandas as pd

    if pd.isna(value):
        return ""
    if year or isinstance(value, bool) or not isinstance(value, Real):
        return word(str(value))
    return number(float(value))


_PHONE = 50  # letters that stand side by side on a phone, with the room between columns


@dataclass(frozen=True)
class Grid:
    """A small table, with a box around some of its cells; `fourps.lab.draw.grid` makes one."""

    title: str
    """What it shows, after its label."""
    columns: list[str]
    """The heading of each column; the first heads the names of the rows."""
    rows: list[list[str]]
    """The name of each row and its cells."""
    boxed: list[list[bool]]
    """For each row, whether its cells have a box."""

    def html(self) -> str:
        """Return the table as XHTML.

        Examples
        --------
        >>> Grid("week 16", ["", "men"], [["Ferry Road", "3"]], [[True]]).html()[-68:]
        '<td class="fp-boxed">3<span>(boxed)</span></td></tr></tbody></table>'
        """
        headings = [" ".join(row[0] for row in self.rows), *self.columns[1:]]
        # a column is at least as wide as the longest word of its heading
        wide = sum(max(map(len, heading.split()), default=0) for heading in headings) > _PHONE
        look = "fp-grid fp-turned" if wide else "fp-grid"
        table = ET.Element("table", {"xmlns": "http://www.w3.org/1999/xhtml", "class": look})
        ET.SubElement(table, "caption").text = self.title
        head = ET.SubElement(ET.SubElement(table, "thead"), "tr")
        for name in self.columns:
            # an empty corner heads nothing
            ET.SubElement(head, *(("th", {"scope": "col"}) if name else ("td", {}))).text = name
        body = ET.SubElement(table, "tbody")
        for (name, *cells), boxes in zip(self.rows, self.boxed, strict=True):
            row = ET.SubElement(body, "tr")
            ET.SubElement(row, "th", {"scope": "row"}).text = name
            for text, box in zip(cells, boxes, strict=True):
                cell = ET.SubElement(row, "td", {"class": "fp-boxed"} if box else {})
                cell.text = text
                if box:
                    # a border is nothing to a listener
                    ET.SubElement(cell, "span").text = word("(boxed)")
        return ET.tostring(table, encoding="unicode", short_empty_elements=False)

    def _repr_html_(self) -> str:
        return self.html()


def labelled(title: str, data: pd.DataFrame | pd.Series) -> str:
    """Return a title with the label of the data before it: SYNTHETIC, if they have none."""
    return listed([data.attrs.get("label", LABEL), title], ": ")


def grid(texts: pd.DataFrame, boxed: pd.DataFrame, title: str) -> Grid:
    """Make a small table, with a box around some of its cells, for `fourps.lab.explore`.

    Parameters
    ----------
    texts
        What stands in each cell; the name of its index heads the names of the rows.
    boxed
        True where a cell gets a box; the shape of `texts`.
    title
        Stands above, after the label.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"men": ["3"], "women": ["8"]}, index=["Ferry Road"])
    >>> shown = grid(table, table == "3", "week 16")
    >>> shown.title, shown.columns, shown.rows, shown.boxed
    ('SYNTHETIC: week 16', ['', 'men', 'women'], [['Ferry Road', '3', '8']], [[True, False]])
    """
    rows = [
        [word(str(text)) for text in (name, *cells)]
        for name, cells in zip(texts.index, texts.to_numpy(), strict=True)
    ]
    columns = [word(str(name)) for name in (texts.index.name or "", *texts)]
    return Grid(labelled(title, texts), columns, rows, boxed.to_numpy().tolist())


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
