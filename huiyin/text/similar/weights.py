"""How much a gram tells: grams of many appeals tell little, rare ones much."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from huiyin.text.similar.reading import Grams

Values = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights fitted once and then frozen, so that the same two texts always compare the same.

    grams: sorted hashes, shape (n,); values: their weight, shape (n,); unseen: the weight of any other gram.
    """

    grams: Grams
    values: Values
    unseen: float

    def of(self, grams: Grams) -> Values:
        """The weight of every given gram, same shape."""
        if not len(self.grams) or not len(grams):
            return np.full(len(grams), self.unseen, dtype=np.float32)
        at = np.minimum(np.searchsorted(self.grams, grams), len(self.grams) - 1)
        return np.where(self.grams[at] == grams, self.values[at], np.float32(self.unseen)).astype(np.float32)


EVEN = Weights(np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.float32), 1.0)


def fitted(readings: Iterable[Grams]) -> Weights:
    """Weights log((1 + N) / (1 + n)) + 0.1 of grams in n of N texts; grams of one text weigh as unseen."""
    arrays = list(readings)
    if not arrays:
        return EVEN
    grams, counts = np.unique(np.concatenate(arrays), return_counts=True)
    often = counts >= 2
    values = np.log((1 + len(arrays)) / (1 + counts[often])) + 0.1
    return Weights(grams[often], values.astype(np.float32), float(np.log((1 + len(arrays)) / 2) + 0.1))
