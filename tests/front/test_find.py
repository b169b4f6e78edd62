"""What a search matches, in which order, and which piece of a text it shows."""

import re
from pathlib import Path

import pytest
import sphinx.search
from hypothesis import given
from hypothesis import strategies as st
from sphinx.search.fr import SearchFrench

from fourps.book.after.search_index import packed, shelf

pytestmark = pytest.mark.once

INDEX = {
    "docnames": ["door", "rain", "resume"],
    "titles": ["The doors", "Rain", "Résumé"],
    "titleterms": packed({"door": [0, 2]}),
    "shelves": ["64", "72", "65"],
    "synonyms": {"brolly": "rain"},
}
TERMS = [{"door": [0, 1]}, {"rain": [1, 2], "résumé": 2}, {"exploit": 1, "eu": 0, "eur": 1}]
OFTEN = {"doors": 3, "rain": 2, "résumé": 1, "rainbow": 1, "exploitation": 1, "brolly": 1}
SHELVES = {shelf(next(iter(terms))): packed(terms) for terms in TERMS} | {"words": packed(OFTEN)}
texts = st.text(st.sampled_from("abé s<&>\"'…\u0301İß\U0001f600 \n"), max_size=400)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("door", ["door", "resume", "rain"]),  # in the title, in a heading, in the text
        ("the DOORS", ["door", "resume", "rain"]),
        ("door rain", ["rain", "resume"]),  # every word
        ("the door's rain", ["rain", "resume"]),
        ("rain\u2019s", ["rain", "resume"]),
        ("rain's'x", []),
        ("resume", ["resume"]),
        ("RE\u0301SUME\u0301", ["resume"]),
        ("explo", ["rain"]),  # from a word's beginning
        ("ploit", []),
        ("eu", ["door"]),  # unless it is so short
        ("the", []),
        ("constructor", []),
        ("<b> .*", []),
        ("", []),
        ("brolly", ["rain", "resume"]),  # what the course calls otherwise
    ],
)
def test_pages(javascript, query, found):
    """Do all words matter, and neither accents, capitals, plurals nor the rest of a word?"""
    (one,) = javascript("seek", index=INDEX, shelves=SHELVES, queries=[query])
    assert one["pages"] == found


def test_a_page_that_is_not_there(javascript):
    """Is a page left out that has no name, as in a package that does not hold it?"""
    index = INDEX | {"docnames": ["door", "", "resume"]}
    (one,) = javascript("seek", index=index, shelves=SHELVES, queries=["door"])
    assert one["pages"] == ["door", "resume"]


@pytest.mark.parametrize(
    ("query", "wrong", "meant", "others"),
    [
        ("door", [], [], []),
        ("dorrs rain", ["dorrs"], ["doors"], []),  # another one
        ("raain", ["raain"], ["rain"], ["rainbow"]),  # one too many
        ("rrain", ["rrain"], ["rain"], []),  # an ending is open where a word begins as it was typed
        ("resmue", ["resmue"], ["résumé"], []),  # two that changed places
        ("exxploitatoin", ["exxploitatoin"], ["exploitation"], []),  # two are wrong
        ("broly", ["broly"], ["brolly"], []),  # what the course calls otherwise
        ("raimboe", ["raimboe"], ["rainbow"], []),
        ("rn", ["rn"], [], []),  # too short to be told from another
        ("ruinn", ["ruinn"], [], ["rain"]),  # a guess, which is only offered
        ("qwertyuiop", ["qwertyuiop"], [], []),
    ],
)
def test_forgiven(javascript, query, wrong, meant, others):
    """Does a search go on with the nearest words where no page has one as it was typed?"""
    (one,) = javascript("seek", index=INDEX, shelves=SHELVES, queries=[query])
    assert (one["wrong"], one["meant"], one["others"]) == (wrong, meant, others)


@given(st.text("abc", max_size=5), st.text("abc", max_size=5))
def test_apart(javascript, one, other):
    """Is one wrong letter one step, of four kinds, whichever word is the right one?"""
    steps = {one[:at] + one[at + 1 :] for at in range(len(one))}
    steps |= {one[:at] + letter + one[at:] for at in range(len(one) + 1) for letter in "abc"}
    steps |= {one[:at] + letter + one[at + 1 :] for at in range(len(one)) for letter in "abc"}
    steps |= {one[:at] + one[at : at + 2][::-1] + one[at + 2 :] for at in range(len(one) - 1)}
    there, back, far = javascript(
        "apart", pairs=[(one, other, 1), (other, one, 1), (one, other, 9)]
    )
    assert there == back == (0 if one == other else 1 if other in steps else None)
    assert (far <= 1) == (there is not None)


