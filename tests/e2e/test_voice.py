"""Read aloud: by a local voice of the page's language, and by no other.

Chromium has no voices on the machines of these tests, so that a list of them stands in for its own.
"""

import pytest
from book_pages import settled, sideways
from players import option

from fourps.course.words import words

from .conftest import bilingual as book  # noqa: F401 - a fixture

PAGE = "modules/demo/practice.html"
VOICES = """
  const voices = [], heard = [], synth = new EventTarget();
  Object.assign(synth, {
    getVoices: () => voices,
    speak: (one) => { heard.push(one); },
    cancel: () => { heard.length = 0; console.log(`silent ${document.visibilityState}`); },
  });
  Object.defineProperty(window, "speechSynthesis", { value: synth });
  window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
  window.bring = (voice) => { voices.push(voice); synth.dispatchEvent(new Event("voiceschanged")); };
  window.heard = heard;
"""
HEARD = "() => heard.map(({ text, voice, lang }) => [text, voice.name, lang])"
pytestmark = [pytest.mark.browser]


@pytest.fixture(scope="session")
def script():
    return VOICES


@pytest.fixture
def open_page(reader, address):
    """Return a function that opens the story of a language, with these voices known late."""

    def opened(folder, *voices):
        reader.page.goto(f"{address}/{folder}{PAGE}")
        settled(reader.page)
        for name, lang, near in voices:
            voice = {"name": name, "lang": lang, "localService": near, "default": not near}
            reader.page.evaluate("(voice) => bring(voice)", voice)
        return reader.page

    return opened


FAR, GERMAN = ("Far", "en-US", False), ("Nah", "de-DE", True)


@pytest.mark.parametrize(
    ("folder", "voices", "reads"),
    [
        ("", [], ""),
        ("", [FAR, GERMAN], ""),
        ("", [("Unknown", "en-GB", None)], ""),
        ("fr/", [("Near", "en-GB", True)], ""),
        ("", [FAR, GERMAN, ("Near", "en_GB", True)], "Near"),
        ("fr/", [FAR, ("Proche", "fr-FR", True)], "Proche"),
    ],
)
def test_no_voice_from_elsewhere(open_page, folder, voices, reads):
    """Is there a button only where a local voice knows the page's language, and does no other voice read?"""
    page = open_page(folder, *voices)
    button = page.locator(".fp-voice button")
    assert button.is_visible() == bool(reads)
    if reads:
        button.click()
        assert {name for _, name, _ in page.evaluate(HEARD)} == {reads}


@pytest.mark.parametrize("reader", [{"viewport": {"width": 320, "height": 700}}], indirect=True)
def test_read_and_stopped(reader, open_page, axe):
    """Are a scene and its options read, what followed, and nothing more once it is stopped or one chooses?"""
    page, word = open_page("", ("Near", "en-GB", True)), words("en")
    button = page.locator(".fp-voice button")
    assert axe(page) == []
    assert sideways(page) <= 0
    reader.press(".fp-voice button")
    told = [text for text, _, _ in page.evaluate(HEARD)]
    assert page.locator(".fp-heading").inner_text() in told
    assert {*page.locator(".fp-choice").all_inner_texts()} <= {*told}
    assert button.inner_text() == word["voice-stop"]
    page.keyboard.press("Enter")
    assert (page.evaluate(HEARD), button.inner_text()) == ([], word["voice-read"])
    page.keyboard.press("Enter")
    option(page).click()
    assert (page.evaluate(HEARD), button.inner_text()) == ([], word["voice-read"])
    reader.press(".fp-voice button")
    told = [text for text, _, _ in page.evaluate(HEARD)]
    assert page.locator(".fp-consequence").inner_text() in told
    # the last one that ends gives the button back
    page.evaluate("() => heard.at(-1).onend()")
    assert button.inner_text() == word["voice-read"]


def test_leave(open_page):
    """Does "Leave" silence the voice at once, before the page goes?"""
    page, said = open_page("", ("Near", "en-GB", True)), []
    page.on("console", lambda message: said.append(message.text))
    page.locator(".fp-voice button").click()
    page.locator("[data-fourps-exit]").click()
    page.wait_for_url("**/units.html")
    assert said[0] == "silent visible"
