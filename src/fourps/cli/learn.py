"""``fourps learn``, ``fourps validate`` and ``fourps submit``: the course at home."""

from __future__ import annotations

import os
import subprocess
from collections import Counter
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from fourps.course.files import content_root
from nbseal.base.errors import UserError
from nbseal.base.from_outside import shown
from nbseal.cli.printing import errors, fail, say, writing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fourps.learn.folder import Change
    from fourps.learn.validate import Result

_Said = Annotated[
    str | None,
    typer.Option(help="In which language to speak, such as fr; by default the notebook's."),
]
_DONE = ("new", "updated", "beside", "same")


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
    language: Annotated[
        str | None,
        typer.Option(help="The notebooks' language, such as fr; by default the folder's, or en."),
    ] = None,
) -> None:
    """Make a folder of notebooks and open it. Your own work is never overwritten.

    Example: fourps learn my-course
    """
    from fourps.learn.folder import language_of
    from fourps.learn.jupyter import missing

    chosen = _known(language) if language else ""
    with _speaking(chosen or "en") as words:
        if str(folder).startswith("-"):
            raise fail(words["learn-options"])
        chosen = chosen or language_of(folder)
    with _speaking(chosen) as words:
        if needs := missing(folder, words):
            raise fail("\n".join(needs))
        welcome = _make(folder, chosen, words)
        if not no_open:
            say(words["learn-start"])
            _open(folder, welcome, options or [], chosen)


@contextmanager
def _speaking(language: str) -> Iterator[Mapping[str, str]]:
    """Yield the words of a language, and print in it what stops a command."""
    from fourps.course.words import translated
    from fourps.exercise.messages import messages
    from nbseal.base.notebook_file import REFUSALS

    # what notebooks are refused for is said in reports too
    words = {**messages(language), **translated(REFUSALS, language, "report")}
    try:
        yield words
    except UserError as error:
        raise fail(error.reason.said(words)) from error


def _known(language: str) -> str:
    """Return a language that there are words in, or fail."""
    from fourps.course.language import is_pseudo, tag, without_region
    from fourps.course.words import EXERCISE, languages

    known = languages(EXERCISE)
    if without_region(language) not in known and not is_pseudo(language):
        raise fail(f"--language: there is no {language!r}. Languages: {', '.join(known)}.")
    return tag(language)


def _make(folder: Path, language: str, words: Mapping[str, str]) -> str:
    """Bring the folder to the installed release; return the path of its first notebook."""
    from fourps.course import version
    from fourps.learn.folder import update
    from fourps.learn.notebooks import notebooks
    from fourps.learn.references import References

    with errors.status(words["learn-busy"]):
        pages = list(notebooks(References(content_root(), language)))
        with writing(folder):
            changes = update(folder, pages, version(), language)
    _tell(folder, changes, words)
    return pages[0][0]


def _tell(folder: Path, changes: Sequence[Change], words: Mapping[str, str]) -> None:
    counts: Counter[str] = Counter(change.what for change in changes)
    what = ", ".join(
        words[f"learn-{what}"].format(count=counts[what]) for what in _DONE if counts[what]
    )
    say(words["learn-done"].format(folder=folder, what=what))
    for change in changes:
        if change.what == "beside":
            say(f"  {folder / change.path}")


def _open(folder: Path, page: str, options: Sequence[str], language: str) -> None:
    from fourps.learn.jupyter import command, environment

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
        with suppress(typer.Exit), _speaking(chosen or "en") as words:
            passed &= _validate(path, seconds, chosen, words)
            continue
        passed = False
    if not passed:
        raise typer.Exit(1)


def _validate(path: Path, seconds: int, language: str, words: Mapping[str, str]) -> bool:
    from fourps.learn.about_exercise import titled
    from fourps.learn.validate import validate as run

    with errors.status(words["run-busy"].format(name=escape(shown(path.name)))) as status:

        def tell(number: int, count: int) -> None:
            status.update(words["run-cell"].format(number=number, count=count))

        validation = run(path, seconds, tell, language)
    words, about = validation.words, validation.release
    title = titled(about.exercise, content_root(), validation.language)
    say(words["exercise"].format(path=path, exercise=title, release=about.release))
    for result in validation.results:
        _tell_result(result, words, validation.language)
    for error in (*validation.remarks, *validation.errors):
        say(*error.splitlines())
    checks = [
        result for result in validation.results if result.status not in ("written", "to write")
    ]
    done = sum(result.status == "passed" for result in checks)
    say(words["checks-passed"].format(done=done, count=len(checks)))
    return validation.passed


def _tell_result(result: Result, words: Mapping[str, str], language: str) -> None:
    from fourps.handin.released_exercise import number

    if result.status == "partly":
        earned, points = (number(amount, language) for amount in (result.earned, result.points))
        text = words["partly-points"].format(earned=earned, points=points)
    else:
        text = words[result.status]
    told = words["result"].format(what=result.name, came=text)
    say(f"  {told}", *(f"      {line}" for line in result.message.splitlines()))


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
    from fourps.learn.submit import may_replace, pack
    from nbseal.base.handins import is_learner, pseudonym
    from nbseal.base.whole_files import write_whole

    chosen = _known(language) if language else ""
    with _speaking(chosen or "en") as words:
        if name is not None and not is_learner(name):
            raise fail(words["id-unfit"])
        learner = name or pseudonym()
        packed = pack(notebook, learner, record or [], content_root(), chosen)
    words, manifest = packed.words, packed.handin.manifest
    path = output or Path(f"{manifest.exercise}-{learner}.zip")
    if not may_replace(path):
        raise fail(words["out-taken"].format(path=path))
    with writing(path):
        write_whole(path, packed.data)
    say(*packed.remarks, to=errors)
    count = len(manifest.records)
    told = words["packed-one" if count == 1 else "packed"].format(
        path=path,
        size=f"{len(packed.data) / 1000:.0f}",
        exercise=packed.title,
        release=manifest.release,
        count=count,
    )
    say(told)
    if name is None:
        say(words["your-id"].format(learner=learner))
