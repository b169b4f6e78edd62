"""The host's file, `local.css`: read, bounded and refused, as the model in Python says."""

import json
import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourps.course.local import EMPTY, LIMIT, Local

pytestmark = pytest.mark.once

DAY = "2026-11-30"
WHOLE = {
    "format": 1,
    "name": 'Harbour "Aid"',
    "logo": "data:image/png;base64,iVBORw0KGgo=",
    "second": "ar",
    "saved": DAY,
    "checked": DAY,
    "next": "2026-12-31",
    "lines": {"focal": {"line": "Desk 3\n</style><script>alert(1)</script>", "second": "مكتب"}},
    "rules": {
        "life-permits": {"line": "Ask \\ the lawyer", "second": "", "who": "Lawyer", "checked": DAY}
    },
}


EMPTY_ONE = Local(next=DAY).css()


def css(value):
    """Return a file that carries any value."""
    carried = "".join(f"%{one:02X}" for one in json.dumps(value).encode())
    return EMPTY_ONE.replace(encoded(EMPTY_ONE), carried)


def encoded(file):
    """Return what stands between the quotation marks."""
    return re.search('"(.*)"', file)[1]


def test_whole(javascript):
    """Do Python and JavaScript write the same file, and read it as it was?"""
    file = Local.model_validate(WHOLE).css()
    assert javascript("localFile", values=[WHOLE, None]) == [file, EMPTY]
    assert file.isascii()
    assert not re.search("[<>\\\\\n]", file[:-1])
    assert json.loads(unquote(encoded(file))) == WHOLE
    assert javascript("local", files=[file, EMPTY, ""]) == [WHOLE, None, None]


OTHERS = {
    "another version": (css(WHOLE | {"format": 2}), "local-version"),
    "cut": (css(WHOLE)[:80], "local-foreign"),
    "no JSON": (EMPTY_ONE.replace("%7B", ""), "local-broken"),
    "no encoding": (EMPTY_ONE.replace("%7B", "%"), "local-broken"),
    "a list": (css([]), "local-broken"),
    "nothing": (css(None), "local-broken"),
    "a script before": (f"alert(1)</style><script>alert(1)</script>{css(WHOLE)}", "local-foreign"),
    "another rule": (f"{css(WHOLE)}[data-fourps-exit] {{ display: none }}", "local-foreign"),
    "another property": (css(WHOLE).replace("; }", "; color: red }"), "local-foreign"),
    "5 MB of logo": (css(WHOLE | {"logo": "data:image/png;base64," + "A" * 5_000_000}), "local-large"),
    "a drawing that may hold a script": (css(WHOLE | {"logo": "data:image/svg+xml;base64,AA"}), "local-broken"),
    "a logo from elsewhere": (css(WHOLE | {"logo": "https://example.org/a.png"}), "local-broken"),
    "no words": (css(WHOLE | {"lines": {"focal": {"line": " ", "second": ""}}}), "local-broken"),
    "turned about": (css(WHOLE | {"name": "a\u202eb"}), "local-broken"),
    "a name of objects": (css(json.loads('{"lines": {"__proto__": {"line": "x", "second": ""}}}') | {"format": 1}), "local-broken"),
    "a field more": (css(WHOLE | {"html": "<b>"}), "local-broken"),
    "no such day": (css(WHOLE | {"next": "2026-02-30"}), "local-broken"),
}  # fmt: skip


@pytest.mark.parametrize(("file", "why"), OTHERS.values(), ids=OTHERS)
def test_refused(javascript, file, why):
    """Is what is no file of ours refused, with the reason?"""
    assert javascript("local", files=[file]) == [{"refused": why, "step": 0}]


def test_too_large(javascript):
    """Is a file refused when it has one byte too many, however good it is?"""
    value = WHOLE | {
        "lines": {f"a{number}": {"line": "x" * 600, "second": ""} for number in range(80)}
    }
    good = Local.model_validate(value).css()
    longest = "\n" * (LIMIT - len(good)) + good
    found = javascript("local", files=[longest, f"\n{longest}"])
    assert found == [value, {"refused": "local-large", "step": 0}]


@given(data=st.data())
def test_any_change(javascript, data):
    """After any one change: is it read as the model reads it, or refused as there?"""
    value = json.loads(json.dumps(WHOLE))
    place = data.draw(
        st.sampled_from([value, value["lines"], *value["lines"].values(), *value["rules"].values()])
    )
    key = data.draw(st.sampled_from([*place, "__proto__", "other"]))
    plain = st.sampled_from([None, True, 0, 1, 2.5, "", DAY, "ar", "x", "x" * 601, "\t", "é\n"])
    place[key] = data.draw(plain | st.lists(plain, max_size=2) | st.dictionaries(plain.map(str), plain, max_size=2))  # fmt: skip
    (theirs,) = javascript("local", files=[css(value)])
    try:
        model = Local.model_validate(value)
    except ValueError:
        assert "refused" in theirs
    else:
        # the page asks for every field, which the model may fill in
        assert "refused" in theirs or theirs == model.model_dump()


def test_overdue(javascript):
    """Does a line count until the day of the next check?"""
    days = [["2026-12-01", DAY], [DAY, DAY], ["2026-11-29", DAY]]
    assert javascript("overdue", cases=days) == [False, False, True]
