"""Tables with more columns than a small page has room for: there, each row is a card.

It is what the site does for what a phone has no room for (``fourps.book.tables``). On the site a
table of numbers scrolls in a frame instead; a book cannot scroll sideways.
"""

from __future__ import annotations

from typing import Any

# as many numbers stand side by side at 390 pixels
_COLUMNS = 6
_CARDS = "fp-cards"
_ROLES = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}


def in_cards(body: Any) -> None:
    """Say of each cell of a wide table what it is, for the style to draw as cards.

    Examples
    --------
    >>> import lxml.html
    >>> head = "".join(f"<th>week {number}</th>" for number in range(7))
    >>> rows = f"<thead><tr>{head}</tr></thead><tbody><tr>{'<td>0</td>' * 7}</tr></tbody>"
    >>> body = lxml.html.fromstring(f"<div><table>{rows}</table></div>")
    >>> in_cards(body)
    >>> body.find(".//td").attrib
    {'data-heading': 'week 0', 'role': 'cell'}
    """
    for table in body.iter("table"):
        heads = [" ".join(cell.text_content().split()) for cell in table.xpath("./thead/tr[1]/*")]
        if len(heads) > _COLUMNS and _CARDS not in table.get("class", ""):
            table.set("class", f"{table.get('class', '')} {_CARDS}")
            for row in table.xpath("./tbody/tr"):
                for heading, cell in zip(heads, row, strict=False):
                    cell.set("data-heading", heading)
            for part in table.xpath("descendant-or-self::*[not(ancestor-or-self::caption)]"):
                if part.tag == "th":
                    is_row = part.getparent().getparent().tag == "tbody"
                    part.set("role", "rowheader" if is_row else "columnheader")
                elif part.tag in _ROLES:
                    part.set("role", _ROLES[part.tag])
