"""The private MIME type by which a cell's output tells a static page what to draw."""

from __future__ import annotations

from typing import Any

COURSE_MIME = "application/vnd.fourps+json"
# set in the environment of the cells while the book is built
STATIC = "FOURPS_STATIC"
# there too, and in that of notebooks: the reader's language, and as a JSON list the catalogues in
# which the cells find it
LANGUAGE = "FOURPS_LANGUAGE"
CATALOGUES = "FOURPS_CATALOGUES"


def with_reference(bundle: Any, kind: str, reference: str) -> Any:
    """Add to a widget's MIME bundle a reference to its YAML, never the content.

    With the content in the output, an execution cache keeps serving old text after the YAML has
    changed.

    Parameters
    ----------
    bundle
        What the widget itself returns: a dictionary, a pair of them, or None.
    kind
        ``scenario`` or ``quiz``.
    reference
        What `fourps.play` or `fourps.ask` was called with.
    """
    data, *metadata = bundle if isinstance(bundle, tuple) else (bundle or {},)
    data = data | {COURSE_MIME: {"kind": kind, "reference": reference}}
    return (data, *metadata) if metadata else data
