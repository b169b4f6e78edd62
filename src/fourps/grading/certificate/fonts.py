"""A font for what people are called: it has all letters, and knows how they are joined."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from fontTools import unicodedata
from fontTools.ttLib import TTFont
from matplotlib import get_data_path
from matplotlib.ft2font import FT2Font

# matplotlib brings it, with a licence to embed it: Latin, Greek, Cyrillic, Arabic, Hebrew and more
_OWN = Path(get_data_path()) / "fonts" / "ttf"
REGULAR, BOLD = _OWN / "DejaVuSans.ttf", _OWN / "DejaVuSans-Bold.ttf"
# their letters stand beside each other as they are; others need a font's rules
_UNJOINED = {
    "Armn", "Bopo", "Cyrl", "Ethi", "Geor", "Grek", "Hang", "Hani", "Hebr", "Hira", "Kana", "Latn",
    "Zinh", "Zyyy",
}  # fmt: skip
_ODD = re.compile(r"black|bold|condensed|italic|lastresort|light|mono|oblique|thin", re.IGNORECASE)
# OpenType's word for a font that may not be embedded
_RESTRICTED, _RIGHTS = 2, 0xF


@cache
def font(text: str, first: Path = REGULAR) -> Path | None:
    """Return the file of a font that can print a text, or None if there is none on this computer.

    Parameters
    ----------
    text
        What is to be printed, all in this font.
    first
        The font to be taken if it can.

    Examples
    --------
    >>> [font(name).stem for name in ("Ángeles", "Олена", "نور", "נועה")]
    ['DejaVuSans', 'DejaVuSans', 'DejaVuSans', 'DejaVuSans']
    """
    if _prints(first, text):
        return first
    return next((path for path in _installed() if _prints(path, text)), None)


@cache
def _installed() -> list[Path]:
    """Return the fonts of this computer, upright ones of ordinary weight first."""
    # it lists all fonts once, which takes its time
    from matplotlib.font_manager import findSystemFonts

    return sorted(
        map(Path, findSystemFonts()), key=lambda path: (bool(_ODD.search(path.stem)), path.name)
    )


def _prints(path: Path, text: str) -> bool:
    try:
        face = FT2Font(str(path))
    except RuntimeError:
        # a damaged file is no font
        return False
    return all(face.get_char_index(ord(one)) for one in text) and _joins(path, text)


def _joins(path: Path, text: str) -> bool:
    """Tell whether a font may be embedded, and has rules for each script that needs them."""
    scripts = {unicodedata.script(one) for one in text} - _UNJOINED
    with TTFont(path, fontNumber=0, lazy=True) as face:
        if "OS/2" in face and face["OS/2"].fsType & _RIGHTS == _RESTRICTED:
            return False
        known = {
            record.ScriptTag
            for rules in ("GSUB", "GPOS")
            if rules in face
            for record in face[rules].table.ScriptList.ScriptRecord
        }
    return all(known.intersection(unicodedata.ot_tags_from_script(one)) for one in scripts)
