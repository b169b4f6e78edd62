"""The controls of one answer of an exercise, made from its check, which never runs.

The task's own words become their labels: the table of lettered options, the questions, the options
in a paragraph. Each control belongs to a line of the answer as the notebook has it, and
``data-line`` says how that line begins: `front/answers.js` puts the lines together again.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from babel import Locale
from docutils import nodes

from fourps.book.elements import El, el
from fourps.course.language import without_region

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from fourps.exercise.declared import Check, Field

# from so many kinds on a sorting is a list to open: so many buttons are too much beside each item
_MANY = 5
_PART = re.compile(r"[A-Z]\.")
_NEXT = re.compile(r"^[\s\u00a0\u202f]*[:(][\s\u00a0\u202f]*")
_ROOM = "____"


class Form(NamedTuple):
    """Where the controls of an answer are made."""

    name: str
    """The answer: a grade_id."""
    task: nodes.Element
    """The section with the task's text. What becomes a label is taken out of it."""
    words: dict[str, str]
    language: str

    def label(self, key: str) -> str:
        """Return what a kind or field is called in the reader's language."""
        return self.words.get(f"answer-{key}", key)


def controls(form: Form, checks: Iterable[Check]) -> list[nodes.Node]:
    """Return the controls of an answer that is letters, numbers and words."""
    made: list[nodes.Node] = []
    for check in checks:
        texts = _options(form.task, check.letters)
        match check.kind:
            case "sorting":
                made += _sorting(form, check, texts)
            case "choice":
                made.append(_choice(form, "letters", texts))
            case "order":
                made.append(_order(form, texts))
            case "fields":
                made += _fields(form, check)
    return made


def written(form: Form) -> list[nodes.Node]:
    """Return the room for a text: one for each part that the task letters, or one."""
    for listed in form.task.findall(nodes.bullet_list):
        parts = [next(item.findall(nodes.paragraph)) for item in listed]
        titles = [part[0].astext().strip().rstrip(",:") for part in parts if part.children]
        if all(map(_PART.match, titles)):
            listed.parent.remove(listed)
            rooms = zip(titles, parts, strict=True)
            return [
                _room(form, str(number), title, _said(part))
                for number, (title, part) in enumerate(rooms, 1)
            ]
    return [_room(form, "", "", el("b", {}, form.words["task-answer"]))]


def record(form: Form) -> list[nodes.Node]:
    """Return the field for a record of play."""
    return [_field(form, "", el("span", {}, form.words["task-record"]), {"class": "fp-record"})]


def _said(text: nodes.Element) -> nodes.Element:
    """Return what a paragraph says, to stand in a label."""
    said = nodes.inline("", "", *text.children)
    if "translated" in text:
        said["translated"] = text["translated"]
    return said


def _options(task: nodes.Element, letters: str) -> dict[str, nodes.Node]:
    """Take the table of lettered options out of a task; return each option by its letter."""
    for table in task.findall(nodes.table):
        body = next(table.findall(nodes.tbody))
        cells = [list(row.findall(nodes.entry)) for row in body.findall(nodes.row)]
        if "".join(row[0].astext().strip() for row in cells) == letters and letters:
            table.parent.remove(table)
            return {row[0].astext().strip(): _cell(row[1:]) for row in cells}
    return {letter: nodes.inline() for letter in letters}


def _cell(cells: list[nodes.entry]) -> nodes.Node:
    texts = [_said(text) for cell in cells for text in cell.findall(nodes.paragraph)]
    return texts[0] if len(texts) == 1 else nodes.inline("", "", *texts)


def _lettered(letter: str, text: nodes.Node) -> El:
    return el("span", {}, el("b", {}, letter), nodes.Text(" "), text)


def _tick(form: Form, kind: str, line: str, value: str, text: nodes.Node) -> El:
    """Return a radio button or a box to tick, with its label."""
    box = {"type": kind, "name": f"{form.name}.{line}", "value": value}
    return el("label", {"class": "fp-tick"}, el("input", box), text)


