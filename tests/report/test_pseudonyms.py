import pytest
from conditions import at_once

from fourps.report import pseudonyms as module
from fourps.report.pseudonyms import FILE, PseudonymsError, pseudonyms


def test_stable(tmp_path):
    """Does everybody keep a pseudonym when others come, whatever their id is?"""
    ids = ["ada", "زينب", 'o"hara, b', "=1+1", "line\nbreak", ""]
    first = dict(pseudonyms(tmp_path, ids[:3]))
    second = pseudonyms(tmp_path, ids)
    assert {one: second[one] for one in ids[:3]} == first
    assert pseudonyms(tmp_path, []) == second
    assert len(set(second.values())) == len(ids)


def test_nothing_leads_back(tmp_path):
    """Is a pseudonym another one in another course, so that the id does not give it?"""
    (tmp_path / "b").mkdir()
    assert pseudonyms(tmp_path, ["ada"]) != pseudonyms(tmp_path / "b", ["ada"])


def test_yours_alone(tmp_path):
    """Can the file be read by its owner alone, also after more learners came?"""
    for ids in (["ada"], ["ada", "ben"]):
        pseudonyms(tmp_path, ids)
        assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("text", ["", "pseudonym,learner\np-12345\n", "other,head\n"])
def test_damaged(tmp_path, text):
    """Is a damaged file named, with what to do, and left as it is?"""
    (tmp_path / FILE).write_text(text, "utf-8")
    with pytest.raises(PseudonymsError, match=rf"{FILE} is damaged.*delete it"):
        pseudonyms(tmp_path, ["ada"])
    assert (tmp_path / FILE).read_text("utf-8") == text


def test_two_first_reports_at_once(tmp_path, monkeypatch):
    """Do two programs that both find no file give the same names, each new one kept?"""
    first, second = at_once(
        monkeypatch,
        module,
        lambda: pseudonyms(tmp_path, ["ada"]),
        lambda: pseudonyms(tmp_path, ["ada", "ben"]),
    )
    assert second["ada"] == first["ada"]
    assert pseudonyms(tmp_path, ["ben", "ada"]) == second


def test_a_mark_before_the_first_letter(tmp_path):
    """Can a spreadsheet have saved the file, with the mark that it puts first?"""
    first = dict(pseudonyms(tmp_path, ["ada"]))
    path = tmp_path / FILE
    path.write_text("\ufeff" + path.read_text("utf-8"), "utf-8")
    assert pseudonyms(tmp_path, ["ada"]) == first
