"""A form in a frame that may send none is heard all the same."""

from __future__ import annotations

from html import escape

import pytest

from fourps.front import _bundle

pytestmark = pytest.mark.browser
FORMS = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Form</title></head><body>
<form id="heard"><label>Word <input required></label><button>Check</button><button type="button">Other</button></form>
<p id="said"></p>
<script>{_bundle("submits")}
$submits.submits(document);
document.querySelector("#heard").addEventListener("submit", (event) => {{
  event.preventDefault();
  document.querySelector("#said").textContent += `${{event.submitter.textContent}}. `;
}});
</script></body></html>"""
HOLDER = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Platform</title></head>
<body><iframe title="Form" {how} srcdoc="{page}"></iframe></body></html>"""


@pytest.mark.parametrize("how", ["", 'sandbox="allow-scripts"'], ids=["free", "sandboxed"])
def test_heard(reader, how):
    """Is a form told once by its button and once by Enter, and not before what it asks for is there?"""
    reader.page.set_content(HOLDER.format(how=how, page=escape(FORMS)))
    (frame,) = reader.page.main_frame.child_frames
    said = frame.locator("#said")
    check, word = frame.get_by_role("button", name="Check"), frame.locator("input")
    check.click()
    frame.get_by_role("button", name="Other").click()
    assert said.inner_text() == ""
    word.fill("water")
    check.click()
    assert said.inner_text() == "Check."
    word.press("Enter")
    assert said.inner_text() == "Check. Check."
