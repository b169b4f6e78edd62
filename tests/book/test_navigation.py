"""The navigation is made once in a build; it is what the theme would have made for each page."""

from __future__ import annotations

import furo
import pytest
from bs4 import BeautifulSoup
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from fourps.book import navigation
from fourps.book.navigation import Navigation
from fourps.course.words import words

HEAD = "format: jb-book\nroot: start\n"
# tables of contents of one, two and three levels, with and without parts, and with what leads away
TWO = """parts:
  - caption: Before
    chapters:
      - file: safety
      - url: https://there.example/modules/a/lesson/
        title: There
  - caption: Modules
    chapters:
      - file: modules/a/lesson
        sections:
          - file: modules/a/lesson/one
          - file: modules/a/lesson/two
          - file: modules/a/quiz
      - file: modules/b/lesson
        sections:
          - file: modules/b/lesson/one
          - file: modules/b/quiz
"""
CONTENTS = {
    "one page": "",
    "one level": "chapters:\n  - file: safety\n  - file: modules/a/quiz\n",
    "one module": "chapters:\n  - file: modules/a/lesson\n    sections:\n      - file: modules/a/quiz\n",
    "two levels": TWO,
    "three levels": f"""{TWO}            sections:
              - file: modules/b/quiz/more
              - file: safety/more
  - caption: Behind
    chapters:
      - file: behind
        sections:
          - file: modules/c/lesson
            sections:
              - file: modules/c/lesson/one
              - file: modules/c/quiz
          - file: modules/d/lesson
            sections:
              - file: modules/d/lesson/one
""",
}


def expected(tree, language):
    """Return what a page shows: the theme's tree for it, taken apart as a whole."""
    soup = BeautifulSoup(tree, "html.parser")
    for module in soup.select(".has-children:not(.current)"):
        link, *_ = module.select("a")
        folder = str(link["href"]).removesuffix(".html") + "/"
        for piece in module.select(f'li:has(> a[href^="{folder}"])'):
            piece.decompose()
    for link in soup.select(".current-page > a"):
        link["aria-current"] = "page"
    for chapters in soup.select("ul:has(> .toctree-l1.has-children:nth-of-type(2))"):
        chapters["class"] = "fp-n"
    for switch in soup.select("input.toctree-checkbox"):
        title = "".join(link.get_text() for link in switch.find_previous_siblings("a"))
        switch["aria-label"] = words(language)["page-expand"].format(title=title)
    return str(soup)


@pytest.fixture
def shown(tmp_path, monkeypatch):
    """Return a function that builds pages, and gives the theme's navigation of each, and ours."""

    def build(contents, theme="furo"):
        source = tmp_path / "book"
        for name in {"start", *names(contents)}:
            page = source / f"{name}.md"
            page.parent.mkdir(parents=True, exist_ok=True)
            page.write_text(f"# Page *{name}* & more\n", "utf-8")
        toc = source / "_toc.yml"
        toc.write_text(HEAD + contents, "utf-8")
        config = {
            "extensions": ["myst_parser", "sphinx_external_toc"],
            "external_toc_path": str(toc),
            "html_theme": theme,
            "language": "en",
        }
        navigations = {}
        make = furo._compute_navigation_tree

        def theirs(context):
            # what is withheld from the theme, it gets back for the comparison
            page = context["pagename"]
            whole = app.builder._get_local_toctree(
                page, collapse=False, titles_only=True, maxdepth=-1, includehidden=True
            )
            navigations[page] = [expected(make({"toctree": lambda **_: whole}), "en")]
            return make(context)

        monkeypatch.setattr(furo, "_compute_navigation_tree", theirs)

        def ours(_app, page, _template, context, _doctree):
            navigations.setdefault(page, ["nothing"]).append(context.get("furo_navigation_tree"))

        with patch_docutils(), docutils_namespace():
            folders = (source, None, tmp_path / "html", tmp_path / "doctrees")
            app = Sphinx(*folders, "html", config, status=None, warning=None, freshenv=True)
            navigation.register(app)
            app.connect("html-page-context", ours, priority=950)
            app.build()
        return navigations

    return build


def names(contents):
    return [line.split("file: ")[1] for line in contents.splitlines() if "file: " in line]


@pytest.mark.once
@pytest.mark.parametrize("levels", CONTENTS)
def test_as_the_theme_makes_it(shown, levels):
    """Is the navigation of each page, to the byte, what the theme makes for it?"""
    navigations = shown(CONTENTS[levels])
    assert {*names(CONTENTS[levels]), "start", "search", "genindex"} <= {*navigations}
    assert {page: ours for page, (_, ours) in navigations.items()} == {
        page: theirs for page, (theirs, _) in navigations.items()
    }


@pytest.mark.once
def test_made_once(shown, monkeypatch):
    """Is the table of contents resolved once, and not for each page?"""
    asked = []
    real = navigation.global_toctree_for_doc
    monkeypatch.setattr(
        navigation, "global_toctree_for_doc", lambda *a, **k: asked.append(a[1]) or real(*a, **k)
    )
    assert len(shown(TWO)) > 5
    assert len(asked) == 1


@pytest.mark.once
def test_other_themes(shown, tmp_path):
    """Has another theme, which we do not know, its own navigation still?"""
    assert {ours for _, ours in shown(TWO, "alabaster").values()} == {None}
    page = (tmp_path / "html" / "modules" / "a" / "quiz.html").read_text("utf-8")
    assert 'href="../../safety.html"' in page


def test_chapters_with_pages_are_numbered():
    """Has a list the class of modules only where several have pages, and none otherwise?"""
    entry = '<li class="toctree-l1 has-children"><a class="reference internal" href="{}.html">A</a></li>'
    lists = (f"<ul>{''.join(map(entry.format, names))}</ul>" for names in ("ab", "a"))
    several, alone = (Navigation(html, "").of("a.html") for html in lists)
    assert several.startswith('<ul class="fp-n">')
    assert alone.startswith('<ul class="current">')
