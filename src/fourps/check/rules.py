"""Whether each rule of the course is taught, practised and assessed where its file says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fourps.course.remark import Remark

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

    from fourps.course.rules import Rules


def check(
    rules: Rules, root: Path, situations: Collection[str], questions: Collection[str]
) -> Iterator[Remark]:
    """Yield each name in a table of rules that leads nowhere.

    Parameters
    ----------
    rules
        The table.
    root
        The course's folder, in which the pages lie.
    situations
        Nodes of all scenarios, each with its module: ``protection/timing``.
    questions
        Of all quizzes and tests, each with its quiz: ``protection-quiz/eighteen``.
    """
    for name, rule in rules.rules.items():
        for field, known in (("taught", ()), ("practised", situations), ("assessed", questions)):
            for number, where in enumerate(getattr(rule, field)):
                is_page = field != "practised" and where.endswith(".md")
                if not ((root / where).is_file() if is_page else where in known):
                    message = f"'{where}' is not there: rename it here, or {_MEND[field]}"
                    yield Remark("broken-rule", ("rules", name, field, number), message)


_MEND = {
    "taught": "write the page that teaches it",
    "practised": "give a scenario a situation in which it is kept or broken",
    "assessed": "ask about it in a quiz, a test or an exercise",
}