def _group(line: str, legend: nodes.Node, *inside: nodes.Node) -> El:
    return el("fieldset", {"data-line": line}, el("legend", {}, legend), *inside)


def _sorting(form: Form, check: Check, texts: dict[str, nodes.Node]) -> Iterator[El]:
    _rename(form, check.kinds)
    for letter, text in texts.items():
        if len(check.kinds) < _MANY:
            yield _group(letter, _lettered(letter, text), _radios(form, letter, check.kinds))
        else:
            given = ((kind, form.label(kind)) for kind in check.kinds)
            name = f"{form.name}.{letter}"
            title = el("label", {"for": name}, _lettered(letter, text))
            yield el("div", {"data-line": letter, "class": "fp-item"}, title, _list(form, name, given))


def _list(form: Form, name: str, given: Iterable[tuple[str, str]], title: str = "") -> El:
    options = [el("option", {"value": ""}, form.words["task-choose"])]
    options += [el("option", {"value": value}, text) for value, text in given]
    return el("select", {"id": name, "name": name, "aria-label": title or None}, *options)


def _radios(form: Form, line: str, values: Iterable[str]) -> El:
    ticks = (
        _tick(form, "radio", line, value, el("span", {}, form.label(value))) for value in values
    )
    return el("div", {"class": "fp-kinds"}, *ticks)


def _rename(form: Form, kinds: Iterable[str]) -> None:
    """Have the task's text call each kind as its buttons do."""
    for literal in list(form.task.findall(nodes.literal)):
        if literal.astext() in kinds:
            literal.replace_self(nodes.strong("", form.label(literal.astext())))


def _choice(
    form: Form, line: str, texts: dict[str, nodes.Node], legend: nodes.Node | None = None
) -> El:
    ticks = (
        _tick(form, "checkbox", line, letter, _lettered(letter, text))
        for letter, text in texts.items()
    )
    return _group(line, legend or nodes.Text(form.words["task-answer"]), *ticks)


def _order(form: Form, texts: dict[str, nodes.Node]) -> El:
    word = form.words
    steps = el("ol", {"class": "fp-steps-order"})
    for letter, text in texts.items():
        buttons = (
            el(
                "button",
                {
                    "type": "button",
                    "data-way": way,
                    "aria-label": word[f"task-{way}"].format(letter=letter),
                },
                sign,
            )
            for way, sign in (("earlier", "↑"), ("later", "↓"))
        )
        moves = el("span", {"class": "fp-moves"}, *buttons)
        steps += el("li", {"data-letter": letter}, _lettered(letter, text), moves)
    mine = {"type": "checkbox", "name": f"{form.name}.order", "data-order": True}
    done = el("label", {"class": "fp-tick"}, el("input", mine), el("span", {}, word["task-ordered"]))
    room = f"{word['task-order-paper']} {' → '.join(_ROOM for _ in texts)}"
    return el(
        "div",
        {"data-line": "letters", "class": "fp-ordering"},
        el("p", {"class": "fp-small"}, word["task-order"]),
        steps,
        done,
        el("p", {"class": "fp-room"}, room),
    )


def _fields(form: Form, check: Check) -> Iterator[nodes.Node]:
    questions = _questions(form.task, len(check.fields))
    blocks = _blocks(form.task)
    for line, field in check.fields.items():
        question = questions.pop(0) if questions else None
        named = nodes.Text(form.label(line))
        match field.kind:
            case "letter" | "word":
                asked = question or next(blocks(field.options), None)
                yield _one(form, line, field, asked) if asked else _group(
                    line, named, _radios(form, line, field.options)
                )
            case "letters":
                texts: dict[str, nodes.Node] = {one: nodes.inline() for one in field.options}
                legend = _said(question) if question else named
                yield el("div", {"class": "fp-letters-only"}, _choice(form, line, texts, legend))
            case "moment":
                yield _moment(form, line, _said(question) if question else named)
            case _:
                kind = {"inputmode": "numeric" if field.kind == "whole" else "decimal"}
                label = _said(question) if question else el("span", {}, named)
                yield _field(form, line, label, kind | {"class": "fp-number-field"})


