"""A book in several languages: where each stands, how a page leads to the others."""

import shutil

import pytest
from pypdf import PdfReader

from fourps.book.after.bare_pages import missing
from fourps.book.after.built import MISSING, Built
from fourps.book.after.links import broken
from fourps.book.after.release.release import FIRST, write_zip, zip_name
from fourps.course.words import words

pytestmark = pytest.mark.slow  # each language is a build of its own

LESSON = "modules/demo/lesson"
NOTE = ("page-untranslated", "page-source")
BASE = "https://course.example/"
TITLE = "Un petit livre"


@pytest.fixture(scope="module")
def book(new_book):
    """The small book in English and French; its French words are there, its French text is not."""
    book = new_book()
    settings = f"    language: en\n    html_baseurl: {BASE}\n    fourps_titles: {{fr: {TITLE}}}\n"
    book.edit("_config.yml", "    language: en\n", settings)
    result = book.run("fourps", "book", "build", book.root, "--language", "en", "--language", "fr")
    assert result.status == 0, result.output
    return book


def test_each_language_has_its_folder(book):
    """Does the first language stand at the top, and the other in a folder, page for page?"""
    pages = {path.relative_to(book.html).as_posix() for path in book.html.rglob("*.html")}
    french = {name.removeprefix("fr/") for name in pages if name.startswith("fr/")}
    # of the page for a wrong address a host knows one
    assert french == {name for name in pages if not name.startswith("fr/")} - {MISSING}


@pytest.mark.parametrize(("folder", "title"), [("", "Small book"), ("fr/", TITLE)])
def test_title(book, folder, title):
    """Has the book the name that a language has for it, in the bar, as page, as app and at the foot?"""
    soup = book.soup(f"{folder}{LESSON}")
    assert soup.select_one(".fp-brand").text.strip() == title
    assert soup.title.text.endswith(f" - {title}")
    assert soup.select_one(".fp-footer p").text.startswith(title)
    app = Built(book.html / folder).about
    assert (app["name"], app["short_name"]) == (title, title)


def test_foot(book):
    """Are licences at the foot of a page set as each language sets them?"""
    feet = {"": "Text: CC BY 4.0, code: MIT.", "fr/": "Texte\u00a0: CC BY 4.0, code\u00a0: MIT."}
    for folder, foot in feet.items():
        assert (
            book.soup(f"{folder}{LESSON}").select_one(".fp-footer p").text.rstrip().endswith(foot)
        )


@pytest.mark.parametrize("page", [LESSON, f"fr/{LESSON}"])
def test_addresses_for_search_engines(book, page):
    """Are the other languages named with whole addresses, and this page with its own?"""
    head = book.soup(page).head
    alternates = head.select("link[rel=alternate]")
    assert {element["hreflang"]: element["href"] for element in alternates} == {
        "en": f"{BASE}{LESSON}.html",
        "fr": f"{BASE}fr/{LESSON}.html",
    }
    assert head.select_one("link[rel=canonical]")["href"] == f"{BASE}{page}.html"


def test_untranslated(book):
    """Does a page say once, in French, that its text is English, and mark that text so?"""
    soup = book.soup(f"fr/{LESSON}")
    assert soup.html["lang"] == "fr"
    (note,) = soup.select("article > .fp-note")
    notes = [words("fr")[key].format(language="anglais") for key in NOTE]
    assert note.text == " ".join(notes)
    assert note.a["href"] == f"../../../{LESSON}.html"
    text = note.find_next_sibling("div")
    assert (text["lang"], text["dir"]) == ("en", "ltr")
    assert "The quokka waits" in text.text
    assert "pas encore traduite" not in book.page(LESSON)


def test_words_are_french(book):
    """Are the words of ours French all the same?"""
    soup = book.soup(f"fr/{LESSON}")
    assert soup.select_one("[data-fourps-exit]").text == "Quitter"
    titles = [element.text for element in soup.select(".admonition-title")]
    assert "Conseil du cours\u00a0: vérifiez la procédure de votre organisation" in titles


def test_no_choice_for_one_language(good):
    """Does the top of a book in one language lead on without a script, and no page to another language?"""
    assert not good.soup(LESSON).select(".fp-languages")
    page = (good.html / "index.html").read_text("utf-8")
    assert '<meta http-equiv="refresh" content="0; url=book/welcome.html">' in page
    assert '<a href="book/welcome.html"' in page
    assert "<script" not in page


def test_missing(book):
    """Does the page for a wrong address speak both languages, and lead to the first page and the search of each?"""
    page = missing(Built(book.html), "/four-ps/")
    for code, folder in (("en", ""), ("fr", "fr/")):
        assert words(code)["missing-title"] in page
        assert f'href="/four-ps/{folder}book/welcome.html"' in page
        assert f'href="/four-ps/{folder}search.html"' in page
        assert f'href="/four-ps/{folder}units.html"' in page
    assert "<script" not in page


def test_missing_of_a_build(book):
    """Has a build such a page too, which looks for the book by itself, and is no part of what is saved?"""
    page = (book.html / MISSING).read_text("utf-8")
    assert page == missing(Built(book.html))
    assert f'href="./fr/book/welcome.html">{TITLE}</a>' in page
    listed = [dict(language.files()) for language in Built(book.html).languages]
    assert [MISSING in files for files in listed] == [False, False]
    assert list(broken(book.html)) == []


def test_zip(book, tools, tmp_path):
    """Does one file hold both languages, with a page that offers each in its own words?"""
    write_zip(book.html, tmp_path / "book.zip")
    shutil.unpack_archive(tmp_path / "book.zip", tmp_path)
    assert list(broken(tmp_path)) == []
    first = tools.parse((tmp_path / FIRST).read_text("utf-8"))
    assert [
        (element["lang"], element.a["href"], element.a.text) for element in first.select("section")
    ] == [
        ("en", "course/book/welcome.html", "Open the course"),
        ("fr", "course/fr/book/welcome.html", "Ouvrir le cours"),
    ]
    # what was asked for stands in the name of the file
    assert zip_name(book.html, ["fr"]).endswith("-fr.zip")


def test_pdf(book, tmp_path):
    """Is each language printed into a file of its own, under its own title?"""
    out, both = tmp_path / "book.pdf", ("--language", "en", "--language", "fr")
    result = book.run("fourps", "book", "pdf", book.root, "--out", out, *both)
    assert result.status == 0, result.output
    contents = ["Contents", "Sommaire"]
    for path, expected in zip((out, tmp_path / "book-fr.pdf"), contents, strict=True):
        assert str(path) in result.output
        texts = " ".join(sheet.extract_text() for sheet in PdfReader(path).pages[:3])
        assert [text for text in contents if text in texts] == [expected]
