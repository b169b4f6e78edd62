import pytest


def test_order(references):
    """Do pages stand in the order of the table of contents, and others after their folder's?"""
    names = [page.stem for page in references.pages]
    assert names == ["start", "lesson", "practice", "lab", "exercise", "every"]


def test_order_without_a_table_of_contents(references, full_course):
    """Do pages stand in the order of learning where there is none?"""
    (full_course / "_toc.yml").unlink()
    names = [page.stem for page in references.pages]
    assert names == ["lesson", "lab", "practice", "exercise", "start", "every"]


@pytest.mark.parametrize("target", ["none.md", "#none", "lesson.md#none", ""])
def test_finds_nothing(references, target):
    """Is there nothing where nothing is?"""
    page = references.root / "modules" / "welcome" / "every.md"
    found = references.notebook(page, target)
    assert found == (("Every thing", "every.ipynb") if not target else None)


def test_list_of_sources(references):
    """Are sources listed once, by their labels, with no line that breaks the list?"""
    text = references.listed(["who2003", "pim2015", "who2003", "nobody"])
    assert [line[:15] for line in text.split("\n")] == ["- **[PIM 2015]*", "- **[WHO 2003]*"]
