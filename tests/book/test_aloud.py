"""The card "Say it aloud", whole before any script runs."""

LESSON = "modules/demo/lesson"


def test_card(good):
    """Does a card hold its situation, four points to tick, what to say again for each, and an example?"""
    card = good.soup(LESSON).select_one(".fp-aloud")
    title, situation, say = (
        " ".join(element.text.split()) for element in card.find_all("p", recursive=False)[:3]
    )
    assert (title, situation) == ("Say it aloud", "Somebody knocks & waits.")
    assert "Nothing is recorded." in say
    assert [element["autocomplete"] for element in card.select("fieldset label input")] == [
        "off"
    ] * 4
    assert len(card.select("fieldset + div li")) == 4
    assert card.select_one("details").summary.text == "One way to say it"
    assert card.select_one("details em").text == "stay"


def test_script_only_where_there_is_a_card(good):
    """Does no page without a card load its script?"""
    pages = (LESSON, "modules/demo/quiz", "book/privacy")
    assert ["aloud.js" in good.page(page) for page in pages] == [True, False, False]
