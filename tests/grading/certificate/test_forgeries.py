"""Records, pages and PDFs of which something was changed: each is refused."""

import io
import re
from datetime import date

import pypdf
import pytest
from pypdf.actions import JavaScript

from fourps.grading.certificate import signature
from fourps.grading.certificate.document import page, pdf
from fourps.grading.certificate.record import KIND, MARK, Completed, RecordFileError

KINDS = ["page", "pdf", "line"]


@pytest.fixture(scope="module")
def make(key, state):
    """Return a function that makes the three files of a record."""

    def files(**changes):
        statement = state(**{"name": "Amina Zoë", **changes})
        return {
            "page": page(statement, key),
            "pdf": pdf(statement, key),
            "line": signature.sign(KIND, statement, key),
        }

    return files


@pytest.fixture(scope="module")
def files(make):
    return make()


@pytest.fixture(scope="module")
def others(make):
    """The files of somebody else with a name of equal length, by the same issuer."""
    return make(name="Badis Zoë", learner="m-abcdefghij")


def line_of(whole):
    """Return what stands before the signed line, the line, and what stands behind it."""
    start = whole.index(MARK)
    end = whole.find(b"\n", start)
    end = len(whole) if end < 0 else end
    return whole[:start], whole[start:end], whole[end:]


def refused(check, forged, whole):
    assert forged != whole
    with pytest.raises(RecordFileError):
        check(forged)


@pytest.mark.prove
@pytest.mark.parametrize("kind", KINDS)
def test_each_byte(kind, files, check):
    """Is a file refused of which any byte was changed, left out or doubled?"""
    whole = files[kind]
    for at, byte in enumerate(whole):
        for new in (bytes([byte ^ 1 << at % 8]), b"", bytes([byte, byte])):
            with pytest.raises(RecordFileError):
                check(whole[:at] + new + whole[at + 1 :])


def after(old, new):
    return lambda text: text.replace(old, new, 1)


PAGES = {
    "holder-as-long": after("Amina Zoë</bdi>", "Yasin Zoë</bdi>"),
    "fingerprint": lambda text: re.sub(r"[0-9a-f]{64}", "0" * 64, text, count=1),
    "script": after("</body>", "<script>document.body.textContent = 'Diploma'</script></body>"),
    "other-type": after('type="application/jose"', 'type="text/plain"'),
    "in-front": lambda text: "\ufeff" + text,
    "line-ends": lambda text: text.replace("\n", "\r\n"),
    "no-last-line": lambda text: text[:-1],
    "moved-up": lambda text: moved(text, "<body>\n"),
    "moved-down": lambda text: moved(text, "</html>\n"),
    "twice": lambda text: text + line_of(text.encode())[1].decode(),
}


def moved(text, behind):
    """Return a page whose signed line stands elsewhere, with nothing else changed."""
    first, line, last = (part.decode() for part in line_of(text.encode()))
    rest = first + last
    at = rest.index(behind) + len(behind) - 1
    return rest[:at] + line + rest[at:]


@pytest.mark.parametrize("name", PAGES)
def test_pages(name, files, check):
    """Is a page refused that shows something else around a line that is as it was signed?"""
    text = files["page"].decode()
    refused(check, PAGES[name](text).encode(), files["page"])
    if name not in ("twice", "line-ends"):
        assert line_of(PAGES[name](text).encode())[1] == line_of(files["page"])[1]


def added(whole, change):
    """Return a PDF to which a program added what changes it, behind all that was there."""
    writer = pypdf.PdfWriter(io.BytesIO(whole), incremental=True)
    change(writer)
    file = io.BytesIO()
    writer.write(file)
    assert file.getvalue().startswith(whole)
    return file.getvalue()


def saved(whole):
    """Return a PDF as another program writes the same."""
    file = io.BytesIO()
    pypdf.PdfWriter(clone_from=io.BytesIO(whole)).write(file)
    return file.getvalue()


PDFS = {
    "page-added": lambda whole: added(whole, lambda one: one.add_blank_page(100, 100)),
    "script-added": lambda whole: added(
        whole, lambda one: one.add_open_action(JavaScript("app.alert('Diploma')"))
    ),
    "saved-again": saved,
    "remark-in-front": lambda whole: b"%\n" + whole,
    "object-behind": lambda whole: whole + b"\n99 0 obj\n<< >>\nendobj\n",
    "cut-off": lambda whole: whole[:-1],
    "twice": lambda whole: whole + whole,
}


@pytest.mark.parametrize("name", PDFS)
def test_pdfs(name, files, check):
    """Is a PDF refused to which anything was done, whatever it shows?"""
    refused(check, PDFS[name](files["pdf"]), files["pdf"])


def test_put_together(files, others, check):
    """Are a page in a PDF's place, two records in one file, and another's page all refused?"""
    first, _, last = line_of(files["page"])
    for forged in (
        files["page"] + files["pdf"],
        files["page"] + others["page"],
        first + line_of(files["pdf"])[1] + last,
        first + files["line"] + last,
        line_of(others["page"])[0] + line_of(files["page"])[1] + last,
        files["line"] + b"\n",
        b"\n" + files["line"],
        files["line"] + b"\n" + files["line"],
    ):
        refused(check, forged, files["page"])


def test_a_module_more(make, files, check):
    """Is the statement of a longer record refused in the page of a shorter one?"""
    how = {"way": "practitioner", "hours": 5.5, "marked": date(2026, 11, 24)}
    more = Completed(id="capstone", title="Capstone", **how)
    mine = Completed(id="protection", title="Protection", **how)
    longer = make(modules=[mine, more])
    for kind in ("page", "pdf"):
        first, _, last = line_of(files[kind])
        refused(check, first + line_of(longer[kind])[1] + last, files[kind])
