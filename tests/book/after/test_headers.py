"""What a host is asked to send."""

from __future__ import annotations

import re

from fourps.book.after.headers import (
    STAYS,
    content_security_policy,
    headers_file,
    nginx,
    page_policy,
    site_headers,
)

BASE = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; script-src "


def test_exact_form():
    """Is the policy what the book can live under, and no wider?"""
    assert content_security_policy(b"<script>a</script>") == (
        f"{BASE}'self' 'sha256-ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs='; "
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'"
    )


def test_hashes_of_several_pages():
    """Does the policy of a site allow each inline script once, and no data for one?"""
    pages = b"<script>a</script>", b"<script>a</script><script>b</script>", b"<script src='c'>"
    data = b'<script type="application/json">{}</script>'
    assert content_security_policy(*pages, data).count("'sha256-") == 2


def test_in_a_page():
    """Does a page's own policy leave out what only a host can ask for?"""
    assert "frame-ancestors" not in page_policy(b"")


def test_no_header_twice(good):
    """Does no address match two rules that set the same header?"""
    rules = headers_file(site_headers(good.html)).split("\n/")
    names = [{line.split(":")[0].strip() for line in one.splitlines()[1:]} for one in rules]
    assert all(names[0].isdisjoint(others) for others in names[1:])
    assert sum("Cache-Control" in one for one in names) == 4


def test_below_the_top():
    """Do all rules begin where the book does?"""
    rules = headers_file({"A": "b"}, "/four-ps/").splitlines()
    assert all(one.startswith("/four-ps/") for one in rules if not one.startswith(" "))


def test_whatever_stays_has_its_hash_in_its_address(good):
    """Does each page ask for what is cached for a year by an address that changes with it?"""
    for name in [*good.toc(), "search"]:
        for element in good.soup(name).select("[src], link[href]"):
            address = element.get("src") or element["href"]
            assert "_static/" not in address or "?v=" in address, (name, address)


def test_nginx():
    """Does nginx get the same headers, the long life of what stays, and the old addresses?"""
    text = nginx({"A": "b"}, [("/old.html", "/new.html")])
    assert 'add_header A "b" always;' in text
    assert STAYS in text
    assert "location = /old.html { return 301 /new.html; }" in text
    assert text.count("{") == text.count("}")


def test_each_language():
    """Does what stays of each language have its long life, and nothing of a like name elsewhere?"""
    folders = ["", "fr/"]
    rules = headers_file({"A": "b"}, "/four-ps/", folders).split("\n/")
    stays = [one.splitlines()[0] for one in rules if STAYS in one]
    assert stays == ["four-ps/_static/*", "four-ps/fr/_static/*"]
    [kept] = re.findall(r'\$uri ~ "(.*)"\) \{ set', nginx({"A": "b"}, [], "/four-ps/", folders))
    assert all(re.search(kept, f"/four-ps/{one}_static/x.js") for one in folders)
    assert not re.search(kept, "/four-ps/fr/book/_static/x.js")
