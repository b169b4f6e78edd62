"""A unit as a SCORM package: one zip that Moodle, Totara, ILIAS or Open edX imports.

It has one thing to open, the shell, which speaks both versions by itself: only the manifest
differs. No score is promised and no prerequisite named: what is finished, the shell says.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from lxml import etree
from lxml.builder import ElementMaker

from fourps.book.after.shelves.shell import shell_page
from nbseal.base import zip_entry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fourps.book.after.shelves.staged import Staged

Version = Literal["1.2", "2004"]
MANIFEST, LAUNCH = "imsmanifest.xml", "launch.html"
_SEQUENCING = "http://www.imsglobal.org/xsd/imsss"


@dataclass(frozen=True)
class _Form:
    """How a version names the same things."""

    schema: str
    packaging: str
    adl: str
    kind: str


_FORMS = MappingProxyType(
    {
        "1.2": _Form(
            "1.2",
            "http://www.imsproject.org/xsd/imscp_rootv1p1p2",
            "http://www.adlnet.org/xsd/adlcp_rootv1p2",
            "scormtype",
        ),
        "2004": _Form(
            "2004 4th Edition",
            "http://www.imsglobal.org/xsd/imscp_v1p1",
            "http://www.adlnet.org/xsd/adlcp_v1p3",
            "scormType",
        ),
    }
)


def scorm(staged: Staged, version: Version) -> bytes:
    """Return a unit as a package of a version of SCORM: the same unit gives the same bytes."""
    files = dict(sorted({**staged.files, **shell_page(staged)}.items()))
    first = (
        MANIFEST,
        manifest(f"four-ps-{staged.unit}-{staged.language}", staged.title, files, version),
    )
    return zip_entry.pack(chain([first], files.items()))


def manifest(identifier: str, title: str, files: Iterable[str], version: Version) -> bytes:
    """Return the manifest of a package.

    Parameters
    ----------
    identifier, title
        Of the package: the platform shows the title.
    files
        Their names, from the root of the package.
    version
        Of SCORM.

    Examples
    --------
    >>> text = manifest("four-ps-demo-en", "Demo", ["launch.html"], "1.2").decode()
    >>> "<title>Demo</title>" in text, 'adlcp:scormtype="sco"' in text
    (True, True)
    """
    form = _FORMS[version]
    names = {None: form.packaging, "adlcp": form.adl}
    if version == "2004":
        names["imsss"] = _SEQUENCING
    new = ElementMaker(namespace=form.packaging, nsmap=names)
    item = new.item(new.title(title), identifier="item", identifierref="shell")
    if version == "2004":
        item.append(_set_by_content())
    sco = {f"{{{form.adl}}}{form.kind}": "sco"}
    root = new.manifest(
        new.metadata(new.schema("ADL SCORM"), new.schemaversion(form.schema)),
        new.organizations(
            new.organization(new.title(title), item, identifier="course"), default="course"
        ),
        new.resources(
            new.resource(
                *(new.file(href=quote(name)) for name in files),
                {"identifier": "shell", "type": "webcontent", "href": LAUNCH, **sco},
            )
        ),
        identifier=identifier,
    )
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True))


def _set_by_content() -> etree._Element:
    """Return what says that the course itself tells when it is finished: no platform guesses."""
    new = ElementMaker(namespace=_SEQUENCING)
    return new.sequencing(
        new.deliveryControls(completionSetByContent="true", objectiveSetByContent="true")
    )
