"""What a platform keeps of a reader: packed, read again, and never longer than a platform takes."""

import itertools
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fourps.quiz.model
import fourps.scenario.model
from fourps.course.toc import load_addresses, pages
from fourps.play_record import Record
from fourps.quiz.model import Match, Multiple, Order, Reason
from fourps.scenario.model import END

MOST = 4096
TEN = 10
RESULTS = ["safe", "gaps", "repaired", "unsafe", "done"]
PAGES = ["modules/protection/lesson", "modules/response/lab", "book/how"]
NONE = {"format": 4, "attempts": [], "stopped": {}, "read": {}, "asked": {}, "drafts": {}}
pytestmark = pytest.mark.once
days = st.dates(date(1970, 1, 1), date(6568, 1, 1)).map(str)
played = st.tuples(
    st.sampled_from(["card-desk", "ten-days", "item-four"]),
    st.sampled_from(["1a2b3c4d", "00000000"]),
    st.text("0123456789abcz.~", max_size=6),
).map(lambda one: str(Record(*one)))


@st.composite
def documents(draw):
    """Draw documents that a shell may hold."""
    attempts = st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["scenario", "quiz"]),
            "record": played,
            "result": st.sampled_from(RESULTS),
            "at": days,
        }
    )
    stopped = draw(st.lists(st.tuples(played, days), max_size=3))
    return NONE | {
        "attempts": draw(st.lists(attempts, max_size=5)),
        "stopped": {record.split(":")[1]: {"record": record, "at": at} for record, at in stopped},
        "read": draw(st.dictionaries(st.sampled_from(PAGES), days)),
    }


@given(st.lists(documents(), min_size=1, max_size=10))
def test_back_again(javascript, kept):
    """Does everything come back that was packed, in signs that any platform keeps?"""
    texts = javascript("pack", kept=kept)
    assert all(text.isascii() and len(text) <= MOST for text in texts)
    found = javascript("unpack", texts=texts, pages=PAGES)
    assert found == [{"kept": one, "others": {}} for one in kept]


@given(documents())
def test_another_release(javascript, kept):
    """Are marks of pages that a release does not have kept through it, for one that has them?"""
    [text] = javascript("pack", kept=[kept])
    [other] = javascript("unpack", texts=[text], pages=PAGES[:1])
    assert {*other["kept"]["read"]} == {*PAGES[:1]} & {*kept["read"]}
    assert len(other["others"]) == len({*kept["read"]} - {*PAGES[:1]})
    again = javascript("pack", kept=[other["kept"]], others=other["others"])
    assert javascript("unpack", texts=again, pages=PAGES) == [{"kept": kept, "others": {}}]


def test_what_stays_behind(javascript):
    """Do drafts, and what is asked again, never go to a platform?"""
    kept = NONE | {
        "asked": {"protection-quiz/first": {"2026-11-24": "second"}},
        "drafts": {"protection": {"at": "2026-11-24", "fields": {"task-1": "mine"}}},
    }
    assert javascript("pack", kept=[kept]) == ["f1|||||"]


FOREIGN = [
    *("", "f1", "f1||||", "f1||||||", "F1|||||", "f1|||||\n", "{}", '{"format": 4}'),
    "f1|fnx|s,card-desk,1a2b3c4d|1,02,0,0||",  # no such item
    "f1|fnx|s,card-desk,1a2b3c4d|0,02,5,0||",  # no such result
    "f1|fnx|s,card-desk,1a2b3c4d|0,02,0,00||",
    "f1||s,card-desk,1a2b3c4d|0,02,0,0||",  # no first day
    "f1|zzzz|s,card-desk,1a2b3c4d|0,02,0,zzzz||",  # in the year 11169
    "f1|fnx|s,Card,1a2b3c4d|0,02,0,0||",
    "f1|fnx|s,-,1a2b3c4d||0,02,0|",
    "f1|fnx|||0,02,0|",
    "f1|fnx||||0,ab",
    "f1|-1||||0,abc",
]


def test_what_is_no_packed_text(javascript):
    """Is every other text refused, a cut one among them, and one of a newer form as such?"""
    whole = "f1|fnx|s,card-desk,1a2b3c4d|0,02,0,0|0,0,1|0,abc"
    assert "kept" in javascript("unpack", texts=[whole], pages=[])[0]
    texts = [*FOREIGN, *(whole[:size] for size in range(len("f1|fnx|s,card-desk,1a2b3c4d")))]
    found = javascript("unpack", texts=texts, pages=[])
    assert [(text, one.get("refused")) for text, one in zip(texts, found, strict=True)] == [
        (text, "import-foreign") for text in texts
    ]
    [newer] = javascript("unpack", texts=["f2|whatever"], pages=[])
    assert newer["refused"] == "import-newer"


def test_no_two_pages_alike(javascript, root):
    """Is each page that there is, or ever was, known by a key of its own?"""
    addresses = {one.address for one in load_addresses(root) if "#" not in one.address}
    names = {address.removesuffix(".html") for address in addresses} | {*pages(root)}
    assert len(names) > len(pages(root)) > 100
    keys = javascript("pageKeys", pages=sorted(names))
    assert len({*keys}) == len(names)


