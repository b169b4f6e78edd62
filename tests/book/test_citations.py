"""Sources as they are printed."""

from pybtex.database import parse_string
from pybtex.plugin import find_plugin

from fourps.book.citations import ShortLabelStyle

TEXT = "@misc{{who2003, title = {{{}}}, author = {{WHO}}, year = 2003, shorthand = {{WHO 2003}}}}"


def printed(data):
    """Return label and text of each source, as a bibliography of a page prints it."""
    render = find_plugin("pybtex.backends", "plaintext")()
    style = ShortLabelStyle()
    # sphinxcontrib-bibtex has one style for each bibliography
    return [
        (source.label, source.text.render(render), id(source))
        for source in style.format_entries(data.entries.values())
    ]


def test_formatted_once():
    """Is a source formatted once, however many bibliographies list it?"""
    data = parse_string(TEXT.format("Advice"), "bibtex")
    first = printed(data)
    assert [(label, "Advice" in text) for label, text, _ in first] == [("WHO 2003", True)]
    assert printed(data) == first


def test_edited():
    """Is a source formatted again when the bibliography was read again?"""
    before = printed(parse_string(TEXT.format("Advice"), "bibtex"))
    ((label, text, _),) = printed(parse_string(TEXT.format("Other advice"), "bibtex"))
    assert (label, "Other advice" in text) == ("WHO 2003", True)
    assert "Other advice" not in before[0][1]
