"""The base of every error that is told to a person."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, ClassVar, Self

from fourps.course.reason import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping


class FourpsError(Exception):
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
        >>> print(FourpsError("There is no folder x.").reason)
        There is no folder x.
        """
        if self.args and isinstance(self.args[0], Reason):
            return self.args[0]
        return Reason.quoted(str(self))
