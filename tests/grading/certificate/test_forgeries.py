"""Records, pages and PDFs of which something was changed: each is refused."""

import base64
import io
import json
import re
import zlib
from datetime import date

import pypdf
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from joserfc import jws
from joserfc.jwk import OKPKey
from pypdf.actions import JavaScript

from fourps.grading.certificate import signed_text
from fourps.grading.certificate.keys import fingerprint
from fourps.grading.certificate.pdf import pdf
from fourps.grading.certificate.statement import KIND, MARK, Completed, Statement
from fourps.grading.certificate.verify import RecordFileError, verify
from fourps.grading.certificate.web_page import page

KINDS = ["page", "pdf", "line"]


@pytest.fixture(scope="module")
def check(key):
    """Return a function that checks a file with the issuer's public key."""
    public = key.public_key()
    return lambda data: verify(data, public)


@pytest.fixture(scope="module")
def make(key, state):
    """Return a function that makes the three files of a record."""

    def files(**changes):
        said = state(**{"name": "Amina Zoë", **changes})
        return {
            "page": page(said, key),
            "pdf": pdf(said, key),
            "line": signed_text.sign(KIND, said, key),
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


@pytest.mark.parametrize("kind", KINDS)
def test_one_byte(kind, files, check):
    """Is a file refused of which one byte was changed, at 500 places in each of the three?"""
    whole = files[kind]
    assert check(whole)
    for number in range(500):
        at = number * len(whole) // 500
        changed = bytearray(whole)
        changed[at] ^= 1 << number % 8
        with pytest.raises(RecordFileError):
            check(bytes(changed))


@pytest.mark.prove
@pytest.mark.parametrize("kind", KINDS)
def test_each_byte(kind, files, check):
    """Is a file refused of which any byte was changed, left out or doubled?"""
    whole = files[kind]
    for at, one in enumerate(whole):
        for new in (bytes([one ^ 1 << at % 8]), b"", bytes([one, one])):
            with pytest.raises(RecordFileError):
                check(whole[:at] + new + whole[at + 1 :])


def before(key, twice):
    """Return a forgery that says a key of the statement twice, the signed one last."""
    return lambda said: said.replace(f'"{key}":'.encode(), f'"{key}":{twice},"{key}":'.encode(), 1)


def after(old, new):
    return lambda said: said.replace(old, new, 1)


STATEMENTS = {
    **{
        f"twice-{key}": before(key, twice)
        for key, twice in {
            "learner": '"somebody else"',
            "name": '"Somebody Else"',
            "number": '"fedcba9876543210"',
            "issuer": '"United Nations"',
            "marker": '"Somebody Else"',
            "marked": '"2020-01-01"',
            "issued": '"2020-01-01"',
            "modules": "[]",
            "title": '"Everything"',
            "hours": "999",
            "way": '"information"',
            "whole": "true",
            "language": '"fr"',
            "version": '"9.9"',
            "document": '"1"',
            "course": '"Another"',
            "key": '"2"',
            "id": '"capstone"',
        }.items()
    },
    "spaces": after(b'":"', b'": "'),
    "spaces-inside": after(b'"modules":[', b'"modules": ['),
    "tab": after(b",", b",\t"),
    "return": after(b",", b",\r"),
    "another-key": after(b"{", b'{"a":"see below",'),
    "another-key-inside": after(b'"way":', b'"vote":1,"way":'),
    "escaped": after(b"Helping", b"\\u0048elping"),
    "escaped-dash": after(b"-fmq", b"\\u002dfmq"),
    "longer-number": after(b"4.5", b"4.50"),
    "other-number": after(b"4.5", b"45e-1"),
    "text-for-number": after(b"4.5", b'"4.5"'),
    "time-for-day": after(b'"2026-11-25"', b'"2026-11-25T00:00:00"'),
    "number-for-day": after(b'"2026-11-25"', b"1764028800"),
    "left-out": after(b'"whole":false', b'"whole":null'),
    "order": lambda said: said.replace(b'"course":"Four Ps",', b"", 1).replace(
        b'"whole":false}', b'"whole":false,"course":"Four Ps"}', 1
    ),
    "behind": lambda said: said + b" ",
    "in-front": lambda said: b" " + said,
    "twice-all": lambda said: said + said,
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", STATEMENTS)
def test_statements(name, kind, files, check, key):
    """Is a statement refused that reads alike and is written otherwise, even with a signature?"""
    first, line, last = line_of(files[kind])
    head, payload, signature = line.split(b".")
    said = base64.urlsafe_b64decode(payload + b"==")
    forged = STATEMENTS[name](said)
    assert forged != said
    new = base64.urlsafe_b64encode(forged).rstrip(b"=")
    mine = base64.urlsafe_b64encode(key.sign(head + b"." + new)).rstrip(b"=")
    for one in (signature, mine):
        changed = first + b".".join((head, new, one)) + last
        refused(check, changed, files[kind])
        # as long as it was, so that the places that a PDF names stay right
        refused(check, changed[: len(files[kind])], files[kind])


def strangers(line):
    """Return lines that a stranger signed."""
    other = Ed25519PrivateKey.generate()
    value = Statement.model_validate_json(base64.urlsafe_b64decode(line.split(b".")[1] + b"=="))
    mine = value.model_copy(update={"key": fingerprint(other.public_key())})
    stranger = OKPKey.import_key(other)
    brings = {"jwk": OKPKey.import_key(other.public_key()).as_dict(), "kid": "record-key"}
    head = {"alg": "Ed25519", "typ": "fourps-record"}
    found = [
        signed_text.sign(KIND, value, other),
        signed_text.sign(KIND, mine, other),
        jws.serialize_compact(
            head | brings, signed_text.canonical(mine), stranger, ["Ed25519"]
        ).encode(),
    ]
    for header in (
        {"alg": "none"},
        head | {"alg": "EdDSA"},
        head | {"kid": "1"},
        head | {"crit": ["kid"], "kid": "1"},
    ):
        first = base64.urlsafe_b64encode(json.dumps(header).encode()).rstrip(b"=")
        found.append(b".".join((first, line.split(b".")[1], b"")))
        found.append(b".".join((first, *line.split(b".")[1:])))
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_strangers(kind, files, others, check):
    """Is the line of a stranger refused, one that names its own way of checking, and a swapped one?"""
    first, line, last = line_of(files[kind])
    theirs = line_of(others[kind])[1]
    lines = strangers(line)
    assert len(lines) == 11
    head, said, signature = line.split(b".")
    lines += [
        b".".join((head, theirs.split(b".")[1], signature)),
        b".".join((head, said, theirs.split(b".")[2])),
    ]
    for one in lines:
        refused(check, first + one + last, files[kind])
    if kind != "line":
        # the valid line of another
        refused(check, first + theirs + last, files[kind])


PAGES = {
    "holder": after("Amina Zoë</bdi>", "Somebody Else</bdi>"),
    "holder-as-long": after("Amina Zoë</bdi>", "Yasin Zoë</bdi>"),
    "look-alike": after("Amina", "\u0410mina"),
    "taken-apart": after("Zoë", "Zoe\u0308"),
    "nothing-to-see": after("Amina", "Am\u200bina"),
    "right-to-left": after("Amina", "\u202eAmina"),
    "entity": after("Amina", "&#65;mina"),
    "capital": after("<main>", "<MAIN>"),
    "way": after("Practitioner</td>", "Information management</td>"),
    "hours": after(">4.5<", ">4.6<"),
    "date": after("25 November 2026", "26 November 2026"),
    "number": after("0123456789abcdef", "0123456789abcdee"),
    "issuer": after("Helping Hands", "United Nations"),
    "marker": after("Awa Diallo", "Eva Diallo"),
    "marked": after("24 November 2026", "23 November 2026"),
    "fingerprint": lambda said: re.sub(r"[0-9a-f]{64}", "0" * 64, said, count=1),
    "a-row-more": after("</tbody>", "<tr><th>Capstone</th><td>x</td><td>1</td></tr></tbody>"),
    "a-limit-less": lambda said: re.sub(r"<section>.*?</section>\n", "", said, count=1, flags=re.DOTALL),
    "title": after("<title>", "<title>Diploma: "),
    "language": after('lang="en"', 'lang="fr"'),
    "style": after("<style>\n", "<style>\ndl { display: none }"),
    "style-behind": after("</main>", '</main><div style="position:fixed;inset:0">Diploma</div>'),
    "remark": after("<main>", "<main><!-- -->"),
    "script": after("</body>", "<script>document.body.textContent = 'Diploma'</script></body>"),
    "policy": after("default-src 'none'", "default-src *"),
    "other-type": after('type="application/jose"', 'type="text/plain"'),
    "behind": lambda said: said + "\n",
    "behind-more": lambda said: said + "<p>Diploma</p>",
    "in-front": lambda said: "\ufeff" + said,
    "line-ends": lambda said: said.replace("\n", "\r\n"),
    "no-last-line": lambda said: said[:-1],
    "nul": after("<main>", "<main>\0"),
    "moved-up": lambda said: moved(said, "<body>\n"),
    "moved-down": lambda said: moved(said, "</html>\n"),
    "twice": lambda said: said + line_of(said.encode())[1].decode(),
}  # fmt: skip


def moved(said, behind):
    """Return a page whose signed line stands elsewhere, with nothing else changed."""
    first, line, last = (part.decode() for part in line_of(said.encode()))
    rest = first + last
    at = rest.index(behind) + len(behind) - 1
    return rest[:at] + line + rest[at:]


@pytest.mark.parametrize("name", PAGES)
def test_pages(name, files, check):
    """Is a page refused that shows something else around a line that is as it was signed?"""
    said = files["page"].decode()
    refused(check, PAGES[name](said).encode(), files["page"])
    if name not in ("twice", "line-ends"):
        assert line_of(PAGES[name](said).encode())[1] == line_of(files["page"])[1]


def added(whole, change):
    """Return a PDF to which a program added what changes it, behind all that was there."""
    writer = pypdf.PdfWriter(io.BytesIO(whole), incremental=True)
    change(writer)
    made = io.BytesIO()
    writer.write(made)
    assert made.getvalue().startswith(whole)
    return made.getvalue()


def saved(whole):
    """Return a PDF as another program writes the same."""
    made = io.BytesIO()
    pypdf.PdfWriter(clone_from=io.BytesIO(whole)).write(made)
    return made.getvalue()


def redrawn(whole):
    """Return a PDF with another stream of equal length where the page is drawn."""
    start = whole.index(b"stream\n") + len(b"stream\n")
    end = whole.index(b"\nendstream", start)
    drawn = zlib.decompress(whole[start:end])
    other = zlib.compress(drawn.replace(b"BT", b"bt", 1), 9).ljust(end - start, b"\0")
    return whole[:start] + other[: end - start] + whole[end:]


def bytes_after(old, new):
    """Return a forgery of equal length."""
    assert len(old) == len(new)
    return lambda whole: whole.replace(old, new, 1)


PDFS = {
    "metadata-added": lambda whole: added(whole, lambda one: one.add_metadata({"/Title": "Diploma"})),
    "page-added": lambda whole: added(whole, lambda one: one.add_blank_page(100, 100)),
    "file-added": lambda whole: added(whole, lambda one: one.add_attachment("a.txt", b"Diploma")),
    "script-added": lambda whole: added(whole, lambda one: one.add_open_action(JavaScript("app.alert('Diploma')"))),
    "turned": lambda whole: added(whole, lambda one: one.pages[0].rotate(90)),
    "saved-again": saved,
    "redrawn": redrawn,
    "object-behind": lambda whole: whole + b"\n99 0 obj\n<< >>\nendobj\n",
    "end-again": lambda whole: whole + b"%%EOF\n",
    "space-behind": lambda whole: whole + b" ",
    "remark-in-front": lambda whole: b"%\n" + whole,
    "page-in-front": lambda whole: b"<p>Diploma</p>" + whole,
    "remark-inside": bytes_after(b"endobj\n", b"endob%\n"),
    "version": lambda whole: whole.replace(b"%PDF-1.", b"%PDF-2.", 1),
    "catalogue": bytes_after(b"/Type /Catalog", b"/Type /Catalof"),
    "language": bytes_after(b"/Lang (en)", b"/Lang (fr)"),
    "place-of-an-object": lambda whole: re.sub(
        rb"(?<=\n)000000(?=\d{4} 00000 n)", b"000001", whole, count=1
    ),
    "start-of-the-table": lambda whole: re.sub(rb"startxref\n\d", b"startxref\n9", whole),
    "size": lambda whole: re.sub(rb"/Size \d", b"/Size 9", whole),
    "made-on": lambda whole: re.sub(rb"/CreationDate \(D:20", b"/CreationDate (D:19", whole),
    "file-name": bytes_after(b"record.jws", b"record.exe"),
    "cut-off": lambda whole: whole[:-1],
    "lines-of-an-end": bytes_after(b"endstream\nendobj", b"endstream endobj"),
    "twice": lambda whole: whole + whole,
}  # fmt: skip


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


def test_another_key_is_named(key, state):
    """Is a statement refused that names another key than the one that signed it?"""
    other = Ed25519PrivateKey.generate().public_key()
    line = signed_text.sign(KIND, state(key=fingerprint(other)), key)
    with pytest.raises(RecordFileError, match="names another key than the one that signed it"):
        verify(line, key.public_key())


def test_a_module_more(make, files, check):
    """Is the statement of a longer record refused in the page of a shorter one?"""
    how = {"way": "practitioner", "hours": 5.5, "marked": date(2026, 11, 24)}
    more = Completed(id="capstone", title="Capstone", **how)
    mine = Completed(id="protection", title="Protection", **how)
    longer = make(modules=[mine, more])
    for kind in ("page", "pdf"):
        first, _, last = line_of(files[kind])
        refused(check, first + line_of(longer[kind])[1] + last, files[kind])
