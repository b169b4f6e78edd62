"""What of a page is translated, and the page in another language."""

from __future__ import annotations

from pathlib import Path

import pytest

from fourps.course.language import pseudo
from fourps.course.passages import passages, told, translate
from fourps.course.problem import BrokenSourceError
from fourps.grading import exercise_text
from nbseal.plugins.hide_tests import sentences

PAGE = """\
---
description: Not here.
---

(place)=
# A title {cite:p}`key` ##

Words that run
over two lines.

% a comment
<!-- another -->

> A quote
> of two lines.
>
> 1. one
>
>    | a | | b \\| c |
>    |---|---|-------|
>    | d | `e` | d |

:::{note} Beside the name
and below it.
:::

::::{fold} Why *so*
:::{start} other
Inside.
:::
::::

:::{glossary}
one term
its other name
  What it means,
  in two lines.

  More of it.

last term
  Its meaning.
:::

```{code-cell}
print("never")
```

+++

Last.
"""
TEXTS = [
    *("A title {cite:p}`key`", "Words that run over two lines.", "A quote of two lines.", "one"),
    *("a", "b | c", "d", "`e`", "d", "Beside the name and below it.", "Why *so*", "Inside."),
    *("one term", "its other name", "What it means, in two lines.", "More of it."),
    *("last term", "Its meaning.", "Last."),
]


def test_passages():
    """Is all prose found with its line, and no code, name, comment or empty cell?"""
    found = passages(PAGE)
    assert [one.text for one in found] == TEXTS
    lines = PAGE.split("\n")
    for one in found:
        first = one.source.split("\n")[0].replace("|", r"\|")
        assert first in lines[one.line - 1]


def test_translate():
    """Is each passage replaced where it stands, with all marks around it left as they were?"""
    made = translate(PAGE, pseudo, Path("a.md"))
    assert [one.text for one in passages(made)] == [pseudo(text) for text in TEXTS]
    lines = made.split("\n")
    assert len(lines) == PAGE.count("\n") + 1
    for text, said in zip(TEXTS[:1] + TEXTS[-1:], (lines[5], lines[-2]), strict=True):
        assert pseudo(text) in said
    assert lines[5].startswith("# ")
    assert lines[5].endswith(" ##")
    assert [line[:2] for line in lines[13:15]] == ["> ", "> "]
    assert r"\|" in lines[18]
    assert 'print("never")' in lines
    assert lines[1] == "description: Not here."


def test_what_is_not_known_stays():
    """Does a page stay as it is where nothing is translated, and a sentence where only it is not?"""
    assert translate(PAGE, lambda text: text, Path("a.md")) == PAGE
    made = translate(PAGE, lambda text: "Fin." if text == "Last." else text, Path("a.md"))
    assert made == PAGE.replace("Last.", "Fin.")


def test_few_words():
    """Does a translation of one word take the place of several lines?"""
    assert translate("a b c\nd e\n\n- x", lambda one: one[0], Path("a.md")) == "a\n\n- x"


@pytest.mark.parametrize(
    "said",
    [*("# Text.", "1. Text.", "> Text.", "```", ":::{note}", "+++", "% Text", "(text)=", "---")],
)
def test_other_structure(said):
    """Is a translation that would change what stands around it refused, with file and line?"""
    with pytest.raises(BrokenSourceError, match=r"^a\.md:3: \[translation\]"):
        translate("Title\n\nText.", lambda one: said if one == "Text." else one, Path("a.md"))


@pytest.mark.once
@pytest.mark.parametrize(
    "module", ["protection", pytest.param("*", marks=[pytest.mark.prove, pytest.mark.slow])]
)
def test_pages_of_the_course(root, module):
    """Can pages, exercises and rubrics be put into another language, with their lines kept?"""
    folders = [f"modules/{module}", f"exercises/{module}", *(["book"] if module == "*" else [])]
    pages = [page for folder in folders for page in root.glob(f"{folder}/**/*.md")]
    assert len(pages) > (100 if module == "*" else 10)
    for page in pages:
        text = page.read_text("utf-8")
        made = translate(text, pseudo, page)
        assert made.count("\n") == text.count("\n"), page
        assert made != text


@pytest.mark.once
def test_told(root):
    """Is each sentence that a check of an exercise tells found, where it stands?"""
    text = (root / "exercises" / "protection" / "exercise.md").read_text("utf-8")
    found = told(text)
    lines = text.split("\n")
    assert all(one.text.split()[0] in "".join(lines[one.line - 1 : one.line + 1]) for one in found)
    known = {
        "".join(parts)
        for cell in exercise_text.read(root / "exercises" / "protection" / "exercise.md").cells
        if cell.cell_type == "code"
        for parts in sentences(cell.source)
    }
    # what functions are documented with stands there too, and no check says it
    documented = {one.text for one in found if one.text.startswith("Return ")} - known
    assert {one.text for one in found} == known | documented
    assert (len(known) > 20, len(documented)) == (True, 5)


def test_marks_of_solutions():
    """Is a mark between which a solution stands nothing to translate, also where it looks like a heading?"""
    text = "### BEGIN SOLUTION\n\nA letter.\n\n### END SOLUTION\n"
    assert [one.text for one in passages(text)] == ["A letter."]
    assert "### BEGIN SOLUTION" in translate(text, pseudo, Path("exercise.md"))
