"""The page of a record of completion, in a browser."""

import io
from datetime import date

import pypdf
import pytest
from book_pages import sideways
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from fourps.grading.certificate.document import page as record
from fourps.grading.certificate.record import Completed, Statement
from fourps.grading.certificate.signature import fingerprint

pytestmark = pytest.mark.browser
TITLE = "Counter-trafficking in humanitarian action"


@pytest.fixture(scope="module", params=["en", "fr"])
def file(request, tmp_path_factory):
    """Return a record of the whole course, with a name that runs from right to left."""
    key = Ed25519PrivateKey.generate()
    same = {"way": "information", "hours": 4.5, "marked": date(2026, 11, 24)}
    statement = Statement(
        number="0123456789abcdef",
        course="Four Ps",
        version="0.1.0",
        language=request.param,
        issuer="Helping Hands </script><b>",
        issued=date(2026, 11, 25),
        learner="m-fmq2fqw32t",
        name="نور الهدى",
        marker="Awa Diallo",
        modules=[Completed(id=f"m-{n}", title=f"{TITLE} {n}", **same) for n in range(8)],
        whole=True,
        key=fingerprint(key.public_key()),
        document="0" * 64,
    )
    path = tmp_path_factory.mktemp("record") / "record.html"
    path.write_bytes(record(statement, key))
    return path


def test_page(browser, axe, file):
    """From disk: does axe find nothing, wide and narrow, light and dark, with no error at all?"""
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: said.append(request.url))
    page.goto(file.as_uri())
    assert said == [file.as_uri()]
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            assert axe(page) == []
        assert sideways(page) <= 0
    assert page.locator("bdi").first.inner_text() == "نور الهدى"
    context.close()


def test_paper(browser, file):
    """Is it printed on one page?"""
    page = browser.new_page()
    page.goto(file.as_uri())
    assert len(pypdf.PdfReader(io.BytesIO(page.pdf())).pages) == 1
    page.close()
