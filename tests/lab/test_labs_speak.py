"""Every lab can be put into another language: nothing that its cells show stays English."""

from __future__ import annotations

import ast
import json
import re
import warnings
from html import unescape

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from fourps.course.files import content_root
from fourps.course.language import pseudo
from fourps.course.mime import CATALOGUES, STATIC
from fourps.lab.sentence import reader
from fourps.lab.table import html

pytestmark = pytest.mark.prove

LABS = sorted(path.parent.name for path in content_root().glob("modules/*/lab.md"))
_CELLS = re.compile(
    r"^```\{code-cell\} python\n(?::tags:[^\n]*\n)?(.*?)^```$", re.MULTILINE | re.DOTALL
)
_MARKUP = re.compile(r"<style.*?</style>|<[^>]+>", re.DOTALL)
# what Python prints of itself
_PYTHON = re.compile(r"Interval\(low=\d+, high=\d+\)")


def leaves(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from leaves(one)
    elif isinstance(value, str):
        yield from map(unescape, _MARKUP.split(value))


def shown(lab, capsys):
    """Run the cells of a lab, and return all texts that they show."""
    texts, names = [], {}
    for cell in _CELLS.findall((content_root() / "modules" / lab / "lab.md").read_text("utf-8")):
        *lines, last = ast.parse(cell).body
        if not isinstance(last, ast.Expr):
            lines, last = [*lines, last], ast.parse("None").body[0]
        exec(compile(ast.Module(lines, []), lab, "exec"), names)  # noqa: S102 - our own cells
        result = eval(compile(ast.Expression(last.value), lab, "eval"), names)  # noqa: S307
        if hasattr(result, "spec"):
            spec = {**result.spec, "first": "", "controls": []}
            for control in result.spec["controls"]:
                spec["controls"] += [control["label"], control["options"]]
            texts += leaves(spec)
        elif result is not None:
            texts += leaves(html(result))
    return [*texts, *_PYTHON.sub("", capsys.readouterr().out).splitlines()]


@pytest.mark.parametrize("lab", LABS)
def test_no_english_is_left(lab, speak, capsys, monkeypatch, tmp_path):
    """Does a language that is made by a rule reach all that the cells of a lab show?"""
    warnings.simplefilter("ignore")
    speak("en")
    monkeypatch.setenv(STATIC, "1")
    english = shown(lab, capsys)
    assert len(english) > 100
    asked = reader().take()
    catalogue = Catalog(locale="en")
    for text in asked:
        catalogue.add(text, pseudo(text))
    path = tmp_path / "pseudo.po"
    with path.open("wb") as stream:
        write_po(stream, catalogue)
    speak("en-XA")
    monkeypatch.setenv(CATALOGUES, json.dumps([str(path)]))
    texts = shown(lab, capsys)
    assert sorted({text for text in texts if re.search("[A-Za-z]{2}", text)}) == []
    # a sentence for each of sixty frames would be no work for a translator
    assert len(asked) < 250
    assert [text for text in asked if len(text) > 240] == []
