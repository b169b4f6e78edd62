"""The whole real book, translated by a rule: what stays plain there, no translator can reach."""

from __future__ import annotations

import json
import re
from pathlib import Path

import books
import pytest
from bs4 import BeautifulSoup

from fourps.course.bibliography import labels
from fourps.course.world import load

ROOT = Path(__file__).parents[2]
# a word of which no letter was changed
PLAIN = re.compile(r"(?<![^\W_])[A-Za-z]{3,}(?![^\W_])")
SAID = ("alt", "aria-label", "placeholder")
# code, what sources are called, and the glossary's pairs of terms
KEPT = "script, style, code, pre, .citation, a.reference[title], [data-sources] a, table [lang]"
SOURCES = {f"[{label}]" for label in labels(ROOT / "book" / "references.bib").values()}
WORLD, _ = load(ROOT / "book" / "world.yaml")
LANDS = (WORLD.regions, WORLD.neighbours, WORLD.places, WORLD.people)
INVENTED = {land.name for named in LANDS for land in named.values()}
# what is filled in, names of files, of a licence and of the course, and the time of a scene, which
# scripts read
NAMES = re.compile(
    r"\{\w+\}|[\w-]+\.(ipynb|pdf|zip|csv)|MIT|Four Ps|week \d+(, [A-Z][a-z]+)?(, \d\d:\d\d)?"
)


def strings(data):
    """Yield each text of a player's data; what has no space is a name."""
    if isinstance(data, dict | list):
        for value in data.values() if isinstance(data, dict) else data:
            yield from strings(value)
    elif isinstance(data, str) and " " in data:
        yield BeautifulSoup(data, "html.parser").text if "</" in data else data


def plain(path):
    """Return each text of a page that has a plain word."""
    page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
    texts = [element["content"] for element in page.select("meta[name=description]")]
    texts += [element[name] for name in SAID for element in page.select(f"[{name}]")]
    for script in page.select('script[type="application/json"]'):
        texts += strings(json.loads(script.string))
    for element in page.select(KEPT):
        element.decompose()
    for element in page.select("li > p > strong:first-child"):
        if element.text in SOURCES:
            element.parent.decompose()
    texts += page.strings
    stripped = {text.strip() for text in texts} - INVENTED
    return sorted(text for text in stripped if PLAIN.search(NAMES.sub("", text)))


@pytest.mark.once
@pytest.mark.prove
@pytest.mark.slow
def test_real_book():
    """Does no sentence of any page stay in English, what players, labs and readers' tools say included?"""
    html = books.shared("pseudo-book", ROOT, "--language", "en-XA").wait()
    assert {path: texts for path in sorted(html.rglob("*.html")) if (texts := plain(path))} == {}
