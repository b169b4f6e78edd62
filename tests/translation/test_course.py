"""The translations of the course itself."""

import pytest

from fourps.course.catalogue import load
from fourps.course.world import load as load_world
from fourps.data.store import datasets
from fourps.translation.gates import check

pytestmark = pytest.mark.once


def test_french(root):
    """Is there nothing to mend in what is translated into French?"""
    found = check(root, "fr")
    assert list(map(str, found.problems)) == []


def test_values_of_the_data(root):
    """Does the French page of the data say what the English values in its files mean?"""
    world, _ = load_world(root / "book" / "world.yaml")
    names = {one.name for named in (world.regions, world.neighbours) for one in named.values()}
    said = load(root, "book/data", "fr")
    bare = []
    page = (root / "book" / "data.md").read_text("utf-8")
    for name, dataset in datasets().items():
        rows = page.partition(f": `fourps.data.{name}`\n")[2].splitlines()[4:]
        for row, column in zip(rows, dataset.columns.values(), strict=False):
            values = {
                *column.choices,
                *(("True", "False") if column.type == "flag" else ()),
            } - names
            french = said.gettext(row.strip("| ").split(" | ")[1])
            if any(any(map(str.isalpha, one)) for one in values) and " (" not in french:
                bare.append(french)
    assert bare == []
