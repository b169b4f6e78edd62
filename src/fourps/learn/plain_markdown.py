"""Turn a page's MyST into plain Markdown and code cells, which JupyterLab can show."""

from __future__ import annotations

import csv
import html
import io
import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import fourps.course.outcomes
import fourps.course.world
import fourps.quiz.model
from fourps.course.inline import PARSER, blocks, substitute, words
from fourps.course.page import Directive, directive
from fourps.course.problem import BrokenSourceError
from fourps.course.toc import pages
from fourps.learn.line import PageInNotebook, plain_line, replacer
from fourps.outcomes.map import HEADINGS, outcomes_map

if TYPE_CHECKING:
    from collections.abc import Callable


# what only the online book shows
_ONLINE = {
    "kept-records": (
        "In a notebook the course keeps nothing in your browser. Your work is in the files of this "
        "folder, on this computer: to erase it, delete the files. The online book shows a panel "
        "here."
    ),
    "change": (
        "The online book shows here what changed between your tests, if its reader chose to keep "
        "them. In a notebook, compare the counts that each test shows at its end."
    ),
    "my-course": (
        "The online book shows here what its reader read, played and answered, if they chose to "
        "keep it. In a notebook, your work is in the files of this folder."
    ),
    "three": (
        "The online book asks here, week by week, what its reader chose to have come back. In a "
        "notebook, answer the quizzes of the modules again."
    ),
}
_START = "To begin, click the next cell and press Shift + Enter."
# the titles that Sphinx prints, and those of the course's own boxes
_BOXES = {
    "attention": "Attention",
    "caution": "Caution",
    "danger": "Danger",
    "error": "Error",
    "hint": "Hint",
    "important": "Important",
    "note": "Note",
    "seealso": "See also",
    "tip": "Tip",
    "warning": "Warning",
    "content-note": "Content note",
    "guidance": "Course guidance: check your organisation's procedure",
    "official-text": "Recalled, not checked: read the official text",
}
_PLAYERS = {"scenario": ("play", "scenario.yaml"), "quiz": ("ask", "quiz.yaml")}
_LANGUAGES = ("code-block", "code", "sourcecode")


class Code(NamedTuple):
    """A code cell that a directive becomes, and the file's line on which that stands."""

    source: str
    line: int


Parts = list["str | Code"]


def plain(text: str, page: PageInNotebook, line: int = 1) -> Parts:
    r"""Turn MyST into plain Markdown and code cells.

    Parameters
    ----------
    text
        MyST, without front matter.
    page
        Where it stands, and what it may refer to.
    line
        The file's line on which it starts.

    Returns
    -------
    list of str and Code
        In reading order.

    Raises
    ------
    BrokenSourceError
        With file and line of a directive, role, link or key that a notebook cannot show.

    Examples
    --------
    >>> from pathlib import Path
    >>> from fourps.course.files import content_root
    >>> from fourps.learn.references import References
    >>> root = content_root()
    >>> page = PageInNotebook(root / "book" / "safety.md", References(root))
    >>> plain("Read {cite:p}`who2003`.", page)
    ['Read [WHO 2003].']
    >>> plain(":::{fold} Why\nSo.\n:::", page)
    ['<details>\n<summary>Why</summary>\n\nSo.\n\n</details>']
    """
    lines = text.split("\n")
    env: dict[str, Any] = {}
    parts: Parts = []
    shown: list[str] = []
    at = 0
    for token in blocks(text, env):
        if token.map is None or token.map[0] < at:
            continue
        start, end = token.map
        found = _known(token, line + start, page)
        if found:
            shown += lines[at:start]
            made = _RENDERERS[found.name](found, page)
            problem = nested(made, page)
            if not problem:
                _put(shown, lines, token, "\n".join(map(str, made)))
            elif token.level:
                raise problem
            else:
                parts += ["\n".join(shown), *made]
                shown = []
        elif token.type in ("myst_line_comment", "myst_target") or _is_comment(token):
            shown += lines[at:start]
        elif token.type == "inline":
            shown += lines[at:start]
            source = "\n".join(lines[start:end])
            where = line + start
            shown += substitute(PARSER, source, env, replacer(page, where)).split("\n")
        elif token.type == "dl_open":
            raise page.problem(
                line + start, "definition-list", "use {glossary}, or bold words and text"
            )
        else:
            continue
        at = end
    parts.append("\n".join((*shown, *lines[at:])))
    return [part for part in map(_tidy, parts) if part]


