"""The page at the top of a site in several languages, which leads each reader to theirs.

Only this address leads: every page keeps its own, and a link within the site never comes here. So
nothing has to be kept to remember what a reader chose: who changed to another language is on its
pages, and stays there.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from fourps.book.after.bare_pages import in_each_language, small_page
from fourps.course.language import name
from fourps.course.words import words

if TYPE_CHECKING:
    from collections.abc import Mapping

# Who saved the course is led to what is saved. Who reads none of the languages, or runs no
# scripts, is asked.
_LEAD = """
<script>
(async () => {
  const links = [...document.querySelectorAll("[data-root]")], saved = [];
  const worker = async (page) => navigator.serviceWorker?.getRegistration(page);
  for (const link of links) {
    const found = await worker(link.href).catch(() => null);
    if (found?.scope === new URL(link.dataset.root, location.href).href) saved.push(link);
  }
  const offered = saved.length ? saved : links, language = (tag) => tag.split("-")[0];
  const meant = navigator.languages.map((tag) =>
    offered.find(({ hreflang }) => hreflang === tag)
    || offered.find(({ hreflang }) => language(hreflang) === language(tag)));
  const link = meant.find(Boolean) || saved[0];
  if (link) location.replace(link.href);
})();
</script>"""


def leading_page(title: str, home: str, folders: Mapping[str, str]) -> str:
    """Return the page.

    Parameters
    ----------
    title
        The book's.
    home
        The address of the first page of a language, from its folder.
    folders
        The folder of each language, with its slash, by its code; the first is the page's own.

    Examples
    --------
    >>> page = leading_page("Four Ps", "welcome.html", {"en": "./", "fr": "fr/"})
    >>> "Read the course in English" in page, "Lire le cours en français" in page
    (True, True)
    """
    bodies = {code: _offer(code, folder, home) for code, folder in folders.items()}
    body = f"<h1>{escape(title)}</h1>\n{in_each_language(bodies)}{_LEAD}"
    return small_page(title, body, next(iter(folders)))


def _offer(code: str, folder: str, home: str) -> str:
    mine = words(code)
    read = escape(mine["lead-read"].format(language=name(code)))
    link = f'<a href="{folder}{home}" hreflang="{code}" data-root="{folder}">{read}</a>'
    return f'<p>{link}</p><p><a href="{folder}units.html">{escape(mine["page-leave"])}</a></p>'
