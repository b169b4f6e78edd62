"""What IPython sends, as a kernel would pack it: plain values, whatever was displayed."""

from __future__ import annotations

import json
import re
from typing import Any

from jupyter_client.jsonutil import json_clean, json_default

# what a notebook keeps as it is; everything else in a bundle is text there
JSON = re.compile(r"application/(?:.*\+)?json")


def as_kernel(content: dict[str, Any]) -> dict[str, Any]:
    """Return a message's content as it comes out of a kernel's connection.

    Pictures become base64, numbers of NumPy numbers, times text. What a kernel cannot send raises
    an error in the learner's own cell, as in a kernel.

    Examples
    --------
    >>> as_kernel({"data": {"image/png": b"a", "text/plain": 3, "application/json": {"a": 1e999}}})
    {'data': {'image/png': 'YQ==', 'text/plain': '3', 'application/json': {'a': 'inf'}}}
    >>> as_kernel({"wait": 1})
    {'wait': True}
    """
    try:
        packed = json.dumps(content, default=json_default, allow_nan=False)
    except (TypeError, ValueError):
        packed = json.dumps(json_clean(content), default=json_default, allow_nan=False)
    plain: dict[str, Any] = json.loads(packed)
    if isinstance(plain.get("data"), dict):
        plain["data"] = _bundle(plain["data"])
    if "wait" in plain:
        plain["wait"] = bool(plain["wait"])
    transient = plain.get("transient")
    if isinstance(transient, dict) and transient.get("display_id") is not None:
        transient["display_id"] = str(transient["display_id"])
    return plain


def _bundle(data: dict[str, Any]) -> dict[str, Any]:
    return {
        kind: value if JSON.fullmatch(kind) else _text(value)
        for kind, value in data.items()
        if value is not None
    }


def _text(value: Any) -> str:
    if isinstance(value, list) and all(isinstance(one, str) for one in value):
        return "".join(value)
    return value if isinstance(value, str) else json.dumps(value)