def sections(text: str) -> list[str]:
    r"""Split plain Markdown before its headings of the first two levels.

    Examples
    --------
    >>> sections("# A\n\nText.\n\n## B\n\n```\n# no heading\n```")
    ['# A\n\nText.', '## B\n\n```\n# no heading\n```']
    """
    lines = text.split("\n")
    tokens = blocks(text, {})
    starts = [
        token.map[0]
        for token in tokens
        if token.type == "heading_open" and token.tag in ("h1", "h2") and token.level == 0
    ]
    ends = [*starts[1:], len(lines)] if starts else []
    before = ["\n".join(lines[: starts[0]])] if starts else [text]
    found = [*before, *("\n".join(lines[a:b]) for a, b in zip(starts, ends, strict=True))]
    return [one.strip("\n") for one in found if one.strip()]


def _tidy(part: str | Code) -> str | Code:
    return part.strip("\n") if isinstance(part, str) else part


def _is_comment(token: Any) -> bool:
    return token.type == "html_block" and str(token.content).lstrip().startswith("<!--")


def _put(shown: list[str], lines: list[str], token: Any, text: str) -> None:
    """Add what a directive becomes, behind the marks of the quote or list that it stands in."""
    start, end = token.map
    prefix = lines[start][: lines[start].find(token.markup)]
    rest = re.sub(r"[^\s>]", " ", prefix)
    if shown and shown[-1].strip(" >") and not prefix.strip(" >"):
        shown.append(rest.rstrip())
    first, *others = text.split("\n")
    shown += [prefix + first, *((rest + one).rstrip() for one in others)]
    if end < len(lines) and lines[end].strip(" >"):
        shown.append(rest.rstrip())


def _known(token: Any, line: int, page: PageInNotebook) -> Directive | None:
    """Return the directive that a token is, which must be one that a notebook can show."""
    found = directive(token, line)
    if not found and token.type == "colon_fence":
        raise page.problem(line, "unknown-directive", "name a directive in braces after ':::'")
    if found and found.name not in _RENDERERS:
        known = ", ".join(sorted(_RENDERERS))
        message = f"a notebook cannot show {{{found.name}}}; known are: {known}"
        raise page.problem(line, "unknown-directive", message)
    return found


def nested(parts: Parts, page: PageInNotebook) -> BrokenSourceError | None:
    """Return what is wrong with parts that should be text, if there is a cell among them."""
    message = "a player must stand by itself: a cell cannot be inside a box, a list or a cell"
    lines = [part.line for part in parts if isinstance(part, Code)]
    return page.problem(lines[0], "nested-player", message) if lines else None


def _text(directive: Directive, page: PageInNotebook) -> str:
    """Return a directive's body as Markdown."""
    parts = plain(directive.body, page, directive.first)
    if problem := nested(parts, page):
        raise problem
    return "\n\n".join(str(part) for part in parts)


def _quote(title: str, text: str) -> Parts:
    lines = f"**{title}**\n\n{text}".strip().split("\n")
    return ["\n".join(f"> {one}".rstrip() for one in lines)]


# What each directive becomes


def _box(directive: Directive, page: PageInNotebook) -> Parts:
    if directive.argument:
        # the first words of Sphinx's plain admonitions may stand beside the name
        body = f"{directive.argument}\n{directive.body}"
        moved = replace(directive, body=body, first=directive.line)
        return _quote(_BOXES[directive.name], _text(moved, page))
    return _quote(_BOXES[directive.name], _text(directive, page))


def _admonition(directive: Directive, page: PageInNotebook) -> Parts:
    title = plain_line(directive.argument, page, directive.line)
    return _quote(title, _text(directive, page))


def _activity(directive: Directive, page: PageInNotebook) -> Parts:
    title = f"Activity: {plain_line(directive.argument, page, directive.line)}"
    if "minutes" in directive.options:
        title += f" ({directive.options['minutes']} min)"
    return _quote(title, _text(directive, page))


def _fold(directive: Directive, page: PageInNotebook) -> Parts:
    return [_folded(words(directive.argument), _text(directive, page))]


