"""Spare a translated book what Sphinx and MyST do for each of its sentences, and need not.

Sphinx has all of MyST read each sentence of a translation as a page of its own. Most have no
markup, and are one paragraph with one text, whoever reads them. For each text MyST works out all
settings of docutils, which are the same; and for a log that nobody keeps, Sphinx writes each node
that it does not translate as XML.
"""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import TYPE_CHECKING, Any

import docutils.frontend
import sphinx.util.nodes
from docutils import nodes
from sphinx.transforms import i18n

from fourps.course.inline import is_plain

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_read = i18n.publish_msgstr
_settings = cache(docutils.frontend.get_default_settings)


def _publish(app: Sphinx, source: str, *where: Any) -> nodes.Element:
    """Return the paragraph that a sentence is."""
    return nodes.paragraph("", source) if is_plain(source) else _read(app, source, *where)


def _default_settings(*components: Any) -> Any:
    """Return settings of one's own."""
    return deepcopy(_settings(*components))


def _named(node: nodes.Node, length: int = 0) -> str:  # noqa: ARG001 - theirs
    return type(node).__name__


def register(_app: Sphinx) -> None:
    """Put ours in place of theirs."""
    i18n.publish_msgstr = _publish  # type: ignore[assignment]
    docutils.frontend.get_default_settings = _default_settings
    sphinx.util.nodes.repr_domxml = _named
