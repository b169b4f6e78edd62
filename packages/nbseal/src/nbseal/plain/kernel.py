"""Runs released cells as a kernel does, for many submissions in one process.

What shows values and errors is IPython's own. What is the same for each submission, such as the
code of a cell, is made once.
"""

from __future__ import annotations

import ast
import contextlib
import functools
import io
import sys
from typing import TYPE_CHECKING, Any

from nbseal.inside.messages import Stream, short
from nbseal.inside.shell import Kernel

if TYPE_CHECKING:
    import types
    from collections.abc import Callable, Iterator

# drawings of errors that are kept, as many as fit into some megabytes
_MOST_KEPT = 1_000


class PlainKernel(Kernel):
    """A kernel without a descriptor, a signal or an event loop of its own.

    Parameters
    ----------
    limit
        The most characters that one cell may say.
    """

    def __init__(self, limit: int) -> None:
        super().__init__(limit)
        self._codes: dict[str, list[types.CodeType]] = {}
        drawn = self.shell.InteractiveTB
        drawn.structured_traceback = _kept(drawn.structured_traceback)
        drawn.format_exception_as_a_whole = _kept_frames(drawn)
        hook = self.shell.displayhook
        # of the text of a cell alone
        hook.semicolon_at_end_of_expression = functools.cache(hook.semicolon_at_end_of_expression)

    def start(self) -> None:
        """Take over the streams."""
        self._streams = [Stream(self.transcript, name, -1) for name in ("stdout", "stderr")]
        sys.stdout, sys.stderr = self._streams

    def forget(self) -> None:
        """Forget what was shown."""
        self.shell.history_manager.reset(new_session=False)
        hook = self.shell.displayhook
        hook._ = hook.__ = hook.___ = ""

    def module(self) -> types.ModuleType:
        """Return a new module with the names that a kernel begins with."""
        module: types.ModuleType = self.shell.prepare_user_module()[0]
        self.use(module)
        self.shell.init_user_ns()
        return module

    def use(self, module: types.ModuleType) -> None:
        """Have cells run with the names of a module from now on."""
        self.shell.user_module, self.shell.user_ns = module, vars(module)
        sys.modules["__main__"] = module

    def run(self, source: str) -> tuple[list[list[Any]], dict[str, Any]]:
        shell, reply = self.shell, {"count": self.shell.execution_count}
        codes = self._compiled(source)
        self.transcript.start()
        # whether its last value is shown is asked of this list
        shell.history_manager.input_hist_parsed[:] = ["", source]
        shell.execution_count += 1
        try:
            with shell.builtin_trap, shell.display_trap:
                for code in codes:
                    exec(code, shell.user_ns)  # noqa: S102 - of the exercise
        # whatever it is, a kernel shows it
        except BaseException as error:  # noqa: BLE001
            # without this function, of which a kernel's has no counterpart
            inner = error.__traceback__ and error.__traceback__.tb_next
            shell.showtraceback((type(error), error, inner), running_compiled_code=True)
            about = {"ename": type(error).__name__, "evalue": str(error)}
            reply["error"] = short(about | {"traceback": shell._last_traceback or []})  # noqa: SLF001
        for stream in self._streams:
            stream.flush()
        return self.transcript.take(), reply

    @contextlib.contextmanager
    def unheard(self) -> Iterator[None]:
        messages, self.transcript.messages = self.transcript.messages, []
        streams = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = io.StringIO(), io.StringIO()
        try:
            yield
        finally:
            sys.stdout, sys.stderr = streams
            self.transcript.messages = messages

    def _compiled(self, source: str) -> list[types.CodeType]:
        """Return the code of a cell: what it does, and its last line, which shows a value."""
        if source not in self._codes:
            compiler, text = self.shell.compile, self.shell.transform_cell(source)
            name = compiler.cache(text, self.shell.execution_count, raw_code=source)
            body = compiler.ast_parse(text, name).body
            shown = [ast.Interactive([body.pop()])] if isinstance(body[-1], ast.Expr) else []
            self._codes[source] = [
                compiler(ast.Module(body, []), name, "exec"),
                *(compiler(last, name, "single") for last in shown),
            ]
        return self._codes[source]


def _kept(draw: Callable[..., Any]) -> Callable[..., Any]:
    """Return what draws an error as another one was drawn, if nothing of them differs."""
    drawings: dict[object, Any] = {}

    def drawn(etype: Any = None, value: Any = None, tb: Any = None, *args: Any, **how: Any) -> Any:
        key = (_described(value, tb), args, *how.items())
        if key not in drawings:
            if len(drawings) >= _MOST_KEPT:
                drawings.clear()
            drawings[key] = draw(etype, value, tb, *args, **how)
        return [*drawings[key]]

    return drawn


def _kept_frames(tracebacks: Any) -> Callable[..., list[list[str]]]:
    """Return what draws the frames of an error as they were drawn: of values they show nothing."""
    draw = tracebacks.format_exception_as_a_whole
    known: dict[object, list[str]] = {}

    def drawn(etype: Any, value: Any, tb: Any, *how: Any) -> list[list[str]]:
        key = (etype, *_places(tb), *how)
        words = tracebacks.format_exception(etype.__name__, value)
        if key not in known:
            if len(known) >= _MOST_KEPT:
                known.clear()
            [lines] = draw(etype, value, tb, *how)
            known[key] = lines[: len(lines) - len(words)]
        return [[*known[key], *words]]

    return drawn


def _places(traceback: types.TracebackType | None) -> list[object]:
    """Return where an error came by."""
    places: list[object] = []
    while traceback:
        code = traceback.tb_frame.f_code
        where = (code.co_filename, code.co_qualname, traceback.tb_lineno, traceback.tb_lasti)
        places.append(where)
        traceback = traceback.tb_next
    return places


def _described(error: BaseException | None, traceback: types.TracebackType | None) -> object:
    """Return all of an error that is drawn: places, words, and the same of what was before it."""
    if error is None:
        return None
    cause, before = error.__cause__, error.__context__
    return (
        *(type(error), str(error), *getattr(error, "__notes__", ()), *_places(traceback)),
        *(cause and _described(cause, cause.__traceback__),),
        *(before and _described(before, before.__traceback__), error.__suppress_context__),
    )
