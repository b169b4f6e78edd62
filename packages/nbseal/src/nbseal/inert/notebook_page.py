"""Pages of whole notebooks, which run no script and ask no other host for anything."""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import pass_context
from nbconvert.exporters import HTMLExporter
from nbconvert.exporters.exporter import ResourcesDict
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath
from nbgrader.server_extensions.formgrader.handlers import template_path
from traitlets.config import Config

from nbseal.base.profile import profile
from nbseal.inert.cost import Allowance
from nbseal.inert.markdown import MOST_EFFORT, effort, mathml
from nbseal.inert.pictures import stand_in
from nbseal.inert.tags import clean, clean_page

if TYPE_CHECKING:
    from collections.abc import Iterator

_OURS = str(Path(__file__).parent / "templates")
# for ``HTMLExporter.extra_template_basedirs``: nbgrader's pages, without a script of another host
TEMPLATES = [_OURS, template_path]
_DOLLARS = re.compile(r"\s*(\$\$?)(.*?)\1\s*", re.DOTALL)


class _Renderer(IPythonRenderer):
    """nbconvert's, with formulas that need no script, and whatever else is there to be cleaned."""

    def __init__(self, attachments: dict[str, Any], allowance: Allowance) -> None:
        super().__init__(escape=False, exclude_anchor_links=True, attachments=attachments)
        self._allowance = allowance

    def _formula(self, tex: str, *, block: bool) -> str:
        enough = self._allowance.take("formulas", len(tex))
        return mathml(tex, block=block) if enough else f"<code>{html.escape(tex)}</code>"

    def inline_math(self, body: str) -> str:
        return self._formula(body, block=False)

    def block_math(self, body: str) -> str:
        return self._formula(body, block=True)

    def latex_environment(self, name: str, body: str) -> str:
        return self._formula(rf"\begin{{{name}}}{body}\end{{{name}}}", block=True)

    def block_mermaidjs(self, code: str) -> str:
        return f"<pre>{html.escape(code)}</pre>"

    def _embed_image_or_attachment(self, src: str) -> str:
        name = src.removeprefix("attachment:")
        if name != src and name not in self.attachments:
            return f"data:image/png;base64,{stand_in()}"
        return str(super()._embed_image_or_attachment(src))


@pass_context
def markdown2html(context: Any, source: str) -> str:
    """Return Markdown as clean HTML, with formulas as MathML.

    It takes the place of nbconvert's filter of that name: set it in ``HTMLExporter.filters``.

    Parameters
    ----------
    context
        Jinja's, with the ``cell`` and the ``resources`` of the page.
    source
        Markdown.

    Examples
    --------
    >>> markdown2html({}, "*a* <img src=x onerror=b()>").strip()
    '<p><em>a</em> <img></p>'
    """
    resources = context.get("resources") or {}
    allowance = resources.setdefault("inert_allowance", Allowance())
    steps = effort(source)
    if steps <= MOST_EFFORT and allowance.take("effort", steps):
        renderer = _Renderer((context.get("cell") or {}).get("attachments") or {}, allowance)
        try:
            return clean_page(MarkdownWithMath(renderer=renderer).render(source))
        # it gives up over nests, in ways of its own
        except Exception:  # noqa: BLE001, S110 - what it was is of no use to whoever reads the page
            pass
    return f"<pre>{html.escape(source)}</pre>"


@pass_context
def latex2html(context: Any, source: str) -> str:
    """Return TeX that was displayed as HTML.

    Examples
    --------
    >>> latex2html({}, "$x$")
    '<math display="block"><mrow><mi>x</mi></mrow></math>'
    """
    resources = context.get("resources") or {}
    match = _DOLLARS.fullmatch(source)
    renderer = _Renderer({}, resources.setdefault("inert_allowance", Allowance()))
    return clean_page(renderer.block_math(match[2] if match else source))


class InertPages(HTMLExporter):
    """For ``GenerateFeedback.exporter_class``: nbgrader's page, drawn anew."""

    def from_notebook_node(self, nb: Any, resources: Any = None, **options: Any) -> Any:
        """Draw the page in the language of the notebook."""
        course = profile()
        language = course.language_of(nb)
        given: Any = resources or ResourcesDict()
        given |= {"nbseal_language": language, "nbseal_words": course.words(language)}
        return super().from_notebook_node(nb, given, **options)

    @property
    def default_config(self) -> Config:
        ours = {
            "template_name": "nbseal_feedback",
            "extra_template_basedirs": [_OURS],
            "sanitize_html": True,
        }
        config: Config = super().default_config
        config.merge(Config({"InertPages": ours}))
        return config

    def default_filters(self) -> Iterator[tuple[str, Any]]:
        yield from super().default_filters()  # type: ignore[no-untyped-call] # it has none
        yield ("markdown2html", markdown2html)
        yield ("latex2html", latex2html)
        yield ("clean_html", clean)