def longest_play(scenario):
    """Return a record as long as that of the longest way through a story, conditions left out."""

    @cache
    def decisions(node):
        choices = scenario.nodes[node].choices.values() if node != END else ()
        return max((1 + decisions(choice.to) for choice in choices), default=0)

    return decisions(scenario.start)


def longest_answer(question):
    """Return how many signs the longest answer to a question takes."""
    match question:
        case Multiple() | Order() | Match():
            signs = len(question.parts)
        case Reason():
            signs = 2
        case _:
            signs = 1
    return signs + question.confidence


@pytest.fixture(scope="module")
def longest(root):
    """Return of each story and quiz its kind and how long its moves can be, by module and id."""
    found = {}
    for path in sorted(root.glob("*/*/*.yaml")):
        place = path.parent.relative_to(root).as_posix()
        if path.name == "scenario.yaml":
            scenario = fourps.scenario.model.load(path)[0]
            found[place, scenario.id, scenario.version] = "scenario", longest_play(scenario)
        elif path.stem in ("quiz", "sorting", "before", "after", "later"):
            quiz = fourps.quiz.model.load(path)[0]
            answers = [longest_answer(one) for one in quiz.questions.values()]
            signs = sum(quiz.tries * (one + 1) for one in answers) - 1
            found[place, quiz.id, quiz.version] = "quiz", signs
    return found


def filled(items, names):
    """Return ten attempts of each, the longest that there can be, and all pages read, each on a day of its own."""
    of = iter(str(date(2026, 11, 24) + timedelta(days=7 * n)) for n in itertools.count())
    attempts, stopped = [], {}
    for number, ((_, name, version), (kind, signs)) in itertools.product(range(TEN), items.items()):
        # no two are alike, as where a device keeps them
        record = str(Record(name, version, f"{number}".ljust(signs, "2")))
        attempts.append({"kind": kind, "record": record, "result": "done", "at": next(of)})
        stopped[name] = {"record": record, "at": attempts[-1]["at"]}
    return NONE | {
        "attempts": attempts,
        "stopped": stopped,
        "read": {name: next(of) for name in names},
    }


def test_each_module_is_kept_whole(javascript, longest, root):
    """Is all of a module kept: ten attempts, where one stopped, and each page?"""
    for folder in sorted({place for place, *_ in longest if place.startswith("modules/")}):
        names = [name for name in pages(root) if name.startswith(f"{folder}/")]
        kept = filled({key: one for key, one in longest.items() if key[0] == folder}, names)
        [text] = javascript("pack", kept=[kept])
        assert len(text) <= MOST
        assert javascript("unpack", texts=[text], pages=names) == [{"kept": kept, "others": {}}]


def test_the_whole_course_fits(javascript, longest, root):
    """Of ten attempts of everything: do the first and the last stay, and the marks of most pages?"""
    kept = filled(longest, pages(root))
    [text] = javascript("pack", kept=[kept])
    assert len(text) <= MOST
    [found] = javascript("unpack", texts=[text], pages=pages(root))
    count = len(longest)
    assert found["kept"]["attempts"] == kept["attempts"][:count] + kept["attempts"][-count:]
    read = found["kept"]["read"]
    assert read == dict([*kept["read"].items()][-len(read) :])
    # of those that there are, half say of themselves that they were read
    assert len(read) > len(pages(root)) / 2


def test_a_place_stays(javascript, longest, root):
    """Does the place stay where one stopped in something new, whatever else has to go?"""
    kept = filled(longest, pages(root))
    name = "card-desk"
    kept["attempts"] = [one for one in kept["attempts"] if f":{name}:" not in one["record"]]
    [text] = javascript("pack", kept=[kept])
    [found] = javascript("unpack", texts=[text], pages=pages(root))
    assert found["kept"]["stopped"] == {name: kept["stopped"][name]}


def test_no_more_goes_than_must(javascript):
    """Do attempts between the first and the last go first, then places, and then marks, the oldest first?"""
    attempts = [
        {
            "kind": "quiz",
            "record": str(Record("card-desk", "1a2b3c4d", f"{n:04}" * 10)),
            "result": "done",
            "at": "2026-11-24",
        }
        for n in range(200)
    ]
    many = {f"book/p{n}": str(date(2026, 1, 1) + timedelta(days=n)) for n in range(30)}
    [short] = javascript("pack", kept=[NONE | {"attempts": attempts, "read": many}])
    assert short.count(";") == 1 + len(many) - 1
    more = {f"book/p{n}": str(date(2026, 1, 1) + timedelta(days=n)) for n in range(1000)}
    [full] = javascript("pack", kept=[NONE | {"attempts": attempts, "read": more}])
    [found] = javascript("unpack", texts=[full], pages=[*more])
    assert MOST - 20 < len(full) <= MOST
    assert found["kept"]["attempts"] == [attempts[0], attempts[-1]]
    assert found["kept"]["read"] == dict([*more.items()][-len(found["kept"]["read"]) :])
