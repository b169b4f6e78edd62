"""The index of the search: a list of the pages, and for each letter the words that begin with it.

A language with many forms of a word has an index of 60 KB and more. So the page "Search" loads the
list alone, and of the words those that begin as one that is asked for. Sphinx keeps its own index
beside the pages, where no reader loads it, and reads it back when only a few pages have changed.
"""

from __future__ import annotations

import json
import posixpath
import re
import shutil
from collections import Counter, defaultdict
from functools import cache
from itertools import pairwise
from os.path import commonprefix
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fourps.course.glossary import folded, load_synonyms

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx.application import Sphinx

# stands for nothing; a space parts words, and a line's end the words from their pages
_ZERO = ord("#")
_WORD = re.compile(r"[^\W\d_]+")
# letters of words in which none is taken to be wrong, and how often is often enough to be told
_SHORT, _OFTEN = 2, 90
# from the folder of the pages; Sphinx itself goes on from there
_WHOLE = "../searchindex.js"


def packed(places: Mapping[str, int | list[int]], most: Mapping[str, int] | None = None) -> str:
    """Return all words, and then the pages that hold each.

    Of a word stands how many letters it shares with the one before, and the rest; of its pages
    which of them says it most, and of each how far it is from the one before. All are small
    numbers, a sign each, which compress well.

    Examples
    --------
    >>> packed({"rains": [2], "rain": [1, 2], "door": 0, "gone": []}, {"rain": 2})
    "#door #rain 's\\n## $$$ #%"
    """
    pages = {word: [on] if isinstance(on, int) else on for word, on in places.items()}
    # Sphinx keeps words of which no page is left
    words = sorted(word for word, on in pages.items() if on)
    # letters are meant, and not parts of a path
    shared = (len(commonprefix(pair)) for pair in pairwise(["", *words]))  # noqa: RUF071
    short = (f"{chr(_ZERO + same)}{word[same:]}" for same, word in zip(shared, words, strict=True))
    listed = (_steps(sorted(pages[word]), (most or {}).get(word)) for word in words)
    signs = ("".join(chr(_ZERO + number) for number in steps) for steps in listed)
    return f"{' '.join(short)}\n{' '.join(signs)}"


def _steps(pages: list[int], most: int | None) -> list[int]:
    first = pages.index(most) if most in pages else 0
    return [first, *(on - before for before, on in pairwise([0, *pages]))]


def shelf(word: str) -> str:
    """Return under which letter a word is looked for, by its number: without accents and capitals.

    All figures are together. ``front/find.js`` has the same rule.

    Examples
    --------
    >>> [shelf(word) for word in ("Élan", "eau", "œuvre", "1951", "3")]
    ['65', '65', '6f', '30', '30']
    """
    first = folded(word)[:1]
    return f"{ord('0' if '0' <= first <= '9' else first or '_'):x}"


def _remember_stems(app: Sphinx, *_: Any) -> None:
    """Work out the stem of a word once, and not on each page anew; in French that takes long."""
    # there is none before the first page is written
    language = getattr(getattr(app.builder, "indexer", None), "lang", None)
    if language and "stem" not in vars(language):
        language.stem = cache(language.stem)


def _write(app: Sphinx, exception: Exception | None) -> None:
    # no page was written: what stands there is right
    indexer = getattr(app.builder, "indexer", None)
    if exception or app.builder.name != "html" or indexer is None:
        return
    whole: dict[str, Any] = indexer.freeze()
    shelves: dict[str, dict[str, Any]] = defaultdict(dict)
    for word, pages in whole["terms"].items():
        if pages != []:
            shelves[shelf(word)][word] = pages
    folder = Path(app.outdir, "searchindex")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    synonyms = load_synonyms(Path(app.srcdir), app.config.language)
    counts = _said(Path(app.outdir, "search"))
    most = _most(indexer.lang.stem, counts, whole["docnames"])
    typed = sum(counts.values(), Counter(_WORD.findall(" ".join(synonyms).lower())))
    often = {word: min(count, _OFTEN) for word, count in typed.items() if len(word) > _SHORT}
    for name, text in {
        **{name: packed(places, most) for name, places in shelves.items()},
        "words": packed(often),
    }.items():
        (folder / f"{name}.js").write_text(_call("setWords", name, text), "utf-8")
    listed = {
        "docnames": whole["docnames"],
        "titles": whole["titles"],
        "titleterms": packed(whole["titleterms"]),
        "shelves": sorted(shelves),
        "synonyms": synonyms,
    }
    Path(app.outdir, "searchindex.js").write_text(_call("setIndex", listed), "utf-8")


def _said(folder: Path) -> dict[str, Counter[str]]:
    """Return how often each page says each word, of what the search shows of it."""
    counts = {}
    for path in sorted(folder.rglob("*.js")):
        script = path.read_text("utf-8").removeprefix("Search.setText(").removesuffix(");\n")
        page, passages = json.loads(script.join("[]"))
        text = " ".join(f"{name} {text}" for _, name, text in passages)
        counts[page] = Counter(_WORD.findall(text.lower()))
    return counts


def _most(
    stem: Callable[[str], str], on_page: dict[str, Counter[str]], pages: list[str]
) -> dict[str, int]:
    """Return for each stem the page that says it most, if one can among those that teach."""
    counts: dict[str, Counter[tuple[bool, str]]] = defaultdict(Counter)
    for page, words in on_page.items():
        # a piece of a lesson, as `front/find.js` knows one
        teaches = posixpath.dirname(page) in on_page
        for word, count in words.items():
            counts[stem(word)][(teaches, page)] += count
    places = {page: place for place, page in enumerate(pages)}
    best = {word: max(on, key=lambda page: (page[0], on[page])) for word, on in counts.items()}
    return {word: places[page] for word, (_, page) in best.items()}


def _call(function: str, *values: Any) -> str:
    """Return a script that hands values to the page."""
    texts = (json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in values)
    return f"Search.{function}({','.join(texts)});\n"


def register(app: Sphinx) -> None:
    """Have Sphinx keep its index elsewhere, and write ours once all pages are written."""

    def keep_elsewhere(app: Sphinx) -> None:
        if app.builder.name == "html":
            app.builder.searchindex_filename = _WHOLE  # type: ignore[attr-defined]

    app.connect("builder-inited", keep_elsewhere)
    app.connect("doctree-resolved", _remember_stems)
    app.connect("build-finished", _write)
