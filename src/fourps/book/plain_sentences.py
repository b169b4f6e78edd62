"""Take a translated sentence without markup as it stands.

Sphinx has all of MyST read each sentence of a translation as a page of its own. Most have no
markup, and are one paragraph with one text, whoever reads them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms import i18n

from fourps.course.inline import is_plain

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_read = i18n.publish_msgstr


def _publish(app: Sphinx, source: str, *where: Any) -> nodes.Element:
    """Return the paragraph that a sentence is."""
    return nodes.paragraph("", source) if is_plain(source) else _read(app, source, *where)


def register(_app: Sphinx) -> None:
    """Put ours before what Sphinx reads sentences with."""
    i18n.publish_msgstr = _publish  # type: ignore[assignment]
