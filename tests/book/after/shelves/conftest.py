"""A course written by hand as a build leaves it: two modules, the half hour, and what a site has besides."""

from __future__ import annotations

import json
from html import escape

import pytest

from fourps.course.words import words

KEEPING = {
    key: words("en")[key] for key in ("keep-question", "kept-none", "kept-list", "mark-read")
}
MENU = {
    "Begin": ["book/start", "book/half-hour"],
    "Modules": ["modules/water/lesson", "modules/bread/lesson"],
    "Help": ["book/safety", "book/privacy", "book/three", "book/my-course"],
    "Lead": ["book/guide-plans"],
}
TITLES = {
    "book/welcome": "Small course",
    "book/start": "Start here",
    "book/half-hour": "Half an hour",
    "book/half-hour/aloud": "Say it",
    "book/half-hour/last": "The last step",
    "book/safety": "Safety first",
    "book/privacy": "What stays on your device",
    "book/three": "Three questions",
    "book/my-course": "My course",
    "book/guide-plans": "Plans",
    "book/glossary": "Glossary",
    "modules/water/lesson": "Water",
    "modules/water/practice": "A story of water",
    "modules/water/quiz": "Check: water",
    "modules/water/aid": "Water, one page",
    "modules/bread/lesson": "Bread",
    "modules/bread/quiz": "Check: bread",
}
BELOW = {
    "book/half-hour": ["book/half-hour/aloud", "book/half-hour/last"],
    "modules/water/lesson": ["modules/water/practice", "modules/water/quiz", "modules/water/aid"],
    "modules/bread/lesson": ["modules/bread/quiz"],
}


def up(name):
    return "../" * name.count("/")


def link(here, to, text="", place=""):
    """Return a link of a page to another, as a build writes it."""
    address = place or "#" if to == here else f"{up(here)}{to}.html{place}"
    return f'<a class="reference internal" href="{address}">{text or TITLES[to]}</a>'


def menu(here):
    """Return the menu: of a part that has pages of its own all are named on these pages, else some."""
    lines = []
    for caption, names in MENU.items():
        lines.append(f'<p class="caption" role="heading"><span>{caption}</span></p>')
        lines.append(f'<ul class="{"fp-n" if caption == "Modules" else ""}">')
        for name in names:
            mine = here == name or here in BELOW.get(name, ())
            below = [one for one in BELOW.get(name, ()) if mine or name.startswith("modules/")]
            inner = "".join(f'<li class="toctree-l2">{link(here, one)}</li>' for one in below)
            toggle = '<input type="checkbox" id="t"><label for="t">More</label>' if below else ""
            lines.append(
                f'<li class="toctree-l1 has-children {"current" if mine else ""}">{link(here, name)}'
                f"{toggle}<ul>{inner}</ul></li>"
            )
        lines.append("</ul>")
    return "\n".join(lines)


def player(kind, name):
    data = json.dumps({"spec": {"id": name, "version": "1a2b3c4d"}, "words": KEEPING})
    return (
        f'<div data-fourps="{kind}"><script type="application/json">{data}</script></div>'
        '<script defer src="../../_static/story.js?v=1"></script>'
    )


def mark(name):
    data = escape(json.dumps(KEEPING))
    return f'<div class="fp fp-read-mark" data-mark="{name}" data-words="{data}"></div>'


def onward(here, to):
    return (
        f'<nav class="fp-onward"><a class="fp-btn" href="{up(here)}{to}.html" data-done="{here}">'
        f"<span>Done. Next: <b>{TITLES[to]}</b></span></a></nav>"
    )


def way(here):
    """Return what the script of a module's first page knows of the whole course."""
    modules = [
        {
            "title": TITLES[name],
            "href": "" if name == here else f"{up(here)}{name}.html",
            "steps": [],
        }
        for name in MENU["Modules"]
    ]
    three = {"title": "Three", "href": f"{up(here)}book/three.html"}
    course = {"modules": modules, "others": [], "three": three, "here": MENU["Modules"].index(here)}
    data = json.dumps({"course": course, "words": {"front-where": words("en")["front-where"]}})
    return f'<div class="fp-start" data-start><script type="application/json">{data}</script></div>'


