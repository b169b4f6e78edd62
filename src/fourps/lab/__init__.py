"""Data labs: figures that readers change, and the invented data behind them."""

from fourps.lab.figure import explore
from fourps.lab.frames import Guess
from fourps.lab.sentence import listed, number, sentence, word
from fourps.lab.style import PALETTE
from fourps.lab.table import prepare

__all__ = ["PALETTE", "Guess", "explore", "listed", "number", "sentence", "word"]

prepare()
