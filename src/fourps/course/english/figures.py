"""What the drawings and tables of labs say, whatever they show."""

from __future__ import annotations

FIGURES = {
    "drawn-label": "SYNTHETIC",
    "drawn-between": "{low} to {high}",
    "drawn-share": "{count} ({share} % of the one above)",
    "drawn-unreported": "not reported",
    "drawn-boxed": "(boxed)",
}
