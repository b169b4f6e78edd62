"""How Sphinx translates the book: from which catalogues, faster, and with what it leaves out.

Sphinx has all of MyST read each sentence of a translation as a page of its own. Most have no
markup, and are one paragraph with one text, whoever reads them. For each text MyST works out all
settings of docutils, which are the same; and for a log that nobody keeps, Sphinx writes each node
that it does not translate as XML.

Two kinds of texts stand in no paragraph of a page: its description, and what is said of sources.
Search engines say the one, and whatever lists a source the other (`fourps.book.citations`). Sphinx
translates a description, but takes it off the page before it tells translators what there is.
"""

from __future__ import annotations

import shutil
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docutils.frontend
import sphinx.util.nodes
from docutils import nodes
from pybtex.database import parse_string
from sphinx import addnodes
from sphinx.errors import SphinxError
from sphinx.transforms import SphinxTransform, i18n

from fourps.book.page_in_book import catalogue, complain
from fourps.course.bibliography import PAGE, SAID
from fourps.course.catalogue import Catalogue, files
from fourps.course.inline import is_plain
from fourps.course.language import is_pseudo
from fourps.course.problem import BrokenSourceError
from fourps.translation.gates import broken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

_read_sentence = i18n.publish_msgstr
_settings = cache(docutils.frontend.get_default_settings)


def _publish(app: Sphinx, source: str, *where: Any) -> nodes.Element:
    """Return the paragraph that a sentence is."""
    return nodes.paragraph("", source) if is_plain(source) else _read_sentence(app, source, *where)


def _default_settings(*components: Any) -> Any:
    """Return settings of one's own."""
    return deepcopy(_settings(*components))


def _named(node: nodes.Node, length: int = 0) -> str:  # noqa: ARG001 - theirs
    return type(node).__name__


class TranslateCaptions(SphinxTransform):
    """Translates the captions of the navigation, which come after all else was translated."""

    # after the table of contents has been put into the page
    default_priority = 110

    def apply(self, **_options: Any) -> None:
        """Say each caption in the language of the page."""
        translations = catalogue(self.env)
        if not translations:
            return
        for node in self.document.findall(addnodes.toctree):
            if node.get("rawcaption"):
                node["caption"] = translations.gettext(node["rawcaption"])


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
        texts = Catalogue.read(path)
    except BrokenSourceError as error:
        complain(error.problems)
        return False
    problems = list(broken(Path(app.srcdir), page, texts, app.config.language))
    if problems:
        complain(problems)
        return False
    copy.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, copy)
    return True


def _let_go(_app: Sphinx, doctree: nodes.document) -> None:
    """Have each node know its page alone.

    What Sphinx translated knows the page on which it was read, and by that all of the book: kept
    with each page, which took half of the time of a build after one edit.
    """
    for node in doctree.findall():
        node.document = doctree


class Unshown(SphinxTransform):
    """Shows translators the description of a page, and remarks on sources where they are listed."""

    # before translation, which this is for
    default_priority = 5

    def apply(self, **_options: Any) -> None:
        """Add a paragraph for each text."""
        if self.app.builder.name != "gettext":
            return
        for what, text in _texts(self.env, self.document):
            paragraph = nodes.paragraph(text, text)
            # no passage of the page; a translator sees what it is
            paragraph.source, paragraph.line = f"{self.document['source']}:{what}", 1
            self.document += paragraph


def _texts(env: BuildEnvironment, document: nodes.document) -> Iterator[tuple[str, str]]:
    # docutils has not made metadata of them yet
    for field in document.findall(nodes.field):
        name, body = field.children
        if name.astext() == "description":
            yield "description", body.astext().strip()
    if env.docname == PAGE:
        for text in dict.fromkeys(_remarks(env)):
            yield "note", text


def _remarks(env: BuildEnvironment) -> Iterator[str]:
    """Yield what is printed of each source besides its title, authors and numbers."""
    for file in env.config.bibtex_bibfiles:
        text = Path(env.srcdir, file).read_text("utf-8")
        for entry in parse_string(text, "bibtex").entries.values():
            yield from (entry.fields[name] for name in SAID if name in entry.fields)


def register(app: Sphinx) -> None:
    """Have Sphinx translate faster, and what it does not translate by itself."""
    i18n.publish_msgstr = _publish  # type: ignore[assignment]
    docutils.frontend.get_default_settings = _default_settings
    sphinx.util.nodes.repr_domxml = _named
    app.add_transform(TranslateCaptions)
    app.connect("config-inited", _copy_catalogues)
    app.connect("doctree-read", _let_go, priority=999)
    app.add_transform(Unshown)
