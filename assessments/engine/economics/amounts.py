"""One amount, or one for each draw: every formula of this room takes either."""

from collections.abc import Mapping
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Amount: TypeAlias = float | Floats
"""A number, or an array of shape (draws, 1): months stand on the last axis, so that the two broadcast."""
Numbers: TypeAlias = Mapping[str, Amount]

TOLERANCE = 1e-9
"""Amounts are compared to this share of the amounts in question (docs/economics.md, section 3)."""


def compounded(factor: Amount, *, months: int) -> Floats:
    """1, factor, factor², … for so many months: shape (months,) or (draws, months).

    >>> compounded(2.0, months=4).tolist()
    [1.0, 2.0, 4.0, 8.0]
    >>> compounded(0.0, months=3).tolist()
    [1.0, 0.0, 0.0]
    """
    steps = np.empty((*np.shape(factor)[:-1], months))
    steps[...] = factor
    steps[..., 0] = 1.0
    found: Floats = np.cumprod(steps, axis=-1, out=steps)
    return found
