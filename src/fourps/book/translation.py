"""What becomes of the catalogues of a language, and what a page says of what they lack."""

from __future__ import annotations

import shutil
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.errors import SphinxError
from sphinx.transforms import SphinxTransform

from fourps.book.catalogues import catalogue
from fourps.book.page_in_book import complain
from fourps.course.catalogue import Catalogue, files
from fourps.course.language import direction, is_pseudo, name, tag
from fourps.course.problem import BrokenSourceError
from fourps.course.words import words
from fourps.translation.gates import broken

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config


class TranslateCaptions(SphinxTransform):
    """Translates the captions of the navigation, which come after all else was translated."""

    # after the table of contents has been put into the page
    default_priority = 110

    def apply(self, **_options: Any) -> None:
        """Say each caption in the language of the page."""
        found = catalogue(self.env)
        if not found:
            return
        for node in self.document.findall(addnodes.toctree):
            if node.get("rawcaption"):
                node["caption"] = found.gettext(node["rawcaption"])


def _copy_catalogues(app: Sphinx, config: Config) -> None:
    """Give Sphinx copies, since it leaves a compiled file beside each; name each that is broken."""
    if is_pseudo(config.language):
        # they were made a moment ago, and not by hand
        return
    copies = Path(app.doctreedir, "locale")
    kept = set()
    wrong = 0
    for folder in config.locale_dirs:
        for page, path in files(Path(app.srcdir), config.language, folder).items():
            # Sphinx looks into the language's own folder, so that a region gets all it has in one
            kept.add(copy := copies / config.language / "LC_MESSAGES" / f"{page}.po")
            wrong += not _copy(app, page, path, copy)
    if wrong:
        raise SphinxError("Nothing was built: the catalogues named above are broken.")
    for path in {*copies.rglob("*.po")} - kept:
        path.unlink()
        path.with_suffix(".mo").unlink(missing_ok=True)
    config.locale_dirs = [str(copies)]


def _copy(app: Sphinx, page: str, path: Path, copy: Path) -> bool:
    """Copy a catalogue, or say what is wrong with it; return whether nothing is.

    A copy that is right stays as old as it is: what is newer, Sphinx reads again.
    """
    if copy.is_file() and copy.read_bytes() == path.read_bytes():
        return True
    try:
        found = Catalogue.read(path)
    except BrokenSourceError as error:
        complain(error.problems)
        return False
    problems = list(broken(Path(app.srcdir), page, found, app.config.language))
    if problems:
        complain(problems)
        return False
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, copy)
    return True


def _mark(app: Sphinx, doctree: nodes.document, _page: str) -> None:
    """Mark what stands in the authors' language on a page of another one, for screen readers."""
    for node in doctree.findall(nodes.TextElement):
        if node.get("translated") is False:
            # docutils makes the attribute `lang` of it
            node["classes"].append(f"language-{tag(app.config.fourps_source)}")


def _tell(
    app: Sphinx, _page: str, _template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Say of a page that lacks a sentence which language that is in, and link that page."""
    source, language = tag(app.config.fourps_source), tag(app.config.language)
    if doctree is None or language == source or is_pseudo(language):
        return
    # Sphinx counts before some of its nodes give way to others
    found = [one["translated"] for one in doctree.findall(nodes.Element) if "translated" in one]
    if found and all(found):
        return
    said, called = words(language), name(source, language)
    key = "page-partly" if any(found) else "page-untranslated"
    note = escape(said[key].format(language=called))
    for one in context.get("fourps_languages", []):
        if one["code"] == source:
            link = escape(said["page-source"].format(language=called))
            note += f' <a href="{escape(one["href"])}" hreflang="{source}">{link}</a>'
    body = context["body"]
    if not any(found):
        body = f'<div lang="{source}" dir="{direction(source)}">{body}</div>'
    context["body"] = f'<p class="fp-note">{note}</p>{body}'


def _let_go(_app: Sphinx, doctree: nodes.document) -> None:
    """Have each node know its page alone.

    What Sphinx translated knows the page on which it was read, and by that all of the book: kept
    with each page, which took half of the time of a build after one edit.
    """
    for node in doctree.findall():
        node.document = doctree


def register(app: Sphinx) -> None:
    """Have Sphinx translate what it does not translate by itself."""
    app.add_transform(TranslateCaptions)
    app.connect("config-inited", _copy_catalogues)
    app.connect("doctree-read", _let_go, priority=999)
    app.connect("doctree-resolved", _mark)
    # when the page knows its other languages
    app.connect("html-page-context", _tell, priority=901)
