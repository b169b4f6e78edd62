"""Read YAML so that every complaint can name the file, the line and the field."""

from __future__ import annotations

import contextlib
import difflib
import types
import typing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, Self, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from yaml.constructor import SafeConstructor

from fourps.course.problem import BrokenSourceError, Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

Loc = tuple[str | int, ...]
Model = TypeVar("Model", bound="Strict")
# never a number alone: JavaScript moves such keys to the front of an object
Identifier = Annotated[str, Field(pattern=r"^([a-z0-9]*[a-z][a-z0-9]*|[a-z0-9]+(-[a-z0-9]+)+)$")]
Text = Annotated[str, Field(min_length=1)]


_AS_LIST = BeforeValidator(lambda value: [value] if isinstance(value, str) else value)
# of what is the course's own advice there are none: the field is left out
Sources = Annotated[list[Text], _AS_LIST, Field(min_length=1)]
# of `book/rules.yaml`, where a reason states one
Rules = Annotated[list[Identifier], _AS_LIST, Field(min_length=1)]


class Strict(BaseModel):
    """A model that knows exactly its own fields and never coerces."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Silencing(Strict):
    """A model whose author may silence findings by name where they stand."""

    silence: list[str] = []


def read_text(path: Path) -> str:
    """Return the text of a file; BrokenSourceError says why it cannot be read."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        message = f"cannot be read as UTF-8 text: {error}"
        raise BrokenSourceError(Problem(path, 1, "unreadable", "", message)) from error


@dataclass(frozen=True)
class Source:
    """A parsed YAML file that remembers its lines."""

    path: Path
    """The file."""
    data: Any
    """Its content as plain Python values."""
    lines: dict[Loc, int]
    """For each location (a tuple of keys and indices) the 1-based line on which it starts."""

    @classmethod
    def read(cls, path: Path) -> Self:
        """Parse a YAML file into its content and lines.

        Parameters
        ----------
        path
            A UTF-8 file.

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
        text = read_text(path)
        try:
            root = _compose(text)
        except yaml.YAMLError as error:
            raise BrokenSourceError(_syntax(path, text, error)) from error
        lines: dict[Loc, int] = {(): 1}
        return cls(path, _Reader(path, lines).plain(root, ()), lines)

    @classmethod
    def load(
        cls,
        path: Path,
        model: type[Model],
        loose_ends: Callable[[Model], Iterable[tuple[Loc, str]]] = lambda _model: (),
    ) -> tuple[Model, Self]:
        """Return the model of a file whose names fit together, and the source that knows its lines.

        Parameters
        ----------
        path
            A YAML file.
        model
            A pydantic model class.
        loose_ends
            Yields where a name refers to nothing, and what to do.

        Raises
        ------
        BrokenSourceError
            With file, line and field of each thing that does not fit.
        """
        source = cls.read(path)
        loaded = source.validate(model)
        problems = [
            Problem(path, source.line(loc), "reference", ".".join(map(str, loc)), message)
            for loc, message in loose_ends(loaded)
        ]
        if problems:
            raise BrokenSourceError(*problems)
        return loaded, source

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

        Raises
        ------
        BrokenSourceError
            With one problem for each thing that does not fit.
        """
        try:
            return model.model_validate(self.data)
        except ValidationError as error:
            problems: dict[Loc, Problem] = {}
            for detail in error.errors():
                loc = self._place(detail["loc"])
                # a value that fits none of several types is one complaint
                problems.setdefault(loc, self._explain(model, detail, loc))
            raise BrokenSourceError(*problems.values()) from error

    def _place(self, loc: Loc) -> Loc:
        """Return where in the file a complaint stands.

        Pydantic's location also names the member of a union, which is nowhere in the file.
        """
        data, place = self.data, []
        for index, part in enumerate(loc):
            keys = (
                data
                if isinstance(data, dict)
                else range(len(data))
                if isinstance(data, list)
                else ()
            )
            key = next((known for known in keys if known == part or str(known) == str(part)), None)
            if key is not None:
                place.append(key)
                data = data[key]
            elif index == len(loc) - 1 and isinstance(data, dict) and part != "[key]":
                place.append(part)
        return tuple(place)

    def _explain(self, model: type[BaseModel], detail: Any, loc: Loc) -> Problem:
        where = ".".join(str(part) for part in loc)
        kind = detail["type"]
        if kind == "extra_forbidden":
            known = sorted(_fields(model, detail["loc"][:-1]))
            near = difflib.get_close_matches(str(loc[-1]), known, n=1)
            hint = f"; did you mean '{near[0]}'?" if near else "."
            message = f"unknown key{hint} Expected one of: {', '.join(known)}"
        elif kind == "missing":
            message = "this key is missing"
        elif kind == "string_type":
            message = f"expected text, found {detail['input']!r}; put it in quotes if it is a name"
        elif kind == "string_pattern_mismatch":
            message = (
                "expected an id of lower-case words joined by hyphens, with a letter, "
                f"found {detail['input']!r}"
            )
        else:
            message = detail["msg"].removeprefix("Value error, ")
        return Problem(self.path, self.line(loc), "shape", where, message)


