import pytest
from nbformat import from_dict

from fourps.handin.released_exercise import counting, marks, read
from nbseal.base.notebook_file import load


@pytest.mark.parametrize("ids", [True, False])
@pytest.mark.parametrize("place", [0, 4, 99])
def test_the_released_one_counts(exercise, ids, place):
    """Does the released cell count, wherever its copy stands, with ids and in formats without?"""
    notebook = load(exercise())
    original = next(cell for cell in notebook.cells if cell.id == "record")
    original.source = "original"
    copied = from_dict(original | {"id": "a1b2", "source": "copy"})
    notebook.cells.insert(place, copied)
    if not ids:
        for cell in notebook.cells:
            del cell["id"]
    places, [line] = counting(notebook, read(notebook))
    assert notebook.cells[places["record"]].source == "original"
    which = "first" if place == 99 else "second"
    assert line == f"Copied: the cell 'record' is there 2 times; the {which} one counts."


def test_the_released_one_is_gone(exercise):
    """Does the first copy count where the released cell was deleted, and is nothing missing?"""
    notebook = load(exercise())
    [original] = [cell for cell in notebook.cells if cell.id == "words"]
    notebook.cells.remove(original)
    for number in (1, 2):
        notebook.cells.append(from_dict(original | {"id": f"copy-{number}", "source": f"{number}"}))
    places, _ = counting(notebook, read(notebook))
    assert notebook.cells[places["words"]].source == "1"
    assert len(places) == len([cell for cell in notebook.cells if marks(cell)]) - 1
