import re
from pathlib import Path

import fourps.grading
from fourps.grading.reasons import REASONS


def test_each_is_given():
    """Is each reason given somewhere, and each that is given there?"""
    files = Path(fourps.grading.__file__).parent.rglob("*.py")
    text = "".join(path.read_text("utf-8") for path in files if path.name != "reasons.py")
    assert set(re.findall(r'\bbecause\(\s*"([\w-]+)"', text)) == set(REASONS)
