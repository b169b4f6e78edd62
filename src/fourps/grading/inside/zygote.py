"""The process that has everything loaded, and forks a child for each submission.

It never sees a notebook: the grader hands each child its own socket through here. So no child finds
in the memory that it inherits what belongs to another.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import signal
import socket
import sys
from tempfile import TemporaryDirectory

from fourps.grading.inside import linux, memory
from fourps.grading.inside.child import serve
from fourps.grading.inside.limits import Limits
from fourps.grading.inside.shell import Kernel

# how long each word of the grader is: they come in a stream, since macOS has no packets here
_WORD = 4
# seconds between two looks at what a submission takes
_LOOK = 0.25


def main() -> None:
    """Load, say that it is ready, and fork children until the grader is gone."""
    about = json.loads(sys.argv[1])
    # where it was started: each notebook has its own folder in its place
    del sys.path[0]
    limits, sealed = Limits(**about["limits"]), about["sealed"]
    control = socket.socket(fileno=os.dup(0))
    control.set_inheritable(False)
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    if sealed:
        # here and not in each child: to find its library takes time
        importlib.import_module("fourps.grading.inside.calls")
    kernel = Kernel(limits.output_mb << 20)
    for name in about["preload"]:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    _warm(kernel)
    kernel.watch()
    gc.collect()
    gc.freeze()
    gc.disable()
    control.send(b"ready")
    _Zygote(control, kernel, limits, sealed=sealed).run()


def _warm(kernel: Kernel) -> None:
    """Do once what is slow the first time, and leave no trace of it."""
    streams = [os.dup(number) for number in (1, 2)]
    kernel.start()
    kernel.run("1 / 0")
    kernel.run("1")
    if "matplotlib.pyplot" in sys.modules:
        kernel.run(
            "import matplotlib.pyplot as plt\nplt.plot([1, 2], label='a')\nplt.legend()\n"
            "plt.title('a')\nplt.show()"
        )
    if "pandas" in sys.modules:
        kernel.run(
            "import pandas as pd\ntable = pd.DataFrame({'a': [1, 2], 'b': ['x', 'y']})\n"
            "table.groupby('b')['a'].mean()\ntable"
        )
    kernel.shell.reset(new_session=True)
    kernel.said.start()
    for number, saved in enumerate(streams, 1):
        os.dup2(saved, number)
        os.close(saved)
    sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__


class _Zygote:
    def __init__(
        self, control: socket.socket, kernel: Kernel, limits: Limits, *, sealed: bool
    ) -> None:
        self._control = control
        self._kernel = kernel
        self._limits = limits
        self._sealed = sealed
        self._child = 0
        # without a seal it has no disk of its own, and may not start where the gradebook lies
        self._folder: TemporaryDirectory[str] | None = None
        self._enough = memory.own() + ((limits.memory_mb + limits.disk_mb) << 20) if sealed else 0
        self._names = os.open("/proc/self/ns/pid", os.O_RDONLY) if sealed else -1

    def run(self) -> None:
        while True:
            self._control.settimeout(_LOOK if self._sealed and self._child else None)
            try:
                word, descriptors, _, _ = socket.recv_fds(self._control, _WORD, 1)
            except TimeoutError:
                self._look()
                continue
            if not word:
                break
            if word == b"open":
                self._open(descriptors[0])
            elif word == b"stop":
                self._signal(signal.SIGINT)
            else:
                self._signal(signal.SIGKILL)
                self._control.send(b"gone %d" % self._reap())
        self._signal(signal.SIGKILL)
        self._reap()

    def _look(self) -> None:
        """End a submission whose processes together take more than one of them may."""
        if memory.taken(memory.others(), self._enough) > self._enough:
            self._signal(signal.SIGKILL)

    def _open(self, descriptor: int) -> None:
        if self._sealed:
            # the next child is the first process of a namespace: with it ends all that it started
            linux.unshare(linux.NEW_PIDS)
        else:
            self._folder = TemporaryDirectory(prefix="fourps-", ignore_cleanup_errors=True)
        self._child = os.fork()
        if not self._child:
            if self._folder:
                os.chdir(self._folder.name)
            _child(descriptor, self._kernel, self._limits, sealed=self._sealed)
        if self._sealed:
            linux.enter(self._names, linux.NEW_PIDS)
        os.close(descriptor)

    def _signal(self, number: signal.Signals) -> None:
        if not self._child:
            return
        with contextlib.suppress(ProcessLookupError):
            if self._sealed or number == signal.SIGINT:
                os.kill(self._child, number)
            else:
                # macOS does not permit it when all of the group have ended
                with contextlib.suppress(PermissionError):
                    os.killpg(self._child, number)

    def _reap(self) -> int:
        if not self._child:
            return 0
        _, status = os.waitpid(self._child, 0)
        self._child = 0
        if self._folder:
            self._folder.cleanup()
        return os.waitstatus_to_exitcode(status)


def _child(descriptor: int, kernel: Kernel, limits: Limits, *, sealed: bool) -> None:
    status = 1
    try:
        # a signal to its process group would reach the zygote, whatever the namespace
        os.setsid()
        serve(socket.socket(fileno=descriptor), kernel, limits, sealed=sealed)
        status = 0
    finally:
        # nothing of the zygote's own may run in the child, whatever happened
        os._exit(status)


if __name__ == "__main__":
    main()