def _compose(text: str) -> yaml.Node | None:
    if yaml.__with_libyaml__:
        # in C, fifteen times as fast; the other one says better what it expected
        with contextlib.suppress(yaml.YAMLError):
            return yaml.compose(text, Loader=yaml.CSafeLoader)
    return yaml.compose(text, Loader=yaml.SafeLoader)


def _syntax(path: Path, text: str, error: Exception, line: int = 1) -> Problem:
    """Say what is wrong with the YAML itself, in one line."""
    mark = getattr(error, "problem_mark", None)
    if mark:
        line = mark.line + 1
    elif isinstance(error, yaml.reader.ReaderError):
        line = text.count("\n", 0, error.position) + 1
    what = getattr(error, "problem", None) or getattr(error, "reason", None) or error
    message = f"not valid YAML: {' '.join(str(what).split())}"
    return Problem(
        path, line, "syntax", "", f"{message}; check the indentation, colons and quotes here"
    )


class _Reader:
    """Turns YAML's nodes into plain values and notes their lines."""

    def __init__(self, path: Path, lines: dict[Loc, int]) -> None:
        self.path = path
        self.lines = lines
        self.inside: list[yaml.Node] = []
        self.constructor = SafeConstructor()

    def plain(self, node: yaml.Node | None, loc: Loc) -> Any:
        if node is None:
            return None
        if isinstance(node, yaml.ScalarNode):
            return self.scalar(node)
        if any(node is outer for outer in self.inside):
            raise self.refuse(node, "a value that holds itself")
        self.inside.append(node)
        if isinstance(node, yaml.MappingNode):
            result: Any = self.mapping(node, loc)
        else:
            for index, item in enumerate(node.value):
                self.lines[(*loc, index)] = item.start_mark.line + 1
            result = [self.plain(item, (*loc, index)) for index, item in enumerate(node.value)]
        self.inside.pop()
        return result

    def mapping(self, node: yaml.MappingNode, loc: Loc) -> dict[Any, Any]:
        result: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                raise self.refuse(key_node, "a list or mapping as a key")
            key, line = self.scalar(key_node), key_node.start_mark.line + 1
            if key in result:
                where = ".".join(str(part) for part in (*loc, key))
                message = "this key stands twice; rename or remove one"
                raise BrokenSourceError(Problem(self.path, line, "syntax", where, message))
            self.lines[(*loc, key)] = line
            result[key] = self.plain(value_node, (*loc, key))
        return result

    def scalar(self, node: yaml.ScalarNode) -> Any:
        try:
            return self.constructor.construct_object(node, deep=True)
        except (yaml.YAMLError, ValueError) as error:
            raise self.refuse(node, getattr(error, "problem", None) or str(error)) from error

    def refuse(self, node: yaml.Node, what: str) -> BrokenSourceError:
        return BrokenSourceError(_syntax(self.path, "", ValueError(what), node.start_mark.line + 1))


def _fields(annotation: Any, loc: Loc) -> set[str]:
    """Return the keys allowed at a location of a model, for an error message."""
    origin, arguments = typing.get_origin(annotation), typing.get_args(annotation)
    if origin in (typing.Union, types.UnionType):
        tagged = [argument for argument in arguments if loc and loc[0] in _tags(argument)]
        if tagged:
            return _fields(tagged[0], loc[1:])
        return set().union(*(_fields(argument, loc) for argument in arguments))
    if origin is Annotated:
        return _fields(arguments[0], loc)
    if origin in (dict, list):
        return _fields(arguments[-1], loc[1:])
    if not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
        return set()
    if not loc:
        return set(annotation.model_fields)
    field = annotation.model_fields.get(str(loc[0]))
    return _fields(field.annotation, loc[1:]) if field else set()


def _tags(annotation: Any) -> tuple[Any, ...]:
    """Return the kinds by which a union tells this member from the others."""
    fields = getattr(annotation, "model_fields", {})
    return typing.get_args(fields["kind"].annotation) if "kind" in fields else ()


class Remark(NamedTuple):
    """Something to look at."""

    name: str
    """Stable name."""
    loc: Loc
    """Where it stands."""
    message: str
    """What was found and what to do."""


def problems(source: Source, remarks: Iterable[Remark]) -> list[Problem]:
    """Turn remarks into problems in the order of the file, leaving out those that are silenced.

    A mapping that encloses the place and has a list ``silence`` with the remark's name silences it.

    Parameters
    ----------
    source
        The file.
    remarks
        About the file.
    """
    return sorted(
        Problem(source.path, source.line(loc), name, ".".join(map(str, loc)), message)
        for name, loc, message in remarks
        if name not in _silenced(source.data, loc)
    )


def _silenced(data: object, loc: Loc) -> set[str]:
    names: set[str] = set()
    for part in (*loc, None):
        if isinstance(data, dict):
            names.update(data.get("silence") or [])
            data = data.get(part)
        elif isinstance(data, list) and isinstance(part, int):
            data = data[part]
    return names
