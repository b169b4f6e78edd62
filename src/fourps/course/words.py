"""The few words that pages and players say themselves, in the reader's language.

English stands in ``fourps.course.english``; every other language is a gettext catalogue in
``locale/``, read with Babel. A word in braces is replaced when it is shown. ``make words`` writes
the templates in ``locale/``, which a new translation begins with.
"""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from fourps.course.english import ENGLISH, EXERCISES
from fourps.course.language import folders, is_pseudo, pseudo

if TYPE_CHECKING:
    from collections.abc import Mapping

LOCALE = Path(__file__).parents[1] / "locale"
DOMAIN = "fourps"
# what is said around notebooks
EXERCISE = "exercise"


def languages(domain: str = DOMAIN) -> list[str]:
    """Return the languages that there are words in.

    Parameters
    ----------
    domain
        Of the catalogues.

    Examples
    --------
    >>> languages()
    ['en', 'fr']
    """
    return ["en", *sorted(path.parts[-3] for path in LOCALE.glob(f"*/LC_MESSAGES/{domain}.po"))]


@cache
def words(language: str = "en") -> dict[str, str]:
    """Return every word in a language, by key.

    Parameters
    ----------
    language
        A code such as ``fr`` or ``pt-BR``. Where a translation is missing, English stands.

    Examples
    --------
    >>> words("en")["begin"], words("fr")["begin"]
    ('Begin', 'Commencer')
    """
    return translated(ENGLISH, language)


@cache
def exercise_words(language: str = "en") -> dict[str, str]:
    """Return what checks, notebooks and the commands around them say, by key.

    Parameters
    ----------
    language
        A code such as ``fr``. Where a translation is missing, English stands.

    Examples
    --------
    >>> exercise_words("fr")["letter-twice"]
    'Une lettre figure deux fois dans votre réponse.'
    """
    return translated(EXERCISES, language, EXERCISE)


def translated(english: Mapping[str, str], language: str, domain: str = DOMAIN) -> dict[str, str]:
    """Return texts in a language, by key.

    Parameters
    ----------
    english
        English text by key.
    language
        A code such as ``fr`` or ``pt-BR``. Where a translation is missing, English stands. Those of
        `fourps.course.language.is_pseudo` are made here.
    domain
        The name of the gettext catalogue.

    Examples
    --------
    >>> translated({"go": "Begin", "here": "Not in any catalogue"}, "fr-CA")
    {'go': 'Commencer', 'here': 'Not in any catalogue'}
    """
    if is_pseudo(language):
        return {key: pseudo(text) for key, text in english.items()}
    for folder in folders(language):
        path = LOCALE / folder / "LC_MESSAGES" / f"{domain}.po"
        if path.is_file():
            from babel.messages.pofile import read_po

            with path.open("rb") as stream:
                catalogue = read_po(stream)
            known = {message.id: message.string for message in catalogue if message.string}
            return {key: str(known.get(text, text)) for key, text in english.items()}
    return dict(english)


def template(english: Mapping[str, str]) -> bytes:
    """Return what a translation into a new language begins with, as gettext's tools read it."""
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import write_po

    catalogue = Catalog(charset="utf-8")
    for key, text in english.items():
        catalogue.add(text, auto_comments=[key])
    out = BytesIO()
    write_po(out, catalogue, width=100, omit_header=True)
    return b"# Written by `make words`: change the words in the code.\n\n" + out.getvalue()


def write_template(english: Mapping[str, str], domain: str = DOMAIN) -> None:
    """Write the template of a catalogue into ``locale/``."""
    (LOCALE / f"{domain}.pot").write_bytes(template(english))


if __name__ == "__main__":
    write_template(ENGLISH)
    write_template(EXERCISES, EXERCISE)