@given(st.lists(st.text(min_size=1, max_size=4), max_size=20))
def test_shelves(javascript, words):
    """Does the page look for a word on the shelf on which the index put it?"""
    wanted = [word for word in words if re.match(r"[^\W_]", word)]
    assert javascript("shelves", words=wanted) == [shelf(word) for word in wanted]


FRENCH = [
    *("réfugié", "réfugiées", "sœur", "sûr", "santé"),
    *("frontière", "activités", "accusée", "œuvre"),
]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("refugies", ["réfugié", "réfugiées"]),
        ("Réfugiée", ["réfugié", "réfugiées"]),
        ("soeurs", ["sœur"]),
        ("SŒURS", ["sœur"]),
        ("l'oeuvre", ["œuvre"]),
        ("sante", ["santé"]),
        ("frontieres", ["frontière"]),
        ("activite", ["activités"]),
        ("accuse", ["accusée"]),
        ("sûr", ["sûr"]),
        ("sur", []),  # it is on every page
        ("ete", []),
    ],
)
def test_french(javascript, query, found):
    """Is a French word found without its accents, in whatever form, by the stemmer of a French book?"""
    folder = Path(sphinx.search.__file__).parent / "minified-js"
    code = "".join(
        (folder / name).read_text("utf-8") for name in ("base-stemmer.js", "french-stemmer.js")
    )
    idle = sorted(SearchFrench.stopwords)
    asked = {"stemmer": code, "idle": idle, "words": FRENCH, "queries": [query]}
    assert javascript("french", **asked) == [found]


@pytest.mark.parametrize(
    ("query", "said", "words"),
    [
        ("GBV", "gender violence", ["gender violence"]),
        ("gbvs in camps", "gender violence in camps", ["gender violence"]),
        ("Second-Harms, doors", "harm again doors", ["harm again"]),  # the longer one first
        ("harm", "loss", ["loss"]),
        ("doors", "doors", []),
        ("", "", []),
        ("constructor", "constructor", []),
    ],
)
def test_instead(javascript, query, said, words):
    """Is a word from elsewhere, in whatever form, looked for in the words of the course?"""
    synonyms = {"GBV": "gender violence", "harm": "loss", "second harm": "harm again"}
    found = javascript("instead", synonyms=synonyms, queries=[query])
    assert found == [{"query": said, "said": words}]


def test_extracts(javascript):
    """Is the passage with most of the words shown, from a little before them, and marked?"""
    long = "Nothing here. " * 40
    passages = [
        ["a", "A door", "A door."],
        ["", "Rain", f"{long}At doors it rains. {long}"],
        ["c", "A window", "Nothing."],
    ]
    ((one,),) = javascript("extracts", passages=passages, queries=["door rain"])
    assert (one["at"], one["name"]) == ("", "Rain")
    assert one["parts"][1::2] == ["doors", "rains"]
    assert one["parts"][0].startswith("… ")
    assert one["parts"][-1].endswith(" …")
    assert 150 < len("".join(one["parts"])) < 280


def test_extracts_by_name(javascript):
    """Is a passage found by its name alone, shown from its beginning?"""
    passages = [["a", "A door", "Knock and wait."], ["b", "Rain", "Wait."]]
    found = javascript("extracts", passages=passages, queries=["door", "snow"])
    assert found == [[{"at": "a", "name": "A door", "parts": ["Knock and wait."]}], []]


@pytest.mark.parametrize("before", ["a" * 100, f"https://example.org/{'a' * 70}/", "ก" * 300])
@pytest.mark.parametrize(
    "after",
    ["", " and more text", "." + "ข" * 300, "." + "\U0001f600" * 200, ".x" + "\U0001f600" * 200],
)
def test_extract_without_spaces(javascript, before, after):
    """Is the word found shown where no space is near?"""
    passages = [["", "", f"{before}. door{after}"], ["", "", f"{before}/door{after}"]]
    (found,) = javascript("extracts", passages=passages, queries=["door"])
    assert [one["parts"][1] for one in found] == ["door", "door"]
    for one in found:
        shown = "".join(one["parts"])
        assert len(shown) < 500
        assert not re.search("[\ud800-\udfff]", shown)


@given(st.lists(texts, max_size=4), texts)
def test_any_text(javascript, given_texts, query):
    """Is what is shown always a piece of the text, character by character?"""
    passages = [[str(place), "", text] for place, text in enumerate(given_texts)]
    (found,) = javascript("extracts", passages=passages, queries=[query])
    for one in found:
        shown = "".join(one["parts"]).removeprefix("… ").removesuffix(" …")
        assert shown in given_texts[int(one["at"])]
        assert all(one["parts"][1::2])
