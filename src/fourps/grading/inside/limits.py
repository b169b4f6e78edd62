"""What one submission may use."""

from __future__ import annotations

from dataclasses import dataclass, fields

# processes that a learner's may leave behind for the marker, besides its own: one for each check
COPIES = 100


@dataclass(frozen=True)
class Limits:
    """What one submission may use before it is stopped.

    Attributes
    ----------
    memory_mb
        Memory of all processes, on top of what the loaded libraries take.
    cpu_seconds
        Seconds of processor time of one process.
    processes
        Processes and threads at once.
    output_mb
        What one cell may print and show; the rest of it is dropped.
    total_output_mb
        What all cells together may print and show, before the notebook is stopped.
    file_mb
        Size of one file.
    disk_mb
        All files together. They are in memory and end with the submission.
    cell_seconds
        Time of one cell. It is interrupted then, and the next cell runs.
    grace_seconds
        Time that an interrupted cell has to stop, before everything is killed.
    total_seconds
        Time of the whole notebook.

    Examples
    --------
    >>> Limits(memory_mb=512).memory_mb, Limits().cell_seconds
    (512, 30)
    >>> Limits(processes=0)
    Traceback (most recent call last):
    ValueError: processes must be a whole number above 0, not 0.
    """

    memory_mb: int = 1024
    cpu_seconds: int = 120
    processes: int = 64
    output_mb: int = 4
    total_output_mb: int = 32
    file_mb: int = 64
    disk_mb: int = 128
    cell_seconds: int = 30
    grace_seconds: int = 4
    total_seconds: int = 300

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if type(value) is not int or value < 1:
                raise ValueError(f"{field.name} must be a whole number above 0, not {value!r}.")
