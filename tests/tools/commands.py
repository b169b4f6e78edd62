"""Commands of our environment, run as a user runs them, without loading their libraries each time.

A server loads the libraries once and forks for each command: what comes of it is a process of its
own, with its own folder, environment and outputs, that can be killed like any other. What a command
reads when it is imported (`fourps.cli` looks for a terminal, and for colours) is loaded after the
fork. Where the environment itself says which code runs, the real interpreter is started. What a
command starts in its turn, nbgrader and alembic, is forked from the same server.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import json
import os
import random
import runpy
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import traceback
from functools import partial
from importlib import import_module
from importlib.metadata import entry_points
from pathlib import Path

BIN = Path(sys.executable).parent
# they load what commands use, and read nothing of the environment or of the terminal
PRELOAD = """
    fourps.book.build fourps.book.cells fourps.book.after.finishing fourps.book.html
    fourps.book.three_questions fourps.book.outputs fourps.book.download fourps.check
    nbseal.collect.intake nbseal.run.driver fourps.grading.release_exercises
    fourps.report.cohort myst_nb.sphinx_ext sphinx_design.extension latexcodec sphinx_book_theme
    sphinx_jupyterbook_latex sphinx.ext.mathjax sphinxcontrib.bibtex.style.names.last
    pybtex.backends.markdown rich.progress nbgrader.apps.nbgraderapp jupyter_book.sphinx myst_nb
    sphinx.builders.html sphinx.builders.gettext furo sphinxcontrib.bibtex sphinx_external_toc
    sphinx.search.en babel.messages.pofile matplotlib.pyplot pandas jinja2
    sqlalchemy.dialects.sqlite alembic.config cryptography.hazmat.primitives typer jupytext
    a11y_pygments babel.numbers docutils.languages.en
    fourps.book.decide fourps.book.way_on fourps.book.glossary fourps.book.place_in_module
    fourps.book.search jinja2.ext rich.status rich._emoji_codes
    myst_nb.ext.execution_tables myst_nb.ext.glue.directives myst_nb.ext.glue.domain
    myst_parser.sphinx_ext.directives xml.dom.minidom myst_parser.sphinx_ext.mathjax
    myst_parser.sphinx_ext.myst_refs sphinx_basic_ng pybtex.backends.plaintext
    pybtex.style.labels.number pybtex.style.names.plain pybtex.style.sorting.author_year_title
    sphinx.builders.html.transforms sphinx.builders.latex.transforms sphinx_comments
    sphinx_copybutton sphinx_external_toc.api sphinx_external_toc.events
    sphinx_jupyterbook_latex.events sphinx_jupyterbook_latex.transforms
    sphinx_multitoc_numbering sphinx_thebe sphinx_togglebutton
    sphinxcontrib.bibtex.style.referencing.basic_foot
    sphinxcontrib.bibtex.style.referencing.extra_author
    sphinxcontrib.bibtex.style.referencing.foot soupsieve nbformat
    sphinxcontrib.bibtex.style.referencing.label
"""
# these decide what Python loads, and have been read before a fork
_READ_BEFORE = ("PYTHONPATH", "PYTHONHASHSEED", "PYTHONSAFEPATH", "LD_PRELOAD")
_PYTHON = ("-m", "-c")
_PROGRAMS = {point.name: point.value for point in entry_points(group="console_scripts")}


class Forked:
    """A command that runs, or has run.

    Attributes
    ----------
    pid
        Of its process, whose parent is not this one.
    returncode
        As `subprocess` has it; None as long as nobody has waited for the end.
    """

    def __init__(self, line: socket.socket, words: list[str]) -> None:
        self._line = line
        self.args = words
        self.pid = self._number()
        self.returncode: int | None = None

    def _number(self) -> int:
        text = b""
        while not text.endswith(b"\n"):
            sign = self._line.recv(1)
            if not sign:
                raise ConnectionError(f"What waited for {self.args} has ended.")
            text += sign
        return int(text)

    def poll(self) -> int | None:
        """Return how it ended, or None as long as it runs."""
        if self.returncode is None and select.select([self._line], [], [], 0)[0]:
            self.wait()
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end; kill it and raise if that takes longer than `timeout` seconds."""
        if self.returncode is None:
            self._line.settimeout(timeout)
            try:
                self.returncode = self._number()
            except TimeoutError:
                self.kill()
                raise subprocess.TimeoutExpired(self.args, timeout or 0) from None
            self._line.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def kill(self) -> None:
        """Kill it."""
        self.send_signal(signal.SIGKILL)


