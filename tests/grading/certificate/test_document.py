import io
import re
import string
from datetime import date

import pypdf
import pytest

from fourps.course.words import words
from fourps.grading.certificate.document import BOLD, REGULAR, CannotPrintError, font, pdf
from fourps.grading.certificate.record import MARK, Completed

MANY = [
    Completed(
        id=f"m-{number}",
        title="Counter-trafficking in humanitarian action",
        way=way,
        hours=4.5,
        marked=date(2026, 11, 1 + number),
    )
    for number, way in enumerate(["information", "practitioner"] * 4)
]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_one_page(key, state, language):
    """Does a record of the whole course fit on one page, with title, language and limits?"""
    data = pdf(state(language=language, modules=MANY, whole=True, name="Zoë Ελένη Олена"), key)
    read = pypdf.PdfReader(io.BytesIO(data))
    [page] = read.pages
    assert read.metadata.title == words(language)["done-title"]
    assert read.trailer["/Root"]["/Lang"] == language
    assert read.attachments["record.jws"][0].startswith(MARK)
    text = " ".join(page.extract_text().split())
    assert "Zoë Ελένη Олена" in text
    assert {
        "en": "Awa Diallo, on 8 November 2026",
        "fr": "Awa Diallo, au plus tard le 8 novembre 2026",
    }[language] in text
    assert words(language)["done-limits-text"][:60] in text
    assert {"en": "Four Ps", "fr": "Les quatre P"}[language] in text


@pytest.mark.parametrize("name", ["نور ٢", "נועה", "علی\u200cرض", "Eve نور"])
def test_right_to_left(key, state, name):
    """Does a name that runs from right to left stand whole in the PDF, as name and as issuer?"""
    data = pdf(state(name=name, issuer=name), key)
    [page] = pypdf.PdfReader(io.BytesIO(data)).pages
    shown = page.extract_text()
    assert len(re.findall("�", shown)) == 0
    assert all(shown.count(letter) >= 2 for letter in name if letter.isalpha())


def test_a_font_of_this_computer(key, state, installed, bengali):
    """Is a name set in a font that has its letters, with those joined that it joins?"""
    installed.add("Bengali.ttf")
    [page] = pypdf.PdfReader(io.BytesIO(pdf(state(name=bengali), key))).pages
    assert bengali in page.extract_text()
    fonts = page["/Resources"]["/Font"].values()
    assert any("Bengali" in str(font["/BaseFont"]) for font in fonts)


@pytest.mark.usefixtures("installed")
def test_no_font(key, state, bengali):
    """Is a PDF refused whose letters no font has, rather than printed with boxes?"""
    with pytest.raises(CannotPrintError, match="fonts-noto-core"):
        pdf(state(name=bengali), key)


@pytest.mark.parametrize(
    "name",
    ["Zoë", "Ελένη", "Ольга Їжак", "نور", "عل\u200cرض", "נועה", "Ne\u0301e", string.ascii_letters],
)
def test_own(name):
    """Are names of many scripts printed in the fonts that come with the course, bold too?"""
    assert font(name) == REGULAR
    assert font(name, BOLD) == BOLD


def test_installed(installed, bengali):
    """Is a font of this computer taken for a name that needs it, an upright one first?"""
    assert font(bengali) is None
    bold = installed.add("A-Bold.ttf")
    assert font(bengali) == bold
    upright = installed.add("Bengali.ttf")
    (installed.folder / "Broken.ttf").write_text("no font", "utf-8")
    assert font(bengali) == upright


@pytest.mark.parametrize("how", [{"rules": ""}, {"rights": 2}])
def test_not_taken(installed, bengali, how):
    """Is a font left alone that cannot join the letters, or may not be embedded?"""
    installed.add("Bengali.ttf", **how)
    assert font(bengali) is None
