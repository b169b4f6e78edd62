"""Forms as text: what can be chosen has a box in front of it, and what is written has room.

Who reads an exercise in a book answers on paper; the marks are those of printed quizzes.
"""

from __future__ import annotations

from typing import Any

_BOX = "☐\u00a0"
_ROOM = "____"
_CHOSEN = ("radio", "checkbox")
# choices that stand in one line
_IN_A_LINE = ("fp-kinds",)


def as_text(body: Any) -> None:
    """Change each form, and what stands in it, into text.

    Examples
    --------
    >>> import lxml.html
    >>> form = "<form><label><input type=checkbox><span>It is seen.</span></label></form>"
    >>> body = lxml.html.fragment_fromstring(form, create_parent="section")
    >>> as_text(body)
    >>> lxml.html.tostring(body, encoding="unicode")
    '<section><div><p>☐\xa0<span>It is seen.</span></p></div></section>'
    """
    # that an order is the reader's own is said to a form alone, and so is how its lines move
    for element in body.xpath(".//*[@class='fp-ordering']/*[self::label or @class='fp-small']"):
        element.drop_tree()
    for steps in body.find_class("fp-order"):
        # numbers would be an answer
        steps.tag = "ul"
    for choice in list(body.iter("select")):
        options = [option.text_content() for option in choice.iter("option") if option.get("value")]
        choice.tag, choice[:] = "span", []
        choice.text = "   ".join(f"{_BOX}{option}" for option in options)
    for control in list(body.iter("input", "textarea")):
        control.tail = f"{_mark(control)}{control.tail or ''}"
        control.drop_tree()
    for label in list(body.iter("label")):
        row = label.getparent()
        label.tag = "span" if row.tag == "p" or row.get("class") in _IN_A_LINE else "p"
        if label.getnext() is not None and label.tag == "span":
            label.tail = "   "
    for row in body.xpath(".//div[@class='fp-kinds']"):
        row.tag = "p"
    for element in list(body.iter("fieldset", "legend", "form")):
        element.tag = "p" if element.tag == "legend" else "div"


def _mark(control: Any) -> str:
    if control.get("type") in _CHOSEN:
        return _BOX
    return f" {_ROOM * 6}" if control.tag == "textarea" else f" {_ROOM}"
