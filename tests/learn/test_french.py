"""The course at home in another language: its notebooks, checks and hand-ins."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest

import fourps
import fourps.learn.validate
import fourps.notebook
from fourps.course.files import content_root
from fourps.course.glossary import place, read_pairs
from fourps.course.mime import LANGUAGE
from fourps.course.words import words
from fourps.exercise import check_choice, check_record, check_sorting, points
from fourps.handin.handin_file import read_handin
from fourps.handin.released_exercise import language_of
from fourps.learn.folder import language_of as language_of_folder
from fourps.learn.folder import update
from fourps.learn.notebooks import notebook, notebooks
from fourps.learn.references import References
from fourps.learn.submit import pack
from fourps.learn.validate import validate
from fourps.play_record import Record
from nbseal.base.notebook_file import parse


@pytest.fixture
def made(french_course):
    """Return a function that makes a page of the course into a French notebook."""
    references = References(french_course, "fr")
    return lambda name: notebook(french_course / "modules" / "welcome" / f"{name}.md", references)


def text(notebook):
    return "\n\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")


def english(french_course, name):
    references = References(french_course)
    return notebook(french_course / "modules" / "welcome" / f"{name}.md", references)


def test_page(made, french_course):
    """Is each text of a page in French, with our own words, links, headings and terms?"""
    found = made("every")
    said = text(found)
    assert "# fr: Every thing" in said
    assert "> **Avertissement**" not in said
    assert "> **Activité\N{NO-BREAK SPACE}: fr: Your half minute (5 min)**" in said
    assert "| fr: a | fr: [start](../../book/start.ipynb) |" in said
    assert "[fr: The lesson](lesson.ipynb)" not in said
    assert "fr: [The lesson](lesson.ipynb)" in said
    # a heading's place is named after its words
    assert "[here](#fr%3A-Second-part)" in said
    assert (
        f"[{References(french_course, 'fr').title(Path(french_course / 'book/start.md'))}]" in said
    )
    assert "Précédent\N{NO-BREAK SPACE}: [fr: " in said
    assert language_of(found) == "fr"
    # as often as in English, and nothing else is code
    assert len(found.cells) == len(english(french_course, "every").cells) + 1


def test_pairs_of_terms(root):
    """Does a notebook show the pairs of terms as the site does, the reader's own language first?"""
    said = text(notebook(root / "book" / "glossary.md", References(root, "fr")))
    assert f"| Français | English | {words('fr')['term-checked']} |" in said
    assert f"| exploitation sexuelle | sexual exploitation | {words('fr')['term-iom']} |" in said


def test_other_words(root):
    """Does the glossary list words from elsewhere, those of its language?"""
    page = root / "book" / "glossary.md"
    assert "\n| référencement | orientation |\n" in text(notebook(page, References(root, "fr")))
    assert "\n| rape | sexual violence |\n" in text(notebook(page, References(root)))


def test_sources(root):
    """Are labels and sources French, in the order of French labels, and English titles marked?"""
    said = text(notebook(root / "book" / "references.md", References(root, "fr")))
    lines = [one for one in said.split("\n") if one.startswith("- **[")]
    assert any(one.startswith("- **[OMS 2003]** Cathy Zimmerman et ") for one in lines)
    assert not [one for one in lines if "WHO 2003" in one or "n.d." in one or "URL: " in one]
    assert '<span lang="en">Field Coordination Toolkit</span>' in said
    labels = [one.partition("]")[0] for one in lines]
    assert labels == sorted(labels, key=place)
    assert "[OMS 2003" in text(notebook(root / "book" / "glossary.md", References(root, "fr")))


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ("book/world", "**La route du Bac**\N{NO-BREAK SPACE}: "),
        ("modules/foundations/lesson", "> **Vous êtes ici\N{NO-BREAK SPACE}:** "),
        ("book/outcomes", "- Enseigné\N{NO-BREAK SPACE}: "),
    ],
)
def test_colons(root, page, said):
    """Has the colon behind a name its French space, in each list of a notebook?"""
    assert said in text(notebook(root / f"{page}.md", References(root, "fr")))


def test_what_is_missing(made, french_course):
    """Does English stand where French is missing, and does the notebook say so above all?"""
    assert "pas encore traduite" not in made("practice").cells[0].source
    catalogue = french_course / "locale/fr/LC_MESSAGES/modules/welcome/practice.po"
    catalogue.unlink()
    found = notebook(french_course / "modules/welcome/practice.md", References(french_course, "fr"))
    assert "pas encore traduite" in found.cells[0].source
    assert "Between the two." in text(found)


