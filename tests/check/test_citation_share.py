"""Whether a few documents carry too much."""

from collections import Counter

import pytest

from fourps.check.course import few_sources


@pytest.mark.parametrize(
    ("first", "others", "found"),
    [
        # 21 of 100, then 20 of 100
        (19, 79, 1),
        (18, 80, 0),
        # too few citations to say
        (10, 20, 0),
        (0, 0, 0),
    ],
)
def test_share(tmp_path, first, others, found):
    """Is it named if three documents have more than a fifth of all citations?"""
    cited = Counter({"a": first} | {f"d{number}": 1 for number in range(others + 2 * (first > 0))})
    problems = list(few_sources(cited, tmp_path / "references.bib"))
    assert [one.name for one in problems] == ["few-sources"] * found
    assert all("a 19" in one.message for one in problems)
