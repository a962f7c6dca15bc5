"""What is usual among a deployment's appeals: how much each gram tells and how alike two unrelated appeals are."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from huiyin.text.similar.reading import Grams
from huiyin.text.topics.items import Sense

SUBJECT_BOOST = 5.0
COMMON_SHARE, COMMON_LEAST = 0.05, 200
UNSEEN_IN_LENGTH = 0.15
LOWEST_LINK, HIGHEST_LINK = 0.23, 0.6
USUAL_TIMES = 1.85
ENOUGH_TO_JUDGE = 5000
_PAIRS = 100_000
Vector = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scale:
    """Frozen measures.

    grams: sorted hashes seen twice or more, shape (n,); tells: their weight, 0 for too common ones, shape (n,);
    unseen: the weight of any other gram; link: the likeness from which two appeals may be of one topic.
    """

    grams: Grams
    tells: Vector
    unseen: float
    link: float

    def weighed(self, sense: Sense) -> tuple[Grams, Vector]:
        """The telling grams of an appeal and their shares; the product of two appeals' shares is their likeness."""
        weights, seen = self._weights(sense.grams)
        weights = np.where(np.isin(sense.grams, sense.subject, assume_unique=True), weights * SUBJECT_BOOST, weights)
        squares = np.square(weights, dtype=np.float64)
        counted = 1.0 if not len(self.grams) else UNSEEN_IN_LENGTH
        length = float(np.sqrt(squares[seen].sum() + counted * squares[~seen].sum()))
        telling = weights > 0
        return sense.grams[telling], (weights[telling] / max(length, 1e-9)).astype(np.float32)

    def _weights(self, grams: Grams) -> tuple[Vector, NDArray[np.bool_]]:
        if not len(self.grams) or not len(grams):
            return np.full(len(grams), self.unseen, dtype=np.float32), np.zeros(len(grams), dtype=np.bool_)
        at = np.minimum(np.searchsorted(self.grams, grams), len(self.grams) - 1)
        seen = self.grams[at] == grams
        return np.where(seen, self.tells[at], np.float32(self.unseen)).astype(np.float32), seen


EMPTY = Scale(np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.float32), 1.0, 0.3)


def fitted(senses: Sequence[Sense]) -> Scale:
    """The scale of these appeals; the empty one for fewer than two. Same appeals in any order, same scale."""
    if len(senses) < 2:
        return EMPTY
    grams, counts = np.unique(np.concatenate([sense.grams for sense in senses]), return_counts=True)
    often = counts >= 2
    grams, counts = grams[often], counts[often]
    tells = np.log(len(senses) / counts)
    tells[counts > max(COMMON_LEAST, COMMON_SHARE * len(senses))] = 0.0
    rough = Scale(grams, tells.astype(np.float32), float(np.log(len(senses))), LOWEST_LINK)
    return Scale(rough.grams, rough.tells, rough.unseen, _link(senses, rough))


def _link(senses: Sequence[Sense], scale: Scale) -> float:
    """USUAL_TIMES the likeness that one in a hundred pairs of unrelated appeals reaches, within bounds.

    In a short history the pairs of one hot matter are too many of all pairs, so it moves the link little.
    """
    order = sorted(range(len(senses)), key=lambda at: (len(senses[at].grams), senses[at].grams[:8].tolist()))
    chance = np.random.default_rng(len(senses))
    pairs = min(_PAIRS, 20 * len(senses))
    first, second = chance.integers(0, len(order), pairs), chance.integers(0, len(order), pairs)
    vectors = _Vectors([senses[at] for at in order], scale)
    likeness = np.full(pairs, np.nan)
    for at in np.flatnonzero(first != second):
        likeness[at] = vectors.product(first[at], second[at])
    usual = float(np.nanquantile(likeness, 0.99)) if (first != second).any() else 0.0
    asked = min(HIGHEST_LINK, max(LOWEST_LINK, USUAL_TIMES * usual))
    return LOWEST_LINK + (asked - LOWEST_LINK) * min(1.0, len(senses) / ENOUGH_TO_JUDGE)


class _Vectors:
    """The weighed senses one behind the other in two arrays, which leave no gaps in memory when they go."""

    def __init__(self, senses: Sequence[Sense], scale: Scale) -> None:
        self._ends = np.cumsum([0, *(len(sense.grams) for sense in senses)])
        self._grams = np.empty(self._ends[-1], dtype=np.uint64)
        self._shares = np.zeros(self._ends[-1], dtype=np.float32)
        self._lengths = np.zeros(len(senses), dtype=np.int64)
        for at, sense in enumerate(senses):
            grams, shares = scale.weighed(sense)
            self._lengths[at] = len(grams)
            self._grams[self._slice(at)], self._shares[self._slice(at)] = grams, shares

    def product(self, one: int, two: int) -> float:
        """The likeness of two."""
        first, second = self._slice(one), self._slice(two)
        _, at, to = np.intersect1d(self._grams[first], self._grams[second], assume_unique=True, return_indices=True)
        return float(self._shares[first][at] @ self._shares[second][to])

    def _slice(self, at: int) -> slice:
        return slice(self._ends[at], self._ends[at] + self._lengths[at])