def _folded(summary: str, body: str) -> str:
    # Markdown is not read inside an HTML block's own lines
    summary = html.escape(summary, quote=False)
    return f"<details>\n<summary>{summary}</summary>\n\n{body}\n\n</details>"


def _outcomes(directive: Directive, page: PageInNotebook) -> Parts:
    name = directive.argument or "outcomes.yaml"
    outcomes, _ = fourps.course.outcomes.load(page.path.parent / name)
    return ["\n".join(f"- **{number}** {one.text}" for number, one in outcomes.outcomes.items())]


def _player(directive: Directive, page: PageInNotebook) -> Parts:
    function, name = _PLAYERS[directive.name]
    folder = page.path.parent
    other = re.fullmatch(r"(forms/)?([\w-]+)\.yaml", directive.argument)
    if not other or not (folder / directive.argument).is_file():
        message = f"in a notebook it plays its own module: expected {name} beside the page"
        raise page.problem(directive.line, "missing-file", message)
    reference = folder.name
    if directive.argument != name:
        reference = other[2] if other[1] else f"{folder.name}/{other[2]}"
    source = f'from fourps import {function}\n\n{function}("{reference}")'
    return [_START, Code(source, directive.line)]


def _glossary(directive: Directive, page: PageInNotebook) -> Parts:
    entries: list[str] = []
    terms: list[str] = []
    definition: list[str] = []
    first = directive.first

    def finish() -> None:
        if terms:
            text = replace(directive, body="\n".join(definition), first=first)
            heads = ", ".join(plain_line(term, page, first) for term in terms)
            entries.append(f"**{heads}**\n\n{_text(text, page)}")

    for number, one in enumerate(directive.body.split("\n"), directive.first):
        if one.strip() and not one.startswith(" "):
            if definition:
                finish()
                terms, definition = [], []
            terms.append(one.strip())
        elif one.strip() or definition:
            first = first if definition else number
            definition.append(one.removeprefix("  "))
    finish()
    return ["\n\n".join(entries)]


def _csv_table(directive: Directive, page: PageInNotebook) -> Parts:
    text = directive.body
    if "file" in directive.options:
        path = page.path.parent / directive.options["file"]
        if not path.is_file():
            message = f"there is no file {directive.options['file']} beside the page"
            raise page.problem(directive.line, "missing-file", message)
        text = path.read_text("utf-8")
    rows = [
        [" ".join(value.split()).replace("|", r"\|").replace("$", r"\$") for value in row]
        for row in csv.reader(io.StringIO(text))
        if row
    ]
    if int(directive.options.get("header-rows", "0")) == 0:
        rows.insert(0, [""] * len(rows[0]))
    head, *others = rows
    table = [head, ["---"] * len(head), *others]
    caption = f"**{plain_line(directive.argument, page, directive.line)}**\n\n"
    body = "\n".join(f"| {' | '.join(row)} |" for row in table)
    return [(caption if directive.argument else "") + body]


def _bibliography(_directive: Directive, page: PageInNotebook) -> Parts:
    return [page.references.listed(page.references.labels)]


def _sources(_directive: Directive, page: PageInNotebook) -> Parts:
    return [page.references.listed(page.references.cited(page.path))]


def _online(directive: Directive, _page: PageInNotebook) -> Parts:
    return [_ONLINE[directive.name]]


def _include(directive: Directive, page: PageInNotebook) -> Parts:
    path = page.path.parent / directive.argument
    if not path.is_file():
        message = f"there is no file {directive.argument}; name one as it stands from this page"
        raise page.problem(directive.line, "missing-file", message)
    text = path.read_text("utf-8")
    start = directive.options.get("start-after", "")
    moved = replace(directive, body=text.partition(start)[2] if start else text, first=1)
    return [_text(moved, page)]


def _map(directive: Directive, page: PageInNotebook) -> Parts:
    world, _ = fourps.course.world.load(page.references.root / "book" / "world.yaml")
    if directive.argument:
        place = world.places.get(directive.argument)
        if not place:
            message = f"there is no place '{directive.argument}'. Places: {', '.join(world.places)}"
            raise page.problem(directive.line, "unknown-place", message)
        return [f"> **You are here:** {place.name}, {place.text}."]
    places = [world.places[name] for name in world.pins]
    return ["\n".join(f"{n}. **{one.name}**: {one.text}" for n, one in enumerate(places, 1))]


