"""The search in a real browser, on a server and from disk."""

from posixpath import normpath

import pytest

from .conftest import bilingual as book  # noqa: F401 - a fixture

pytestmark = [pytest.mark.browser]


# what is looked for, and the page of a module that has to come first; or another page, under its name
ENGLISH = {
    "protection/lesson/hours": "rape|raped|sexual assault|GBV|HIV|suicide|wants to die",
    "protection/lesson/consent": "consent|conset|informed consent",
    "protection/lesson/speaking": "PFA|trauma",
    "protection/lesson/child": "minor",
    "foundations/lesson/confused": "trafficking|trafiking|trafficing|raficking|smuggling|smugling",
    "foundations/lesson/forms": "exploitatoin|child marriage",
    "prevention/lesson/debt": "debt|bonded labour|recruitment fees",
    "prosecution/lesson/evidence": "evidence|evidense",
    "prosecution/lesson/voices": "interpreter|translator|interperter",
    "prosecution/lesson/search": "police",
    "partnership/lesson/map": "referral|refferal|national referral mechanism",
    "partnership/lesson/one-of-us": "PSEA|SEA|report|complaint|abuse by aid worker",
    "response/lesson/shock": "flood",
    "../book/local": "hotline|hotlin|helpline|local help",
    "../book/glossary": "glossary",
    "../book/offline": "offline",
}
FRENCH = {
    "protection/lesson/hours": "viol|violée|VIH|suicide|pilule du lendemain",
    "protection/lesson/consent": "consentement|concentement",
    "protection/lesson/referral": "référencement|referencement|refferement|orientation|orientatoin",
    "foundations/lesson/confused": "traite|traitte|trafic illicite",
    "prevention/lesson/debt": "dette|servitude pour dettes",
    "prosecution/lesson/voices": "interprète|traducteur|interprette",
    "prosecution/lesson/search": "police",
    "partnership/lesson/one-of-us": "EAS|plainte",
    "response/lesson/sectors": "VBG",
    "frameworks/lesson/texts": "CDE",
    "../book/local": "numéro vert|aide sur place",
    "../book/glossary": "glossaire",
}


@pytest.mark.parametrize(("folder", "table"), [("", ENGLISH), ("fr", FRENCH)], ids=["en", "fr"])
def test_first_page(real_book, javascript, folder, table):
    """Does the page that teaches a thing come first, also mistyped or under another name?"""
    asked = {query: page for page, queries in table.items() for query in queries.split("|")}
    found = javascript("seek", site=str(real_book / folder), queries=list(asked))
    first = {query: (one["pages"] or [""])[0] for query, one in zip(asked, found, strict=True)}
    assert first == {query: normpath(f"modules/{page}") for query, page in asked.items()}


def search(page, query):
    page.locator(".fp-search input").fill(query)
    page.keyboard.press("Enter")
    page.locator("#search-results [role=status]", has_text="found").wait_for()


def test_situation(reader, address, axe):
    """Does a search by keyboard show the situation, marked, and lead to its scenario?"""
    page = reader.page
    page.goto(f"{address}/search.html")
    search(page, "ÁXOL sings")
    assert page.locator("[role=status]").inner_text() == "2 pages found."
    first = page.locator("#search-results li", has_text="Practice").first
    assert first.locator(".fp-found a").inner_text() == "In the corridor"
    assert first.locator("mark").all_inner_texts() == ["axolotl", "sings"]
    # a text's markup is text
    assert page.locator("#search-results script, #search-results b").count() == 0
    if address.startswith("http"):  # axe cannot read style sheets from disk
        assert axe(page) == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    reader.tab_to("#search-results a")
    first.locator(".fp-found a").press("Enter")
    page.wait_for_url("**/modules/demo/practice.html")
    # what was asked for stands in no address, and comes again
    page.go_back()
    page.get_by_text("2 pages found.").wait_for()
    assert page.url == f"{address}/search.html"
    search(page, "capybara")
    page.go_back()
    page.get_by_text("2 pages found.").wait_for()
    assert page.locator(".fp-search input").input_value() == "ÁXOL sings"


