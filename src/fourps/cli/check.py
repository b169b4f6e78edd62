"""``fourps check``."""

from __future__ import annotations

from fourps.cli.printing import Folder, course, errors, fail, out


def check(folder: Folder = None) -> None:
    """Check every scenario, quiz, page, exercise and citation. Example: fourps check ."""
    from fourps.check import check as find

    report = find(course(folder))
    for fact in report.facts:
        out.print(fact, markup=False, highlight=False)
    for warning in report.warnings:
        errors.print(f"{warning} (a warning)", markup=False, highlight=False)
    for problem in report.problems:
        errors.print(str(problem), markup=False, highlight=False)
    if report.problems:
        raise fail(f"{len(report.problems)} to mend.")
    out.print("Nothing to mend.")