def test_what_the_map_of_outcomes_misses(made, french_course, root):
    """Does a notebook say so where the map of outcomes has one that is not translated?"""
    whole = notebook(root / "book/outcomes.md", References(root, "fr"))
    assert "pas encore traduite" not in whole.cells[0].source
    # no page of the small course lists its outcomes for translators
    page = french_course / "modules/welcome/practice.md"
    page.write_text(page.read_text("utf-8") + "\n```{outcomes-map}\n```\n", "utf-8")
    assert "pas encore traduite" in made("practice").cells[0].source


def test_players(made, french_course, monkeypatch):
    """Do a page's players speak French, with the scenario's and the quiz's own texts?"""
    cells = [cell.source for cell in made("practice").cells if cell.cell_type == "code"]
    assert cells[0] == 'from fourps import play\n\nplay("welcome", language="fr")'
    monkeypatch.setattr(fourps.notebook, "content_root", lambda: french_course)
    monkeypatch.chdir(french_course / "modules/welcome")
    played, asked = fourps.play("scenario.yaml", "fr"), fourps.ask("quiz.yaml", "fr")
    assert played.words["begin"] == "Commencer"
    nodes = played.spec["nodes"]
    assert all(part.startswith("fr: ") for node in nodes.values() for part in node["text"])
    # a record, an id or a version is in no language
    same = fourps.play("scenario.yaml", "en").spec
    assert (played.spec["version"], [*nodes]) == (same["version"], [*same["nodes"]])
    questions = asked.spec["questions"].values()
    assert all(part.startswith("fr: ") for one in questions for part in one["text"] + one["why"])
    # without a word, it is the language of the notebook
    monkeypatch.setenv(LANGUAGE, "fr")
    assert fourps.ask("quiz.yaml").spec == asked.spec


def test_same_exercise(made, french_course):
    """Is a French exercise the same one: its code, its names, its points, what is locked?"""
    french, plain = made("exercise"), english(french_course, "exercise")
    if french.cells[0].source.startswith("> "):
        del french.cells[0]
    both = list(zip(french.cells, plain.cells, strict=True))
    assert all(one.metadata == other.metadata for one, other in both)
    assert all(one.source == other.source for one, other in both if one.cell_type == "code")
    assert all(one.id == other.id for one, other in both if one.metadata.get("nbgrader"))
    theirs, ours = french.metadata.fourps.cells, plain.metadata.fourps.cells
    fixed = ("grade_id", "points", "graded", "answer")
    assert [[one[key] for key in fixed] for one in theirs] == [
        [one[key] for key in fixed] for one in ours
    ]
    assert [one.title for one in theirs] == [f"fr: {one.title}" for one in ours]
    assert (french.metadata.fourps.exercise, french.metadata.fourps.release) == (
        *(plain.metadata.fourps.exercise, plain.metadata.fourps.release),
    )


@pytest.mark.parametrize("page", sorted(content_root().glob("modules/*/exercise.md")))
def test_docstrings(root, page):
    """Is a function that a learner finishes documented in French, and all other code as it was?"""
    both = [
        [one for one in notebook(page, References(root, code)).cells if one.cell_type == "code"]
        for code in ("en", "fr")
    ]
    said = set()
    for plain, french in zip(*both, strict=True):
        documented = re.search(r'"""(Return .*)"""', plain.source)
        if documented:
            said.add(re.search(r'"""(Renvoie .*)"""', french.source)[1])
            plain.source = plain.source.replace(documented[0], '""""""')
            french.source = re.sub(r'"""Renvoie .*"""', '""""""', french.source)
        assert plain.source == french.source
    assert len(said) == 5


def test_folder(tmp_path):
    """Does a folder keep its language?"""
    update(tmp_path, [("a.ipynb", b"one")], "0.1.0")
    assert language_of_folder(tmp_path) == "en"
    (tmp_path / "a.ipynb").write_text("mine")
    (change,) = update(tmp_path, [("a.ipynb", b"un")], "0.1.0", "fr")
    assert change.what == "beside"
    assert language_of_folder(tmp_path) == "fr"


