"""The group page in real browsers, from disk: files are chosen or dropped, and counted."""

from pathlib import Path

import pytest
from kept import files, took

from fourps.book.after.release.group import NAME, write
from fourps.course.words import words
from fourps.handin.records import FORMS
from fourps.quiz.model import load

from .test_firefox import in_firefox

ROOT = Path(__file__).parents[2]
DROP = """texts => {
  const data = new DataTransfer();
  for (const [name, text] of texts) data.items.add(new File([text], name));
  document.querySelector("h1").dispatchEvent(
    new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
}"""
pytestmark = [pytest.mark.browser]


@pytest.fixture(scope="module", params=["en", "fr"])
def language(request):
    return request.param


@pytest.fixture(scope="module")
def folder(tmp_path_factory, language):
    """A folder with the page, and below it the files of a group."""
    folder = tmp_path_factory.mktemp("facilitators")
    write(ROOT, ROOT, folder, language)
    quizzes = {name: load(ROOT / "book" / "forms" / f"{name}.yaml")[0] for name in FORMS}
    (folder / "given").mkdir()
    for file in files(took(quizzes)):
        (folder / "given" / file["name"]).write_text(file["text"], "utf-8")
    (folder / "given" / "zz <b>x.json").write_text('{"format": 9}', "utf-8")
    return folder


@pytest.mark.parametrize("width", [390, 1280])
def test_chromium(browser, axe, folder, language, width):
    """Are files counted from disk, by keyboard, as text, with nothing said, sent or kept?"""
    context = browser.new_context(viewport={"width": width, "height": 800})
    page, heard, word = context.new_page(), [], words(language)
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("request", lambda request: heard.append(request.url))
    # asked for in time: a browser that is busy would open its own window for files
    page.on("filechooser", lambda _: None)
    page.goto((folder / NAME).as_uri())
    assert [text for text in heard if not text.startswith("data:")] == [page.url]
    heard.clear()
    assert axe(page) == []
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.id") == "files"
    given = sorted((folder / "given").iterdir())
    with page.expect_file_chooser() as chosen:
        page.keyboard.press("Enter")
    chosen.value.set_files(given[:9])
    status = page.get_by_role("status")
    few = word["group-few"].format(files=9, people=9, enough=10)
    page.get_by_text(few, exact=True).wait_for()
    assert page.locator("table").count() == 0
    page.evaluate(DROP, [[path.name, path.read_text("utf-8")] for path in given[9:]])
    page.locator("table").first.wait_for()
    assert status.inner_text() == word["group-read"].format(files=24, people=23)
    (note,) = page.locator("[data-group] ul:not(.again) li").all_inner_texts()
    assert note == word["group-newer"].format(name="zz <b>x.json")
    assert page.locator("table").count() == 3
    hidden = page.get_by_text(word["group-hidden"], exact=True)
    assert hidden.count() == 3
    assert axe(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    button = page.get_by_role("button", name=word["group-forget"])
    button.focus()
    page.keyboard.press("Enter")
    assert page.locator("table").count() == 0
    assert page.evaluate("() => [document.activeElement.id, localStorage.length, sessionStorage.length]") == ["files", 0, 0]  # fmt: skip
    assert heard == []
    context.close()


def test_firefox(folder, language):
    """Does Firefox count the same from disk?"""
    given = [str(path) for path in sorted((folder / "given").iterdir())]
    seen = in_firefox((folder / NAME).as_uri(), files=given)
    assert seen["complaints"] == []
    assert words(language)["group-read"].format(files=24, people=23) in seen["text"]
    assert seen["tables"] == 3
