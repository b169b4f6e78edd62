"""What a platform exports: the rows of a table or the objects of a JSON file, and whose each is."""

from __future__ import annotations

import codecs
import csv
import io
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from nbseal.base.errors import UserError
from nbseal.base.from_outside import several, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

TABLES, OBJECTS = (".csv", ".tsv"), (".json", ".jsonl")
_LARGEST = 500_000_000
# lists and objects in one another: what platforms export has fewer than ten
_DEEPEST = 100
_DELIMITERS = (",", ";", "\t")
# how platforms call whose a row is, in letters and digits alone
_PERSON = {
    *("username", "login", "user", "userid", "idnumber", "email", "emailaddress", "mail"),
    *("student", "studentid", "learner", "learnerid"),
    # Moodle in French
    *("nomdutilisateur", "numérodidentification", "adressedecourriel", "adresseemail"),
}
_NOBODY = (
    "no column says whose a row is, such as username, idnumber, email, login or user_id; there "
    "are: {}. Export it with such a column, or name it: --id-column NAME."
)

_LENGTH = "{} fields, but {} in the header: export it again, with quotes around fields"


class ExportError(UserError):
    """An export of which nothing can be read; the message names the place."""


class Row(NamedTuple):
    """A row of a table, or an object that says whose it is."""

    where: str
    """The file, and the line or the number of the object."""
    person: str
    """What the platform calls its learner; empty if it does not say."""
    text: str
    """All that stands in it, on lines."""
    trouble: str = ""
    """Why it cannot be read."""


def is_export(path: Path) -> bool:
    """Say whether something is a file that is called as exports are.

    Examples
    --------
    >>> from pathlib import Path
    >>> is_export(Path("nowhere.csv")), is_export(Path(__file__))
    (False, False)
    """
    return path.suffix.lower() in (*TABLES, *OBJECTS) and path.is_file()


def rows(path: Path, column: str = "") -> list[Row]:
    """Read an export: CSV with commas, semicolons or tabs, JSON, or JSON on each line.

    Parameters
    ----------
    path
        The file, from a platform.
    column
        What the column or key is called that says whose a row is, if that is not plain.

    Raises
    ------
    ExportError
        If it is no such file, or does not say whose its rows are.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> file = Path(tempfile.mkdtemp()) / "export.json"
    >>> _ = file.write_text('{"results": [{"user_id": 7, "state": {"location": "3"}}]}')
    >>> rows(file)
    [Row(where='export.json, object 1', person='7', text='7\\n3', trouble='')]
    """
    name = shown(path.name)
    if path.stat().st_size > _LARGEST:
        raise ExportError(f"{name}: over 500 MB; export fewer columns, or one course at a time.")
    text = _decoded(path.read_bytes(), name)
    read = _of_table if path.suffix.lower() in TABLES else _of_json
    return [*read(text, name, column)]


def _decoded(data: bytes, name: str) -> str:
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExportError(f"{name}: it is not UTF-8; export or save it as UTF-8.") from error
    if "\0" in text:
        raise ExportError(f"{name}: it is no text; export it as CSV or JSON.")
    return text


def _of_table(text: str, name: str, column: str) -> Iterator[Row]:
    try:
        table = _table(text, name)
    except ExportError:
        # PHP, in which platforms are written, leaves a quote behind a backslash as it is
        table = _table(text, name, escapechar="\\")
    if not table:
        raise ExportError(f"{name}: it is empty.")
    (first, header), *others = table
    places = _person(header, column, f"{name}:{first}")
    if not places:
        raise ExportError(f"{name}:{first}: {_NOBODY.format(several(map(shown, header)))}")
    for line, fields in others:
        where = f"{name}:{line}"
        if len(fields) != len(header):
            yield Row(where, "", "", _LENGTH.format(len(fields), len(header)))
        else:
            yield Row(where, fields[places[0]].strip(), "\n".join(fields))


def _table(text: str, name: str, escapechar: str | None = None) -> list[tuple[int, list[str]]]:
    """Return the rows of a table that have anything in them, each with its line."""
    first = re.sub(r'"(?:[^"]|"")*"', "", text.split("\n", 1)[0])
    mark = max(_DELIMITERS, key=first.count)
    lines = io.StringIO(text, newline="")
    reader = csv.reader(lines, delimiter=mark, escapechar=escapechar, strict=True)
    # what other activities keep may be long
    before, table, line = csv.field_size_limit(_LARGEST), [], 1
    try:
        for fields in reader:
            table += [(line, fields)] if fields else []
            line = reader.line_num + 1
    except csv.Error as error:
        raise ExportError(
            f"{name}:{line}: a quote is not closed, or stands inside a field; export it again."
        ) from error
    finally:
        csv.field_size_limit(before)
    return table


def _of_json(text: str, name: str, column: str) -> Iterator[Row]:
    objects = _Objects(name, column)
    try:
        for line, document in _documents(text, name):
            objects.line = line
            objects.add(document)
    except RecursionError as error:
        raise ExportError(f"{name}: it is nested too deeply; export it again.") from error
    if not any(row.person for row in objects.found):
        raise ExportError(f"{name}: {_NOBODY.format('none of that name')}")
    return iter(objects.found)


def _documents(text: str, name: str) -> Iterator[tuple[int, Any]]:
    """Yield the one document, or that of each line with its number."""
    lines: list[str] = []
    try:
        yield 0, json.loads(text)
    except ValueError:
        # other ends of lines may stand within a text
        lines += text.split("\n")
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except ValueError as error:
                raise ExportError(
                    f"{name}:{number}: neither this line nor the file is JSON; export it again."
                ) from error


@dataclass
class _Objects:
    """The innermost objects of JSON that say whose they are."""

    name: str
    column: str
    line: int = 0
    found: list[Row] = field(default_factory=list)

    def add(self, document: Any) -> None:
        if nobodys := self._walk(document):
            self.found.append(Row(self._where(), "", "\n".join(nobodys)))

    def _walk(self, node: Any, depth: int = 0) -> list[str]:
        """Add those of a part, and return the texts that stand in none."""
        if depth > _DEEPEST:
            # as Python does, at a depth that differs between its versions
            raise RecursionError
        if not isinstance(node, dict | list):
            return [] if node is None or isinstance(node, bool) else [str(node)]
        below = node.values() if isinstance(node, dict) else node
        texts = [text for one in below for text in self._walk(one, depth + 1)]
        whole = node if isinstance(node, dict) else {}
        keys = [key for key, one in whole.items() if isinstance(one, str | int) and one != ""]
        for at in _person(keys, self.column, self._where()):
            self.found.append(Row(self._where(), str(whole[keys[at]]).strip(), "\n".join(texts)))
            return []
        return texts

    def _where(self) -> str:
        if self.line:
            return f"{self.name}:{self.line}"
        return f"{self.name}, object {len(self.found) + 1}"


def _person(names: Sequence[str], column: str, where: str) -> list[int]:
    """Return at which of several names it stands whose something is, if at any."""
    wanted = {_plain(column)} if column else _PERSON
    at = [place for place, name in enumerate(names) if _plain(name) in wanted]
    if len(at) > 1:
        called = several(shown(names[place]) for place in at)
        raise ExportError(
            f"{where}: several columns say whose a row is: {called}. Say which one is to be used, "
            "the one that learners hand in under if there is one: --id-column NAME."
        )
    return at


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())
