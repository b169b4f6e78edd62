"""How a source is printed in the language that `fourps.course.bibliography` said it in.

pybtex's own style speaks English. What is said in another language than the reader's stands in a
tag such as ``language-en``, of which each backend makes its own.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pybtex.richtext import Text
from pybtex.style.formatting.plain import Style
from pybtex.style.template import field, href, join, names, optional, sentence, tag
from pybtex.style.template import words as spaced

from fourps.course.bibliography import GLOSS, LANGUAGE, TITLE_LANGUAGE
from fourps.course.glossary import place
from fourps.course.language import without_region
from fourps.course.words import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pybtex.database import Entry

FOREIGN = "language-"


class SourceStyle(Style):  # type: ignore[misc]
    """pybtex's plain style, in the language of each source."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.sort = by_label
        self.format_name = self._named
        self._speak("en")

    def format_entry(self, label: str, entry: Entry, bib_data: Any = None) -> Any:
        """Print a source in its own language."""
        self._speak(entry.fields.get(LANGUAGE, "en"))
        return super().format_entry(label, entry, bib_data)

    def format_names(self, role: str, as_sentence: bool = True) -> Any:  # noqa: FBT001, FBT002
        """Join names as the language does."""
        people = names(role, **self._between)
        return sentence[people] if as_sentence else people

    def format_title(self, e: Entry, which_field: str, as_sentence: bool = True) -> Any:  # noqa: FBT001, FBT002
        """Give a title its language, and what it means to readers of another."""
        return self._titled(e, field(which_field, apply_func=Text.capitalize), as_sentence)

    def format_btitle(self, e: Entry, which_field: str, as_sentence: bool = True) -> Any:  # noqa: FBT001, FBT002
        """Do the same for a book's."""
        return self._titled(e, tag("em")[field(which_field)], as_sentence)

    def get_article_template(self, e: Entry) -> Any:
        """Give the name of a journal its language too."""
        template = super().get_article_template(e)
        *_, journal, _note, _refs = template.children
        journal.children[0] = self._foreign(e, journal.children[0])
        return template

    def format_volume_and_series(self, e: Entry, as_sentence: bool = True) -> Any:  # noqa: FBT001, FBT002
        """Say which number of a series a book is."""
        if "volume" in e.fields or not {"number", "series"} <= {*e.fields}:
            return super().format_volume_and_series(e, as_sentence)
        series = self._filled("source-numbered", ("number", "series"))
        return sentence(capfirst=True)[series] if as_sentence else series

    def format_edition(self, e: Entry) -> Any:
        """Say which edition it is."""
        if "edition" not in e.fields:
            return super().format_edition(e)
        return self._filled("source-edition", ("edition",), Text.lower)

    def format_url(self, _e: Entry) -> Any:
        """Say where it is."""
        url = field("url", raw=True)
        return spaced[self._said["source-url"], href(url)[url]]

    def format_doi(self, _e: Entry) -> Any:
        """Say where it is for good."""
        doi = field("doi", raw=True)
        return href(join["https://doi.org/", doi])[join[self._said["source-doi"], doi]]

    def _speak(self, language: str) -> None:
        from babel import Locale

        self._language, self._said = without_region(language), words(language)
        pattern = Locale.parse(self._language).list_patterns["standard"]
        parts = {"sep": "middle", "sep2": "2", "last_sep": "end"}
        self._between = {key: re.sub(r"\{\d\}", "", pattern[part]) for key, part in parts.items()}

    def _named(self, person: Any, abbr: bool = False) -> Any:  # noqa: FBT001, FBT002
        if str(person) == "others":
            return self._said["source-others"]
        return self.name_style.format(person, abbr)

    def _foreign(self, e: Entry, text: Any) -> Any:
        language = e.fields.get(TITLE_LANGUAGE, "en")
        return text if language == self._language else tag(f"{FOREIGN}{language}")[text]

    def _titled(self, e: Entry, title: Any, as_sentence: bool) -> Any:  # noqa: FBT001
        titled = join[self._foreign(e, title), optional[join[" [", field(GLOSS), "]"]]]
        return sentence[titled] if as_sentence else titled

    def _filled(self, key: str, places: tuple[str, ...], change: Any = None) -> Any:
        """Return a sentence of ours with fields of the source in its places."""
        parts = re.split(rf"\{{({'|'.join(places)})\}}", self._said[key])
        # split by one group: every second part is a place
        return join[
            [field(part, apply_func=change) if at % 2 else part for at, part in enumerate(parts)]
        ]


def by_label(entries: Iterable[Entry]) -> list[Entry]:
    """Return sources in the order in which a reader looks up their labels."""
    return sorted(entries, key=lambda entry: place(entry.fields.get("shorthand", entry.key)))
