"""Texts that would like to be markup, a book that is full of them, and an eye for what became of them."""

import re
import shutil
from types import SimpleNamespace

import commands
import pytest
import yaml
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from hypothesis import given, settings
from hypothesis import strategies as st

from fourps.course.words import words

HOSTILE = [
    "<img src=x onerror=hit()>",
    "</script><script>hit()</script>",
    "<svg/onload=hit()>",
    "<iframe srcdoc='<script>parent.hit()</script>'>",
    "javascript:hit()",
    '"onmouseover="hit()',
    "'><b>",
    "&lt;b&gt;",
    "&amp;#60;",
    "\\u003c/script>",
    "[x](javascript:hit())",
    "![x](x)",
    "{term}`knock`",
    "`x`",
    "**x**",
    "{text}",
    "${hit()}",
    "{{ hit() }}",
    "-->",
    "]]>",
    "<!--",
    "\u202edlrow\u202c",
    "\u2067a\u2069",
    "\u200b\ufeff",
    "e\u0301\U0001f469\u200d\U0001f33e",
]
# what is put behind each word of ours: a translator may break out of an element, attribute or script
ENDING = " '\"><img src=x onerror=hit()></script><script>hit()</script>&lt;b&gt;"
# whitespace is joined by the readers of YAML, and control signs are refused by YAML itself
signs = st.text(st.characters(exclude_categories=["C", "Z"], include_characters="<>&\"'`{}[]\\"))
TEXTS = {
    *("title", "text", "role", "content_note", "practise", "consequence", "rationale"),
    *("why", "feedback", "answer", "label", "caption", "alt", "columns", "rows", "options"),
}
MARK = re.compile(r"⟦(\d+)⟧")

# every text and every attribute that is read out, and whatever should not be there
LOOK = """window.look = (root) => {
  const said = [], wrong = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (node.nodeType === Node.TEXT_NODE) {
      if (node.parentElement.localName !== "script") said.push(node.data);
      continue;
    }
    // the only pictures of ours are portraits out of one file
    if (node.matches("img:not(.fp-face[src*='/_static/people.svg?v=']), iframe, object, embed, style, link, base, meta, form[action], script:not([type='application/json'])"))
      wrong.push(node.outerHTML.slice(0, 200));
    for (const { name, value } of node.attributes) {
      if (name.startsWith("on") || /^\\s*(javascript|data):/i.test(value)) wrong.push(`${name}=${value}`);
      if (["aria-label", "alt", "title", "placeholder", "aria-valuetext", "data-longest"].includes(name)) said.push(value);
    }
  }
  return { said, wrong, hit: window.struck };
};
window.struck = false;
window.hit = () => { window.struck = true; };
// a function as the last value would be called
"";"""
# the command, with the words of a translator in place of ours
BUILD = """import sys
from pathlib import Path
from fourps.book import build, one_language
from fourps.course import words
book, locale = map(Path, sys.argv[1:])
words.LOCALE = locale
# processes beside this one would have our words
build._wrong = lambda folders, codes, config, _: [
    code
    for code in codes
    if not one_language.build_language(
        folders[0], folders[1] / code, folders[2], code, config
    )
]
build.build(book, book / "_build", ["en", "fr"])
"""


def fill_texts(data, text, key="", taken=None):
    """Replace every text that readers see; return what stands at which number."""
    taken = {} if taken is None else taken
    for name, value in data.items() if isinstance(data, dict) else enumerate(data):
        at = name if isinstance(name, str) else key
        if isinstance(value, dict | list):
            fill_texts(value, text, at, taken)
        elif isinstance(value, str) and at in TEXTS:
            taken[len(taken)] = data[name] = f"⟦{len(taken)}⟧ {text(len(taken))}"
    return taken


def insist(found, texts, least):
    """Insist that each text that was said came letter by letter, and brought nothing along."""
    assert found["wrong"] == []
    assert not found["hit"]
    seen = set()
    for said in found["said"]:
        for mark in MARK.findall(said):
            assert texts[int(mark)] in said
            seen.add(mark)
    assert len(seen) >= least


@pytest.fixture(scope="session")
def trap():
    """Give what test modules need of this file; they cannot import it."""
    texts = st.lists(st.sampled_from(HOSTILE) | signs.filter(bool), min_size=1, max_size=4)
    return SimpleNamespace(texts=texts.map(" ".join), look=LOOK, fill=fill_texts, whole=insist)


@pytest.fixture(scope="session")
def script(trap):
    """Have each page look for what became of the texts."""
    return trap.look


def write_catalogue(path, translations):
    catalogue = Catalog(locale="fr", fuzzy=False)
    for text, translation in translations.items():
        catalogue.add(text, translation)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        write_po(stream, catalogue)


@pytest.fixture(scope="session")
def hostile_book(tmp_path_factory, root, trap):
    """Return a book in which authors and translators wrote a hundred hostile texts, and those.

    The texts are those of the English scenario and quiz, and of the French ones.
    """
    examples = []

    @settings(max_examples=120, database=None, derandomize=True)
    @given(trap.texts)
    def collect(text):
        # of one length, since options must be
        examples.append(text[:150].strip().ljust(150, "."))

    collect()
    folder = tmp_path_factory.mktemp("hostile") / "book"
    shutil.copytree(root / "tests" / "book" / "fixture", folder)
    texts, french, catalogue = {}, {}, {}
    for name in ("scenario", "quiz"):
        path = folder / "modules" / "demo" / f"{name}.yaml"
        data = yaml.safe_load(path.read_text("utf-8"))
        texts[name] = fill_texts(data, lambda number: examples[number % len(examples)])
        for node in data.get("nodes", {}).values():
            # a scene names who speaks in it, and these texts name nobody
            node.pop("speaker", None)
        # nor a person, whose name nobody reads
        if "people" in data:
            data["people"] = {"guest": "the guest"}
        path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), "utf-8")
        # whatever looks like a place to be filled stays one, or the build would refuse it
        french[name] = {
            n: f"⟦{n}⟧ {examples[-1 - n % len(examples)]}{' {text}' * ('{text}' in text)}"
            for n, text in texts[name].items()
        }
        catalogue |= {text: french[name][n] for n, text in texts[name].items()}
    for page in ("practice", "quiz", "cells"):
        path = folder / "locale" / "fr" / "LC_MESSAGES" / "modules" / "demo" / f"{page}.po"
        write_catalogue(path, catalogue)
    ours = {text: text + ENDING for text in words("en").values()}
    write_catalogue(folder / "ours" / "fr" / "LC_MESSAGES" / "fourps.po", ours)
    glossary = folder / "book" / "glossary.md"
    # MyST reads its signs as signs
    meaning = re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", " ".join(HOSTILE))
    glossary.write_text(glossary.read_text("utf-8").replace("In this book:", meaning), "utf-8")
    config = folder / "_config.yml"
    settled = "    locale_dirs: [locale]\n    language: en\n"
    config.write_text(config.read_text("utf-8").replace("    language: en\n", settled), "utf-8")
    done = commands.run(["-c", BUILD, folder, folder / "ours"])
    assert done.returncode == 0, done.stderr
    return folder / "_build" / "html", {"": texts, "fr/": french}


@pytest.fixture(scope="session")
def hostile_site(hostile_book, serve):
    """Where that book is served under its policy, and the texts of each folder by kind and number."""
    html, texts = hostile_book
    with serve(html) as address:
        yield SimpleNamespace(address=address, texts=texts)
