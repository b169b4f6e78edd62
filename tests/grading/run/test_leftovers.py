"""What a program that was killed left in a course."""

import pytest

pytestmark = pytest.mark.slow
LOOK = (
    "import os\nwords = ['a', 'b'] if os.listdir('.') == ['numbers.txt'] else os.listdir('.') * 0"
)


def test_a_copy_of_the_source(small, right):
    """Does no notebook see the copy that a killed release left of the solution?"""
    for name in (".one.ipynb.k2x9", "one.ipynb~"):
        (small.folder / "source" / "ps1" / name).write_text("with its solution", "utf-8")
    small.submit("ada", right | {"words": LOOK})
    assert small.run().returncode == 0
    assert small.scores()["ada", "words-check"] == 2
