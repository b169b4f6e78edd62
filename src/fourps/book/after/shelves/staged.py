"""What one package holds: a unit of a built book, in one language, as files.

A unit is a module, the half hour, or the whole course. Each writer of a shelf packs what is staged
here, and changes no page itself.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from rjsmin import jsmin

from fourps.book.after.built import MISSING, Built
from fourps.book.after.headers import with_policy
from fourps.book.after.shelves.page_tree import links, scripts_data, text_of
from fourps.book.after.shelves.place import Place, leads_to
from fourps.book.after.shelves.shelved_page import SHELF_SCRIPT, parse, shelved
from fourps.course.local import LOCAL
from fourps.front import page_script
from nbseal.base.errors import UserError
from nbseal.base.from_outside import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from fourps.book.after.shelves.place import Keeps

HALF_HOUR, COURSE = "half-hour", "course"
# for a site, or for what a device saves of it
_FOR_SITES = ("index.html", MISSING, "unsaved.html")
NEUTRAL = "units.html"
# what a page is for says the script that it loads: of a site, or of what no shelf keeps
_LEFT_OUT = (b"_static/offline.js", b"_static/setup.js", b"_static/three.js")
_OF_KEEPING = (b"_static/course.js", b'data-fourps="change"')
_MODULE = re.compile(r"modules/([^/]+)/")
# on a platform with accounts learners read; facilitators have these in their file of a release
_FOR_FACILITATORS = ("book/facilitator", "book/guide-", "book/adopting", "book/reviewing")
# of the whole course, what every unit needs
_RULES = ("book/start.html", "book/about.html", "book/report.html")
_STATIC = re.compile(rb"_static/[\w./-]+")
_DRAWN = re.compile(rb"""url\(["']?(?!["']?data:)([^)"'?#]+)""")
_LICENCE = ".LICENSE.txt"
# of a module, what can be used by itself
_ALONE = re.compile(r"modules/[^/]+/(?:practice|aid)\.html")
_INDEX = "searchindex.js"
_PLAYED = (b'data-fourps="scenario"', b'data-fourps="quiz"')
_KEPT = (b'data-fourps="kept"',)


class UnitError(UserError):
    """Something was asked for that the built book does not have; the message says what it has."""


@dataclass(frozen=True)
class Staged:
    """A unit of the course, to be packed."""

    unit: str
    language: str
    title: str
    start: str
    """The address of its first page, from the root."""
    files: dict[str, bytes]
    """By their names from the root, which are ASCII, in order."""
    items: dict[str, dict[str, str]]
    """All that is played in it: kind and version, by id."""
    pages: list[str]
    """The names that can be marked as read."""
    required: list[str]
    """The ids of what must be finished."""


def units(site: Path, language: str) -> list[str]:
    """Return what there is of a built book to pack: the modules in order, the half hour, all."""
    return Edition(site, language).units()


def stage(site: Path, unit: str, language: str, *, keeps: Keeps) -> Staged:
    """Return a unit of a built book in one language.

    Parameters
    ----------
    site
        The built book, in all its languages.
    unit
        One of `units`.
    language
        Its code.
    keeps
        Who keeps what a reader agreed to: the ``shell`` around the pages, or nobody.

    Raises
    ------
    UnitError
        If there is no such unit, or the book is not built in that language.
    """
    return Edition(site, language).stage(unit, keeps)


class Edition:
    """A built book in one language, whose pages are read when they are asked for."""

    def __init__(self, site: Path, language: str) -> None:
        book = Built(site)
        try:
            html = book.in_language(language)
        except KeyError:
            there = ", ".join(edition.about["lang"] for edition in book.languages)
            raise UnitError(
                f"The book is not built in the language '{shown(language)}', only in: {there}. "
                "Build it first: fourps book build --language CODE"
            ) from None
        edition = Built(html, site)
        self.site = site
        self.language = language
        self.title = str(edition.about["name"])
        self.home = str(edition.about["start_url"])
        moved = edition.release["moved"]
        self.paths = {name: path for name, path in edition.files() if name not in moved}
        self._read: dict[str, bytes] = {}
        self._found: dict[tuple[bytes, ...], set[str]] = {}
        self.menu = self._menu(self.home)
        self.pages = [name for name in self.paths if _is_page(name) or name == self.home]
        self.kept = next((name for name in self.menu if name in self._having(_KEPT)), "")

    def _menu(self, page: str) -> dict[str, str]:
        """Return the title of each page in the menu of a page, by name and in order."""
        return {
            name: text_of(link)
            for tree in parse(self.read(page)).find_class("sidebar-tree")
            for link, name in links(tree, page)
        }

    def read(self, name: str) -> bytes:
        """Return a file, which is read once."""
        if name not in self._read:
            self._read[name] = self.paths[name].read_bytes()
        return self._read[name]

    def _having(self, signs: tuple[bytes, ...]) -> set[str]:
        """Return the pages that have one of some signs, which are looked for once."""
        if signs not in self._found:
            found = {name for name in self.pages if any(sign in self.read(name) for sign in signs)}
            self._found[signs] = found
        return self._found[signs]

    def units(self) -> list[str]:
        """Return what there is to pack, as `units` does."""
        modules = dict.fromkeys(match[1] for match in map(_MODULE.match, self.menu) if match)
        half = [HALF_HOUR] if f"book/{HALF_HOUR}.html" in self.paths else []
        return [*modules, *half, COURSE]

    def insist(self, unit: str) -> None:
        """Raise UnitError if there is no such unit."""
        if unit not in self.units():
            there = ", ".join(self.units())
            raise UnitError(f"The course has no module '{shown(unit)}'. It has: {there}.")

    def stage(self, unit: str, keeps: Keeps) -> Staged:
        """Return a unit, as `stage` does."""
        self.insist(unit)
        place = self._place(unit, keeps)
        trees = {name: parse(self.read(name)) for name in sorted(place.names - {NEUTRAL})}
        items, marked = _played(trees), _marked(trees)
        files: dict[str, bytes] = {}
        for name, root in trees.items():
            files |= shelved(root, name, place)
        if NEUTRAL in place.names:
            files[NEUTRAL] = with_policy(self.read(NEUTRAL))
        if unit == COURSE:
            files |= self._search(place)
        files |= self._beside(files)
        return Staged(
            unit=unit,
            language=self.language,
            title=place.title,
            start=place.start,
            files=_in_ascii(files),
            items={one: about for played in items.values() for one, about in played.items()},
            pages=marked,
            required=_required(items, place),
        )

    def _place(self, unit: str, keeps: Keeps) -> Place:
        """Return which pages a unit has."""
        fit = {name for name in self.pages if name not in self._having(_LEFT_OUT)}
        if keeps == "nothing" or unit != COURSE:
            fit -= self._having(_OF_KEEPING)
        if keeps == "shell":
            fit = {name for name in fit if not name.startswith(_FOR_FACILITATORS)}
        if unit == COURSE:
            names, own, start = fit, fit, self.home
        else:
            folder = f"book/{unit}" if unit == HALF_HOUR else f"modules/{unit}"
            own = {name for name in fit if name.startswith((f"{folder}/", f"{folder}.html"))}
            names = own | (self._helps(own) & fit)
            start = next(name for name in self.menu if name in own)
        # only in its own menu each of its parts is named
        ends = [name for name in self._menu(start) if name in own] if unit == HALF_HOUR else [""]
        if NEUTRAL in self.paths:
            names = names | {NEUTRAL}
        return Place(
            names=frozenset(names),
            own=frozenset(own),
            start=start,
            title=self.title if unit == COURSE else self.menu[start],
            language=self.language,
            keeps=keeps,
            whole=unit == COURSE,
            kept=self.kept if self.kept in names else "",
            ends=ends[-1],
        )

    def _helps(self, own: Iterable[str]) -> set[str]:
        """Return what some pages name and need: other parts of the course stay where they are."""
        named = {NEUTRAL, *_RULES}
        for name in own:
            root = parse(self.read(name))
            for run in root.find_class("fp-run"):
                run.drop_tree()
            for article in root.iter("article"):
                named.update(to for _, to in links(article, name))
        folder = f"book/{HALF_HOUR}"
        if any(name.startswith(folder) for name in own):
            # it leads through modules
            alone = {name for name in named if _ALONE.fullmatch(name)}
        else:
            alone = set()
        helps = (name for name in named if not name.startswith(("modules/", folder)))
        return alone | ({*helps, self.kept} - self._having(_PLAYED))

    def _search(self, place: Place) -> dict[str, bytes]:
        """Return what the search reads; of a page that is not there the name is empty."""
        if _INDEX not in self.paths:
            return {}
        there = {f"search/{name.removesuffix('.html')}.js" for name in place.names}
        listed = _listed(self.read(_INDEX), place.names)
        return {
            name: self.read(name)
            for name in self.paths
            if name in there or name.startswith("searchindex/")
        } | {_INDEX: listed}

    def _beside(self, files: Mapping[str, bytes]) -> dict[str, bytes]:
        """Return the scripts, styles and drawings that pages load, and the host's own file."""
        asked = {name.decode() for page in files.values() for name in _STATIC.findall(page)}
        loaded = {name: self.read(name) for name in sorted(asked) if name in self.paths}
        for name in [name for name in loaded if name.endswith(".css")]:
            drawn = (leads_to(name, one.decode()) for one in _DRAWN.findall(loaded[name]))
            loaded |= {one: self.read(one) for one in drawn if one in self.paths}
        licences = {f"{name}{_LICENCE}" for name in loaded} & {*self.paths}
        loaded |= {name: self.read(name) for name in licences}
        if (self.site / LOCAL).is_file():
            loaded[LOCAL] = (self.site / LOCAL).read_bytes()
        return loaded | {SHELF_SCRIPT: jsmin(page_script("shelf")).encode()}


def _listed(index: bytes, names: frozenset[str]) -> bytes:
    """Return the list of pages that the search begins with, for those that are there."""
    begin, end = index.partition(b"{")[0], b");\n"
    listed = json.loads(index.removeprefix(begin).removesuffix(end))
    listed["docnames"] = [one if f"{one}.html" in names else "" for one in listed["docnames"]]
    text = json.dumps(listed, ensure_ascii=False, separators=(",", ":"))
    return begin + text.encode() + end


def _is_page(name: str) -> bool:
    return name.endswith(".html") and name not in _FOR_SITES


def _played(trees: Mapping[str, Any]) -> dict[str, dict[str, dict[str, str]]]:
    """Return kind and version of all that is played, by page and by id."""
    found: dict[str, dict[str, dict[str, str]]] = {}
    for name, root in trees.items():
        for script, data in scripts_data(root):
            kind = script.getparent().get("data-fourps")
            if kind in ("scenario", "quiz"):
                about = {"kind": kind, "version": data["spec"]["version"]}
                found.setdefault(name, {})[data["spec"]["id"]] = about
    return found


def _marked(trees: Mapping[str, Any]) -> list[str]:
    """Return the names of the pages that can be marked as read."""
    return sorted(
        {name for root in trees.values() for name in root.xpath("//@data-mark | //@data-done")}
    )


def _required(items: Mapping[str, Iterable[str]], place: Place) -> list[str]:
    """Return what must be finished: what is played in the modules, or else the last page."""
    if place.ends:
        return [place.ends.removesuffix(".html")]
    own = (name for name in items if name in place.own and name.startswith("modules/"))
    return [one for name in own for one in items[name]]


def _in_ascii(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return files in the order of their names, which every platform can read."""
    for name in files:
        if not name.isascii():
            raise UnitError(
                f"A platform may not find {shown(name)}: name the page with the letters a to z, "
                "digits, hyphens and underscores."
            )
    return dict(sorted(files.items()))
