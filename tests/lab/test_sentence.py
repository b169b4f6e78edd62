"""A lab says its sentences in the language of whoever reads it."""

from __future__ import annotations

import pandas as pd
import pytest

from fourps.course.problem import BrokenSourceError
from fourps.lab import listed, sentence, word
from fourps.lab.draw import LINE_HEIGHT, flow
from fourps.lab.sentence import Reader, number, reader
from fourps.lab.table import html, table

SPACE = "\N{NO-BREAK SPACE}"
PO = """
msgid "{site} lost {people} of {all} people."
msgstr "{site} a perdu {people} personnes sur {all}."

msgid "Ferry Road"
msgstr "la route du bac"

msgid "people"
msgstr "personnes"

msgid "Reed & Field"
msgstr "Roseaux & champ"
"""


def test_filled_in(speak):
    """Is a sentence put together in French, with its words, numbers and order?"""
    speak("fr", PO)
    said = sentence(
        "{site} lost {people} of {all} people.", site="Ferry Road", people=3, all=number(1204.5)
    )
    assert said == f"la route du bac a perdu 3 personnes sur 1{SPACE}204,5."
    # what was said is not translated, nor asked for, again
    assert word(said) == said
    assert said not in reader().asked
    assert "Ferry Road" in reader().asked


@pytest.mark.parametrize(
    ("english", "french"),
    [
        ("9,300", f"9{SPACE}300"),
        ("1,234,567.5", f"1{SPACE}234{SPACE}567,5"),
        ("0.5", "0,5"),
        ("54.7 %", f"54,7{SPACE}%"),
        ("<5", "<5"),
        ("2030", "2030"),
        ("3 → 1,204", f"3 → 1{SPACE}204"),
    ],
)
def test_numbers(speak, english, french):
    """Is a number put into French by rule, once, and none given to translators?"""
    speak("fr")
    assert word(english) == french
    assert word(french) == french
    assert not reader().asked
    speak("en")
    assert word(english) == english


def test_numbers_of_other_languages():
    """Has each language its own signs, and no space that fonts lack?"""
    assert Reader("es").number("9,300.5") == "9.300,5"
    assert Reader("en-XA").number("9,300.5") == "9,300.5"
    assert Reader("fr-CA").number("9,300.5 %") == f"9{SPACE}300,5{SPACE}%"


def test_signs(speak):
    """Have colon and semicolon their space in French, in lists and in templates without a word?"""
    speak("fr")
    assert listed(["a", "b"], "; ") == f"a{SPACE}; b"
    assert sentence("{title}: {said}.", title="a", said=["b", "c"]) == f"a{SPACE}: b, c."
    assert "{title}: {said}." not in reader().asked


def test_drawings(speak):
    """Are names, notes, scale and label of a drawing French, and its lines broken in French?"""
    speak("fr", PO)
    counts = pd.Series({"Ferry Road": 1204, "Reed & Field": 3})
    figure = flow(counts, "2030", axis="people")
    assert figure.get_suptitle() == f"SYNTHÉTIQUE{SPACE}: 2030"
    names = [text.get_text() for text in figure.axes[0].texts]
    assert names[0] == f"la route du bac{SPACE}: 1{SPACE}204"
    # broken where the French is too long for a line
    share = f"(0{SPACE}% de la valeur du\ndessus)"
    assert names[1] == f"Roseaux & champ{SPACE}: 3 {share}"
    assert figure.axes[0].get_xlabel() == "personnes"
    assert "not reported" not in reader().asked


def test_long_scales(speak):
    """Is a scale's title broken where the language is long, in room of its own?"""
    heights = []
    for title in ("personnes", "personnes parmi cent mille qui vivent dans le pays cette année-là"):
        speak("fr", PO.replace('"personnes"', f'"{title}"'))
        figure = flow(pd.Series({"a": 1}), "2030", axis="people")
        assert " ".join(figure.axes[0].get_xlabel().split("\n")) == title
        heights.append(figure.get_size_inches()[1])
    assert heights[1] - heights[0] == pytest.approx(LINE_HEIGHT)


def test_tables(speak):
    """Are the tables behind figures, and those that cells show, in French, signs and all?"""
    speak("fr", PO)
    frame = pd.DataFrame({"people": [1204, 0.5]}, index=["Ferry Road", "Reed & Field"])
    behind = table(frame.rename_axis("site"))
    assert behind.columns == ["site", "personnes"]
    assert behind.rows == [["la route du bac", f"1{SPACE}204"], ["Roseaux & champ", "0,5"]]
    shown = html(frame)
    assert "<th>Roseaux &amp; champ</th>" in shown
    assert "<td>1204,0</td>" in shown


def test_a_broken_place(speak):
    """Does a translation that lost a place stop the cell, with file, line and what is lost?"""
    speak("fr", PO.replace("a perdu {people}", "a perdu {peopel}"))
    with pytest.raises(BrokenSourceError, match=r"lab\.po:2: .*\{people\}"):
        word("Ferry Road")


def test_english_asks(speak):
    """Does a lab in English note each template and word once, and nothing that it said with them?"""
    speak("en")
    for site in ("Ferry Road", "Reed Field"):
        assert sentence("At {site}: {all}", site=site, all=number(1204)) == f"At {site}: 1,204"
    assert reader().take() == ["At {site}: {all}", "Ferry Road", "Reed Field"]
    assert reader().take() == []
