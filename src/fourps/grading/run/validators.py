"""nbgrader's check of metadata, which compiles its schema again for each cell."""

from __future__ import annotations

import contextlib
import json
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import jsonschema
from nbgrader.nbgraderformat import common

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def validators_kept() -> Iterator[None]:
    """Have nbgrader compile its schema for metadata once, and not for each cell."""
    known: dict[str, Any] = {}

    def validate(instance: Any, schema: Any) -> None:
        key = json.dumps(schema)
        if key not in known:
            kind = jsonschema.validators.validator_for(schema)
            kind.check_schema(schema)
            known[key] = kind(schema)
        error = jsonschema.exceptions.best_match(known[key].iter_errors(instance))
        if error is not None:
            raise error

    before = common.jsonschema
    common.jsonschema = SimpleNamespace(validate=validate)
    try:
        yield
    finally:
        common.jsonschema = before
