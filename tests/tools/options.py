"""The options of a scenario by their ids: on the screen they stand in an order of each attempt."""

from __future__ import annotations

NAMES = "all => all.map((one) => one.dataset.choice).sort()"


def option(player, place=0):
    """Return the option whose id has this place among those on the screen; past the last one counts on."""
    names = player.locator(".fp-choice").evaluate_all(NAMES)
    return player.locator(f"[data-choice='{names[place % len(names)]}']")
