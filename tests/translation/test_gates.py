"""What `fourps check --language fr` finds in a catalogue, with file and line."""

from __future__ import annotations

import pytest

from fourps.translation.gates import beside, check

pytestmark = pytest.mark.once

GOOD = """\
#: book/how.md
msgid "Ask *the* focal point {cite:p}`who2003`{fact}`P-1` at [home](a.md): 3,000 people, 54.7 %."
msgstr "Demandez *au* point focal {cite:p}`who2003`{fact}`P-1` [ici](a.md) : 3 000, 54,7 %."

#: modules/ferry/quiz.yaml
msgid "It's *late*."
msgstr "Il est tard."

#, fuzzy
msgid "Six."
msgstr "Cinq ?"
"""
PAGE = "Ask *the* focal point {cite:p}`who2003`{fact}`P-1` at [home](a.md): 3,000 people, 54.7 %.\n"
TERMS = "English,French\nfocal point,point* focal*\n"
AVOID = "avoid:\n  - words: esclaves?\n    instead: personne\n"


@pytest.fixture
def gate(tmp_path):
    """Return a function that says what is wrong with a catalogue."""
    home = tmp_path / "locale" / "fr"

    def find(content, exceptions="", page=PAGE, language="fr"):
        path = home / "LC_MESSAGES" / "book" / "how.po"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content.replace(" :", "\u00a0:").replace(" %", "\u00a0%"), "utf-8")
        (home / "terms.csv").write_text(TERMS, "utf-8")
        (home / "avoid.yaml").write_text(AVOID, "utf-8")
        source = tmp_path / "book" / "how.md"
        source.parent.mkdir(exist_ok=True)
        source.write_text(page.replace(" %", "\u00a0%"), "utf-8")
        if exceptions:
            (home / "exceptions.yaml").write_text(exceptions, "utf-8")
        problems, warnings, _ = check(tmp_path, language)
        assert warnings == []
        return [f"{one.path.name}:{one.line}: {one.body}" for one in problems]

    return find


@pytest.mark.parametrize("language", ["fr", "fr-CA"])
def test_good(gate, language):
    """Is nothing found in what is right, in plain text of players, and in what is not published?"""
    assert gate(GOOD.replace("3 000", "3\u00a0000"), language=language) == []


@pytest.mark.parametrize(
    ("good", "bad", "found"),
    [
        ("{cite:p}`who2003`{fact}", "{fact}", "[markup] {cite:p}`who2003` is missing"),
        ("`P-1` [ici]", "`P-2` [ici]", "[markup] {fact}`P-1` is missing"),
        ("[ici](a.md)", "[ici](b.md)", "[markup] the link to a.md is missing"),
        ("*au*", "au", "[markup] words in *italics* is missing"),
        ('"Demandez', '"- Demandez', "[markup] it reads as a list"),
        ("54,7", "54,8", "[number] 54.7 is missing"),
        ("54,7", "54.7", "[number] 54.7 is written 54,7 here"),
        ("3\u00a0000", "3 000", "[typography] '"),
        ("(a.md) :", "(a.md):", "[typography] '"),
        ("point focal", "référent", "[term] 'focal point' is 'point* focal*' here"),
        ("Demandez", "L'esclave :", "[avoid] avoid 'esclave': personne"),
    ],
)
@pytest.mark.parametrize("language", ["fr", "fr-CA"])
def test_found(gate, good, bad, found, language):
    """Is each kind of slip named where it stands, also for a region that has the French?"""
    head, _, rest = GOOD.replace("3 000", "3\u00a0000").partition("msgstr ")
    said = gate(f"{head}msgstr {rest.replace(good, bad, 1)}", language=language)
    assert [one for one in said if not one.startswith("how.po:2: ")] == []
    assert any(one.startswith(f"how.po:2: {found}") for one in said), said


