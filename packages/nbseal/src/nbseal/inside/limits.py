"""The limits of a submission: what it may use, and where it may write."""

from __future__ import annotations

from dataclasses import dataclass, fields

# processes that a learner's may leave behind for the marker, besides its own: one for each check
COPIES = 100
# a mount point that holds nothing else; its parts lie over the places of the same name
DISK = "/seal"
PARTS = {"home": "/home/learner", "tmp": "/tmp", "shm": "/dev/shm"}  # noqa: S108 - its own


@dataclass(frozen=True)
class Limits:
    """What one submission may use before it is stopped.

    Examples
    --------
    >>> Limits(memory_mb=512).memory_mb, Limits().cell_seconds
    (512, 30)
    >>> Limits(processes=0)
    Traceback (most recent call last):
    ValueError: processes must be a whole number above 0, not 0.
    """

    memory_mb: int = 1024
    """Memory of all processes, on top of what the loaded libraries take."""
    cpu_seconds: int = 120
    """Seconds of processor time of one process."""
    processes: int = 64
    """Processes and threads at once."""
    output_mb: int = 4
    """What one cell may print and show; the rest of it is dropped."""
    total_output_mb: int = 32
    """What all cells together may print and show, before the notebook is stopped."""
    file_mb: int = 64
    """Size of one file."""
    disk_mb: int = 128
    """All files together. They are in memory and end with the submission."""
    cell_seconds: int = 30
    """Time of one cell. It is interrupted then, and the next cell runs."""
    grace_seconds: int = 4
    """Time that an interrupted cell has to stop, before everything is killed."""
    total_seconds: int = 300
    """Time of the whole notebook."""

    def __post_init__(self) -> None:
        for field in fields(self):
            value = getattr(self, field.name)
            if type(value) is not int or value < 1:
                raise ValueError(f"{field.name} must be a whole number above 0, not {value!r}.")
