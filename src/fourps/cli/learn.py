"""``fourps learn``, ``fourps validate`` and ``fourps submit``: the course at home."""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from fourps.cli.printing import errors, fail, out, writing
from fourps.course.error import FourpsError
from fourps.course.files import content_root

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fourps.learn.folder import Change
    from fourps.learn.validate import Result

_Said = Annotated[
    str | None,
    typer.Option(help="In which language to speak, such as fr; by default the notebook's."),
]
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
    language: Annotated[
        str | None,
        typer.Option(help="The notebooks' language, such as fr; by default the folder's, or en."),
    ] = None,
) -> None:
    """Make a folder of notebooks and open it. Your own work is never overwritten.

    Example: fourps learn my-course
    """
    from fourps.learn.folder import language_of
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
    chosen = _known(language) if language else language_of(folder)
    welcome = _make(folder, chosen)
    if no_open:
        return
    _open(folder, welcome, options or [], chosen)


def _known(language: str) -> str:
    """Return a language that there are words in, or fail."""
    from fourps.course.language import is_pseudo, tag, without_region
    from fourps.course.words import EXERCISE, languages

    known = languages(EXERCISE)
    if without_region(language) not in known and not is_pseudo(language):
        raise fail(f"--language: there is no {language!r}. Languages: {', '.join(known)}.")
    return tag(language)


def _make(folder: Path, language: str) -> str:
    """Bring the folder to the installed release; return the path of its first notebook."""
    from fourps.course.version import version
    from fourps.learn.folder import update
    from fourps.learn.notebooks import notebooks
    from fourps.learn.references import References

    with errors.status("Writing the notebooks ..."):
        made = list(notebooks(References(content_root(), language)))
        with writing(folder):
            changes = update(folder, made, version(), language)
    _tell(folder, changes)
    return made[0][0]


def _tell(folder: Path, changes: Sequence[Change]) -> None:
    counts: Counter[str] = Counter(change.what for change in changes)
    summary = ", ".join(f"{counts[what]} {words}" for what, words in _DONE.items() if counts[what])
    out.print(f"{folder}: {summary}.", markup=False, highlight=False)
    for change in changes:
        if change.what == "beside":
            out.print(f"  {folder / change.path}", markup=False, highlight=False)


def _open(folder: Path, page: str, options: Sequence[str], language: str) -> None:
    from fourps.learn.jupyter import command, environment

    out.print("Starting JupyterLab. Stop it with Ctrl+C, twice.", highlight=False)
    # it shares this terminal, so Ctrl+C reaches it; it asks before it ends
    with subprocess.Popen(  # noqa: S603 - our own command; no shell
        command(folder, page, options), env=environment(os.environ, language)
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
    language: _Said = None,
) -> None:
    """Run the checks that an exercise shows, as often as you like. Nothing is changed.

    Example: fourps validate four-ps/modules/protection/exercise.ipynb
    """
    passed = True
    chosen = _known(language) if language else ""
    for path in notebooks:
        try:
            passed &= _validate(path, seconds, chosen)
        except FourpsError as error:
            passed = False
            fail(error)
    if not passed:
        raise typer.Exit(1)


def _validate(path: Path, seconds: int, language: str) -> bool:
    from fourps.learn.validate import validate as run

    with errors.status(f"Running {path.name} ...") as status:
        validation = run(
            path,
            seconds,
            lambda number, count: status.update(f"Running code cell {number} of {count} ..."),
            language,
        )
    words, about = validation.words, validation.release
    title = words["exercise"].format(path=path, exercise=about.exercise, release=about.release)
    out.print(title, markup=False, highlight=False)
    for result in validation.results:
        _tell_result(result, words)
    for error in (*validation.remarks, *validation.errors):
        out.print(error, markup=False, highlight=False)
    checks = [
        result for result in validation.results if result.status not in ("written", "to write")
    ]
    done = sum(result.status == "passed" for result in checks)
    out.print(words["checks-passed"].format(done=done, count=len(checks)), highlight=False)
    return validation.passed


def _tell_result(result: Result, words: Mapping[str, str]) -> None:
    if result.status == "partly":
        earned, points = f"{result.earned:g}", f"{result.points:g}"
        text = words["partly-points"].format(earned=earned, points=points)
    else:
        text = words[result.status]
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
    language: _Said = None,
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
    chosen = _known(language) if language else ""
    packed = pack(notebook, learner, record or [], content_root(), chosen)
    manifest = packed.handin.manifest
    path = output or Path(f"{manifest.exercise}-{learner}.zip")
    if not may_replace(path):
        raise fail(f"{path} is there already and is no hand-in file. Name another: --out FILE.zip")
    with writing(path):
        write_whole(path, packed.data)
    for remark in packed.remarks:
        errors.print(remark, markup=False, highlight=False)
    count = len(manifest.records)
    told = packed.words["packed-one" if count == 1 else "packed"].format(
        path=path,
        size=f"{len(packed.data) / 1000:.0f}",
        exercise=manifest.exercise,
        release=manifest.release,
        count=count,
    )
    out.print(told, markup=False, highlight=False)
    if name is None:
        said = packed.words["your-id"].format(learner=learner)
        out.print(said, markup=False, highlight=False)
