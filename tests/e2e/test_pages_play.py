"""Every page with something to play, as a phone and a desk see it: light, quiet, still and accessible."""

import pytest
from book_pages import NARROW, PLAYED, look

pytestmark = [pytest.mark.browser]


@pytest.mark.parametrize("name", PLAYED)
@pytest.mark.parametrize("reader", [{"viewport": {"width": NARROW, "height": 800}}], indirect=True)
def test_page(reader, site, axe, name):
    """Is a page light, still, within the policy and on this host, and has axe nothing to say?"""
    look(reader, site, name, axe)
