"""How common each pair of signs is, to ask for the rarest first and to weigh likeness; weighed anew every night."""

import math
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from huiyin.finding import models
from huiyin.kernel.held import Held

UNSEEN_PER_10000: Final = 1
UNWEIGHED_PER_10000: Final = 30


@dataclass(frozen=True, slots=True)
class Weighed:
    """Pairs that are not rare, ascending, and how many in 10,000 wordings have each."""

    pairs: "array[int]"
    per_10000: "array[int]"

    def of(self, pair: int) -> int:
        """How many in 10,000 wordings have this pair: one where it was seldom seen, 30 before any weighing."""
        if not self.pairs:
            return UNWEIGHED_PER_10000
        at = bisect_left(self.pairs, pair)
        if at < len(self.pairs) and self.pairs[at] == pair:
            return max(UNSEEN_PER_10000, self.per_10000[at])
        return UNSEEN_PER_10000

    def rarest(self, pairs: Iterable[int]) -> list[int]:
        """The pairs, the rarest first; equally rare ones in the order of their numbers."""
        return sorted(pairs, key=lambda pair: (self.of(pair), pair))

    def weight(self, pair: int) -> float:
        """How much a pair tells: the natural logarithm of its rarity."""
        return math.log(10_000 / self.of(pair)) + 0.1


def _read() -> Weighed:
    row = models.Shares.objects.order_by("-pk").first()
    pairs, per_10000 = array("q"), array("H")
    if row is not None:
        pairs.frombytes(bytes(row.pairs))
        per_10000.frombytes(bytes(row.per_10000))
    return Weighed(pairs, per_10000)


HELD: Held[Weighed] = Held(_read, seconds=600)
