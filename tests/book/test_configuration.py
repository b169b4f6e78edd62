"""What the course's own file says to Sphinx."""

from pathlib import Path

import pytest
from jupyter_book.config import get_final_config

FIXTURE = Path(__file__).parent / "fixture"


@pytest.mark.parametrize("book", ["the course", "the small book"])
def test_figures_are_not_numbered(root, book):
    """Does nothing number figures, for which each build would read every page back?"""
    folder = root if book == "the course" else FIXTURE
    individually = {"latex_individualpages": False}
    config, _ = get_final_config(user_yaml=folder / "_config.yml", cli_config=individually)
    # it numbers them whatever else is said
    assert "sphinx_jupyterbook_latex" not in config["extensions"]
    assert not config.get("numfig")
