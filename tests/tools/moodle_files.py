"""What goes to and from Moodle: its grading worksheets, and zips of whatever is in them."""

from __future__ import annotations

import csv
import io
import warnings
import zipfile

HEADER = ["Identifier", "Full name", "ID number", "Email address", "Status", "Grade",
          "Maximum Grade", "Grade can be changed", "Last modified (submission)",
          "Feedback comments"]  # fmt: skip


def row(number, name, person="", mail="", *, time="-", most="100.00", may="Yes"):
    """Return the line of somebody, by the columns that tell people apart."""
    return [f"Participant {number}", name, person, mail, "", "", most, may, time, ""]


def sheet(path, *rows, header=HEADER, quoting=csv.QUOTE_MINIMAL, mark=""):
    """Write a worksheet, and return where."""
    text = io.StringIO()
    csv.writer(text, quoting=quoting).writerows([header, *rows])
    path.write_text(mark + text.getvalue(), "utf-8", newline="")
    return path


def packed(*entries, compression=zipfile.ZIP_DEFLATED):
    """Return a zip of entries: pairs of a name, or a `ZipInfo`, and content, or dicts of them."""
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", compression) as archive:
        # of a name that is there twice
        warnings.simplefilter("ignore")
        for entry in entries:
            for name, data in entry.items() if isinstance(entry, dict) else [entry]:
                archive.writestr(name, data)
    return buffer.getvalue()


def entry(name, mode):
    """Return the head of an entry of a kind, such as a link."""
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return info
