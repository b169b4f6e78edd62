"""A graded exercise as a page: the text of the notebook, with a form in place of each answer.

The page is made of the cells that learners have (``modules/<module>/exercise.md``). No cell runs
here: of a check only what it declares is read (`fourps.exercise.declared`). A part whose answers
are code is named, and left to the notebook. ``front/exercise.js`` makes the hand-in.
"""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import yaml
from docutils import nodes
from docutils.parsers.rst import directives
from jupytext.myst import myst_to_notebook
from sphinx import addnodes
from sphinx.transforms import SphinxTransform

from fourps.book.answer_form import Form, controls, record, written
from fourps.book.elements import el
from fourps.book.html import SKIP, add, embed, instead, words_that_begin
from fourps.book.page_in_book import CourseDirective
from fourps.book.panels import KEEPING
from fourps.book.place_in_module import exercise_of, place
from fourps.course import version
from fourps.course.english.exercises import CHECKS
from fourps.course.language import tag
from fourps.course.notebook_only import for_page
from fourps.course.problem import BrokenSourceError, Problem
from fourps.course.words import exercise_words, words
from fourps.exercise.declared import UndeclaredError, declared

if TYPE_CHECKING:
    from docutils.nodes import document
    from sphinx.application import Sphinx

    from fourps.exercise.declared import Check

_NOTEBOOK = "book/notebooks"
_FRONT = re.compile(r"---\n(.*?\n)---\n", re.DOTALL)
# longer than any fence in a cell
_FENCE = "`" * 8
_ROOM = "YOUR ANSWER HERE"
# how the keys of the words begin that its script says
_SAID = (*KEEPING, "task-", "draft-", "hand-", "record-damaged")


def as_page(text: str) -> str:
    """Return a text notebook as a page: a directive in place of each answer, and no code.

    What stays stands on its line.

    Examples
    --------
    >>> as_page("# Exercise\\n\\n+++\\n\\nText.\\n")
    '# Exercise\\n\\n\\n\\nText.\\n'
    """
    text = for_page(text)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        notebook = myst_to_notebook(text, add_source_map=True)
    lines, page = text.split("\n"), _front(text)
    checks = [*notebook.cells[1:], None]
    for cell, check, start in zip(
        notebook.cells, checks, notebook.metadata["source_map"], strict=True
    ):
        source = cell.source if cell.cell_type == "markdown" else ""
        if cell.metadata.get("nbgrader", {}).get("solution"):
            source = _with_answer(cell, source, check)
        if source:
            blank = next((n for n, line in enumerate(lines[start:]) if line.strip()), 0)
            page += "\n" * (start + blank - page.count("\n")) + f"{source}\n"
    return page


def _with_answer(cell: Any, source: str, check: Any) -> str:
    """Return the text of an answer cell, and the directive that stands for the answer."""
    kind = cell.cell_type
    lines = [f"{_FENCE}{{answer}} {cell.metadata['nbgrader']['grade_id']}", f":kind: {kind}"]
    if kind == "code":
        lines += ["", check.source]
    return "\n".join([*source.replace(_ROOM, "").splitlines(), *lines, _FENCE])


def _front(text: str) -> str:
    """Return the front matter of a page, on as many lines: it is no notebook any more."""
    match = _FRONT.match(text)
    if not match:
        return ""
    given = {
        key: value for key, value in yaml.safe_load(match[1]).items() if type(value) is not dict
    }
    front = f"---\n{yaml.safe_dump(given, allow_unicode=True, width=10**6)}---\n"
    return front + "\n" * (match[0].count("\n") - front.count("\n"))


def _read(_app: Sphinx, page: str, source: list[str]) -> None:
    if exercise_of(page):
        source[0] = as_page(source[0])


class Answer(nodes.General, nodes.Element):
    """An answer: ``name``, its grade_id; ``checks``, what is declared of it.

    ``kind`` is that of its cell, or program where no form can be made of the check.
    """


