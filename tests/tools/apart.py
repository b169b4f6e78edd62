"""A function in a copy of this process, which tells what it does until it ends, however it ends."""

from __future__ import annotations

import json
import os
import traceback


def apart(do):
    """Call a function in a process of its own.

    Parameters
    ----------
    do
        The function. It gets one that tells this process a value, as JSON has it, and returns the
        status of the process, or None where all is well.

    Returns
    -------
    tuple
        How the process ended, as `subprocess` has it, and what it told.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        status = 70
        try:
            os.close(reading)
            told = os.fdopen(writing, "w", encoding="utf-8", buffering=1)
            status = do(lambda what: told.write(json.dumps(what) + "\n")) or 0
        except BaseException:  # noqa: BLE001 - it is a process of its own
            traceback.print_exc()
        finally:
            os._exit(status)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as told:
        lines = [json.loads(line) for line in told]
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), lines
