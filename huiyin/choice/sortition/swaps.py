"""Bettering many panels at once by exchanges between people that leave every quota as it was."""

import numpy as np
import numpy.typing as npt

from huiyin.choice.sortition.kinds import Floats, Ints, Kinds

TRIED = 12
CHANCE = 0.5

Bools = npt.NDArray[np.bool_]


class Swaps:
    """Panels of the same kinds, each bettered on its own; B panels, S seats, T kinds, R quotas, M tries.

    Two moves are tried at random and the best is kept: two people of a panel give way to two others between whom the
    same values are exchanged, so that every quota counts as before; or one gives way to one other within the quotas.
    `seats` (B, S) are the kinds that sit; `counts` (B, T), `held` (B, R) and `housed` (B, G) what follows from them.
    """

    def __init__(self, kinds: Kinds, panels: Ints, *, seed: int) -> None:
        self.kinds, self.dice = kinds, np.random.default_rng(seed)
        self.counts = panels.copy()
        self.seats = np.repeat(np.tile(np.arange(panels.shape[1]), len(panels)), panels.ravel()).reshape(
            len(panels), kinds.size
        )
        counted = [kinds.counted(panel) for panel in panels]
        self.held = np.array([held for held, _ in counted])
        self.housed = np.array([housed for _, housed in counted])
        self._index()

    def better(self, weights: Floats, rounds: int) -> Ints:
        """The panels after so many rounds, each with a larger sum of its own weights (B, T) if a move was found."""
        for _ in range(rounds):
            self._exchange(weights)
            self._replace(weights)
        return self.counts

    def _index(self) -> None:
        """Every combination of values as one number, and the kinds of each combination."""
        width = self.kinds.quota_of.shape[1]
        ranks = [np.unique(self.kinds.quota_of[:, feature], return_inverse=True) for feature in range(width)]
        self.values = np.stack([rank for _, rank in ranks], axis=1)
        self.radix = np.cumprod([1, *(len(values) for values, _ in ranks[:-1])])
        self.code = self.values @ self.radix
        self.codes, self.starts, self.lengths = np.unique(np.sort(self.code), return_index=True, return_counts=True)
        self.by_code = np.argsort(self.code, kind="stable")

    def _of_code(self, code: Ints) -> tuple[Ints, Bools]:
        """A kind with these values, one by lot if there are several; and whether there is any."""
        place = np.minimum(np.searchsorted(self.codes, code), len(self.codes) - 1)
        which = (self.dice.random(code.shape) * self.lengths[place]).astype(np.int64)
        return self.by_code[self.starts[place] + which], self.codes[place] == code

    def _exchange(self, weights: Floats) -> None:
        panels, seats = self.seats.shape
        row = np.arange(panels)[:, None]
        first, second = self.dice.integers(0, seats, (2, panels, TRIED))
        out, other = self.seats[row, first], self.seats[row, second]
        given = self.dice.random((panels, TRIED, len(self.radix))) < CHANCE
        moved = ((self.values[other] - self.values[out]) * given) @ self.radix
        joins, known = self._of_code(self.code[out] + moved)
        follows, known_too = self._of_code(self.code[other] - moved)
        gain = weights[row, joins] + weights[row, follows] - weights[row, out] - weights[row, other]
        good = known & known_too & (gain > 0) & (first != second)
        good &= self.kinds.house[joins] != self.kinds.house[follows]
        good &= self._room(row, joins, (out, other)) & self._room(row, follows, (out, other))
        rows, best = self._best(np.where(good, gain, 0.0))
        self._put(rows, first[rows, best], joins[rows, best])
        self._put(rows, second[rows, best], follows[rows, best])

    def _replace(self, weights: Floats) -> None:
        panels, seats = self.seats.shape
        row = np.arange(panels)[:, None]
        seat = self.dice.integers(0, seats, (panels, TRIED))
        joins = self.dice.integers(0, len(self.code), (panels, TRIED))
        out = self.seats[row, seat]
        gain = weights[row, joins] - weights[row, out]
        good = (gain > 0) & self._room(row, joins, (out,))
        left, entered = self.kinds.quota_of[out], self.kinds.quota_of[joins]
        above = self.held[row[:, :, None], left] > self.kinds.least[left]
        below = self.held[row[:, :, None], entered] < self.kinds.most[entered]
        good &= ((left == entered) | (above & below)).all(axis=2)
        rows, best = self._best(np.where(good, gain, 0.0))
        self._put(rows, seat[rows, best], joins[rows, best])

    def _room(self, row: Ints, joins: Ints, leaving: tuple[Ints, ...]) -> Bools:
        """Whether a kind fits in once others leave: by its own cap and by that of its house group."""
        count, housed = self.counts[row, joins], self.housed[row, self.kinds.house[joins]]
        for gone in leaving:
            count = count - (gone == joins)
            housed = housed - (self.kinds.house[gone] == self.kinds.house[joins])
        fits: Bools = (count < self.kinds.cap[joins]) & (housed < self.kinds.house_cap[self.kinds.house[joins]])
        return fits

    @staticmethod
    def _best(gain: Floats) -> tuple[Ints, Ints]:
        """The panels for which a move helps, and which move helps most."""
        best = gain.argmax(axis=1)
        rows = np.flatnonzero(gain[np.arange(len(gain)), best] > 0)
        return rows, best[rows]

    def _put(self, rows: Ints, seat: Ints, joins: Ints) -> None:
        out = self.seats[rows, seat]
        self.seats[rows, seat] = joins
        self.counts[rows, out] -= 1
        self.counts[rows, joins] += 1
        self.housed[rows, self.kinds.house[out]] -= 1
        self.housed[rows, self.kinds.house[joins]] += 1
        for left, entered in zip(self.kinds.quota_of[out].T, self.kinds.quota_of[joins].T, strict=True):
            self.held[rows, left] -= 1
            self.held[rows, entered] += 1