class Commands:
    """What runs commands; its server starts when the first one is wanted."""

    def __init__(self, address: str = "") -> None:
        self._address = address
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._server: subprocess.Popen[bytes] | None = None

    def start(self, words, *, cwd=None, env=None, stdin=None, stdout=None, stderr=None):
        """Start a command; returns what `subprocess.Popen` would, or `Forked`.

        Parameters
        ----------
        words
            A program of our environment, by name or path, and its words; or ``-m`` or ``-c`` and
            what an interpreter takes after it.
        cwd, env, stdin, stdout, stderr
            As of `subprocess.Popen`, but files, or nothing.
        """
        words = [os.fspath(word) for word in words]
        env = dict(os.environ if env is None else env)
        if words[0] in _PROGRAMS:
            words[0] = str(BIN / words[0])
        program = Path(words[0])
        python = words[0] in _PYTHON
        ours = python or (program.name in _PROGRAMS and program.parent == BIN)
        if not ours or any(env.get(name) != os.environ.get(name) for name in _READ_BEFORE):
            files = {"stdin": stdin or subprocess.DEVNULL, "stdout": stdout, "stderr": stderr}
            words = [sys.executable, *words] if python else words
            return subprocess.Popen(words, cwd=cwd, env=env, **files)
        asked = {"words": words, "env": env, "cwd": os.fspath(Path(cwd or ".").absolute())}
        line = self._connect()
        with Path(os.devnull).open("r+b", buffering=0) as nothing:
            files = [file or nothing for file in (stdin, stdout, stderr)]
            socket.send_fds(line, [b"."], [file.fileno() for file in files])
        line.sendall(json.dumps(asked).encode() + b"\n")
        return Forked(line, words)

    def run(self, words, *, cwd=None, env=None, typed="", timeout=600.0, merged=False):
        """Run a command to its end; returns a `subprocess.CompletedProcess` with texts.

        Parameters
        ----------
        typed
            What it reads from its standard input.
        timeout
            Seconds after which it is killed and an error raised.
        merged
            Whether the error output goes into the standard output, in the order of writing.
        """
        with (
            tempfile.TemporaryFile() as given,
            tempfile.TemporaryFile() as out,
            tempfile.TemporaryFile() as err,
        ):
            given.write(typed.encode())
            given.seek(0)
            files = {"stdin": given, "stdout": out, "stderr": out if merged else err}
            process = self.start(words, cwd=cwd, env=env, **files)
            try:
                status = process.wait(timeout)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
                raise
            outputs = []
            for file in (out, err):
                file.seek(0)
                outputs.append(file.read().decode("utf-8", "replace").replace("\r\n", "\n"))
        return subprocess.CompletedProcess(words, status, *outputs)

    def _connect(self) -> socket.socket:
        if not self._address:
            self._folder = tempfile.TemporaryDirectory(prefix="fourps-commands-")
            self._address = f"{self._folder.name}/socket"
            listening = socket.socket(socket.AF_UNIX)
            listening.bind(self._address)
            listening.listen(64)
            words = [str(listening.fileno()), str(os.getpid()), self._address]
            self._server = subprocess.Popen(
                [sys.executable, __file__, *words],
                # a process with one thread forks safely
                env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
                pass_fds=[listening.fileno()],
                stdin=subprocess.DEVNULL,
            )
            listening.close()
            atexit.register(self.close)
        line = socket.socket(socket.AF_UNIX)
        line.connect(self._address)
        return line

    def close(self) -> None:
        """End the server."""
        if self._server is not None and self._folder is not None:
            self._server.kill()
            self._server.wait()
            self._folder.cleanup()
            self._server = self._folder = None
            self._address = ""


class Forking:
    """What stands for `subprocess` in a module that starts programs of our environment."""

    DEVNULL = subprocess.DEVNULL

    def __init__(self, commands: Commands) -> None:
        self._commands = commands

    def run(self, words, *, check=False, **how):
        """Run a program to its end; returns a `subprocess.CompletedProcess` with texts."""
        if words[0] == sys.executable and words[1] in _PYTHON:
            done = self._commands.run(words[1:], cwd=how.get("cwd"), env=how.get("env"))
        elif Path(path := shutil.which(words[0]) or "").parent == BIN:
            done = self._commands.run([path, *words[1:]], cwd=how.get("cwd"), env=how.get("env"))
        else:
            return subprocess.run(words, check=check, **how)
        if check:
            done.check_returncode()
        return done

    def check_output(self, words):
        """Return the bytes of its output."""
        done = self.run(words, check=True, capture_output=True, text=True)
        return done.stdout.encode()


