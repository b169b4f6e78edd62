"""A table that is a figure: readers enlarge it, search it and hear it as a table."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree as ET

from fourps.lab.sentence import word

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
        wide = sum(max(map(len, one.split()), default=0) for one in headings) > _PHONE
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
