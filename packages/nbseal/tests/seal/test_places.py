"""What of a folder a notebook may see."""

from nbseal.seal.places import beside

SEEN = {"notes.txt": b"1", "data/table.csv": b"2", "helper.py": b"3", ".hidden": b"4"}
KEPT = [
    *("exercise.ipynb", "exercise.ipynb~", "EXERCISE.IPYNB", ".exercise.ipynb.k2x9"),
    *(".ipynb_checkpoints/exercise-checkpoint.ipynb", "data/.exercise.ipynb.swp", "a.ipynb.bak"),
]


def test_no_copy_of_a_notebook(tmp_path):
    """Are a notebook and whatever a killed or careful program left of one kept from the others?"""
    for name in (*SEEN, *KEPT):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(SEEN.get(name, b"with its solution"))
    (tmp_path / "link").symlink_to("/etc/passwd")
    assert beside(tmp_path) == SEEN
