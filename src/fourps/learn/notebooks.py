"""Make a course's pages into the notebooks that learners get: plain Markdown and code cells."""

from __future__ import annotations

import re
import warnings
from typing import TYPE_CHECKING, Any

import nbformat
from jupytext.myst import MystMetadataParsingError, myst_to_notebook

from fourps.course import version
from fourps.course.inline import PARSER, blocks, curly, substitute
from fourps.course.page import directive
from fourps.course.passages import documented
from fourps.course.problem import BrokenSourceError, Problem
from fourps.handin.released_exercise import KEY, LANGUAGE_KEY, describe, marks
from fourps.learn.directives import DIRECTIVES
from fourps.learn.parts import Code, DirectiveInNotebook, PageInNotebook, nested, replacer
from nbseal.base.cells import cell_id
from nbseal.base.notebook_file import KERNEL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from fourps.learn.parts import Parts
    from fourps.learn.references import References


def plain(text: str, page: PageInNotebook, line: int = 1) -> Parts:
    r"""Turn MyST into plain Markdown and code cells, in reading order.

    Parameters
    ----------
    text
        MyST, without front matter.
    page
        Where it stands, and what it may refer to.
    line
        The file's line on which it starts.

    Raises
    ------
    BrokenSourceError
        With file and line of a directive, role, link or key that a notebook cannot show.

    Examples
    --------
    >>> from pathlib import Path
    >>> from fourps.course.files import content_root
    >>> from fourps.learn.parts import PageInNotebook
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
        element = _known(token, line + start, page)
        if element:
            shown += lines[at:start]
            pieces = DIRECTIVES[element.name](element)
            problem = nested(pieces, page)
            if not problem:
                _put(shown, lines, token, "\n".join(map(str, pieces)))
            elif token.level:
                raise problem
            else:
                parts += ["\n".join(shown), *pieces]
                shown = []
        elif token.type in ("myst_line_comment", "myst_target") or _is_comment(token):
            shown += lines[at:start]
        elif token.type == "inline":
            shown += lines[at:start]
            source = "\n".join(lines[start:end])
            where = line + start
            turned = substitute(PARSER, source, env, replacer(page, where))
            shown += (turned if page.literal else curly(turned)).split("\n")
        elif token.type == "dl_open":
            raise page.problem(
                line + start, "definition-list", "use {glossary}, or bold words and text"
            )
        else:
            continue
        at = end
    parts.append("\n".join((*shown, *lines[at:])))
    tidy = (part.strip("\n") if isinstance(part, str) else part for part in parts)
    return [part for part in tidy if part]


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
    texts = [*before, *("\n".join(lines[a:b]) for a, b in zip(starts, ends, strict=True))]
    return [text.strip("\n") for text in texts if text.strip()]


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
    shown += [prefix + first, *((rest + line).rstrip() for line in others)]
    if end < len(lines) and lines[end].strip(" >"):
        shown.append(rest.rstrip())


def _known(token: Any, line: int, page: PageInNotebook) -> DirectiveInNotebook | None:
    """Return the directive that a token is, which must be one that a notebook can show."""
    named = directive(token, line)
    if not named:
        if token.type == "colon_fence":
            raise page.problem(line, "unknown-directive", "name a directive in braces after ':::'")
        return None
    if named.name not in DIRECTIVES:
        known = ", ".join(sorted(DIRECTIVES))
        message = f"a notebook cannot show {{{named.name}}}; known are: {known}"
        raise page.problem(line, "unknown-directive", message)
    return DirectiveInNotebook.of(named, page, plain)


_HIDDEN = {"hide-input", "remove-input", "hide-cell", "remove-cell"}


def notebook(page: Path, references: References) -> Any:
    """Make a page into a notebook.

    It is valid (nbformat 4), of plain Markdown and code, and the same each time. An exercise's
    cells keep their nbgrader metadata, and have their ``grade_id`` as their id.

    Parameters
    ----------
    page
        A page of MyST; with cells, if it is a text notebook.
    references
        Of its course.

    Raises
    ------
    BrokenSourceError
        With file and line of what a notebook cannot show.

    Examples
    --------
    >>> from fourps.course.files import content_root
    >>> from fourps.learn.references import References
    >>> references = References(content_root())
    >>> cells = notebook(content_root() / "modules" / "protection" / "quiz.md", references).cells
    >>> print(cells[-2].source)
    from fourps import ask
    <BLANKLINE>
    ask("protection")
    """
    text = references.text(page)
    source = _read(page, text)
    lines = text.split("\n")
    cells: list[Any] = []
    for cell, start in zip(source.cells, source.metadata["source_map"], strict=True):
        if cell.cell_type == "code":
            if marks(cell).get("solution"):
                # a locked check stays the same cell in each language
                cell.source = documented(cell.source, references.say(page))
            cells.append(_code(cell))
            continue
        first = start
        while first < len(lines) and not lines[first].strip():
            first += 1
        place = PageInNotebook(page, references, literal="nbgrader" in cell.metadata)
        parts = plain(cell.source, place, first + 1)
        problem = nested(parts, place) if marks(cell) else None
        if problem:
            raise problem
        for part in parts:
            cells += _cells(part, cell.metadata)
    nb = nbformat.v4.new_notebook(cells=cells)
    nb.metadata = nbformat.from_dict({"kernelspec": KERNEL, "language_info": {"name": "python"}})
    try:
        exercise = describe(nb, page.parent.name, version())
    except ValueError as error:
        raise BrokenSourceError(Problem(page, 1, "repeated-cell", "", str(error))) from error
    if exercise:
        nb.metadata[KEY] = nbformat.from_dict(exercise.model_dump())
    else:
        _surround(nb, page, references)
    if references.language != "en":
        _say_language(nb, page, references)
    _name_cells(nb, page.stem)
    nbformat.validate(nb)
    return nb


def notebooks(references: References) -> Iterator[tuple[str, bytes]]:
    """Yield each notebook of a course: its path within the folder, and its content."""
    for page in references.pages:
        path = page.relative_to(references.root).with_suffix(".ipynb").as_posix()
        text = nbformat.writes(notebook(page, references), version=nbformat.NO_CONVERT)
        yield path, f"{text}\n".encode()


def _read(page: Path, text: str) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return myst_to_notebook(text, add_source_map=True)
    except MystMetadataParsingError as error:
        message = f"the metadata of a cell or page is not valid YAML: {error}"
        raise BrokenSourceError(Problem(page, 1, "syntax", "", message)) from error


def _cells(part: str | Code, metadata: Any) -> list[Any]:
    """Return a part's cells: a section of text each, unless it is one cell of an exercise."""
    if isinstance(part, Code):
        return [nbformat.v4.new_code_cell(source=part.source)]
    texts = [part] if metadata else sections(part)
    return [nbformat.v4.new_markdown_cell(source=text, metadata=metadata) for text in texts]


