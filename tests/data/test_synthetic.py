import pandas as pd
from matplotlib.figure import Figure

from fourps.data.store import is_labelled, label, read
from fourps.lab import explore
from fourps.lab.draw import bars


def test_values_stay_text(tmp_path):
    """Do blanks, NA and numbers read as they stand, with or without a label?"""
    path = tmp_path / "table.csv"
    path.write_text("a,b,c\nNA,,007\n", "utf-8-sig")
    assert read(path).iloc[0].tolist() == ["NA", "", "007"]
    path.write_text("# SYNTHETIC: invented\na,b,c\nNA,,007\n", "utf-8")
    assert read(path).iloc[0].tolist() == ["NA", "", "007"]


def test_a_figure_carries_the_label_of_its_data():
    """Do the drawing or else the caption say SYNTHETIC, once, if the data do, and the table too?"""
    data = label(pd.DataFrame({"site": ["a", "b"], "people": [1, 2]}))

    def ours(site):
        return bars(data.set_index("site")["people"], site, axis="people", limits=(0, 3)), site

    def own(site):
        figure = Figure()
        figure.subplots().plot([0, 1])
        return figure, site

    def captions(plot, data, caption="People"):
        spec = explore(plot, data=data, caption=caption, site=["a", "b"]).spec
        return spec["caption"], spec["table"]["caption"]

    assert captions(ours, data) == ("People", "People (SYNTHETIC)")
    assert captions(own, data) == ("People (SYNTHETIC)", "People (SYNTHETIC)")
    assert captions(own, data, "SYNTHETIC people") == ("SYNTHETIC people", "SYNTHETIC people")
    assert captions(own, pd.DataFrame({"people": [1]})) == ("People", "People")


def test_a_label_is_seen(tmp_path):
    """Is a file called synthetic by its first line alone?"""
    (tmp_path / "invented.csv").write_text("# SYNTHETIC: invented\na\n1\n", "utf-8")
    (tmp_path / "real.csv").write_text("a\nSYNTHETIC\n", "utf-8")
    assert is_labelled(tmp_path / "invented.csv")
    assert not is_labelled(tmp_path / "real.csv")
