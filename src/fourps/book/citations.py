"""Citations printed by their short labels, such as [WHO 2003]."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pybtex.style.formatting.plain import Style
from pybtex.style.labels import BaseLabelStyle

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


class ShortLabels(BaseLabelStyle):  # type: ignore[misc]
    """Labels taken from each entry's ``shorthand``."""

    def format_labels(self, sorted_entries: Iterable[Any]) -> Iterator[str]:
        """Yield the label of each entry."""
        for entry in sorted_entries:
            yield entry.fields.get("shorthand", entry.key)


class ShortLabelStyle(Style):  # type: ignore[misc]
    """The bibliography style ``fourps``."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        labels = ShortLabels()
        self.label_style = labels
        self.format_labels = labels.format_labels