def test_idle_words(reader, address):
    """Is it said that a word is missing, and not that no page has those that all have?"""
    page = reader.page
    page.goto(f"{address}/search.html?q=the+is")
    page.get_by_text("Search for a word that not every page has.").wait_for()
    assert page.url == f"{address}/search.html"  # the words of an older link leave the address
    assert page.locator("#search-results li").count() == 0


def test_section(reader, address):
    """Does a result lead to the very place on its page?"""
    page = reader.page
    page.goto(f"{address}/search.html?q=roof")
    page.locator(".fp-found a", has_text="umbrella").click()
    page.wait_for_url("**/book/glossary.html#term-umbrella")


def test_mistyped(reader, address, axe):
    """Does a search go on with the nearest word, say so, and offer others by keyboard?"""
    page = reader.page
    page.goto(f"{address}/search.html")
    search(page, "umbrela")
    said = page.locator("[role=status]").inner_text()
    assert said.startswith('No page has "umbrela". This is what there is for "umbrella".')
    assert page.locator("#search-results mark").first.inner_text().lower().startswith("umbrella")
    search(page, "axolotll")
    if address.startswith("http"):
        assert axe(page) == []
    page.locator(".fp-search input").fill("umbrakka")
    page.keyboard.press("Enter")
    page.get_by_text("Words that are a little like it:").wait_for()
    reader.tab_to("#search-results button")
    page.keyboard.press("Enter")
    page.locator("#search-results li").first.wait_for()
    assert page.locator(".fp-search input").input_value() == "umbrella"


@pytest.mark.parametrize("query", ["zzz", "<img src=x onerror=alert(1)>"])
def test_nothing_found(reader, address, query):
    """Is there a sentence when no page has the words?"""
    reader.page.goto(f"{address}/search.html")
    reader.page.locator(".fp-search input").fill(query)
    reader.page.keyboard.press("Enter")
    reader.page.get_by_text("No page has all these words.").wait_for()
    assert reader.page.locator("#search-results li").count() == 0


def test_lost_text(reader, site):
    """Does a page whose text cannot be loaded still stand among the results?"""
    page = reader.change()
    page.route("**/search/modules/demo/quiz.js", lambda route: route.fulfill(body=""))
    page.goto(f"{site}/search.html?q=capybara")
    page.get_by_role("link", name="Check").wait_for()


def test_lost_words(reader, site):
    """Is it said that the search could not be loaded, and is it asked for again?"""
    page = reader.change()
    page.route("**/searchindex/*.js", lambda route: route.fulfill(body=""))
    page.goto(f"{site}/search.html?q=capybara")
    page.get_by_text("The search could not be loaded.").wait_for()
    assert page.locator("#search-results li").count() == 0
    page.unroute("**/searchindex/*.js")
    search(page, "capybara")
    assert page.locator("#search-results li").count() > 0


def test_words_asked_for(reader, site):
    """Does a search load the words that begin as those that are asked for, and no others?"""
    page, watch = reader.page, reader.watch
    page.goto(f"{site}/search.html")
    page.locator(".fp-search input").wait_for()
    search(page, "Door rain")
    search(page, "doors")
    loaded = [url.rpartition("/")[2] for url in watch.requests if "/searchindex/" in url]
    assert sorted(loaded) == [f"{ord(letter):x}.js" for letter in "dr"]


def test_french(reader, site):
    """Does the search of a French book speak French and use its own index?"""
    page = reader.page
    page.goto(f"{site}/fr/search.html?q=axolotl")
    page.get_by_text("2 pages trouvées.").wait_for()
    page.locator("#search-results a").first.click()
    page.wait_for_url("**/fr/modules/demo/*.html")
