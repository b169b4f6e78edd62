"""The command ``nbseal``."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import typer

from nbseal.base.profile import PLAIN
from nbseal.cli.collect import collect_command
from nbseal.cli.give_back import export_command, extend_command, feedback_command, remove_command
from nbseal.cli.mark import mark_command
from nbseal.cli.printing import Commands
from nbseal.cli.run import run_command

if TYPE_CHECKING:
    from collections.abc import Callable

COMMANDS: dict[str, Callable[..., None]] = {
    "collect": collect_command,
    "run": run_command,
    "mark": mark_command,
    "feedback": feedback_command,
    "export": export_command,
    "extend": extend_command,
    "remove": remove_command,
}


def add_commands(app: typer.Typer, called: str = PLAIN.command, assignment: str = "ps1") -> None:
    """Add the grader's commands to a program.

    Parameters
    ----------
    app
        The program.
    called
        What people type before a command there; the examples say it.
    assignment
        Of the examples.
    """
    for name, command in COMMANDS.items():
        text = inspect.getdoc(command) or ""
        text = text.replace(f"{PLAIN.command} ", f"{called} ").replace("ps1", assignment)
        app.command(name, help=text)(command)


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    add_completion=False,
    help="Grade any nbgrader course: sealed, fast, and with nothing lost.",
)
add_commands(app)