def test_term_of_the_glossary(gate, tmp_path):
    """Must a term lead to one that the glossary of the language has?"""
    glossary = tmp_path / "book" / "glossary.md"
    glossary.parent.mkdir()
    glossary.write_text(":::{glossary}\nchild\n  Anyone under 18.\n:::\n", "utf-8")
    path = tmp_path / "locale" / "fr" / "LC_MESSAGES" / "book" / "glossary.po"
    path.parent.mkdir(parents=True)
    path.write_text('msgid "child"\nmsgstr "enfant"\n', "utf-8")
    text = 'msgid "A {term}`child`."\nmsgstr "Un {term}`%s`."\n'
    assert gate(text % "Enfant", page="A {term}`child`.") == []
    assert gate(text % "mineur", page="A {term}`child`.") == [
        "how.po:1: [markup] there is no 'mineur' in the glossary of this language"
    ]


@pytest.mark.parametrize("page", ["| 1. Read |\n|--|\n", "# 1. Read\n"])
def test_number_of_a_cell(gate, page):
    """Is a translation named that reads as a list where the English does not, such as in a cell?"""
    text = 'msgid "1. Read"\nmsgstr "1%s Lire"\n'
    found = "how.po:1: [markup] it reads as a list, heading or the like, and not as a sentence"
    assert gate(text % ".", page=page) == [found]
    assert gate(text % "\\\\.", page=page) == []


def test_own_terms(tmp_path):
    """Has a region its language's list of terms, where it has none of its own?"""
    terms = tmp_path / "locale" / "fr_CA" / "terms.csv"
    assert beside(tmp_path, "fr-CA", "terms.csv") == tmp_path / "locale" / "fr" / "terms.csv"
    terms.parent.mkdir(parents=True)
    terms.touch()
    assert beside(tmp_path, "fr-CA", "terms.csv") == terms


def test_answers(gate):
    """Does what learners type stay as it is, between the marks of the language?"""
    text = (
        'msgid "Write \\"latest: 09:30\\" there."\nmsgstr "Écrivez «\u00a0latest: 09:30\u00a0»."\n'
    )
    assert gate(text) == []
    assert gate(text.replace("«\u00a0latest", "«\u00a0dernier")) != []


def test_exceptions(gate):
    """Does an exception let one thing pass, with its reason, and is one that nothing needs named?"""
    bad = GOOD.replace("3 000", "3\u00a0000").replace("point focal", "référent")
    allowed = (
        "exceptions:\n  - gate: term\n    text: Ask *the* focal\n    reason: the person is named\n"
    )
    assert gate(bad, allowed) == []
    unused = allowed + "  - gate: term\n    text: Nobody says so\n    reason: none\n"
    assert gate(bad, unused) == [
        "exceptions.yaml:5: [unused-exception] nothing needs it: 'Nobody says so'"
    ]


def test_broken(gate):
    """Is a catalogue that cannot be read one finding, and does the rest go on?"""
    assert gate(GOOD.replace('"Il est tard."', '"Il est')) == [
        'how.po:7: [catalogue] a string must stand between two ", with \\" for each within it'
    ]


def test_sources(gate, tmp_path):
    """Is a source that the bibliography has not named, where the language has a name for it?"""
    assert gate(GOOD.replace("3 000", "3\u00a0000")) == []
    (tmp_path / "book" / "references.bib").write_text("@misc{a, shorthand={WHO 1}}\n", "utf-8")
    called = tmp_path / "locale" / "fr" / "references.yaml"
    called.write_text("sources:\n  b: {label: c}\n")
    assert gate(GOOD.replace("3 000", "3\u00a0000")) == [
        "references.yaml:2: [unknown-source] b: there is no 'b' in book/references.bib"
    ]
    called.write_text("sources:\n  a:\n    title: Que faire?\n")
    assert gate(GOOD.replace("3 000", "3\u00a0000")) == [
        "references.yaml:3: [typography] 'Que faire?': a no-break space is missing"
    ]
