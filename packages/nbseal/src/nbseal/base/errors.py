"""Errors that are told to a person, and the reasons that they carry."""

from __future__ import annotations

import errno
import os
import re
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Self

if TYPE_CHECKING:
    from collections.abc import Mapping

Value = str | int
# what may not be written
_CLOSED = {errno.EACCES, errno.EPERM, errno.EROFS}


@dataclass(frozen=True)
class Reason:
    """A key, and what fills its sentence.

    Examples
    --------
    >>> why = Reason.of({"gone": "{path} is gone."}, "gone", path="ada/one.ipynb")
    >>> print(why.without("ada"))
    …/one.ipynb is gone.
    >>> why.of_notebook("ps1").said({"gone": "{path} n'est plus là."})
    "ps1: ada/one.ipynb n'est plus là."
    """

    key: str
    """Under which a catalogue has the sentence in other languages."""
    values: tuple[tuple[str, Value], ...] = ()
    """Names and values; the order of the names means nothing."""
    text: str = field(default="", compare=False, repr=False)
    """The sentence in English, with its places open."""
    notebook: str = ""
    """Of which of several notebooks it is said; empty where there is one."""

    @classmethod
    def of(cls, texts: Mapping[str, str], key: str, /, **values: object) -> Self:
        """Return a reason whose sentence stands in a table."""
        kept = {name: one if isinstance(one, int) else str(one) for name, one in values.items()}
        return cls(key, tuple(sorted(kept.items())), texts[key])

    @classmethod
    def quoted(cls, sentence: str) -> Self:
        """Return what somebody else said, which every reader prints as it stands."""
        return cls.of({"said": "{text}"}, "said", text=sentence)

    def __str__(self) -> str:
        return self.said({})

    def said(self, texts: Mapping[str, str]) -> str:
        """Return the sentence in the language of `texts`; in English, if they have none for it."""
        sentence = texts.get(self.key, self.text).format(**dict(self.values))
        return f"{self.notebook}: {sentence}" if self.notebook else sentence

    def of_notebook(self, name: str) -> Self:
        """Return the same, said of one of several notebooks."""
        return replace(self, notebook=name)

    def without(self, learner: str) -> Self:
        """Return the same without an id, which may stand in a path."""
        word = rf"(?<!\w){re.escape(learner)}(?!\w)"
        cleared = (
            (name, re.sub(word, "…", value) if isinstance(value, str) else value)
            for name, value in self.values
        )
        return replace(self, values=tuple(cleared))


class UserError(Exception):
    """What a command prints when it cannot go on, and nothing else of it.

    The message says what is wrong, where, what was expected, and what to do. It is a sentence, or
    a `Reason` where a report says it too, in its own language.
    """

    texts: ClassVar[Mapping[str, str]] = MappingProxyType({})
    """The sentences of such reasons."""

    @classmethod
    def of(cls, key: str, **values: object) -> Self:
        """Return the error that says one of the class's own texts."""
        return cls(Reason.of(cls.texts, key, **values))

    @property
    def reason(self) -> Reason:
        """The message as a fact.

        Examples
        --------
        >>> print(UserError("There is no folder x.").reason)
        There is no folder x.
        """
        if self.args and isinstance(self.args[0], Reason):
            return self.args[0]
        return Reason.quoted(str(self))


class RefusedError(UserError, ValueError):
    """Something that cannot be used; the message says which and why."""

    noted = "refused"
    """The key in `nbseal.reasons` of what is kept of whoever handed it in. Messages are not
    kept: they hold names that learners gave."""

    def __init__(self, message: str | Reason, *, noted: str = "") -> None:
        super().__init__(message)
        self.noted = noted or self.noted


def closed(error: BaseException) -> Path | None:
    """Return the folder that may not be written, if that is what an error comes from.

    Parameters
    ----------
    error
        Whatever was raised. What names no file, or one that may not be read, is something else.

    Examples
    --------
    >>> closed(OSError(errno.ENOSPC, "No space left on device", "report.csv"))
    """
    if not (isinstance(error, OSError) and error.errno in _CLOSED):
        return None
    # of a renaming both names may be meant
    for path in (Path(os.fsdecode(name)) for name in (error.filename, error.filename2) if name):
        # exists() of a path raises where one may not look
        if os.path.exists(path) and not os.access(path, os.R_OK):  # noqa: PTH110
            continue
        # what has no folder above it stands for itself
        folder = next((one for one in path.parents if os.path.exists(one)), path)  # noqa: PTH110
        if not os.access(folder, os.W_OK):
            return folder
    return None


def refusal(error: OSError, place: Path | None = None) -> str:
    """Say in a sentence what a system refused.

    Parameters
    ----------
    error
        What was raised. One without a number is our own, and says all.
    place
        What was to be written, where the system may name a part of it.

    Examples
    --------
    >>> refusal(FileNotFoundError(errno.ENOENT, "No such file or directory", "learners.csv"))
    'learners.csv: No such file or directory.'
    """
    if isinstance(error, shutil.Error) and error.args and isinstance(error.args[0], list):
        # one for each file of a folder
        _, place, why = error.args[0][0]
        return f"{place} cannot be written: {why}"
    if not error.errno:
        return str(error)
    if folder := closed(error):
        return (
            f"The folder {folder.absolute()} cannot be written: {error.strerror}. Make it writable "
            "for yourself, then do it again."
        )
    if place:
        return f"{place} cannot be written: {error.strerror}."
    return f"{error.filename}: {error.strerror}." if error.filename else f"{error.strerror}."
