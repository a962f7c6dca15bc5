"""Turns a text into a few integers such that texts which share much share at least one: weighted MinHash in bands."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from huiyin.text.similar import weights as weighing
from huiyin.text.similar.reading import Grams, read
from huiyin.text.similar.weights import Weights

BANDS = 40
ROWS = 3
_MULTIPLIER = np.uint64(0xFF51AFD7ED558CCD)
_SHIFT = np.uint64(33)
_TO_UNIT = np.float64(2.0**-53)
_LOW = np.uint64(11)


def signature(text: str, weights: Weights = weighing.EVEN) -> list[int]:
    """The bands of a text, BANDS int32 values; empty for a text without grams.

    Two texts with weighted Jaccard J share a band with probability 1 - (1 - J**ROWS)**BANDS: 0.995 at J = 0.5, 0.04 at
    0.1. Meant for a PostgreSQL int[] under GIN with the operator &&. The same text and weights give the same bands on
    every machine. Source: MinHash of Broder with exponential weights.
    """
    return bands_of(read(text).grams, weights)


def bands_of(grams: Grams, weights: Weights) -> list[int]:
    """The bands of a reading's grams, as signature gives for its text."""
    if not len(grams):
        return []
    scrambled = _mixed(grams[None, :] ^ _seeds()[:, None])
    unit = ((scrambled >> _LOW).astype(np.float64) + 0.5) * _TO_UNIT
    chosen = np.argmin(-np.log(unit) / weights.of(grams)[None, :].astype(np.float64), axis=1)
    rows = grams[chosen].reshape(BANDS, ROWS)
    joined = np.arange(1, BANDS + 1, dtype=np.uint64)
    for row in range(ROWS):
        joined = _mixed(joined * np.uint64(31) + rows[:, row])
    return [int(value) for value in _folded(joined)]


@lru_cache(maxsize=1)
def _seeds() -> NDArray[np.uint64]:
    return _mixed(np.arange(1, BANDS * ROWS + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15))


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    values = (values ^ (values >> _SHIFT)) * _MULTIPLIER
    return values ^ (values >> _SHIFT)


def _folded(values: NDArray[np.uint64]) -> NDArray[np.int32]:
    return (_mixed(values) >> np.uint64(32)).astype(np.uint32).view(np.int32)
