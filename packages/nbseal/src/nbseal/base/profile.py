"""The profile of a course: its words, its hand-in files, and what its checks need."""

from __future__ import annotations

import functools
import importlib
import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nbseal.base.about import AboutAssignment, Standing
from nbseal.base.errors import UserError
from nbseal.base.handins import Handins
from nbseal.base.words import WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from nbseal.base.rubric import Rubric

_VARIABLE = "NBSEAL_PROFILE"
_CODE = re.compile(r"[A-Za-z]{2,3}([-_][A-Za-z]{2,4})?")


@dataclass(frozen=True)
class Profile:
    """What the grader must know of a course. By itself it knows of none.

    Examples
    --------
    >>> Profile(key="atlas").language_of({"metadata": {"atlas_language": "fr"}})
    'fr'
    """

    command: str = "nbseal"
    """What people type before ``run`` or ``collect``: messages say it."""
    key: str = "nbseal"
    """Of what stands in a notebook's metadata."""
    version: str = ""
    """Of the course, where its notebooks say with which they were made."""
    preload: tuple[str, ...] = ("numpy", "pandas", "matplotlib.pyplot")
    """Modules that are loaded once, before the first notebook."""
    guarded: tuple[str, ...] = ()
    """Packages that checks call: whoever changes them earns nothing."""
    roots: tuple[Path, ...] = ()
    """Folders from which notebooks and checks import the course's own packages."""
    shown: tuple[Path, ...] = ()
    """Places that notebooks may read besides Python's own."""
    hidden: tuple[Path, ...] = ()
    """Places that no notebook may see, but for what of them is shown."""
    language_variable: str = "NBSEAL_LANGUAGE"
    """In the environment of a check: the language in which it speaks."""
    hint: str = "Hint: "
    """How a line begins that a check prints for learners."""
    folder: Path = Path()
    """nbgrader's folder, where a command names none and there is none here."""
    release: str = "nbgrader generate_assignment, in {course}"
    """How an exercise is released; {course} is nbgrader's folder."""
    due: str = 'nbgrader db assignment add {assignment} --duedate "2026-12-01 17:00 UTC"'
    """How a due date is set."""
    part: Callable[[Any], float | None] = lambda _: None
    """The points of a part that counts by itself, from the marks; None if there is none."""
    part_name: str = ""
    """Of its column."""
    outdated: str = "Certificates from before these marks: {}. Look whether they still hold."
    """What is said of certificates when marks change; {} has their files."""
    advice: str = "docs/sealing.md of nbseal"
    """Says what to do where a machine cannot grade."""
    certificates: Callable[[Path, Collection[str]], Iterable[Path]] = lambda _, __: ()
    """Files in nbgrader's folder that certify what some learners did."""
    feedback_steps: tuple[str, ...] = ()
    """Preprocessors of feedback, by name, after hidden tests are out of it."""
    about: Callable[[str, str], AboutAssignment] = lambda _, __: AboutAssignment()
    """What learners are told of an assignment, by its name, in a language."""
    standing: Callable[[Any, str], Standing] = lambda _, __: Standing()
    """What somebody's points mean, from the marks, in a language."""
    rubric: Callable[[Path, str, str, str], Rubric | None] = lambda *_: None
    """How a written task is marked, from nbgrader's folder, an assignment, a graded cell and a
    language; None if by points alone."""
    handins: Handins = field(default_factory=Handins)
    """Reads the course's hand-in files."""
    words: Callable[[str], Mapping[str, str]] = lambda _: WORDS
    """What feedback and the page for marking say, by key, in a language; sentences of
    `nbseal.reasons` may be among it."""

    def language_of(self, notebook: Any) -> str:
        """Return the language that a notebook says it is in; English if it says nothing of use.

        Examples
        --------
        >>> Profile().language_of({"metadata": {"nbseal_language": "../fr"}})
        'en'
        """
        said = notebook["metadata"].get(self.language_key)
        return said if isinstance(said, str) and _CODE.fullmatch(said) else "en"

    @property
    def language_key(self) -> str:
        """Where a notebook's metadata say its language."""
        return f"{self.key}_language"


PLAIN = Profile()
"""Of a course that says nothing."""


def use(name: str) -> None:
    """Grade with a course's profile from now on, also in processes that are started.

    Parameters
    ----------
    name
        The module and the function that returns the profile, such as ``atlas.grading:profile``.
    """
    os.environ[_VARIABLE] = name


def profile() -> Profile:
    """Return the profile of the course that is graded.

    Examples
    --------
    >>> isinstance(profile(), Profile)
    True
    """
    return _load(os.environ.get(_VARIABLE, ""))


def typed(words: str) -> str:
    """Return a command of the grader as people type it.

    Examples
    --------
    >>> typed("run ps1").endswith(" run ps1")
    True
    """
    return f"{profile().command} {words}"


@functools.cache
def _load(name: str) -> Profile:
    if not name:
        return PLAIN
    module, _, function = name.partition(":")
    try:
        course: Profile = getattr(importlib.import_module(module), function)()
    # it is a program, and may stop with anything
    except Exception as error:
        raise UserError(
            f"The course's profile {name} cannot be loaded: {error}. Look at the line with use(...)"
            " in nbgrader_config.py, and install what it names."
        ) from error
    return course
