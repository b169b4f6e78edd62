"""After any edit the pages are, byte for byte, those of a build that found nothing of one before."""

from __future__ import annotations

import os
import re
import shutil

import commands
import pytest

from fourps.book.build import build
from fourps.book.side_by_side import Builders

BOTH = ("en", "fr")
# what of a course a book is built from
COURSE = ("_config.yml", "_toc.yml", "book", "modules", "locale")
# what is kept beside what cells printed
KEPT = ("searches", "notebooks", "pages.pickle")
PO = """\
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\n"

msgid "A small lesson"
msgstr "Une petite leçon"
"""
# of each book: its files, and what is edited in them, in turn
SMALL = {
    "a sentence": ("modules/demo/lesson.md", "The quokka waits", "The numbat waits long"),
    "a title": ("modules/demo/lesson.md", "# A small lesson", "# A wide lesson"),
    "a heading": ("modules/demo/lesson.md", "## A door", "## A green door"),
    "a scenario's text": ("modules/demo/scenario.yaml", "axolotl", "gecko"),
    "a scenario's score": ("modules/demo/scenario.yaml", "care: -2", "care: -1"),
    "a quiz": ("modules/demo/quiz.yaml", "capybara", "wombok"),
    "a catalogue": ("locale/fr/LC_MESSAGES/modules/demo/lesson.po", "petite", "modeste"),
    "the bibliography": ("book/references.bib", "for a small book", "for small books"),
    "French names of sources": ("locale/fr/references.yaml", "Petit bureau", "Petit office"),
    "a term": ("book/glossary.md", "a sound that asks", "a sound that begs"),
    "the world": ("book/world.yaml", "\n", "\n# A word.\n"),
    "the table of contents": (
        "_toc.yml",
        "      - file: book/three\n      - file: book/my-course\n",
        "      - file: book/my-course\n      - file: book/three\n",
    ),
    "a page less": ("_toc.yml", "      - file: book/report\n", ""),
    "the configuration": ("_config.yml", "title: Small book", "title: Little book"),
}
LESSON = "modules/prevention/lesson/debt"
WHOLE = {
    "a sentence": (f"{LESSON}.md", r"\Z", "\nOne sentence more stands here.\n"),
    "a title": (f"{LESSON}.md", r"(?m)^# .+$", r"\g<0> and more"),
    "a scenario's text": ("modules/protection/scenario.yaml", r"(text: >-\n +)(\w)", r"\1Now: \2"),
    "a scenario's score": ("modules/protection/scenario.yaml", r"(score: \{[\w-]+: )2", r"\g<1>1"),
    "a quiz": ("modules/protection/quiz.yaml", r"(feedback: >-\n +)(\w)", r"\1Well, \2"),
    "a catalogue": (
        f"locale/fr/LC_MESSAGES/{LESSON}.po",
        r'(?m)^(msgstr "\w[^"{}\[*]{20,70})\."$',
        r'\1 encore."',
    ),
    "the bibliography": ("book/references.bib", r"(title += \{+)", r"\1Again: "),
    "the table of contents": (
        "_toc.yml",
        r"( +- file: modules/foundations/\w+\n)( +- file: modules/foundations/\w+\n)(?= +- file: m)",
        r"\2\1",
    ),
}


class Pair:
    """A book that one process builds after each edit, and what it would be if it were new.

    Parameters
    ----------
    root
        The folder of the book.
    builders
        Who builds it.
    """

    def __init__(self, root, builders):
        self._root, self._builders = root, builders
        self.build()

    def build(self):
        """Build after an edit."""
        build(self._root, self._root / "_build", BOTH, builders=self._builders)

    def edit(self, name, old, new, *, pattern):
        path = self._root / name
        text = path.read_text("utf-8")
        edited = re.sub(old if pattern else re.escape(old), new, text, count=1)
        assert edited != text, f"{old!r} stands no more in {name}"
        path.write_text(edited, "utf-8")

    def differing(self):
        """Build once more, with nothing there but what cells printed; return what is different."""
        new = self._root / "new"
        kept = self._root / "_build" / ".jupyter_cache"
        shutil.copytree(kept, new / kept.name, ignore=shutil.ignore_patterns(*KEPT))
        named = [word for code in BOTH for word in ("--language", code)]
        done = commands.run(
            ["fourps", "book", "build", self._root, "--output", new, *named],
            env=os.environ,
            merged=True,
            timeout=900,
        )
        assert done.returncode == 0, done.stdout
        kept, other = (published(folder / "html") for folder in (self._root / "_build", new))
        shutil.rmtree(new)
        assert len(kept) > 60
        return sorted(name for name in kept | other if kept.get(name) != other.get(name))


def published(html):
    """Return all files but those in which Sphinx notes how it was asked."""
    return {
        path.relative_to(html).as_posix(): path.read_bytes()
        for path in html.rglob("*")
        if path.is_file() and path.name != ".buildinfo"
    }


@pytest.fixture(scope="module")
def small(new_book):
    """The small book with a French catalogue."""
    root = new_book().root
    config = root / "_config.yml"
    text = config.read_text("utf-8").replace("    language: en\n", "    locale_dirs: [locale]\n")
    config.write_text(text, "utf-8")
    path = root / "locale/fr/LC_MESSAGES/modules/demo/lesson.po"
    path.parent.mkdir(parents=True)
    path.write_text(PO, "utf-8")
    (root / "locale/fr/references.yaml").write_text(
        "bodies: {Small Office: Petit bureau}\n", "utf-8"
    )
    with Builders(stay=True) as builders:
        yield Pair(root, builders)


@pytest.mark.slow
def test_small_book(small):
    """Is the small book the same, whichever of its sources was edited before?"""
    for name, old, new in SMALL.values():
        small.edit(name, old, new, pattern=False)
        small.build()
    assert small.differing() == []


@pytest.mark.prove
@pytest.mark.parametrize("edit", SMALL)
def test_each_edit(small, edit):
    """Is it after each edit alone?"""
    name, old, new = SMALL[edit]
    before = (small._root / name).read_text("utf-8")
    if new in before:
        # another test has edited it
        old, new = new, old
    small.edit(name, old, new, pattern=False)
    small.build()
    assert small.differing() == []


@pytest.fixture(scope="module")
def whole(root, tmp_path_factory):
    """The whole course."""
    folder = tmp_path_factory.mktemp("whole")
    for name in COURSE:
        copy = shutil.copytree if (root / name).is_dir() else shutil.copy2
        copy(root / name, folder / name)
    with Builders(stay=True) as builders:
        yield Pair(folder, builders)


@pytest.mark.prove
@pytest.mark.parametrize("edit", ["nothing", *WHOLE])
def test_whole_course(whole, edit):
    """Is the whole course, in both languages, after each edit?"""
    if edit in WHOLE:
        name, old, new = WHOLE[edit]
        whole.edit(name, old, new, pattern=True)
        whole.build()
    assert whole.differing() == []
