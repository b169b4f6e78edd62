"""Which names a check asks for, and what it imports."""

import pytest

from nbseal.marker import checks


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("assert double(2) == 4", ["double"]),
        ("x = 3\nassert x == y", ["y"]),
        ("assert x == y\nx = 3", ["x", "y"]),
        ("if a:\n    x = 3\nx", ["a", "x"]),
        ("def f(table):\n    return table, later\nlater = 1\nf(a)", ["a", "later"]),
        ("import os\nassert os.sep\nclass A:\n    one = two", ["two"]),
        ("total += 1", ["total"]),
        ("import numpy as np\nnp.sum(a)", ["a"]),
        ("def f(a):\n    global seen\n    return lambda b: a + c", ["c"]),
        ("assert len(task_1) == 3, f'{why}'", ["task_1", "why"]),
        ("%%time\nassert one", ["one"]),
        ("%matplotlib inline\nassert two", ["two"]),
        ("x = !ls\nassert three", ["three"]),
        ("[n for n in rows]", ["rows"]),
        ("{n: [m + k for m in n] for n in n if n}", ["k", "n"]),
        ("from atlas.checks import same\nsame(a, 1)", ["a"]),
        ("not python at all (", []),
        ("", []),
    ],
)
def test_names(source, found):
    """Are all names found that may be a learner's, and no built-in or imported one?"""
    assert [name for name in checks.names(source) if name != "get_ipython"] == found


def test_imports():
    """Are only whole imports at the top taken, and none of a hidden part?"""
    source = (
        "from math import (\n    sqrt,\n)\nif True:\n    import json\nassert x\n"
        "    ### BEGIN HIDDEN TESTS\nimport secret\n### END HIDDEN TESTS\nimport os"
    )
    assert checks.shown_imports(source) == ["from math import sqrt", "import os"]
    assert checks.shown_imports("%%time\nimport os") == ["import os"]
    assert checks.shown_imports("no python (") == []
