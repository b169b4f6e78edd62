import io

import pypdf
import pytest

from fourps.course.words import words
from fourps.grading.record.pdf import CannotPrintError, pdf
from fourps.grading.record.statement import MARK, Completed

MANY = [
    Completed(
        id=f"m-{number}", title="Counter-trafficking in humanitarian action", way=way, hours=4.5
    )
    for number, way in enumerate(["information", "practitioner"] * 4)
]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_one_page(key, state, language):
    """Does a record of the whole course fit on one page, with title, language and limits?"""
    made = pdf(state(language=language, modules=MANY, whole=True, name="Zoë Ελένη Олена"), key)
    read = pypdf.PdfReader(io.BytesIO(made))
    [page] = read.pages
    assert read.metadata.title == words(language)["done-title"]
    assert read.trailer["/Root"]["/Lang"] == language
    assert read.attachments["record.json"][0].startswith(MARK)
    text = " ".join(page.extract_text().split())
    assert "Zoë Ελένη Олена" in text
    assert words(language)["done-limits-text"][:60] in text


@pytest.mark.parametrize("name", ["نور", "נועה", "अमित", "李", "e\u0301", "👩"])
def test_letters_it_cannot_print(key, state, name):
    """Is a PDF refused whose letters would come out wrongly, rather than printed so?"""
    with pytest.raises(CannotPrintError, match="print the page"):
        pdf(state(name=name), key)
