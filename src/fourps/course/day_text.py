"""A day in words."""

from __future__ import annotations

from datetime import date

from babel.dates import format_date

from fourps.course.language import tag


def day_text(said: str, language: str) -> str:
    """Return a day as a language writes it; what is no day as it stands.

    Examples
    --------
    >>> day_text("2026-11-30", "en"), day_text("2026-11-30", "fr"), day_text("soon", "en")
    ('30 November 2026', '30 novembre 2026', 'soon')
    """
    try:
        day = date.fromisoformat(said)
    except ValueError:
        return said
    locale = "en_GB" if language == "en" else tag(language).replace("-", "_")
    return str(format_date(day, "long", locale=locale))
