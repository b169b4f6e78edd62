"""The page with which a host fills in its lines, without a program: ``setup.html``.

It asks what the pages have to be filled in, in their own words: rows of Local help, lines of the
job aids that Local help does not ask for, and rules of law and policy. ``front/setup.js`` reads and
writes the one file that it makes. Printed, it is a form.
"""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes
from rcssmin import cssmin

from fourps.book.after.bare_pages import small_page
from fourps.book.html import embed
from fourps.book.lines import HELP, TABLE, lines
from fourps.book.page_language import place
from fourps.course.language import tag
from fourps.course.local import CHECKED, LOCAL, NEXT, SETUP, Lines
from fourps.course.source import Source
from fourps.course.words import words
from fourps.course.world import Rule, Rules
from fourps.front import page_style

if TYPE_CHECKING:
    from collections.abc import Iterator

    from docutils.nodes import document
    from sphinx.application import Sphinx

_NUMBER = re.compile(r"^\w\. ")
_MARK = re.compile(r"rule: (.+)")
# what stands after a text and is no word of it
_CITED = re.compile(r"\s+(?=[.,])")


class _Form:
    """The fields, in the language of the book."""

    def __init__(self, app: Sphinx) -> None:
        every = words(tag(app.config.language))
        self.app = app
        self.words = {key: every[key] for key in every if key.startswith(("setup-", "local-"))}
        self.leave = every["page-leave"]
        self.named = Source.load(Path(app.srcdir) / TABLE, Lines)[0].pages
        self.asked: set[str] = set()
        self.shown: set[str | None] = set()

    def say(self, key: str) -> str:
        return escape(self.words[key])

    def doctree(self, page: str) -> document:
        return self.app.env.get_doctree(page.removesuffix(".md"))

    def part(self, title: str, fields: list[str], text: str = "") -> str:
        """Return a part of the form, which tells how much of it is filled in."""
        intro = f"<p>{text}</p>" if text else ""
        return (
            f"<details open><summary><h2>{escape(title)}</h2> <span></span></summary>"
            f"{intro}{''.join(fields)}</details>\n"
        )

    def rows(self, page: str) -> Iterator[tuple[str, str, str]]:
        """Yield part, id and text of each line of a page that was not asked for yet."""
        if page not in self.named or page.removesuffix(".md") not in self.app.env.all_docs:
            return
        for key, row in lines(self.doctree(page), self.named[page]).items():
            if key not in self.asked:
                self.asked.add(key)
                yield _section(row), key, _NUMBER.sub("", row.children[0].astext().strip())

    def organisation(self) -> str:
        """Return the part that no page has."""
        logo = (
            f'<p class="tool"><label for="logo">{self.say("setup-logo")}</label><input type="file" '
            'id="logo" accept="image/png,image/jpeg,image/webp,image/svg+xml"> <img alt="" hidden>'
            f'<button type="button" id="no-logo" hidden>{self.say("setup-no-logo")}</button></p>'
        )
        name = _input("name", self.say("setup-name"), "name")
        second = _input("second", self.say("setup-second"), "second")
        return self.part(self.words["setup-place"], [f"<div data-top>{name}{logo}{second}</div>"])

    def of_page(self, page: str) -> str:
        """Return a part for each table of a page."""
        parts: dict[str, list[str]] = {}
        for section, key, text in self.rows(page):
            parts.setdefault(section, []).append(_line(key, text))
        return "".join(self.part(title, fields) for title, fields in parts.items())

    def of_aids(self) -> str:
        """Return what only job aids ask, each beside the title of the first that does."""
        fields = [
            _line(key, text, self.app.env.titles[page.removesuffix(".md")].astext())
            for page in self.named
            if page.endswith("/aid.md")
            for _, key, text in self.rows(page)
        ]
        return self.part(self.words["setup-aids"], fields, self.say("setup-aids-text"))

    def of_rules(self) -> str:
        """Return the rules of law and policy, each as the course says it first."""
        path = Path(self.app.srcdir) / "book" / "rules.yaml"
        own = Source.load(path, Rules)[0].rules if path.is_file() else {}
        asked = [(key, rule) for key, rule in own.items() if rule.kind != "advice"]
        fields = [self.rule(number, *pair) for number, pair in enumerate(asked, 1)]
        return self.part(self.words["setup-rules"], fields, self.say("setup-rules-text"))

    def rule(self, number: int, key: str, rule: Rule) -> str:
        texts = (self.stated(key, place) for place in rule.taught)
        # a clause may say two of them
        stated = next((text for text in texts if text and text not in self.shown), None)
        self.shown.add(stated)
        theirs = escape(stated or rule.rule)
        lang = "" if stated else ' lang="en"'
        return (
            f'<fieldset data-rule="{key}"><legend>{number}. {self.say("setup-theirs")}</legend>'
            f"<p{lang}>{theirs}</p>{_field(f'{key}-line', self.say('setup-ours'), 'line')}"
            f"{_input(f'{key}-who', self.say('setup-who'), 'who')}"
            f"{_input(f'{key}-checked', self.say('setup-checked'), 'checked', 'date')}</fieldset>"
        )

    def stated(self, key: str, place: str) -> str:
        """Return the text above the mark of a rule on a page that teaches it."""
        for mark in self.doctree(place.partition("#")[0]).findall(nodes.comment):
            names = _MARK.fullmatch(mark.astext().strip())
            if names and key in names[1].split(", "):
                above = mark.parent.children[mark.parent.index(mark) - 1].deepcopy()
                cited = [
                    node for node in above.findall(nodes.Element) if node.get("refdomain") == "cite"
                ]
                for node in cited:
                    node.parent.remove(node)
                return _CITED.sub("", " ".join(above.astext().split()))
        return ""


