import base64
import io
import time

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import payloads
import pytest
from hypothesis import given
from hypothesis import strategies as st
from IPython.core.ultratb import VerboseTB
from nbconvert.filters.ansi import ansi2html
from PIL import Image

from nbseal.inert.bundle import inert_bundle, plain_colours
from nbseal.inert.cost import Allowance
from nbseal.inert.drawings import drawing
from nbseal.inert.tags import clean, clean_page


def shown(**data):
    kinds = {"html": "text/html", "png": "image/png", "svg": "image/svg+xml", "plain": "text/plain"}
    return inert_bundle({kinds[kind]: value for kind, value in data.items()}, Allowance())


def encoded(image, kind):
    file = io.BytesIO()
    image.save(file, kind)
    return base64.b64encode(file.getvalue()).decode()


@pytest.mark.parametrize("kind", ["png", "jpeg", "gif", "webp"])
def test_pictures(kind):
    """Do real pictures stay, with or without line breaks, and others go?"""
    data = encoded(Image.new("RGB", (8, 8), "red"), kind)
    lines = "\n".join(data[start : start + 76] for start in range(0, len(data), 76))
    assert inert_bundle({f"image/{kind}": lines}, Allowance()) == {f"image/{kind}": data}
    for other in ("bmp", "tiff", "png+x", "png" if kind != "png" else "gif"):
        assert "text/plain" in inert_bundle({f"image/{other}": data}, Allowance())


@pytest.mark.once
def test_a_picture_that_is_too_large():
    """Is a picture left out that a browser could hardly unpack?"""
    data = encoded(Image.new("1", (20_000, 20_000)), "png")
    assert "image/png" not in shown(png=data)


def test_tables():
    """Does a table of pandas show as before, but for its style sheet?"""
    table = pd.DataFrame({"a": [1, 2], "b": ["x < y", "<b>"]})
    html = clean(table.to_html())
    assert html.count("<td>") == 4
    assert "x &lt; y" in html
    styled = clean(table.style.set_properties(color="red").to_html())
    assert styled.count("<td") == 4


def test_drawings():
    """Does a drawing of matplotlib look as before?"""
    figure, axes = plt.subplots()
    axes.imshow(np.eye(3))
    axes.text(0, 0, "$x^2$ <b>")
    text = as_svg(figure)
    made = drawing(text, Allowance())
    for part in ("<path", "<use", "<image", "<clipPath"):
        assert made.count(part) == text.count(part) > 0
    assert drawing(made, Allowance()) == made


@pytest.mark.parametrize(
    "inside",
    [
        "<script>a()</script>",
        "<image href='http://127.0.0.1:9/a'/>",
        "<foreignObject><iframe xmlns='http://www.w3.org/1999/xhtml'/></foreignObject>",
        "<rect onclick='a()' style='fill: url(http://a)' filter='url(http://a#b)'/>",
        "<a href='javascript:a()'><text>a</text></a>",
        "<animate attributeName='href' values='a'/><set/>",
        "<style>@import 'a';</style><style>* { fill: u\\72l(a) }</style>",
        "<use href='data:image/svg+xml,a'/><use href='http://a#b'/>",
    ],
)
def test_drawings_that_act(inside):
    """Does what draws nothing go?"""
    made = drawing(f"<svg xmlns='http://www.w3.org/2000/svg'>{inside}</svg>", Allowance())
    words = "script http: iframe onclick animate set import 72l data: style"
    rest = made.replace("http://www.w3.org/2000/svg", "")
    assert not [word for word in words.split() if word in rest]


def test_drawings_that_explode():
    """Is a drawing refused that copies its copies, or names its parts in a document type?"""
    copies = ["<path/>", *(f"<use href='#a{number}'/>" * 10 for number in range(9))]
    parts = "".join(f"<g id='a{number}'>{one}</g>" for number, one in enumerate(copies))
    assert drawing(f"<svg xmlns='http://www.w3.org/2000/svg'>{parts}</svg>", Allowance()) is None
    bomb = "<!DOCTYPE svg [<!ENTITY a 'aa'>]><svg xmlns='http://www.w3.org/2000/svg'><text>&a;</text></svg>"
    assert drawing(bomb, Allowance()) is None
    deep = "<g>" * 2000 + "</g>" * 2000
    assert drawing(f"<svg xmlns='http://www.w3.org/2000/svg'>{deep}</svg>", Allowance()) is None


def tried(texts):
    """Return what is left of drawings on one page, which has to be found out quickly, and what is left to others."""
    allowance, start = Allowance(), time.process_time()
    made = [drawing(text, allowance) for text in texts]
    assert time.process_time() - start < 20
    # and no more goes when it is cleaned again
    again = Allowance(drawing=10 * allowance.drawing)
    assert [drawing(one, again) if one else None for one in made] == made
    return made


@pytest.mark.parametrize(("name", "texts"), [*payloads.too_many()])
def test_costly_drawings(name, texts):
    """Is a drawing left out that would cost much?"""
    assert tried(texts)[-1] is None, name


