"""``fourps learn``, ``fourps validate`` and ``fourps submit``: the course at home."""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fourps.cli.printing import counted, errors, fail, out, writing
from fourps.course.error import FourpsError
from fourps.course.files import content_root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fourps.learn.folder import Change
    from fourps.learn.validate import Result

_DONE = {
    "new": "written",
    "updated": "updated",
    "beside": "put beside files that you changed",
    "same": "left as they are",
}


def learn(
    folder: Annotated[
        Path, typer.Argument(metavar="DIR", help="Where the notebooks are, or will be.")
    ] = Path("four-ps"),
    options: Annotated[
        list[str] | None,
        typer.Argument(metavar="OPTION", help="Options for JupyterLab, after two hyphens."),
    ] = None,
    *,
    no_open: Annotated[
        bool, typer.Option("--no-open", help="Make the folder, and do not start JupyterLab.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Only say what is missing on this machine.")
    ] = False,
) -> None:
    """Make a folder of notebooks and open it. Your own work is never overwritten.

    Example: fourps learn my-course
    """
    from fourps.learn.jupyter import check as look

    if str(folder).startswith("-"):
        raise fail("Name the folder before the options: fourps learn four-ps -- --no-browser")
    findings = look(folder)
    missing = [finding for finding in findings if finding.mend]
    for finding in findings if check else missing:
        text = f"{finding.what}: {finding.mend}" if finding.mend else f"{finding.what}: ok"
        (errors if finding.mend else out).print(text, markup=False, highlight=False)
    if missing:
        raise fail(f"{len(missing)} missing.")
    if check:
        out.print("Nothing is missing.")
        return
    welcome = _make(folder)
    if no_open:
        return
    _open(folder, welcome, options or [])


def _make(folder: Path) -> str:
    """Bring the folder to the installed release; return the path of its first notebook."""
    from fourps.course.version import version
    from fourps.learn.folder import update
    from fourps.learn.notebooks import notebooks
    from fourps.learn.references import References

    with errors.status("Writing the notebooks ..."):
        made = list(notebooks(References(content_root())))
        with writing(folder):
            changes = update(folder, made, version())
    _tell(folder, changes)
    return made[0][0]


def _tell(folder: Path, changes: Sequence[Change]) -> None:
    counts: Counter[str] = Counter(change.what for change in changes)
    summary = ", ".join(f"{counts[what]} {words}" for what, words in _DONE.items() if counts[what])
    out.print(f"{folder}: {summary}.", markup=False, highlight=False)
    for change in changes:
        if change.what == "beside":
            out.print(f"  {folder / change.path}", markup=False, highlight=False)


def _open(folder: Path, page: str, options: Sequence[str]) -> None:
    from fourps.learn.jupyter import command, environment

    out.print("Starting JupyterLab. Stop it with Ctrl+C, twice.", highlight=False)
    # it shares this terminal, so Ctrl+C reaches it; it asks before it ends
    with subprocess.Popen(  # noqa: S603 - our own command; no shell
        command(folder, page, options), env=environment(os.environ)
    ) as process:
        while True:
            try:
                code = process.wait()
                break
            except KeyboardInterrupt:
                continue
    if code > 0:
        raise typer.Exit(code)


def validate(
    notebooks: Annotated[
        list[Path], typer.Argument(metavar="NOTEBOOK...", help="Exercises to check.")
    ],
    *,
    seconds: Annotated[int, typer.Option(min=1, help="How long one cell may take.")] = 60,
) -> None:
    """Run the checks that an exercise shows, as often as you like. Nothing is changed.

    Example: fourps validate four-ps/modules/protection/exercise.ipynb
    """
    passed = True
    for path in notebooks:
        try:
            passed &= _validate(path, seconds)
        except FourpsError as error:
            passed = False
            fail(error)
    if not passed:
        raise typer.Exit(1)


def _validate(path: Path, seconds: int) -> bool:
    from fourps.learn.validate import validate as run

    with errors.status(f"Running {path.name} ...") as status:
        validation = run(
            path,
            seconds,
            lambda number, count: status.update(f"Running code cell {number} of {count} ..."),
        )
    name = f"Exercise {validation.release.exercise}, release {validation.release.release}"
    out.print(f"{path}: {name}", markup=False, highlight=False)
    for result in validation.results:
        _tell_result(result)
    for error in (*validation.remarks, *validation.errors):
        out.print(error, markup=False, highlight=False)
    checks = [
        result for result in validation.results if result.status not in ("written", "to write")
    ]
    done = sum(result.status == "passed" for result in checks)
    out.print(
        f"{done} of {len(checks)} checks passed. The grader runs more checks than are shown here, "
        "so this is no mark.",
        highlight=False,
    )
    return validation.passed


def _tell_result(result: Result) -> None:
    what = {"written": "written; a person marks it", "to write": "still to write"}
    text = what.get(result.status, result.status)
    if result.status == "partly":
        text = f"partly, {result.earned:g} of {result.points:g} points"
    out.print(f"  {result.name}: {text}", markup=False, highlight=False)
    for line in result.message.splitlines():
        out.print(f"      {line}", markup=False, highlight=False)


def submit(
    notebook: Annotated[Path, typer.Argument(help="The exercise that you hand in.")],
    *,
    record: Annotated[
        list[str] | None,
        typer.Option(help="A decision or quiz record that you choose to give; may be repeated."),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--out", help="The file; by default named after the exercise.")
    ] = None,
    name: Annotated[
        str | None, typer.Option(help="The id that your facilitator gave you; not your name.")
    ] = None,
) -> None:
    """Pack a hand-in file for your facilitator. Nothing is sent anywhere.

    Example: fourps submit four-ps/modules/protection/exercise.ipynb --name kettover-07
    """
    from fourps.handin.handin_file import is_learner
    from fourps.handin.ids import pseudonym
    from fourps.learn.submit import may_replace, pack
    from fourps.whole_files import write_whole

    if name is not None and not is_learner(name):
        raise fail("--name: use up to 64 letters, digits, dots, hyphens and underscores.")
    learner = name or pseudonym()
    packed = pack(notebook, learner, record or [], content_root())
    manifest = packed.handin.manifest
    path = output or Path(f"{manifest.exercise}-{learner}.zip")
    if not may_replace(path):
        raise fail(f"{path} is there already and is no hand-in file. Name another: --out FILE.zip")
    with writing(path):
        write_whole(path, packed.data)
    for remark in packed.remarks:
        errors.print(remark, markup=False, highlight=False)
    records = counted(len(manifest.records), "record")
    out.print(
        f"Packed {path} ({len(packed.data) / 1000:.0f} KB): exercise {manifest.exercise}, "
        f"release {manifest.release}, {records}. Give this file to your facilitator.",
        markup=False,
        highlight=False,
    )
    if name is None:
        out.print(
            f"You are {learner} in it. Keep this id, and use it next time: --name {learner}",
            markup=False,
            highlight=False,
        )