def _questions(task: nodes.Element, count: int) -> list[nodes.paragraph]:
    """Take the numbered questions out of a task, if there is one for each field."""
    for listed in task.findall(nodes.enumerated_list):
        if len(listed) == count:
            listed.parent.remove(listed)
            return [next(item.findall(nodes.paragraph)) for item in listed]
    return []


def _blocks(task: nodes.Element) -> Callable[[tuple[str, ...]], Iterator[nodes.paragraph]]:
    """Return what takes the next paragraph that names all of some options out of a task."""

    def take(options: tuple[str, ...]) -> Iterator[nodes.paragraph]:
        for paragraph in list(task.findall(nodes.paragraph)):
            named = [literal.astext() for literal in paragraph.findall(nodes.literal)]
            if {*options} <= {*named} and not _is_how(paragraph):
                holder = paragraph.parent
                # an item of a list goes with its text
                gone = holder if isinstance(holder, nodes.list_item) else paragraph
                gone.parent.remove(gone)
                yield paragraph

    return take


def _is_how(paragraph: nodes.paragraph) -> bool:
    """Return whether a paragraph says how an answer is written, and begins in bold."""
    return bool(paragraph.children) and isinstance(paragraph[0], nodes.strong)


def _one(form: Form, line: str, field: Field, asked: nodes.paragraph) -> El:
    """Return radio buttons whose labels stand in the paragraph that asks."""
    lead, texts = _split(asked, field.options)
    if field.kind == "word":
        _rename(form._replace(task=asked), field.options)
        return _group(line, _said(asked), _radios(form, line, field.options))
    ticks = (
        _tick(form, "radio", line, letter, _lettered(letter, nodes.inline("", "", *text)))
        for letter, text in texts.items()
    )
    return _group(line, nodes.inline("", "", *lead), *ticks)


def _split(
    asked: nodes.paragraph, letters: tuple[str, ...]
) -> tuple[list[nodes.Node], dict[str, list[nodes.Node]]]:
    """Take a paragraph apart: what asks, and what stands behind each letter."""
    lead: list[nodes.Node] = []
    texts: dict[str, list[nodes.Node]] = {}
    now = lead
    for child in asked.children:
        letter = child.astext() if isinstance(child, nodes.literal) else ""
        if letter in letters and letter not in texts:
            now = texts.setdefault(letter, [])
        elif isinstance(child, nodes.Text):
            text = str(child) if now else _NEXT.sub("", str(child)) if texts else str(child)
            now.append(nodes.Text(text))
        else:
            now.append(child)
    return lead, texts


def _field(form: Form, line: str, label: nodes.Node, said: dict[str, Any]) -> El:
    name = f"{form.name}.{line}".rstrip(".")
    given = {"type": "text", "id": name, "name": name, "autocomplete": "off", "spellcheck": "false"}
    title = el("label", {"for": name}, label)
    return el("div", {"data-line": line, "class": "fp-item"}, title, el("input", given | said))


def _moment(form: Form, line: str, legend: nodes.Node) -> El:
    name, word = f"{form.name}.{line}", form.words
    days = zip(_days("en"), _days(form.language), strict=True)
    hour = {"type": "time", "name": f"{name}.time", "aria-label": word["task-time"]}
    row = el(
        "div",
        {"class": "fp-row"},
        _list(form, f"{name}.day", days, word["task-day"]),
        el("input", hour),
    )
    return _group(line, legend, row)


@cache
def _days(language: str) -> list[str]:
    """Return the weekdays as a language writes them, Monday first."""
    names = Locale.parse(without_region(language)).days["stand-alone"]["wide"]
    return [names[number] for number in range(7)]


def _room(form: Form, number: str, title: str, label: nodes.Node) -> El:
    name = f"{form.name}.{number}".rstrip(".")
    count = f"{name}-count"
    given = {"id": name, "name": name, "rows": "6", "aria-describedby": count, "data-part": title}
    return el(
        "div",
        {"class": "fp-item"},
        el("label", {"for": name}, label),
        el("textarea", given),
        el("p", {"id": count, "class": "fp-small fp-count-words"}),
    )
