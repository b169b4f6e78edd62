"""Whether an answer is right."""

import numpy as np
import pandas as pd


def _equal(answer, expected):
    if isinstance(expected, pd.DataFrame):
        return expected.equals(answer)
    return type(answer) is type(expected) and bool(np.all(answer == expected))


def same(answer, expected):
    """Say whether an answer is what it should be."""
    return _equal(answer, expected)
