"""The page that "Leave" leads to: a table of units, which has nothing to do with any course."""

from __future__ import annotations

from html import escape

from fourps.course.language import direction, tag
from fourps.course.words import words

_STYLE = (
    "body{font:1rem/1.5 sans-serif;margin:2rem;max-width:30rem;color:#111;background:#fff}"
    "td,th{padding:.3rem .8rem .3rem 0;text-align:start}"
)
_ROWS = (
    ("units-kilometre", "units-mile"),
    ("units-metre", "units-feet"),
    ("units-kilogram", "units-pounds"),
    ("units-litre", "units-gallon"),
    ("units-hectare", "units-acres"),
)


def units(language: str) -> str:
    """Return the page in a language.

    Examples
    --------
    >>> "<td>1 kilomètre</td><td>0,62 mille</td>" in units("fr")
    True
    """
    said = {key: escape(text) for key, text in words(language).items()}
    rows = [(said[one], said[other]) for one, other in _ROWS] + [("20 °C", "68 °F")]
    head = "".join(f'<th scope="col">{said[key]}</th>' for key in ("units-unit", "units-about"))
    body = "\n".join(f"<tr><td>{one}</td><td>{other}</td></tr>" for one, other in rows)
    return f"""\
<!doctype html>
<html lang="{tag(language)}" dir="{direction(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>{said["units-short"]}</title>
<link rel="icon" href="data:,">
<style>{_STYLE}</style>
</head>
<body>
<main>
<h1>{said["units-title"]}</h1>
<table>
<thead><tr>{head}</tr></thead>
<tbody>
{body}
</tbody>
</table>
</main>
</body>
</html>
"""
