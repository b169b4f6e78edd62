"""Where the course's content lies: in a checkout, or inside the installed package."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

CourseRoot: TypeAlias = Path
"""The folder of a course: it holds ``_toc.yml``, ``book/``, ``modules/`` and ``exercises/``."""


def content_root() -> Path:
    """Return the folder that holds ``modules/`` and ``book/``.

    An installed wheel carries the content; an editable install reads the checkout it came from.

    Raises
    ------
    FileNotFoundError
        If neither place has the course.

    Examples
    --------
    >>> (content_root() / "modules" / "protection" / "scenario.yaml").name
    'scenario.yaml'
    """
    package = Path(__file__).resolve().parents[1]
    for root in (package / "content", package.parents[1]):
        if (root / "modules").is_dir():
            return root
    raise FileNotFoundError(
        f"The course's content is missing: expected {package / 'content' / 'modules'}. "
        "Install fourps again."
    )


def find(reference: str, name: str, beside: Path) -> Path:
    """Find a scenario or quiz from what a cell or directive calls it.

    Parameters
    ----------
    reference
        A module of the course (``"protection"``), a further quiz of a module
        (``"foundations/sorting"``), a story of the book (``"try"``), one of the tests
        (``"before"``) or the path of a YAML file.
    name
        The file's name within a module, such as ``scenario.yaml``.
    beside
        The folder that relative paths start from.

    Raises
    ------
    FileNotFoundError
        If there is none; the message lists the modules.

    Examples
    --------
    >>> find("protection", "quiz.yaml", Path()).parent.name
    'protection'
    """
    if reference.endswith((".yaml", ".yml")):
        path = beside / reference
        if path.is_file():
            return path
        raise FileNotFoundError(f"There is no file {path}.")
    root = content_root()
    modules = root / "modules"
    for path in (
        modules / reference / name,
        modules / f"{reference}.yaml",
        root / "book" / reference / name,
        root / "book" / "forms" / f"{reference}.yaml",
    ):
        if path.is_file():
            return path
    known = ", ".join(sorted(folder.parent.name for folder in modules.glob(f"*/{name}")))
    raise FileNotFoundError(f"No module '{reference}' has a {name}. Modules that have: {known}.")


def course_here() -> Path:
    """Return the folder of the course that a command means: the one here, or the installed one."""
    return Path() if Path("_toc.yml").is_file() else content_root()
