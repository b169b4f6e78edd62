import re
from pathlib import Path

import nbseal
from nbseal.reasons import REASONS


def test_each_is_given():
    """Is each reason given somewhere, and each that is given there?"""
    files = Path(nbseal.__file__).parent.rglob("*.py")
    files = [path for path in files if path.name != "reasons.py"]
    text = "".join(path.read_text("utf-8") for path in files)
    given = re.findall(r'\b(?:because\(\s*|noted ?= ?)"([\w-]+)"', text)
    assert set(given) == set(REASONS)
    # and what is not a literal is what an error notes
    others = re.findall(r'\bbecause\(\s*([^"\s][\w.]*)', text)
    assert set(others) == {"noted"}
