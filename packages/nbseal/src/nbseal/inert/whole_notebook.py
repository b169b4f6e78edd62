"""A whole notebook, made so that nothing in it acts on whoever looks at it."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import unquote

from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_locked

from nbseal.base.profile import profile
from nbseal.inert.bundle import inert_bundle, inert_metadata, plain_colours
from nbseal.inert.cost import Allowance
from nbseal.inert.markdown import LEFT_OUT, attached_pictures, effort, inert_markdown
from nbseal.inert.pictures import KINDS, picture, stand_in
from nbseal.inert.tags import clean
from nbseal.marker.checks import is_noted, note

_WORD = re.compile(r"[\w.+ :()-]{1,100}")
# what makes markup, or ends what it stands in
_MARKUP = frozenset("""<>&"`""")
_LONGEST = 100
# without which a notebook is none, by nbformat's schema
_NEEDED = {"kernelspec": ("name", "display_name"), "language_info": ("name",)}
_TAG = re.compile(r"[\w.:-]{1,100}")
# as nbgrader's own schema has it
_NBGRADER: dict[str, Any] = {
    "schema_version": int,
    "grade": bool,
    "locked": bool,
    "solution": bool,
    "task": bool,
    "points": (int, float),
    "grade_id": re.compile(r"[a-zA-Z0-9_-]*"),
    "checksum": re.compile(r"[0-9a-f]{32}"),
    "cell_type": re.compile(r"raw|code|markdown"),
}
_FIELDS = {
    "code": {"cell_type", "id", "metadata", "source", "outputs", "execution_count"},
    "markdown": {"cell_type", "id", "metadata", "source", "attachments"},
    "raw": {"cell_type", "id", "metadata", "source"},
}


def make_inert(notebook: Any) -> None:
    """Change a notebook so that nothing in it acts on whoever looks at it.

    Code, the course's own text, and what nbgrader and the marks rest on stay as they are.

    Parameters
    ----------
    notebook
        Of format 4, after nbgrader has put back what it released. It is changed in place.

    Examples
    --------
    >>> from nbformat.v4 import new_code_cell, new_notebook, new_output
    >>> shown = new_output("display_data", {"text/html": "<b>3</b><script>a()</script>"})
    >>> mine = new_notebook(cells=[new_code_cell("HTML(text)", outputs=[shown])])
    >>> make_inert(mine)
    >>> mine.cells[0].source, mine.cells[0].outputs[0].data["text/html"]
    ('HTML(text)', '<b>3</b>')
    """
    allowance = Allowance()
    noted = is_noted(notebook)
    _replace(notebook.metadata, _of_notebook(notebook.metadata))
    note(notebook, marked=noted)
    for cell in notebook.cells:
        for name in set(cell) - _FIELDS.get(cell.cell_type, set(cell)):
            del cell[name]
        _replace(cell.metadata, _of_cell(cell.metadata))
        if cell.cell_type == "code":
            cell.outputs = [_inert_output(output, allowance) for output in cell.outputs]
            continue
        if not _is_released(cell):
            inert = inert_markdown if cell.cell_type == "markdown" else _raw
            cell.source = inert(cell.source, allowance)
        if cell.cell_type == "markdown":
            _with_pictures(cell)


def _replace(metadata: Any, kept: dict[str, Any]) -> None:
    metadata.clear()
    metadata.update(kept)


def _is_released(cell: Any) -> bool:
    """Say whether the text is the course's: nbgrader put it back, or took the name away."""
    return bool(cell.metadata.get("nbgrader", {}).get("grade_id")) and is_locked(cell)


def _raw(source: str, allowance: Allowance) -> str:
    # a page shows what is not code and not Markdown as HTML, and takes its time for that
    if not allowance.take("effort", effort(source)):
        return LEFT_OUT
    return clean(source) if "<" in source else source


def _of_notebook(metadata: Any) -> dict[str, Any]:
    course = profile()
    language = course.language_of({"metadata": metadata})
    kept: dict[str, Any] = {} if language == "en" else {course.language_key: language}
    for name, needed in _NEEDED.items():
        about = metadata.get(name)
        about = about if isinstance(about, dict) else {}
        words = {
            key: value
            for key, value in about.items()
            if isinstance(value, str) and _WORD.fullmatch(value.replace("/", " "))
        }
        if name == "kernelspec":
            # whoever made a kernel called it as they liked, such as "Python 3.9.7 ('base')"
            words = {key: _label(about[key]) for key in needed if key in about} | words
            words = {key: words[key] for key in (*needed, "language") if key in words}
        if words.keys() >= {*needed}:
            kept[name] = words
    return kept


def _label(text: Any) -> str:
    """Return a name that people gave to something, without what would be markup on a page."""
    kept = (sign if sign.isprintable() and sign not in _MARKUP else " " for sign in str(text))
    return "".join(kept)[:_LONGEST]


def _of_cell(metadata: Any) -> dict[str, Any]:
    kept: dict[str, Any] = {
        name: metadata[name]
        for name in ("deletable", "editable")
        if type(metadata.get(name)) is bool
    }
    tags = metadata.get("tags")
    if isinstance(tags, list):
        kept["tags"] = [tag for tag in tags if isinstance(tag, str) and _TAG.fullmatch(tag)]
    about = metadata.get("nbgrader")
    if isinstance(about, dict):
        kept["nbgrader"] = {
            name: about[name] for name, kind in _NBGRADER.items() if _fits(about.get(name), kind)
        }
    return kept


def _fits(value: Any, kind: Any) -> bool:
    if isinstance(kind, re.Pattern):
        return isinstance(value, str) and bool(kind.fullmatch(value))
    return isinstance(value, kind) and (kind is bool or not isinstance(value, bool))


def _inert_output(output: Any, allowance: Allowance) -> Any:
    if output.output_type == "stream":
        output.text = _text(output.text, allowance)
    elif output.output_type == "error":
        output.ename, output.evalue = map(plain_colours, (output.ename, output.evalue))
        output.traceback = [_text(line, allowance) for line in output.traceback]
    else:
        _replace(output.data, inert_bundle({**output.data}, allowance))
        _replace(output.metadata, inert_metadata({**output.metadata}))
    return output


def _text(text: str, allowance: Allowance) -> str:
    return plain_colours(text) if allowance.take("text", len(text)) else f"{LEFT_OUT}\n"


def _with_pictures(cell: Any) -> None:
    """Keep the pictures of a cell, and give it another for each that is not there.

    nbconvert gives up the whole page where one is missing.
    """
    given = cell.pop("attachments", {})
    kept = {}
    for name, bundle in given.items() if isinstance(given, dict) else ():
        for kind in KINDS & bundle.keys() if isinstance(bundle, dict) else ():
            data = picture(kind, bundle[kind])
            if data:
                kept[name] = {kind: data}
    for name in attached_pictures(cell.source):
        kept.setdefault(name, kept.get(unquote(name), {"image/png": stand_in()}))
    if kept:
        cell.attachments = kept


class Inert(NbGraderPreprocessor):  # type: ignore[misc] # nbgrader has no types
    """Stands last in ``Autograde.autograde_preprocessors``.

    In ``GenerateFeedback.preprocessors`` it stands before ``GetGrades``, which adds what people
    wrote. In ``HTMLExporter.preprocessors`` it cleans what the formgrader shows of notebooks that
    were graded without it.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        make_inert(nb)
        return nb, resources
