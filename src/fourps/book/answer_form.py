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
from fourps.course.language import tag, without_region

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from fourps.exercise.declared import Check, Field

# from so many kinds on a sorting is a list to open: so many buttons are too much beside each item
_MANY = 5
_PART = re.compile(r"[A-Z]\.")
_NEXT = re.compile(r"^[\s\u00a0\u202f]*[:(][\s\u00a0\u202f]*")
_ROOM = "____"
# a kind's name in the language of a translation
_SAID = re.compile(r" \([^():]*(?:\)|(:) )")
_SOURCE = "en"


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
        return self.words["answer-" + key] if f"answer-{key}" in self.words else key


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
                made += [_field(form, line, field) for line, field in check.fields.items()]
    return made


def written(form: Form) -> list[nodes.Node]:
    """Return the room for a text: one for each part that the task letters, or one."""
    parts = [text for text in form.task.findall(nodes.paragraph) if _PART.match(_title(text))]
    rooms: list[nodes.Node] = [_part(form, number, part) for number, part in enumerate(parts, 1)]
    return rooms or [_room(form, "", "", el("b", {}, form.words["task-answer"]))]


def _part(form: Form, number: int, part: nodes.paragraph) -> El:
    """Return the room for a part; an item of a list is all of its label, and leaves the text."""
    title, item = _title(part), part.parent
    if not isinstance(item, nodes.list_item):
        return _room(form, str(number), title, el("b", {}, title))
    _remove(item)
    return _room(form, str(number), title, _said(part))


def record(form: Form) -> list[nodes.Node]:
    """Return the field for a record of play."""
    return [_entry(form, "", el("span", {}, form.words["task-record"]), {"class": "fp-record"})]


def _title(text: nodes.paragraph) -> str:
    """Return what a paragraph begins with in bold."""
    first = next((child for child in text.children if child.astext().strip()), None)
    title = first.astext() if isinstance(first, nodes.strong) else ""
    return title.rstrip(",:\u00a0\u202f ")


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
            yield el(
                "div", {"data-line": letter, "class": "fp-item"}, title, _list(form, name, given)
            )


def _list(form: Form, name: str, given: Iterable[tuple[str, str]], title: str = "") -> El:
    options = [el("option", {"value": ""}, form.words["match-choose"])]
    options += [el("option", {"value": value}, text) for value, text in given]
    return el("select", {"id": name, "name": name, "aria-label": title or None}, *options)


def _radios(form: Form, line: str, values: Iterable[str]) -> El:
    ticks = (
        _tick(form, "radio", line, value, el("span", {}, form.label(value))) for value in values
    )
    return el("div", {"class": "fp-kinds"}, *ticks)


def _rename(form: Form, kinds: Iterable[str]) -> None:
    """Have the task's text call each kind as its buttons do.

    A translation that gives the word of its language in brackets needs it once.
    """
    for literal in list(form.task.findall(nodes.literal)):
        if literal.astext() not in kinds:
            continue
        place = literal.parent.index(literal)
        before, behind = (_text(literal.parent, place + step) for step in (-1, 1))
        if before.endswith("(") and behind.startswith(")"):
            literal.parent[place - 1] = nodes.Text(before[:-1].rstrip())
            literal.parent[place + 1] = nodes.Text(behind[1:])
            literal.parent.remove(literal)
            continue
        if tag(form.language) != _SOURCE and (said := _SAID.match(behind)):
            literal.parent[place + 1] = nodes.Text(" (" * bool(said[1]) + behind[said.end() :])
        literal.replace_self(nodes.strong("", form.label(literal.astext())))


def _text(holder: nodes.Element, place: int) -> str:
    """Return the text at a place among children, where one is."""
    child = holder[place] if 0 <= place < len(holder) else ""
    return str(child) if isinstance(child, nodes.Text) else ""


def _choice(form: Form, line: str, texts: dict[str, nodes.Node]) -> El:
    asked = _asked(form.task, line)
    legend = _said(asked) if asked else nodes.Text(form.words["task-answer"])
    ticks = (
        _tick(form, "checkbox", line, letter, _lettered(letter, text))
        for letter, text in texts.items()
    )
    return _group(line, legend, *ticks)


def _order(form: Form, texts: dict[str, nodes.Node]) -> El:
    word = form.words
    steps = el("ol", {"class": "fp-order", "data-steps": f"{form.name}.steps"})
    for letter, text in texts.items():
        buttons = (
            el("button", {"type": "button", "data-way": way, "aria-label": said}, sign)
            for way, said, sign in (
                ("earlier", word["task-earlier"].format(letter=letter), "↑"),
                ("later", word["task-later"].format(letter=letter), "↓"),
            )
        )
        moves = el("span", {"class": "fp-moves"}, *buttons)
        steps += el("li", {"data-letter": letter}, _lettered(letter, text), moves)
    mine = {"type": "checkbox", "name": f"{form.name}.order", "data-order": True}
    done = el(
        "label", {"class": "fp-tick"}, el("input", mine), el("span", {}, word["task-ordered"])
    )
    room = f"{word['task-order-paper']} {' → '.join(_ROOM for _ in texts)}"
    return el(
        "div",
        {"data-line": "letters", "class": "fp-ordering"},
        el("p", {"class": "fp-small"}, word["task-order"]),
        steps,
        done,
        el("p", {"class": "fp-room"}, room),
    )


def _field(form: Form, line: str, field: Field) -> El:
    asked = _asked(form.task, line) or nodes.paragraph("", line)
    match field.kind:
        case "letter":
            lead, texts = _split(asked, field.options)
            ticks = (
                _tick(form, "radio", line, letter, _lettered(letter, nodes.inline("", "", *text)))
                for letter, text in texts.items()
            )
            return _group(line, nodes.inline("", "", *lead), *ticks)
        case "word":
            _rename(form._replace(task=asked), field.options)
            return _group(line, _said(asked), _radios(form, line, field.options))
        case "letters":
            ticks = (_tick(form, "checkbox", line, one, el("b", {}, one)) for one in field.options)
            return _group(line, _said(asked), el("div", {"class": "fp-kinds"}, *ticks))
        case "moment":
            return _moment(form, line, _said(asked))
    figures = {"inputmode": "numeric" if field.kind == "whole" else "decimal", "size": "10"}
    return _entry(form, line, _said(asked), figures)


def _asked(task: nodes.Element, line: str) -> nodes.paragraph | None:
    """Take the question that begins with the name of a line out of a task."""
    for asked in task.findall(nodes.paragraph):
        first = asked[0] if asked.children else asked
        if isinstance(first, nodes.literal) and first.astext() == line:
            _remove(asked)
            behind = str(asked[1]) if isinstance(asked[1], nodes.Text) else ""
            asked[:2] = [nodes.Text(_NEXT.sub("", behind)), *([] if behind else asked[1:2])]
            return asked
    return None


def _remove(node: nodes.Element) -> None:
    """Take a node away, and whatever it stands in that is empty then."""
    holder = node.parent
    holder.remove(node)
    if not holder.children:
        _remove(holder)


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


def _entry(form: Form, line: str, label: nodes.Node, said: dict[str, Any]) -> El:
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
