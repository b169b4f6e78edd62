"""Zip files of whatever is in them."""

from __future__ import annotations

import io
import warnings
import zipfile


def packed(*entries, compression=zipfile.ZIP_DEFLATED):
    """Return a zip of entries: pairs of a name, or a `ZipInfo`, and content, or dicts of them."""
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", compression) as archive:
        # of a name that is there twice
        warnings.simplefilter("ignore")
        for one in entries:
            for name, data in one.items() if isinstance(one, dict) else [one]:
                archive.writestr(name, data)
    return buffer.getvalue()


def entry(name, mode):
    """Return the head of an entry of a kind, such as a link."""
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return info
