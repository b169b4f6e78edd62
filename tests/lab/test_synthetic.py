import pandas as pd

from fourps.lab.synthetic import read, write


def test_a_file_is_replaced_whole(tmp_path):
    """Is an older file replaced, with nothing left beside it?"""
    path = tmp_path / "new" / "table.csv"
    write(pd.DataFrame({"a": ["1", "2"]}), path, "first")
    write(pd.DataFrame({"a": ["3"]}), path, "second")
    assert path.read_text("utf-8") == "# SYNTHETIC: second\na\n3\n"
    assert list(path.parent.iterdir()) == [path]


def test_values_stay_text(tmp_path):
    """Do blanks, NA and numbers read as they stand, with or without a label?"""
    path = tmp_path / "table.csv"
    path.write_text("a,b,c\nNA,,007\n", "utf-8-sig")
    assert read(path).iloc[0].tolist() == ["NA", "", "007"]
    write(read(path), path, "invented")
    assert read(path).iloc[0].tolist() == ["NA", "", "007"]