def _code(cell: Any) -> Any:
    """Return a code cell; code that the online book folds is folded here too."""
    if _HIDDEN & {*cell.metadata.get("tags", [])}:
        cell.metadata["jupyter"] = {"source_hidden": True}
    return nbformat.v4.new_code_cell(source=cell.source, metadata=cell.metadata)


def _surround(nb: Any, page: Path, references: References) -> None:
    """Add the way on to the next page, and to the first page what notebooks are, and all pages."""
    pages = references.pages
    at = pages.index(page)

    words = references.words

    def link(other: Path, key: str = "") -> str:
        target = f"[{references.title(other)}]({references.address(page, other)})"
        return words[key].format(title=target) if key else target

    if at == 0:
        about = f"> **{words['about-title']}**\n>\n> {words['about']}"
        nb.cells.insert(1, nbformat.v4.new_markdown_cell(source=about))
        listed = "\n".join(f"- {link(other)}" for other in pages)
        every = f"## {words['all-title']}\n\n{listed}"
        nb.cells.append(nbformat.v4.new_markdown_cell(source=every))
    around = [link(pages[at - 1], "previous")] if at else []
    around += [link(pages[at + 1], "next")] if at + 1 < len(pages) else []
    around += [link(pages[0], "all")] if at else []
    nb.cells.append(nbformat.v4.new_markdown_cell(source="---\n\n" + "  \n".join(around)))


def _say_language(nb: Any, page: Path, references: References) -> None:
    """Note a notebook's language, and say so if some of it is not in that language."""
    nb.metadata[LANGUAGE_KEY] = references.language
    if references.say(page).lacks:
        text = f"> {references.words['partly']}"
        nb.cells.insert(0, nbformat.v4.new_markdown_cell(source=text))


def _name_cells(nb: Any, stem: str) -> None:
    """Give each cell an id that stays the same from one release to the next where it can."""
    for number, cell in enumerate(nb.cells, 1):
        name = marks(cell).get("grade_id") or f"{stem}-{number}"
        cell.id = cell_id(name)
