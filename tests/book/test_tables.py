"""Tables that cells printed."""

from __future__ import annotations

from docutils import nodes
from docutils.utils import new_document

from fourps.book.tables import PrintedTables


def test_printed_tables():
    """Does a table that a cell printed scroll in a frame, with a cell in its empty corner?"""
    document = new_document("")
    for text in ("<table><th></th></table>", "<b>bold</b>"):
        document += nodes.raw("", text, format="html")
    PrintedTables(document).run()
    table, other = document.children
    assert table["classes"] == ["table-wrapper"]
    assert table.astext() == "<table><td></td></table>"
    assert isinstance(other, nodes.raw)
