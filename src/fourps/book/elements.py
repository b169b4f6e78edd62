"""Elements of HTML that other nodes stand in, for forms, of which docutils knows none."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes

from fourps.book.html import add

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_VOID = {"input"}


class El(nodes.General, nodes.Element):
    """An element: ``name``, and ``said``, its attributes."""


def el(name: str, said: dict[str, Any] | None = None, *children: nodes.Node | str) -> El:
    """Return an element.

    Parameters
    ----------
    name
        Such as ``label``.
    said
        Its attributes: True is an empty one, False and None are left out.
    *children
        Nodes, which keep their own words, and words of ours.

    Examples
    --------
    >>> print(el("label", {"for": "a"}, "Yes").astext())
    Yes
    """
    inside = (nodes.Text(child) if isinstance(child, str) else child for child in children)
    return El("", *inside, name=name, said=said or {})


def _visit(writer: Any, node: El) -> None:
    given = ((key, value) for key, value in node["said"].items() if value not in (False, None))
    said = "".join(
        f" {key}" if value is True else f' {key}="{escape(str(value))}"' for key, value in given
    )
    writer.body.append(f"<{node['name']}{said}>")


def _depart(writer: Any, node: El) -> None:
    if node["name"] not in _VOID:
        writer.body.append(f"</{node['name']}>")


def register(app: Sphinx) -> None:
    """Add the node."""
    add(app, El, (_visit, _depart))