def _section(node: nodes.Node) -> str:
    while not isinstance(node, nodes.section):
        node = node.parent
    return next(iter(node.findall(nodes.title))).astext()


def _field(name: str, label: str, of: str) -> str:
    return (
        f'<p><label for="{name}">{label}</label>'
        f'<textarea id="{name}" data-of="{of}" rows="2" maxlength="600"></textarea></p>'
    )


def _input(name: str, label: str, of: str, kind: str = "text") -> str:
    return (
        f'<p><label for="{name}">{label}</label>'
        f'<input id="{name}" data-of="{of}" type="{kind}" maxlength="120"></p>'
    )


def _line(key: str, text: str, where: str = "") -> str:
    beside = f" <small>({escape(where)})</small>" if where else ""
    label = escape(text) + beside
    if key in (CHECKED, NEXT):
        return f"<div data-top>{_input(key, label, key, 'date')}</div>"
    return f'<div data-line="{key}">{_field(f"line-{key}", label, "line")}</div>'


def _page(app: Sphinx) -> str:
    form, language = _Form(app), tag(app.config.language)
    say, title = form.say, app.env.titles[HELP].astext()
    parts = (
        form.organisation(),
        form.of_page(f"{HELP}.md"),
        form.of_aids(),
        form.of_page("book/report.md"),
        form.of_rules(),
    )
    tools = "".join(
        f'<button type="button" id="{key.removeprefix("setup-")}">{say(key)}</button> '
        for key in ("setup-save", "setup-print", "setup-empty")
    )
    body = (
        f"<h1>{say('setup-title')}</h1>\n<p>{say('setup-text')}</p>\n"
        f'<p>{say("setup-before")} <a href="{HELP}.html">{escape(title)}</a></p>\n'
        f'<noscript><p>{say("setup-script")}</p></noscript><p id="folder" role="status"></p>\n'
        f'<p class="tool"><label for="open">{say("setup-open")}</label>'
        '<input type="file" id="open" accept=".css,text/css"></p>\n'
        f'<form id="form" autocomplete="off" novalidate>{"".join(parts)}</form>\n'
        f'<p id="wrong" role="alert"></p><p class="tool">{tools}</p>'
        f'<p id="saved" role="status"></p>\n'
        f'<p class="tool"><a href="units.html">{escape(form.leave)}</a></p>'
        f'<script type="application/json" id="words">{embed(form.words)}</script>'
        '<script src="_static/setup.js" defer></script>'
    )
    higher = "../" if place(app.config, language) else ""
    head = f'<meta name="fourps-local" content="{higher}{LOCAL}">'
    style = cssmin(page_style("setup"))
    return small_page(form.words["setup-title"], body, language, head, style)


def _write(app: Sphinx, exception: Exception | None) -> None:
    asks = (Path(app.srcdir) / TABLE).is_file() and HELP in app.env.all_docs
    if asks and not exception and app.builder.name == "html":
        (Path(app.outdir) / SETUP).write_text(_page(app), "utf-8")


def register(app: Sphinx) -> None:
    """Write the page when all others are, before what it loads is looked for."""
    app.connect("build-finished", _write, priority=800)
