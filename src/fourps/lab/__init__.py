"""Data labs: figures that readers change, and the invented data behind them."""

from fourps.lab.cells import prepare
from fourps.lab.figure import explore
from fourps.lab.guess import Guess
from fourps.lab.sentence import listed, sentence, word
from fourps.lab.style import PALETTE

__all__ = ["PALETTE", "Guess", "explore", "listed", "sentence", "word"]

prepare()
