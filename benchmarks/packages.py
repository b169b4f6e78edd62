"""Measure what is packed for other platforms: how large each package is, and how long it takes.

Every package of every shelf is written, in all languages of a built book, into a folder that goes
afterwards. Run it after ``make book``, with nothing else running:
``.venv/bin/python benchmarks/packages.py``. It prints a table for docs/benchmarks.md. Targets: all
packages within 30 s; a module's zip at most 800 KB, the whole course 3 MB.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from fourps.book.after.shelves.packages import SHELVES, packages, weight, write

HEAD = ("for", "packages", "the smallest, KB", "the largest, KB", "seconds")
WITHIN = 30.0
# of a platform that takes a file a unit: the most that a module may weigh, and the whole course
MODULE, COURSE = 800_000, 3_000_000


def measured(shelf: str, book: Path, to: Path) -> tuple[float, dict[str, int]]:
    """Write every package for a platform; return the seconds, and the bytes of each by name."""
    began = time.perf_counter()
    written = packages(shelf, book)
    for _ in write(written, to):
        pass
    return time.perf_counter() - began, {one.name: weight(to / one.name) for one in written}


def too_large(sizes: dict[str, int]) -> list[str]:
    """Return the names of zips that weigh more than they may."""
    return [
        name
        for name, size in sizes.items()
        if name.endswith(".zip") and size > (COURSE if "-course-" in name else MODULE)
    ]


def main() -> int:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("book", type=Path, nargs="?", default=Path("_build/html"))
    book = parser.parse_args().book
    if not (book / "index.html").is_file():
        print(f"{book} holds no book: run `make book`", file=sys.stderr)
        return 1
    lines = [[*HEAD], ["---", *["---:"] * (len(HEAD) - 1)]]
    whole, large = 0.0, []
    with tempfile.TemporaryDirectory(prefix="fourps-bench-") as folder:
        for shelf in SHELVES:
            seconds, sizes = measured(shelf, book, Path(folder))
            whole += seconds
            large += too_large(sizes)
            least, most = (
                f"{size / 1000:.0f}" for size in (min(sizes.values()), max(sizes.values()))
            )
            lines.append([shelf, str(len(sizes)), least, most, f"{seconds:.1f}"])
    print("\n".join(f"| {' | '.join(line)} |" for line in lines), end="\n\n")
    print(f"- {'met' if whole <= WITHIN else 'missed'}: {whole:.1f} s, at most {WITHIN:.0f}")
    print(f"- {'missed' if large else 'met'}: no zip weighs more than it may {' '.join(large)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
