"""A key, a statement, and a computer with the fonts that a test installs."""

from __future__ import annotations

from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fontTools.feaLib.builder import addOpenTypeFeaturesFromString
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from matplotlib import font_manager

from fourps.grading.certificate import document
from fourps.grading.certificate.record import Completed, Statement, verify
from fourps.grading.certificate.signature import fingerprint


@pytest.fixture(scope="session")
def key():
    return Ed25519PrivateKey.from_private_bytes(bytes(range(32)))


@pytest.fixture(scope="session")
def check(key):
    """Return a function that checks a file with the issuer's public key."""
    public = key.public_key()
    return lambda data: verify(data, public)


@pytest.fixture(scope="session")
def state(key):
    """Return a function that makes a statement, with changes."""

    def one(**changes):
        about = {"title": "Protection", "way": "practitioner", "hours": 4.5}
        modules = [Completed(id="protection", **about, marked=date(2026, 11, 24))]
        values = {
            "number": "0123456789abcdef",
            "course": "Four Ps",
            "version": "0.1.0",
            "language": "en",
            "issuer": "Helping Hands",
            "issued": date(2026, 11, 25),
            "learner": "m-fmq2fqw32t",
            "marker": "Awa Diallo",
            "modules": modules,
            "whole": False,
            "key": fingerprint(key.public_key()),
            "document": "0" * 64,
        }
        return Statement(**(values | changes))

    return one


BENGALI = "নূর"
RULES = "languagesystem bng2 dflt; feature blwf { sub na uu by joined; } blwf;"


def make_font(path, rules=RULES, rights=0):
    """Make a font in which letters are boxes, and by its rules `joined` is what two of them become."""
    letters = dict(zip(map(ord, BENGALI), ("na", "uu", "ra"), strict=True))
    names = [".notdef", "space", "joined", *letters.values()]
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for point in ((0, 500), (500, 500), (500, 0)):
        pen.lineTo(point)
    pen.closePath()
    font = FontBuilder(1000)
    font.setupGlyphOrder(names)
    font.setupCharacterMap({32: "space", **letters})
    font.setupGlyf(dict.fromkeys(names, pen.glyph()))
    font.setupHorizontalMetrics(dict.fromkeys(names, (600, 0)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": path.stem, "styleName": "Regular"})
    font.setupOS2(fsType=rights)
    font.setupPost()
    if rules:
        addOpenTypeFeaturesFromString(font.font, rules)
    font.save(path)


class Installed:
    """A computer on which no fonts are installed but those of one folder."""

    def __init__(self, folder):
        self.folder = folder
        self._forget()

    def _forget(self):
        document.font.cache_clear()
        document._installed.cache_clear()

    def add(self, name, **how):
        make_font(self.folder / name, **how)
        self._forget()
        return self.folder / name


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """Return a computer without fonts."""
    find = font_manager.findSystemFonts
    monkeypatch.setattr(font_manager, "findSystemFonts", lambda: find([str(tmp_path)]))
    computer = Installed(tmp_path)
    yield computer
    computer._forget()


@pytest.fixture(scope="session")
def bengali():
    """Return a name."""
    return BENGALI
