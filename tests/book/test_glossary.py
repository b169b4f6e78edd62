"""What readers look up stands in the order of their language."""

from docutils import nodes
from docutils.utils import new_document
from sphinx import addnodes

from fourps.book.glossary import MARK, _sort


def _entry(*terms):
    heads = [nodes.term("", term, ids=[f"term-{term}"]) for term in terms]
    return nodes.definition_list_item("", *heads, nodes.definition("", nodes.paragraph("", "So.")))


def test_glossary():
    """Is a glossary sorted by the first words that mean the same, without regard to accents and signs?"""
    page = new_document("")
    entries = [_entry("orientation", "adresser"), _entry("État"), _entry("œuvre"), _entry("écart")]
    page += addnodes.glossary("", nodes.definition_list("", *entries))
    _sort(None, page)
    terms = [term.astext() for term in page.findall(nodes.term)]
    assert terms == ["écart", "État", "œuvre", "orientation", "adresser"]


def test_rows():
    """Are the rows of a table sorted by their first cells where its author asks, and else left alone?"""
    page = new_document("")
    for marked in (True, False):
        rows = [nodes.row("", nodes.entry("", nodes.paragraph("", x))) for x in ("VBG", "4W", "ÉE")]
        table = nodes.table("", nodes.tgroup("", nodes.tbody("", *rows)))
        table[MARK] = marked
        page += table
    _sort(None, page)
    rows_shown = [row.astext() for row in page.findall(nodes.row)]
    assert rows_shown == ["4W", "ÉE", "VBG", "VBG", "4W", "ÉE"]
