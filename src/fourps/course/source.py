"""Read YAML so that every complaint can name the file, the line and the field."""

from __future__ import annotations

import difflib
import types
import typing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Self, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from fourps.course.problem import BrokenSourceError, Problem

if TYPE_CHECKING:
    from pathlib import Path

Loc = tuple[str | int, ...]
Model = TypeVar("Model", bound="Strict")
Identifier = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
Text = Annotated[str, Field(min_length=1)]


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


Sources = Annotated[list[Text], BeforeValidator(_as_list), Field(min_length=1)]


class Strict(BaseModel):
    """A model that knows exactly its own fields and never coerces."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Silencing(Strict):
    """A model whose author may silence findings by name where they stand."""

    silence: list[str] = []


@dataclass(frozen=True)
class Source:
    """A parsed YAML file that remembers its lines.

    Attributes
    ----------
    path
        The file.
    data
        Its content as plain Python values.
    lines
        For each location (a tuple of keys and indices) the 1-based line on which it starts.
    """

    path: Path
    data: Any
    lines: dict[Loc, int]

    @classmethod
    def read(cls, path: Path) -> Self:
        """Parse a YAML file.

        Parameters
        ----------
        path
            A UTF-8 file.

        Returns
        -------
        Source
            Its content and lines.

        Raises
        ------
        BrokenSourceError
            If the file is missing, is not YAML, or repeats a key.

        Examples
        --------
        >>> import tempfile
        >>> from pathlib import Path
        >>> file = Path(tempfile.mkdtemp()) / "a.yaml"
        >>> _ = file.write_text("one:\\n  two: 2\\n")
        >>> Source.read(file).line(("one", "two"))
        2
        """
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise BrokenSourceError(
                Problem(path, 1, "unreadable", "", f"cannot be read as UTF-8 text: {error}")
            ) from error
        try:
            root = yaml.compose(text, Loader=yaml.SafeLoader)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            what = getattr(error, "problem", None) or str(error)
            line = mark.line + 1 if mark else 1
            hint = f"not valid YAML: {what}; check the indentation, colons and quotes here"
            raise BrokenSourceError(Problem(path, line, "syntax", "", hint)) from error
        lines: dict[Loc, int] = {(): 1}
        return cls(path, _plain(root, (), lines, path), lines)

    def line(self, loc: Loc) -> int:
        """Return the line of a location, or of the nearest one that encloses it."""
        while loc not in self.lines:
            loc = loc[:-1]
        return self.lines[loc]

    def validate(self, model: type[Model]) -> Model:
        """Build a model of the content.

        Parameters
        ----------
        model
            A pydantic model class.

        Returns
        -------
        Strict
            An instance of `model`.

        Raises
        ------
        BrokenSourceError
            With one problem for each thing that does not fit.
        """
        try:
            return model.model_validate(self.data)
        except ValidationError as error:
            raise BrokenSourceError(
                *(self._explain(model, detail) for detail in error.errors())
            ) from error

    def _explain(self, model: type[BaseModel], detail: Any) -> Problem:
        loc: Loc = tuple(part for part in detail["loc"] if part != "[key]")
        where = ".".join(str(part) for part in loc)
        kind = detail["type"]
        if kind == "extra_forbidden":
            known = sorted(_fields(model, loc[:-1]))
            near = difflib.get_close_matches(str(loc[-1]), known, n=1)
            hint = f"; did you mean '{near[0]}'?" if near else ""
            message = f"unknown key{hint} Expected one of: {', '.join(known)}"
        elif kind == "missing":
            message = "this key is missing"
        elif kind == "string_type":
            message = f"expected text, found {detail['input']!r}; put it in quotes if it is a name"
        elif kind == "string_pattern_mismatch":
            message = (
                f"expected an id of lower-case words joined by hyphens, found {detail['input']!r}"
            )
        else:
            message = detail["msg"].removeprefix("Value error, ")
        return Problem(self.path, self.line(loc), "shape", where, message)


def _plain(node: yaml.Node | None, loc: Loc, lines: dict[Loc, int], path: Path) -> Any:
    if isinstance(node, yaml.MappingNode):
        result: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = _scalar(key_node)
            line = key_node.start_mark.line + 1
            if key in result:
                where = ".".join(str(part) for part in (*loc, key))
                raise BrokenSourceError(
                    Problem(
                        path, line, "syntax", where, "this key stands twice; rename or remove one"
                    )
                )
            lines[(*loc, key)] = line
            result[key] = _plain(value_node, (*loc, key), lines, path)
        return result
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            lines[(*loc, index)] = item.start_mark.line + 1
        return [_plain(item, (*loc, i), lines, path) for i, item in enumerate(node.value)]
    return None if node is None else _scalar(node)


def _scalar(node: yaml.Node) -> Any:
    return yaml.SafeLoader("").construct_object(node, deep=True)


def _fields(annotation: Any, loc: Loc) -> set[str]:
    """Return the keys allowed at a location of a model, for an error message."""
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        return set().union(*(_fields(part, loc) for part in typing.get_args(annotation)))
    if typing.get_origin(annotation) is Annotated:
        return _fields(typing.get_args(annotation)[0], loc)
    if typing.get_origin(annotation) in (dict, list):
        return _fields(typing.get_args(annotation)[-1], loc[1:])
    if not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
        return set()
    if not loc:
        return {field.alias or name for name, field in annotation.model_fields.items()}
    for name, field in annotation.model_fields.items():
        if (field.alias or name) == loc[0]:
            return _fields(field.annotation, loc[1:])
    # a discriminated union puts its tag into the location
    return _fields(annotation, loc[1:])
