"""Pictures: what says that it is one, and is."""

from __future__ import annotations

import base64
import io
import re
import warnings
from functools import cache
from typing import Any

from PIL import Image, ImageDraw

_FORMATS = {"image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP"}
KINDS = frozenset(_FORMATS)
# a browser unpacks all of them, however small the file is
_MOST_PIXELS = 40_000_000
_ADDRESS = re.compile(r"\s*data:(image/\w+);base64,([\w+/=\s-]+)", re.ASCII)


def picture(kind: str, data: Any) -> str | None:
    """Return a picture as base64, or None if it is no picture of that kind.

    Examples
    --------
    >>> picture("image/png", stand_in()) == stand_in()
    True
    >>> picture("image/jpeg", stand_in()), picture("image/png", "PHNjcmlwdD4=")
    (None, None)
    """
    size = _size(kind, data) if isinstance(data, str) else None
    if size is None or size[0] * size[1] > _MOST_PIXELS:
        return None
    return base64.b64encode(_plain(data)).decode("ascii")


def _plain(data: str) -> bytes:
    return base64.b64decode("".join(data.split()), validate=True)


def _size(kind: str, data: str) -> tuple[int, int] | None:
    if kind not in _FORMATS:
        return None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            # its head alone is read: nothing is unpacked
            with Image.open(io.BytesIO(_plain(data)), formats=[_FORMATS[kind]]) as image:
                return image.size
    # Pillow raises many things over what is no picture
    except Exception:  # noqa: BLE001
        return None


def picture_address(address: str) -> str | None:
    """Return a ``data:`` address of a real picture, or None for any other address.

    Examples
    --------
    >>> picture_address("data:image/png;base64," + stand_in())[:30]
    'data:image/png;base64,iVBORw0K'
    >>> picture_address("data:image/svg+xml;base64,AAAA")
    >>> picture_address("https://example.org/a.png")
    """
    match = _ADDRESS.fullmatch(address)
    data = picture(match[1], match[2]) if match else None
    return f"data:{match[1]};base64,{data}" if match and data else None


def pixels(address: str) -> int:
    """Return how many pixels a browser unpacks for an address; none if it is no picture's.

    Examples
    --------
    >>> pixels("data:image/png;base64," + stand_in()), pixels("#part")
    (5280, 0)
    """
    match = _ADDRESS.fullmatch(address)
    width, height = (_size(match[1], match[2]) if match else None) or (0, 0)
    return width * height


@cache
def stand_in() -> str:
    """Return a picture (PNG, as base64) that says that a picture is not there.

    Examples
    --------
    >>> stand_in()[:8]
    'iVBORw0K'
    """
    image = Image.new("L", (220, 24), 235)
    ImageDraw.Draw(image).text((8, 6), "This picture was not handed in.", fill=60)
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True)
    return base64.b64encode(file.getvalue()).decode("ascii")
