"""A translation that anybody can read: it says "fr: " before each text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from fourps.check import gathered
from fourps.course.catalogue import name
from fourps.course.passages import passages, told
from fourps.course.source import Source

if TYPE_CHECKING:
    from pathlib import Path


def speak(root: Path) -> None:
    """Write such a catalogue for each page of a course."""
    for page in (*root.glob("book/*.md"), *root.glob("modules/*/*.md")):
        text = page.read_text("utf-8")
        catalogue = Catalog(locale="fr", fuzzy=False)
        texts = [one.text for one in (*passages(text), *told(text))]
        for file in re.findall(r"^```\{(?:scenario|quiz)\} (\S+)", text, re.MULTILINE):
            texts += [said for _, said in gathered.texts(Source.read(page.parent / file))]
        for one in texts:
            for part in one.split("\n\n"):
                flat = " ".join(part.split())
                catalogue.add(flat, f"fr: {flat}")
        path = root / "locale/fr/LC_MESSAGES" / f"{name(root, page)}.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as stream:
            write_po(stream, catalogue)
