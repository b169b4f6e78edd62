"""Hostile notebooks in the marker, of kinds that a process shared with tests need not notice.

Each file of ``hostile/marker`` is a cell whose docstring says what it tries. `test_marked` takes
those of ``hostile`` that are noticed without the marker too.
"""

from pathlib import Path

import pytest
from graded_cells import WRONG

pytestmark = pytest.mark.slow
FILES = sorted((Path(__file__).parents[1] / "hostile" / "marker").glob("*.cell"))
RIGHT = "def triple(x):\n    return 3 * x\nanswer, table = [1, 2], {'a': 1}"
MORE = [
    "assert isinstance(answer, dict)",
    "assert type(answer) is tuple",
    "assert all([0])",
    "assert sorted(answer) == [2, 1]",
    "assert abs(-3) == 0",
    "import math\nassert math.isclose(triple(2), 7)",
    "from decimal import Decimal\nassert Decimal(1) == 7",
    "assert triple(2) == 7 and triple(2) == 7",
    "import json\nassert json.loads(json.dumps(answer)) == 7",
]
TABLES = "import pandas as pd\nassert pd.DataFrame({'a': [1]}).equals(pd.DataFrame({'a': [2]}))"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_earns_what_it_answers(hasty, path):
    """Does a notebook earn what its answers are worth, and nothing by what stands around them?"""
    attack = path.read_text("utf-8")
    texts = [*WRONG, *MORE, *([TABLES] if "pandas" in attack else [])]
    wrong = [hasty.check(text, f"wrong-{number}") for number, text in enumerate(texts)]
    made = hasty.mark(
        RIGHT,
        attack,
        *wrong,
        hasty.check("assert answer == [1, 2] and len(answer) == 2 and table['a'] == 1", "right"),
        hasty.check("5 / 4", "points"),
    )
    points = made.points()
    assert [name for name, mark in points.items() if mark and name.startswith("wrong")] == []
    if made.made.kind == "ok":
        assert (points["right"], points["points"]) == (2, 1.25)
    else:
        assert str(made.made.reason).endswith(".")


def test_how_many():
    """Are there sixty hostile notebooks and more, each of which tries something of its own?"""
    found = {path.read_text("utf-8") for path in FILES[0].parents[1].rglob("*.cell")}
    assert len(found) > 120
