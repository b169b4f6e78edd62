import payloads
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nbseal.inert.cost import Allowance
from nbseal.inert.markdown import as_written, inert_markdown, is_inert
from nbseal.inert.notebook_page import markdown2html

ORDINARY = [
    "# A title\n\nTwo *words*, **two** more, `code < 3`, ~~gone~~ and a line\\\nbroken.",
    "1. one\n2. two\n   - nested\n     > quoted\n\n---\n",
    "a | b\n:--|--:\n1 | 2 < 3\n",
    "```python\nif a < b and b > c:\n    print('<b>')\n```",
    "    indented <code>\n",
    "`<script>` is a tag, and so is ``<img src='`'>``.",
    '[Sphere](https://spherestandards.org/a?b=1&c=2 "Title") and <https://example.org> and [mail](mailto:a@b.c)',
    "[a][b] and [below](#below)\n\n[b]: https://example.org/x_(y)\n",
    "$x < y$, $$\\sum_{i=1}^n i$$ and \\begin{align}a &= b\\end{align}",
    "H<sub>2</sub>O, 3 < 4, 5 > 4, AT&amp;T, <br> & &lt;b&gt; <u>u</u>",
    "<details><summary>More</summary>\n\nText\n\n</details>",
    "<!-- a word to myself -->\n\nText",
    "Dès l'été, à 5 €: « oui » — 日本語 🙂 العربية",
    "- [ ] to do\n- [x] done\n",
    "Term\n: what it is\n",
    "Task 4. Write to Ilden.\n\nI would say: *thank you*; call 112?\n\n\n\n_End_",
]
PLAIN = "word,two words,*a*,**b**,`c < d`,$x_1$,[link](https://example.org),<br>,é,1 < 2,&,\\*,..."
BLOCKS = [
    "\n",
    "\n\n",
    "| a | b |",
    "\n- item\n",
    "\n> quote\n",
    "\n# Title\n",
    "\n```\n<b>\n```\n",
]
WORDS = st.sampled_from([*BLOCKS, *PLAIN.split(",")])


@pytest.mark.parametrize("source", ORDINARY)
def test_ordinary(source):
    """Does ordinary Markdown stay as it is?"""
    assert inert_markdown(source, Allowance()) == source


@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_ordinary_in_any_order(source):
    """Does it stay so however its parts are put together?"""
    assert inert_markdown(source, Allowance()) == source


@pytest.mark.parametrize("source", [one for _, one in [*payloads.html(), *payloads.markdown()]])
def test_payloads(source):
    """Is whatever acts shown as text, letter by letter, and so once and for all?"""
    made = inert_markdown(source, Allowance())
    if made != source:
        assert source in made
        assert inert_markdown(made, Allowance()) == made
    else:
        # pictures that came with it
        assert "attachment:" in source


@given(st.text(alphabet=st.sampled_from("<>[]()!`~*_$\\&#;:/ab\n \"'{}-|"), max_size=60))
def test_anything(source):
    """Is whatever stays free of what acts once it is drawn, and whatever goes readable?"""
    made = inert_markdown(source, Allowance())
    assert source in made
    assert is_inert(made)
    html = markdown2html({}, made)
    assert "<script" not in html
    assert " on" not in "".join(part.split(">")[0] for part in html.split("<")[1:])


@given(st.text(max_size=60))
def test_as_written(source):
    """Is text that is shown as it was written never anything else?"""
    assert is_inert(as_written(source))
