"""What the documents beside the code show can be done as it stands there."""

import re

import pytest
import yaml


@pytest.fixture
def contributing(root):
    return (root / "CONTRIBUTING.md").read_text("utf-8")


def test_formats(contributing):
    """Is each format that authors are shown one that can be read?"""
    blocks = re.findall(r"```yaml\n(.*?)```", contributing, re.DOTALL)
    assert [next(iter(yaml.safe_load(one))) for one in blocks] == ["module", "id", "id"]


def test_no_name_on_an_index(root):
    """Is the course installed from its folder, and never by a name that anybody could take?"""
    patterns = ("*.md", "autograder/*.md", "book/*.md", "modules/**/*.md", "src/**/*.py")
    paths = [path for pattern in patterns for path in root.glob(pattern)]
    assert len(paths) > 300
    by_name = re.compile(r"pip install [^\n`]*\bfourps\b")
    assert [path for path in paths if by_name.search(path.read_text("utf-8"))] == []