def text(name):
    """Return what stands on a page."""
    here = {
        "book/start": '<div class="fp-start"><a class="fp-btn" href="half-hour.html">'
        "<span>Begin</span></a></div>",
        "book/half-hour/aloud": link("book/half-hour/aloud", "modules/water/practice")
        + link("book/half-hour/aloud", "modules/bread/quiz"),
        "book/half-hour/last": onward("book/half-hour/last", "modules/water/lesson"),
        "book/privacy": '<p>Your device keeps it.</p><div data-fourps="kept"></div>',
        "book/three": '<script defer src="../_static/three.js"></script>',
        "book/my-course": '<script defer src="../_static/course.js"></script>',
        "book/safety": f"<p>First.</p><p>{link('book/safety', 'book/privacy')}</p>",
        "modules/water/lesson": way("modules/water/lesson")
        + link("modules/water/lesson", "book/glossary", "words", "#well")
        + link("modules/water/lesson", "book/guide-plans", "the plans")
        + '<a href="https://example.org/a?b=1&amp;c=2" class="reference external">A source</a>'
        '<a href="https://example.org/d">https://example.org/d</a> <a href="mailto:a@b.example">us</a>',
        "modules/water/practice": player("scenario", "the-well")
        + f'<span class="fp-after-chapter">Then: {link("modules/water/practice", "book/half-hour/last")}'
        "</span>",
        "modules/water/quiz": player("quiz", "water-quiz")
        + link("modules/water/quiz", "modules/bread/lesson"),
        "modules/water/aid": onward("modules/water/aid", "modules/bread/lesson")
        + mark("modules/water/aid")
        + '<details class="fp-run"><a href="../../book/notebooks.html">How</a></details>',
        "modules/bread/quiz": player("quiz", "bread-quiz"),
        "book/glossary": '<dl><dt id="well">well</dt></dl>',
    }
    return here.get(name, "")


def page(name):
    root = up(name)
    bar = "".join(f'<a href="{root}{one}.html">{TITLES[one]}</a>' for one in ("book/my-course",))
    return f"""<!doctype html>
<html lang="en" data-content_root="{root or "./"}"><head>
<meta charset="utf-8">
<meta name="fourps-local" content="{root}local.css">
<link rel="search" href="{root}search.html"><link rel="next" href="{root}book/three.html">
<title>{TITLES[name]} - Small course</title>
<link rel="stylesheet" href="{root}_static/fourps.css?v=1"><style>body {{ color: black }}</style></head>
<body><header class="fp-bar"><a class="fp-exit" href="{root}units.html">Leave</a>
<script>document.documentElement.classList.add("fp-js");</script>
<script>navigator.serviceWorker?.register("worker.js");</script>
<a class="fp-brand" href="{root}book/welcome.html">Small course</a>
<nav class="fp-bar-pages">{bar}</nav>
<a class="fp-bar-button fp-bar-language" href="{root}fr/{name}.html">français</a>
<a class="fp-bar-button fp-bar-search" href="{root}search.html">Search</a></header>
<article><nav class="fp-place"><p>Part 1</p></nav><section id="top"><h1>{TITLES[name]}</h1>{text(name)}
</section></article>
<footer><div class="fp-footer"><ul><li><a href="#">Top</a></li>
<li><a href="{root}book/three.html">Three</a></li></ul></div></footer>
<aside id="fp-menu"><nav class="sidebar-tree">{menu(name)}</nav></aside></body></html>
"""


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """The course as a build leaves it; no test writes there."""
    html = tmp_path_factory.mktemp("built") / "html"
    index = {"docnames": sorted(TITLES), "titles": [TITLES[name] for name in sorted(TITLES)]}
    about = {"name": "Small course", "lang": "en", "start_url": "book/welcome.html"}
    bare = '<!doctype html><html><head><meta charset="utf-8"></head><body></body></html>'
    files = {f"{name}.html": page(name) for name in TITLES} | {
        "search.html": page("book/welcome").replace("../", ""),
        "searchindex.js": f"Search.setIndex({json.dumps(index)});\n",
        "searchindex/77.js": "words",
        **{f"search/{name}.js": name for name in TITLES},
        **dict.fromkeys(("index.html", "units.html", "unsaved.html", "old.html"), bare),
        "_static/fourps.css": "p { background: url(places/well.svg) }",
        **{f"_static/{name}.js": name for name in ("story", "three", "course", "unused")},
        "_static/story.js.LICENSE.txt": "MIT",
        "_static/places/well.svg": "<svg/>",
        "local.css": "/* a host's */",
        "worker.js": "",
        "manifest.webmanifest": json.dumps(about),
        "offline.json": json.dumps({"version": "1.0", "moved": {"old.html": "book/start.html"}}),
    }
    for name, content in files.items():
        path = html / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
    return html