class AnswerDirective(CourseDirective):
    """``{answer} task-1``, which no author writes: `as_page` does."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {"kind": directives.unchanged_required}

    def draw(self) -> list[nodes.Node]:
        name, kind, check = self.arguments[0], self.options["kind"], "\n".join(self.content)
        try:
            checks = declared(check) if kind == "code" else []
        except UndeclaredError as error:
            path, line = Path(self.get_source_info()[0]), self.lineno
            problem = Problem(path, line, "undeclared-check", name, str(error))
            raise BrokenSourceError(problem) from error
        if kind == "code" and not checks and "check_record(" not in check:
            kind = "program"
        return [Answer(name=name, kind=kind, checks=checks)]


class HandIn(nodes.General, nodes.Element):
    """Where the hand-in is made; ``spec`` is what its script reads."""


class MakeForms(SphinxTransform):
    """Makes the form of each answer, and names the parts that need the notebook."""

    # after translation, and after lines that say what a task assesses
    default_priority = 30

    def apply(self, **_options: Any) -> None:
        """Put forms in the place of answers."""
        exercise = exercise_of(self.env.docname)
        if not exercise or self.app.builder.format != "html":
            return
        self.words = words(self.config.language)
        sections = [*self.document.findall(nodes.section)]
        for section in sections:
            # a task assesses: no result of a quiz leads to it
            section.attributes.pop("outcomes", None)
            if _is_program(section):
                self._leave_to_notebook(section)
        asking = (section for section in sections[1:] if next(section.findall(Answer), None))
        first = next(asking, sections[0])
        first.insert(1, el("div", {"class": "fp", "data-keep": True}))
        checks = dict(filter(None, map(self._form, list(self.document.findall(Answer)))))
        spec = {"exercise": exercise, "release": version(), "checks": checks}
        last = [*self.document.findall(nodes.section)][-1]
        last.insert(1, HandIn(spec=spec))

    def _leave_to_notebook(self, section: nodes.section) -> None:
        """Say in one line that a part needs the notebook, and where to get it."""
        line = nodes.paragraph("", f"{self.words['task-notebook']} ")
        if _NOTEBOOK in self.env.found_docs:
            how = self.words["task-notebook-how"]
            line += addnodes.pending_xref(
                "",
                nodes.inline(how, how),
                refdomain="std",
                reftype="doc",
                reftarget=f"/{_NOTEBOOK}",
                refdoc=self.env.docname,
                refexplicit=True,
                refwarn=True,
            )
        section[:] = [section[0], line]

    def _form(self, answer: Answer) -> tuple[str, list[dict[str, Any]]] | None:
        """Put the form in its place; return the answer and what is declared of it."""
        name, task = answer["name"], answer.parent
        form = Form(name, task, self.words, self.config.language)
        checks = answer["checks"]
        if checks:
            made = [*controls(form, checks)]
        else:
            made = record(form) if answer["kind"] == "code" else written(form)
        button = el("button", {"type": "button", "data-check": True}, self.words["task-check"])
        said = el("p", {"class": "fp-shape", "role": "status"})
        given = {
            "class": "fp fp-answering",
            "data-answer": name,
            "data-kind": "lines" if checks else "line" if answer["kind"] == "code" else "text",
            "role": "group",
            "aria-label": task[0].astext(),
        }
        under = [el("p", {"class": "fp-row fp-asking"}, button)] if checks else []
        answer.replace_self(el("div", given, *made, *under, said))
        return (name, [_told(check) for check in checks]) if checks else None


def _is_program(section: nodes.section) -> bool:
    """Return whether every answer in a section is code, of which no form can be made."""
    kinds = {answer["kind"] for answer in section.findall(Answer)}
    return kinds == {"program"}


def _told(check: Check) -> dict[str, Any]:
    """Return a check as `front/answershape.js` reads it."""
    fields = {
        line: {"kind": field.kind, "options": [*field.options]}
        for line, field in check.fields.items()
    }
    return {
        "kind": check.kind,
        "letters": check.letters,
        "kinds": [*check.kinds],
        "fields": fields,
    }


def _wrap(app: Sphinx, doctree: document, page: str) -> None:
    """Put what can be filled in into one form, that nothing sends and no browser fills in again."""
    if app.builder.format != "html" or not exercise_of(page):
        return
    where = place(app.env, page)
    for hand_in in doctree.findall(HandIn):
        plays = (part.plays for part in where.parts) if where else ()
        hand_in["spec"]["plays"] = " ".join(plays).split()
    top = next(iter(doctree.findall(nodes.section)))
    given = {"method": "dialog", "autocomplete": "off", "data-exercise": True}
    top[1:] = [el("form", given, *top[1:])]


def _hand_in(writer: Any, node: HandIn) -> str:
    language = writer.config.language
    said = exercise_words(language)
    data = {
        **node["spec"],
        "language": tag(language),
        "words": words_that_begin(writer, *_SAID),
        "said": {key: said[key] for key in CHECKS},
    }
    note = words(language)["task-script"]
    return (
        f'<div class="fp" data-handin><script type="application/json">{embed(data)}</script>'
        f'<p class="fp-text">{note}</p></div>\n'
    )


def register(app: Sphinx) -> None:
    """Read exercises as pages, and make their forms."""
    app.add_directive("answer", AnswerDirective)
    app.add_transform(MakeForms)
    add(app, Answer, SKIP, SKIP)
    add(app, HandIn, instead(_hand_in), SKIP)
    # before whatever looks at a page's text, and whether it is a notebook
    app.connect("source-read", _read, priority=100)
    # after marks and the way on have been added to the page
    app.connect("doctree-resolved", _wrap, priority=950)