def test_messages(monkeypatch):
    """Do the checks speak the notebook's language, with what the learner wrote left as it is?"""
    monkeypatch.setenv(LANGUAGE, "fr")
    with pytest.raises(AssertionError) as caught:
        check_choice("letters: ac", "abcd")
    assert str(caught.value) == (
        "«\N{NO-BREAK SPACE}ac\N{NO-BREAK SPACE}» ne peut pas être lu. Écrivez des lettres seules, "
        "séparées par des virgules, par exemple «\N{NO-BREAK SPACE}letters: x, y\N{NO-BREAK SPACE}»."
    )
    with pytest.raises(AssertionError, match=r"relevé|trace"):
        check_record("nonsense", "protection")
    other = Record("other", "1a2b3c4d", "0")
    with pytest.raises(AssertionError) as caught:
        check_record(str(other), "protection")
    assert str(caught.value).replace("\N{NO-BREAK SPACE}", " ") == (
        "Ce relevé appartient à « other », et non à « card-desk »."
    )
    monkeypatch.setenv(LANGUAGE, "xx")
    with pytest.raises(AssertionError, match="cannot be read"):
        check_choice("letters: ac", "abcd")


def test_marks_have_no_language(monkeypatch, capsys):
    """Are French signs around an answer read, and do marks and hints stay as they are?"""
    for language in ("en", "fr"):
        monkeypatch.setenv(LANGUAGE, language)
        check_choice(
            "letters\N{NO-BREAK SPACE}: «\N{NO-BREAK SPACE}a\N{NO-BREAK SPACE}», b", "abcd"
        )
        check_sorting("a : « seen »\nb\N{NO-BREAK SPACE}: guess", "ab", ["seen", "guess"])
        assert points(0.5, 4, "count again.") == 2
        assert capsys.readouterr().out == "Look again: count again.\n"


@pytest.mark.slow
def test_validate(made, french_course, tmp_path, monkeypatch):
    """Are errors, advice and what the exercise's own checks say in French, in a French kernel?"""
    monkeypatch.setattr(fourps.learn.validate, "content_root", lambda: french_course)
    exercise = made("exercise")
    for cell in exercise.cells:
        if cell.id == "order-answer":
            cell.source = 'order = ["tell"]'
        if cell.id == "total-answer":
            cell.source = "def total(table):\n    return 1 / 0"
    path = tmp_path / "exercise.ipynb"
    nbformat.write(exercise, path)
    said = {one.name: one for one in validate(path).results}
    first, second, third, fourth = said.values()
    assert first.message == "fr: Before anything else the person is asked."
    assert second.message == "La réponse est telle qu\N{RIGHT SINGLE QUOTATION MARK}au départ."
    assert third.status == "to write"
    assert "Le nombre par lequel on divise est 0." in fourth.message
    # whoever asks for English gets it
    assert validate(path, language="en").results[1].message == "The answer is as it was released."


def test_submit(made, french_course, tmp_path):
    """Does a hand-in say which language it is in, and the learner read in that language of it?"""
    path = tmp_path / "exercise.ipynb"
    exercise = made("exercise")
    exercise.cells = [cell for cell in exercise.cells if cell.id != "total"]
    nbformat.write(exercise, path)
    packed = pack(path, "ada-1", ["nonsense"], french_course)
    assert [one.split()[0] for one in packed.remarks] == ["Absente", "Un"]
    (tmp_path / "hand-in.zip").write_bytes(packed.data)
    handin = read_handin(tmp_path / "hand-in.zip")
    assert language_of(parse(handin.notebook, "it")) == "fr"


@pytest.mark.once
@pytest.mark.prove
@pytest.mark.slow
def test_each_notebook_of_the_course():
    """Does no sentence of any notebook stay in English, but for the titles of sources?"""
    # the English ones of the pairs are English in every language
    pairs = {one["en"] for one in read_pairs(content_root() / "book" / "glossary.csv")}
    for path, data in notebooks(References(content_root(), "en-XA")):
        for cell in nbformat.reads(data.decode(), as_version=4).cells:
            if cell.cell_type == "markdown":
                prose = re.sub(r"^```.*?^```", "", cell.source, flags=re.MULTILINE | re.DOTALL)
                lines = [one for one in prose.split("\n") if not one.startswith("- **[")]
                left = [one for one in lines if "the" in one.split()]
                assert [one for one in left if one.split(" | ")[0][2:] not in pairs] == [], path
