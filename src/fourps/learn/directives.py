"""Turns the directives of any book, and those of the course, into what a notebook can show."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import TYPE_CHECKING

import fourps.course.outcomes
import fourps.course.world
import fourps.quiz.model
import fourps.scenario.model
from fourps.course.glossary import STATUSES, columns, entries, place, read_pairs
from fourps.course.glossary import load_synonyms as synonyms
from fourps.course.inline import words
from fourps.course.language import name as called
from fourps.course.problem import BrokenSourceError
from fourps.course.toc import pages
from fourps.learn.parts import Code, plain_line
from fourps.outcomes import headed, outcomes_map
from fourps.scenario.player import paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable

    from fourps.learn.parts import DirectiveInNotebook, Parts


# what only the online book shows
_ONLINE = ("kept-records", "change", "my-course", "three")
# the boxes that Sphinx knows, and those of the course
_BOXES = {
    **{name: name for name in ("attention", "caution", "danger", "error", "important", "note")},
    **{name: name for name in ("seealso", "tip", "warning")},
    "hint": "hint-box",
    **{name: name for name in ("content-note", "guidance", "official-text")},
}
_LANGUAGES = ("code-block", "code", "sourcecode")


def _quote(title: str, text: str) -> Parts:
    lines = f"**{title}**\n\n{text}".strip().split("\n")
    return ["\n".join(f"> {line}".rstrip() for line in lines)]


def _box(directive: DirectiveInNotebook) -> Parts:
    title = directive.words[_BOXES[directive.name]]
    if directive.argument:
        # the first words of Sphinx's plain admonitions may stand beside the name
        text = f"{directive.argument}\n{directive.body}"
        return _quote(title, directive.markdown(text, directive.line))
    return _quote(title, directive.inner())


def _activity(directive: DirectiveInNotebook) -> Parts:
    title = directive.words["activity"].format(title=directive.title())
    if "minutes" in directive.options:
        minutes = directive.words["activity-minutes"]
        title += f" {minutes.format(minutes=directive.options['minutes'])}"
    return _quote(title, directive.inner())


def _aloud(directive: DirectiveInNotebook) -> Parts:
    texts = directive.words
    points = "\n".join(f"- {texts[key]}" for key in texts if key.startswith("aloud-heard-"))
    text = [directive.title(), texts["aloud-say"], texts["aloud-tick"], points]
    (card,) = _quote(texts["aloud-title"], "\n\n".join(text))
    return [f"{card}\n\n{folded(texts['aloud-example'], directive.inner())}"]


def folded(summary: str, body: str) -> str:
    """Return text that opens from a line."""
    # Markdown is not read_pairs inside an HTML block's own lines
    summary = html.escape(summary, quote=False)
    return f"<details>\n<summary>{summary}</summary>\n\n{body}\n\n</details>"


def _glossary(directive: DirectiveInNotebook) -> Parts:
    terms: list[tuple[str, str]] = []
    for entry in entries(directive.body, directive.first):
        heads = ", ".join(plain_line(term, directive.page, entry.line) for term in entry.terms)
        terms.append((heads, directive.markdown(entry.meaning, entry.first)))
    terms.sort(key=lambda pair: place(pair[0]))
    return ["\n\n".join(f"**{heads}**\n\n{meaning}" for heads, meaning in terms)]


def _in_order(directive: DirectiveInNotebook) -> Parts:
    head, line, *rows = directive.inner().split("\n")
    return ["\n".join([head, line, *sorted(rows, key=lambda row: place(row.split("|")[1]))])]


def _bibliography(directive: DirectiveInNotebook) -> Parts:
    return [directive.page.references.listed(directive.page.references.labels)]


def _sources(directive: DirectiveInNotebook) -> Parts:
    return [directive.page.references.listed(directive.page.references.cited(directive.page.path))]


def _online(directive: DirectiveInNotebook) -> Parts:
    return [directive.words[f"online-{directive.name}"]]


def _nothing(_directive: DirectiveInNotebook) -> Parts:
    # of the book in a browser: what was opened as a notebook is on this computer already
    return []


def _code_block(directive: DirectiveInNotebook) -> Parts:
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", directive.body)), default=0))
    return [f"{fence}{directive.argument}\n{directive.body}\n{fence}"]


_PLAYERS = {"scenario": ("play", "scenario.yaml"), "quiz": ("ask", "quiz.yaml")}


def _outcomes(directive: DirectiveInNotebook) -> Parts:
    name = directive.argument or "outcomes.yaml"
    outcomes, _ = fourps.course.outcomes.load(directive.page.path.parent / name)
    every = outcomes.outcomes.items()
    return ["\n".join(f"- **{number}** {directive.say(outcome.text)}" for number, outcome in every)]


def _player(directive: DirectiveInNotebook) -> Parts:
    function, name = _PLAYERS[directive.name]
    folder = directive.page.path.parent
    path = folder / directive.argument
    if path.suffix != ".yaml" or folder not in path.parents[:2] or not path.is_file():
        message = f"in a notebook it plays its own module: expected {name} beside the page"
        raise directive.problem("missing-file", message)
    if path.name == name:
        reference = path.parent.name
    elif path.parent == folder:
        reference = f"{folder.name}/{path.stem}"
    else:
        reference = path.stem
    language = directive.page.references.language
    arguments = f'"{reference}"' if language == "en" else f'"{reference}", language="{language}"'
    source = f"from fourps import {function}\n\n{function}({arguments})"
    return [directive.words["begin-cell"], Code(source, directive.line)]


def _map(directive: DirectiveInNotebook) -> Parts:
    world, _ = fourps.course.world.load(directive.page.references.root / "book" / "world.yaml")
    say = directive.say
    if directive.argument:
        place = world.places.get(directive.argument)
        if not place:
            message = f"there is no place '{directive.argument}'. Places: {', '.join(world.places)}"
            raise directive.problem("unknown-place", message)
        here = directive.label(directive.words["map-here"])
        return [f"> **{here}** {say(place.name)}, {say(place.text)}."]
    places = [world.places[name] for name in world.pins]
    label = directive.label
    lines = [f"{n}. {label(f'**{say(p.name)}**')} {say(p.text)}" for n, p in enumerate(places, 1)]
    return ["\n".join(lines)]


def _people(directive: DirectiveInNotebook) -> Parts:
    world, _ = fourps.course.world.load(directive.page.references.root / "book" / "world.yaml")
    people, say = world.people.values(), directive.say
    return ["\n".join(f"- **{say(p.name)}**, {say(p.role)}. {say(p.note)}" for p in people)]


def _decide(directive: DirectiveInNotebook) -> Parts:
    file, _, name = directive.argument.partition(" ")
    quiz, _ = fourps.quiz.model.load(directive.beside(file))
    try:
        _, question = fourps.quiz.model.decision(quiz, name)
    except ValueError as error:
        raise directive.problem("decision", str(error)) from error
    say, texts = directive.say, directive.words
    lines = [f"**{say(quiz.title)}**", say(question.text.strip())]
    for option in question.options.values():
        verdict = texts["right-first" if option.correct else "not-right"]
        lines.append(folded(say(option.text), f"**{verdict}** {say(option.feedback)}"))
    cited = directive.page.references.listed(question.source)
    lines.append(folded(texts["why"], f"{say(question.why.strip())}\n\n{cited}"))
    return ["\n\n".join(lines)]


def _opening(directive: DirectiveInNotebook) -> Parts:
    file, _, page = directive.argument.partition(" ")
    scenario, _ = fourps.scenario.model.load(directive.beside(file))
    say, node = directive.say, scenario.nodes[scenario.start]
    lines = [f"**{say(node.title)}**", *map(say, paragraphs(node.text))]
    for choice in node.choices.values():
        led = f"{say(choice.consequence)}\n\n{say(choice.rationale)}"
        lines.append(folded(say(choice.text), led))
    return ["\n\n".join([*lines, f"[{say(scenario.title)}]({page}.ipynb)"])]


def _start(directive: DirectiveInNotebook) -> Parts:
    # the button of the online book leads to where a reader goes on; a notebook begins there
    module, name = directive.argument.startswith("lesson/"), directive.page.path.stem
    word = "module-start" if module else "front-start" if name == "welcome" else "begin"
    return [f"[{directive.words[word]}]({directive.argument}.ipynb)", directive.inner()]


def _modules(directive: DirectiveInNotebook) -> Parts:
    root, lines = directive.page.references.root, []
    for lesson in [Path(name) for name in pages(root) if name.endswith("/lesson")]:
        outcomes, _ = fourps.course.outcomes.load(root / lesson.with_name("outcomes.yaml"))
        title = directive.say(outcomes.title)
        lines.append(f"1. [{title}](../{lesson.as_posix()}.ipynb)")
    return ["\n".join(lines)]


def _pieces(directive: DirectiveInNotebook) -> Parts:
    # the pieces of this module's lesson; the other pages are in the list of all
    page, references = directive.page.path, directive.page.references
    own = [piece for piece in references.pages if piece.parent == page.with_suffix("")]
    links = [f"[{references.title(piece)}]({references.address(page, piece)})" for piece in own]
    return ["\n".join(f"{number}. {link}" for number, link in enumerate(links, 1))]


def _outcomes_map(directive: DirectiveInNotebook) -> Parts:
    lines: list[str] = []
    root, language = directive.page.references.root, directive.page.references.language
    try:
        for module in outcomes_map(root, language):
            directive.say.missed |= module.missed
            lines += [f"**{module.title}**", ""]
            for row in module.rows:
                lines += [f"{row.number} {row.text}", ""]
                lines += [f"- {head} {place}" for head, place in headed(row, language)]
                lines.append("")
    except BrokenSourceError as error:
        raise directive.problem("outcomes", str(error)) from error
    return ["\n".join(lines).rstrip()]


def _other_words(directive: DirectiveInNotebook) -> Parts:
    references, texts = directive.page.references, directive.words
    pairs = synonyms(references.root, references.language)
    if not pairs:
        return []
    head = f"| {texts['other-words-there']} | {texts['other-words-here']} |\n| --- | --- |"
    rows = (f"| {there} | {here} |" for there, here in pairs.items())
    return ["\n".join([texts["other-words"], "", head, *rows])]


def _term_pairs(directive: DirectiveInNotebook) -> Parts:
    codes, texts = columns(directive.page.references.language), directive.words
    head = [*(called(code).capitalize() for code in codes), texts["term-checked"]]
    body = [
        [*(row[code] for code in codes), texts[STATUSES[row["status"]]]]
        for row in read_pairs(directive.beside(directive.argument))
    ]
    table = [head, ["---"] * len(head), *body]
    lines = (
        " | ".join(cell.replace("|", r"\|").replace("$", r"\$") for cell in row) for row in table
    )
    return ["\n".join(f"| {line} |" for line in lines)]


DIRECTIVES: dict[str, Callable[[DirectiveInNotebook], Parts]] = {
    **dict.fromkeys(_BOXES, _box),
    **dict.fromkeys(_ONLINE, _online),
    **dict.fromkeys(_LANGUAGES, _code_block),
    **dict.fromkeys(_PLAYERS, _player),
    "activity": _activity,
    "admonition": lambda directive: _quote(directive.title(), directive.inner()),
    "aloud": _aloud,
    "ask-keep": _nothing,
    "bibliography": _bibliography,
    "decide": _decide,
    "escape": _nothing,
    "fold": lambda directive: [folded(words(directive.argument), directive.inner())],
    "glossary": _glossary,
    "in-order": _in_order,
    "law-sheet": _nothing,
    "letters": _nothing,
    "map": _map,
    "modules": _modules,
    "offline": _nothing,
    "opening": _opening,
    "other-words": _other_words,
    "outcomes": _outcomes,
    "outcomes-map": _outcomes_map,
    "people": _people,
    "pieces": _pieces,
    "sources": _sources,
    "start": _start,
    "term-pairs": _term_pairs,
}
