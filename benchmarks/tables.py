"""Say what was measured: a Markdown table of medians, and whether each target is met."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median, quantiles
from typing import TYPE_CHECKING

from scores import CATEGORIES
from variants import VARIANTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from loads import Load

PAINT_S, PLAYABLE_S, CHOICE_MS, PERFORMANCE = 1.8, 2.5, 100, 98


@dataclass
class Results:
    """All that was measured.

    Attributes
    ----------
    about
        Date, machine, versions and settings.
    loads
        Page loads by page and by variant.
    choices
        Milliseconds of each answer in whole plays, of all runs together, by variant.
    scores
        Lighthouse's scores by variant, page and category: medians of the runs.
    lost
        What cost ours points, beside performance.
    """

    about: dict[str, str]
    loads: dict[str, dict[str, list[Load]]]
    choices: dict[str, list[float]]
    scores: dict[str, dict[str, dict[str, float]]]
    lost: list[str]


def spread(values: list[float], digits: int) -> str:
    """Write a median and what it lies between.

    Examples
    --------
    >>> spread([1.0, 3.0, 2.0], 1)
    '2.0 (1.0 to 3.0)'
    >>> spread([4, 4], 0)
    '4'
    """
    middle, low, high = (f"{one:.{digits}f}" for one in (median(values), min(values), max(values)))
    return middle if low == high else f"{middle} ({low} to {high})"


def ratio(peer: list[float], ours: list[float]) -> str:
    """Write how many times ours the peer is, by medians.

    Examples
    --------
    >>> ratio([10, 12, 11], [2.0])
    '5.5'
    >>> ratio([], [2.0])
    '-'
    """
    return f"{median(peer) / median(ours):.1f}" if peer and median(ours) else "-"


_MEASURES: tuple[tuple[str, int, Callable[[Load], float | None]], ...] = (
    ("requests", 0, lambda load: load.requests),
    ("requests elsewhere, stopped", 0, lambda load: len(load.stopped)),
    ("transferred, KB", 1, lambda load: load.weight),
    ("first contentful paint, s", 2, lambda load: load.paint / 1000),
    ("playable after, s", 2, lambda load: load.playable and load.playable / 1000),
)


def _page_rows(page: str, loads: dict[str, list[Load]]) -> Iterator[list[str]]:
    for title, digits, read in _MEASURES:
        values = {
            name: [value for one in all_of_it if (value := read(one)) is not None]
            for name, all_of_it in loads.items()
        }
        if not any(map(any, values.values())):
            continue
        cells = [
            spread(values[one.name], digits) if values[one.name] else "not playable without the CDN"
            for one in VARIANTS
        ]
        ratios = [ratio(values[one.name], values["ours"]) for one in VARIANTS[1:]]
        yield [f"{page} page: {title}", *cells, *ratios]


def slowest(values: list[float]) -> float:
    """Return the 95th percentile.

    Examples
    --------
    >>> slowest([16.0] * 99 + [400.0])
    16.0
    """
    return quantiles(values, n=20, method="inclusive")[-1]


def _choice_row(choices: dict[str, list[float]]) -> list[str]:
    times = {one.name: [slowest(choices[one.name])] for one in VARIANTS if one.name in choices}
    cells = [spread(times[one.name], 0) if one.name in times else "-" for one in VARIANTS]
    ratios = [ratio(times.get(one.name, []), times["ours"]) for one in VARIANTS[1:]]
    return ["a choice answered, 95th percentile, ms", *cells, *ratios]


def _score_rows(scores: dict[str, dict[str, dict[str, float]]]) -> Iterator[list[str]]:
    for category in CATEGORIES:
        found = {
            name: [float(one[category]) for one in pages.values()] for name, pages in scores.items()
        }
        cells = [spread(found[one.name], 0) if one.name in found else "-" for one in VARIANTS]
        yield [f"Lighthouse: {category}", *cells, *["-"] * (len(VARIANTS) - 1)]


def table(results: Results) -> str:
    """Return the results as a Markdown table of medians, each with its least and greatest."""
    head = ["", *(variant.title for variant in VARIANTS), "B / A", "C / A"]
    rows = [row for page, loads in results.loads.items() for row in _page_rows(page, loads)]
    rows += [_choice_row(results.choices), *_score_rows(results.scores)]
    lines = [head, ["---", *["---:"] * (len(head) - 1)], *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def targets(results: Results) -> Iterator[str]:
    """Say of each target whether ours meets it, and what cost points."""
    paint = max(median(one.paint for one in loads["ours"]) for loads in results.loads.values())
    playable = median(one.playable or 0.0 for one in results.loads["scenario"]["ours"])
    choice = slowest(results.choices["ours"])
    ours = results.scores["ours"].values()
    performance = min(one["performance"] for one in ours)
    others = min(one[category] for one in ours for category in CATEGORIES[1:])
    for what, value, met in (
        (f"first paint within {PAINT_S} s", paint / 1000, paint <= 1000 * PAINT_S),
        (f"playable within {PLAYABLE_S} s", playable / 1000, playable <= 1000 * PLAYABLE_S),
        (f"a choice answered within {CHOICE_MS} ms", choice, choice <= CHOICE_MS),
        (f"performance {PERFORMANCE} or more", performance, performance >= PERFORMANCE),
        ("accessibility, best practices and SEO 100", others, others == 100),
    ):
        yield f"{what}: {'met' if met else 'MISSED'} ({value:.4g})"
    yield from results.lost


def report(results: Results) -> str:
    """Return all that is printed: what was measured with, the table, and what it leaves out."""
    about = "; ".join(f"{name} {value}" for name, value in results.about.items())
    stopped = sorted(
        {url for load in results.loads["scenario"]["stock"] for url in load.stopped}
        - {url for load in results.loads["scenario"]["theme"] for url in load.stopped}
    )
    return (
        f"{about}\n\n{table(results)}\n\n" + "\n".join(targets(results)) + "\n\n"
        "Median (least to greatest); KB of 1000 bytes, headers included, compressed.\n"
        "The CDN of the stock widget view cannot be fetched here and is NOT counted in B, which "
        "favours B.\nB asked for these before it stopped, and would ask for anywidget's module "
        "after them:\n" + "".join(f"- {url}\n" for url in stopped)
    )
