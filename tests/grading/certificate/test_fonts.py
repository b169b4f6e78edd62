import string

import pytest

from fourps.grading.certificate.fonts import BOLD, REGULAR, font


@pytest.mark.parametrize(
    "name",
    ["Zoë", "Ελένη", "Ольга Їжак", "نور", "عل\u200cرض", "נועה", "Ne\u0301e", string.ascii_letters],
)
def test_own(name):
    """Are names of many scripts printed in the fonts that come with the course, bold too?"""
    assert font(name) == REGULAR
    assert font(name, BOLD) == BOLD


def test_installed(installed, bengali):
    """Is a font of this computer taken for a name that needs it, an upright one first?"""
    assert font(bengali) is None
    bold = installed.add("A-Bold.ttf")
    assert font(bengali) == bold
    upright = installed.add("Bengali.ttf")
    (installed.folder / "Broken.ttf").write_text("no font", "utf-8")
    assert font(bengali) == upright


@pytest.mark.parametrize("how", [{"rules": ""}, {"rights": 2}])
def test_not_taken(installed, bengali, how):
    """Is a font left alone that cannot join the letters, or may not be embedded?"""
    installed.add("Bengali.ttf", **how)
    assert font(bengali) is None
