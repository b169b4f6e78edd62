"""Every page with a scenario or quiz, as a phone and a desk see it: light, quiet, still and accessible."""

import pytest
from book_pages import PLAYERS, look

pytestmark = [pytest.mark.browser]


@pytest.mark.parametrize("name", PLAYERS)
def test_page(visitor, site, axe, name):
    """Is a page light, still, within the policy and on this host, and has axe nothing to say?"""
    look(visitor, site, name, axe)