@pytest.mark.parametrize(("name", "texts"), [*payloads.with_parts()])
def test_costly_parts(name, texts):
    """Does what costs much in a drawing go, and the rest of it draw?"""
    made = tried(texts)
    assert None not in made, name
    left = " ".join(made).lower()
    words = "filter mask blend pathlength shadow will-change dasharray url(#b gradient(red @ :has"
    assert not [word for word in words.split() if word in left]


LARGE = {
    "10,000 points": lambda axes, many: axes.scatter(many, many[::-1]),
    "10,000 points in colours": lambda axes, many: axes.scatter(
        many, many[::-1], c=many, alpha=0.5
    ),
    "10,000 dots": lambda axes, many: axes.plot(many, many[::-1], "o", alpha=0.3),
    "10,000 fields": lambda axes, many: axes.pcolormesh(many.reshape(100, 100)),
    "lines of one height": lambda axes, many: axes.contour(
        many[:2500].reshape(50, 50), linestyles="--"
    ),
    "areas of one height": lambda axes, many: axes.contourf(
        np.sin(np.outer(*[np.linspace(-3, 3, 200)] * 2)) + many[0], 30
    ),
    "a long line": lambda axes, many: axes.plot(np.tile(many, 10).cumsum(), ls=":", lw=3),
    "hexagons": lambda axes, many: axes.hexbin(many, many[::-1], gridsize=50),
    "arrows": lambda axes, many: axes.quiver(many[:1600].reshape(40, 40), many[-1600:]),
    "bars": lambda axes, many: axes.barh(
        [f"A place of a long name, {at}" for at in range(40)], many[:40]
    ),
}


def as_svg(figure):
    file = io.StringIO()
    figure.savefig(file, format="svg")
    plt.close(figure)
    return file.getvalue()


def is_whole(text, allowance):
    made = drawing(text, allowance)
    parts = ("<path", "<use", "<image", "<clipPath", "stroke-dasharray", "style=", "opacity")
    return made is not None and all(made.count(part) == text.count(part) for part in parts)


@pytest.mark.parametrize("name", LARGE)
def test_large_drawings(name):
    """Is a drawing that many would make kept whole, however much there is on it?"""
    figure, axes = plt.subplots()
    LARGE[name](axes, np.random.default_rng(1).random(10_000))
    axes.grid(ls=":")
    assert is_whole(as_svg(figure), Allowance())


def test_a_drawing_of_many_axes():
    """Are sixteen drawings in one kept whole?"""
    figure, axes = plt.subplots(4, 4, figsize=(16, 16))
    for one in axes.flat:
        one.hist(np.random.default_rng(1).normal(size=1000), 50, alpha=0.5)
        one.set_title("What it shows")
        one.grid(ls="--")
    assert is_whole(as_svg(figure), Allowance())


@pytest.mark.parametrize("html", [html for _, html in payloads.html()])
def test_html(html):
    """Is no tag or attribute left that acts or asks, and does cleaning it again change nothing?"""
    for cleaner in (clean, clean_page):
        made = cleaner(html)
        assert cleaner(made) == made
        tags = [part.split(">")[0].lower() for part in made.split("<")[1:]]
        assert not [tag for tag in tags if "/hit/" in tag or " on" in tag or "script" in tag]
        assert not [tag for tag in tags if "fixed" in tag or " id=" in tag or "covers" in tag]


def test_nest():
    """Is HTML that is nested too deep shown as text?"""
    assert clean("<div>" * 9000 + "a") == "a"


@pytest.mark.parametrize(
    "data", [None, 5, {}, {"text/html": 5}, {"image/png": None}, {"text/plain": {}}, {5: "a"}]
)
def test_no_bundle(data):
    """Is what is no bundle left out with a word?"""
    assert [*inert_bundle(data, Allowance())] == ["text/plain"]


@given(
    st.lists(st.sampled_from([*"\x1b[;m0123458 a<", "38", "48;5", "\x1b[38;2;1;2;3m"])).map("".join)
)
def test_any_sequence(text):
    """Does nbconvert read whatever is left, and does cleaning it again change nothing?"""
    made = plain_colours(text)
    ansi2html(made)
    assert plain_colours(made) == made


def test_colours_stay():
    """Do a traceback's colours stay as they are?"""
    with pytest.raises(ZeroDivisionError) as caught:
        _ = 1 / 0
    text = VerboseTB(theme_name="linux").text(caught.type, caught.value, caught.tb)
    assert "\x1b[" in text
    assert plain_colours(text) == text


@pytest.mark.parametrize(
    "text", ["\x1b[38m", "\x1b[1;48m", "\x1b[38;5m", "\x1b]0;a\x07", "\x1b[2J", "\x1bc"]
)
def test_others_go(text):
    """Does what is no colour go?"""
    assert "\x1b" not in plain_colours(f"a{text}b")


def test_many_colours():
    """Does a text lose its colours that would take the square of its length?"""
    assert "\x1b" not in plain_colours("\x1b[31ma" * 100_000)
