"""Two first runs at once: the second begins while the first is about to write its file."""

from __future__ import annotations

from threading import Event, Thread

from nbseal.base.whole_files import write_private


def at_once(monkeypatch, module, first, second):
    """Run two functions at once, and return what each gave.

    Parameters
    ----------
    module
        What writes the file, by its own ``write_private``.
    first
        Is held back where it writes first, for as long as the second may get further.
    second
        Begins there.
    """
    writes = Event()
    given = {}

    def slowly(path, data):
        if not writes.is_set():
            writes.set()
            other.join(0.2)
        write_private(path, data)

    monkeypatch.setattr(module, "write_private", slowly)
    one = Thread(target=lambda: given.update(first=first()))
    other = Thread(target=lambda: writes.wait(60) and given.update(second=second()))
    other.start()
    one.start()
    for thread in (one, other):
        thread.join(60)
    return given["first"], given["second"]
