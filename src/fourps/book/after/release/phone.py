"""Stories for phones: each is one file, which a stick or a messenger can carry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from bs4 import BeautifulSoup
from bs4.dammit import EntitySubstitution
from bs4.element import Script, Stylesheet
from bs4.formatter import HTMLFormatter

from fourps.book.after.built import Built
from fourps.book.after.headers import with_policy
from nbseal.base.whole_files import write_whole

if TYPE_CHECKING:
    from pathlib import Path

# what leads to other pages, or belongs to a site
_ELSEWHERE = (
    ".sidebar-drawer, .toc-drawer, .fp-place, .fp-onward, .fp-run, .fp-after-chapter, .fp-menu,"
    " header.fp-bar > :not(.fp-exit, .fp-exit + script, .fp-brand), footer nav,"
    " head link[rel=search], head link[rel=next], head link[rel=prev], meta[name^=fourps-]"
)
_PICTURE = re.compile(r"(?:\.\./)*(_static/[\w./-]+\.svg)\?v=\w+")
# as the pages are written: of what has no end, none is closed
_AS_WRITTEN = HTMLFormatter(EntitySubstitution.substitute_xml, void_element_close_prefix="")
# what the button "Leave" opens where no other page of the course is at hand
_NEUTRAL = "about:blank"


def story_pages(html: Path) -> dict[str, Path]:
    """Return each page of a built language that has a story, by the name of its file."""
    pages = {path.parent.name: path for path in sorted(html.glob("modules/*/practice.html"))}
    short = html / "book" / "try.html"
    return {"a-story-of-five-minutes": short} | pages if short.is_file() else pages


def alone(html: Path, page: Path) -> str:
    """Return a page of a built language that needs no other file, with its policy.

    Styles, the script and pictures stand within it. A link to another page is plain text, and
    "Leave" opens an empty page.
    """
    text = page.read_text("utf-8")
    soup = BeautifulSoup(_PICTURE.sub(lambda match: _data(html / match[1]), text), "html.parser")
    for element in soup.select(_ELSEWHERE):
        element.decompose()
    for link in soup.select("link[rel=stylesheet]"):
        style = soup.new_tag("style")
        style.append(Stylesheet(_beside(page, str(link["href"])).read_text("utf-8")))
        link.replace_with(style)
    for script in soup.select("script[src]"):
        code = _beside(page, str(script.extract()["src"])).read_text("utf-8")
        # a script within the page runs where it stands: at its end all that it asks for is there
        within = soup.new_tag("script")
        within.append(Script(code.replace("</", "<\\/")))
        soup.select("body")[0].append(within)
    soup.select(".fp-exit")[0]["href"] = _NEUTRAL
    for link in soup.select("a[href]:not(.fp-exit)"):
        if not str(link["href"]).startswith(("#", "https:")):
            del link["href"]
    soup.select("html")[0]["data-content_root"] = "./"
    return with_policy(soup.decode(formatter=_AS_WRITTEN).lstrip().encode()).decode()


def _data(picture: Path) -> str:
    return f"data:image/svg+xml,{quote(picture.read_text('utf-8'), safe=' =:/,;')}"


def _beside(page: Path, address: str) -> Path:
    return page.parent / address.partition("?")[0]


def write(_course: Path, site: Path, folder: Path, language: str) -> None:
    """Write each story of a language of a built book into a folder, one file each."""
    html = Built(site).in_language(language)
    for name, page in story_pages(html).items():
        write_whole(folder / f"{name}.html", alone(html, page).encode())
