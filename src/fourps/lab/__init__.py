"""Data labs: figures that readers change, and the invented data behind them."""

from fourps.lab.figure import explore
from fourps.lab.guess import Guess
from fourps.lab.style import PALETTE

__all__ = ["PALETTE", "Guess", "explore"]