def _people(_directive: Directive, page: PageInNotebook) -> Parts:
    world, _ = fourps.course.world.load(page.references.root / "book" / "world.yaml")
    people = world.people.values()
    return ["\n".join(f"- **{one.name}**, {one.role}. {one.note}" for one in people)]


def _decide(directive: Directive, page: PageInNotebook) -> Parts:
    file, _, name = directive.argument.partition(" ")
    path = page.path.parent / file
    if not path.is_file():
        message = f"there is no file {file} beside the page"
        raise page.problem(directive.line, "missing-file", message)
    quiz, _ = fourps.quiz.model.load(path)
    try:
        _, question = fourps.quiz.model.decision(quiz, name)
    except ValueError as error:
        raise page.problem(directive.line, "decision", str(error)) from error
    lines = [f"**{quiz.title}**", question.text.strip()]
    for one in question.options.values():
        verdict = "Right." if one.correct else "Not right."
        lines.append(_folded(one.text, f"**{verdict}** {one.feedback}"))
    cited = page.references.listed(question.source)
    lines.append(_folded("Why", f"{question.why.strip()}\n\n{cited}"))
    return ["\n\n".join(lines)]


def _start(directive: Directive, page: PageInNotebook) -> Parts:
    # the button of the online book leads to where a reader goes on; a notebook begins there
    module = directive.argument.startswith("lesson/")
    return [
        f"[{'Begin this module' if module else 'Start the course'}]({directive.argument}.ipynb)",
        _text(directive, page),
    ]


def _modules(_directive: Directive, page: PageInNotebook) -> Parts:
    root, lines = page.references.root, []
    for lesson in [Path(name) for name in pages(root) if name.endswith("/lesson")]:
        outcomes, _ = fourps.course.outcomes.load(root / lesson.with_name("outcomes.yaml"))
        lines.append(f"1. [{outcomes.title}](../{lesson.as_posix()}.ipynb)")
    return ["\n".join(lines)]


def _pieces(_directive: Directive, page: PageInNotebook) -> Parts:
    # the pieces of this module's lesson; the other pages are in the list of all
    references = page.references
    own = [one for one in references.pages if one.parent == page.path.with_suffix("")]
    links = [f"[{references.title(one)}]({references.address(page.path, one)})" for one in own]
    return ["\n".join(f"{number}. {link}" for number, link in enumerate(links, 1))]


def _nothing(_directive: Directive, _page: PageInNotebook) -> Parts:
    # of the book in a browser: what was opened as a notebook is on this computer already
    return []


def _outcomes_map(directive: Directive, page: PageInNotebook) -> Parts:
    lines: list[str] = []
    try:
        for title, _, rows in outcomes_map(page.references.root):
            lines += [f"**{title}**", ""]
            for row in rows:
                lines += [f"{row.number} {row.text}", ""]
                lines += [f"- {h}: {p}" for h, p in zip(HEADINGS, row.places, strict=True)]
                lines.append("")
    except BrokenSourceError as error:
        raise page.problem(directive.line, "outcomes", str(error)) from error
    return ["\n".join(lines).rstrip()]


def _code_block(directive: Directive, _page: PageInNotebook) -> Parts:
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", directive.body)), default=0))
    return [f"{fence}{directive.argument}\n{directive.body}\n{fence}"]


def _math(directive: Directive, _page: PageInNotebook) -> Parts:
    return [f"$$\n{directive.argument or ''}{directive.body.strip()}\n$$"]


_RENDERERS: dict[str, Callable[[Directive, PageInNotebook], Parts]] = {
    **dict.fromkeys(_BOXES, _box),
    **dict.fromkeys(_ONLINE, _online),
    **dict.fromkeys(_PLAYERS, _player),
    **dict.fromkeys(_LANGUAGES, _code_block),
    "activity": _activity,
    "admonition": _admonition,
    "bibliography": _bibliography,
    "csv-table": _csv_table,
    "decide": _decide,
    "escape": _nothing,
    "fold": _fold,
    "glossary": _glossary,
    "include": _include,
    "letters": _nothing,
    "map": _map,
    "math": _math,
    "modules": _modules,
    "offline": _nothing,
    "outcomes": _outcomes,
    "outcomes-map": _outcomes_map,
    "people": _people,
    "pieces": _pieces,
    "sources": _sources,
    "start": _start,
}