def fork(commands: Commands) -> None:
    """Have the modules that start nbgrader and alembic fork them."""
    import_module("nbseal.nbgrader_commands").subprocess = Forking(commands)
    import_module("nbgrader.api").sp = Forking(commands)


_commands = Commands()
start, run = _commands.start, _commands.run


def fourps(*words, env=(), **how):
    """Run a command of ours to its end, as on a terminal of many columns without colours."""
    wide = os.environ | {"NO_COLOR": "1", "COLUMNS": "300"} | dict(env)
    return run(["fourps", *words], env=wide, **how)


def fork_here() -> None:
    """Have them forked in this process too."""
    fork(_commands)


def _offers_once() -> None:
    """Read once what the packages of our environment offer, and not whenever a library looks."""
    for name in ("importlib.metadata", "importlib_metadata"):
        module = import_module(name)
        whole = module.entry_points()
        module.entry_points = whole.select


def _templates_once(folder: Path) -> None:
    """Have Sphinx keep the templates of pages compiled, by their text, for the books after the first."""
    glue = import_module("sphinx.jinja2glue")
    kept = import_module("jinja2").FileSystemBytecodeCache(os.fspath(folder))
    glue.SandboxedEnvironment = partial(glue.SandboxedEnvironment, bytecode_cache=kept)


def _serve(listening: socket.socket, parent: int, address: str) -> None:
    """Fork for each that asks; end with whoever started this server."""
    sys.path[0] = str(BIN)
    _offers_once()
    for name in (*PRELOAD.split(), *import_module("sphinx.application").builtin_extensions):
        import_module(name)
    fork(Commands(address))
    _templates_once(Path(address).parent)
    # whether this machine can seal is asked once for all
    import_module("nbseal.seal").why_not()
    # what these compile when they are first used
    import_module("soupsieve").compile("a")
    import_module("nbformat").v4.new_code_cell()
    assert len(os.listdir("/proc/self/task")) == 1  # noqa: PTH208 - names are enough
    gc.collect()
    gc.freeze()
    # nobody waits here for those who wait for the commands
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    listening.settimeout(1)
    while os.getppid() == parent:
        try:
            line, _ = listening.accept()
        except TimeoutError:
            continue
        if not os.fork():
            listening.close()
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            random.seed()
            _keep(line)
        line.close()


def _keep(line: socket.socket) -> None:
    """Run what is asked for in a child, and say when it has ended, and how."""
    line.settimeout(None)
    _, descriptors, _, _ = socket.recv_fds(line, 1, 3)
    asked = json.loads(line.makefile("r").readline())
    child = os.fork()
    if not child:
        line.close()
        os.setsid()
        _become(asked, descriptors)
    line.sendall(b"%d\n" % child)
    _, status = os.waitpid(child, 0)
    with contextlib.suppress(OSError):
        line.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))
    os._exit(0)


def _become(asked, descriptors) -> None:
    """Be the command, and end as an interpreter does."""
    for number, descriptor in enumerate(descriptors):
        os.dup2(descriptor, number)
    for descriptor in set(descriptors) - {0, 1, 2}:
        os.close(descriptor)
    status = 1
    try:
        os.environ.clear()
        os.environ.update(asked["env"])
        # which have been read before a fork
        time.tzset()
        os.chdir(asked["cwd"])
        sys.argv = list(asked["words"])
        sys.stdin = open(0)  # noqa: SIM115
        # who starts the tests in the background may have it ignored
        signal.signal(signal.SIGINT, signal.default_int_handler)
        try:
            sys.exit(_main())
        except SystemExit as error:
            if isinstance(error.code, str):
                sys.stderr.write(f"{error.code}\n")
            status = error.code if isinstance(error.code, int) else int(error.code is not None)
        except KeyboardInterrupt:
            status = 130
        except BaseException:  # noqa: BLE001 - as an interpreter does it
            traceback.print_exc()
        threading._shutdown()
        atexit._run_exitfuncs()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
    finally:
        os._exit(status)


def _main():
    """Run what the words name."""
    if sys.argv[0] == "-m":
        del sys.argv[0]
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
    elif sys.argv[0] == "-c":
        code = sys.argv.pop(1)
        exec(code, {"__name__": "__main__"})  # noqa: S102 - what else -c is for
    else:
        module, _, name = _PROGRAMS[Path(sys.argv[0]).name].partition(":")
        return getattr(import_module(module), name)()
    return None


if __name__ == "__main__":
    _serve(socket.socket(fileno=int(sys.argv[1])), int(sys.argv[2]), sys.argv[3])
