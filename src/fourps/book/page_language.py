"""The language of a page: which way it runs, its other languages, and what is not translated.

A book in several languages is one folder: the first language stands at its top, each other in a
folder of its name, and every page has the same place in each.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from docutils import nodes

from fourps.book.html import on_page
from fourps.course.language import direction, is_pseudo, name, tag
from fourps.course.words import words

if TYPE_CHECKING:
    from docutils.nodes import document
    from sphinx.application import Sphinx
    from sphinx.config import Config


def place(config: Config, code: str) -> str:
    """Return where a language stands below the top of the site, with its slash."""
    return "" if code == tag(config.fourps_languages[0]) else f"{code}/"


def _alternatives(config: Config, context: dict[str, Any], page: str) -> list[dict[str, str]]:
    """Return each language's name, code and folder, and the link to this page in it."""
    here = place(config, tag(config.language))
    top = context["content_root"] + ("../" if here else "")
    base = config.html_baseurl.rstrip("/") + "/"
    base = base.removesuffix(here)
    languages = []
    for code in map(tag, config.fourps_languages):
        path = f"{place(config, code)}{page}.html"
        root = top + place(config, code)
        languages.append(
            {"code": code, "name": name(code), "root": root, "href": top + path, "url": base + path}
        )
    return languages


def _page(app: Sphinx, page: str, context: dict[str, Any], _doctree: document | None) -> None:
    """Say which way the page runs, and link its other languages."""
    config = app.config
    context["fourps_direction"] = direction(config.language)
    if len(config.fourps_languages) > 1:
        context["fourps_languages"] = languages = _alternatives(config, context, page)
        if config.html_baseurl:
            # search engines read only whole addresses here
            context["metatags"] = context.get("metatags", "") + "".join(
                f'\n<link rel="alternate" hreflang="{other["code"]}" href="{escape(other["url"])}">'
                for other in languages
            )


def _mark(app: Sphinx, doctree: document, _page: str) -> None:
    """Mark what stands in the authors' language on a page of another one, for screen readers."""
    for node in doctree.findall(nodes.TextElement):
        if node.get("translated") is False:
            # docutils makes the attribute `lang` of it
            node["classes"].append(f"language-{tag(app.config.fourps_source)}")


def _tell(app: Sphinx, _page: str, context: dict[str, Any], doctree: document | None) -> None:
    """Say of a page that lacks a sentence which language that is in, and link that page."""
    source, language = tag(app.config.fourps_source), tag(app.config.language)
    if doctree is None or language == source or is_pseudo(language):
        return
    # Sphinx counts before some of its nodes give way to others
    translated = [
        node["translated"] for node in doctree.findall(nodes.Element) if "translated" in node
    ]
    if translated and all(translated):
        return
    word, called = words(language), name(source, language)
    key = "page-partly" if any(translated) else "page-untranslated"
    note = escape(word[key].format(language=called))
    for other in context.get("fourps_languages", []):
        if other["code"] == source:
            link = escape(word["page-source"].format(language=called))
            note += f' <a href="{escape(other["href"])}" hreflang="{source}">{link}</a>'
    body = context["body"]
    if not any(translated):
        body = f'<div lang="{source}" dir="{direction(source)}">{body}</div>'
    context["body"] = f'<p class="fp-note">{note}</p>{body}'


def register(app: Sphinx) -> None:
    """Add the languages of the site to Sphinx's configuration and to every page; mark and tell."""
    # what the authors write in, and what the site is published in
    app.add_config_value("fourps_source", "en", "html", [str])
    kinds = [list, tuple]
    app.add_config_value("fourps_languages", lambda config: [config.language], "html", kinds)
    on_page(app, _page, 900)
    app.connect("doctree-resolved", _mark)
    # when the page knows its other languages
    on_page(app, _tell, 901)
