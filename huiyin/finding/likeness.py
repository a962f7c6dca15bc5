"""Compares two folded texts by the pairs of signs they share, whatever their order and numbers. Pure."""

import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet

from huiyin.finding import keys

NEAR: float = 0.5
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def read(folded: str) -> frozenset[int]:
    """The pairs of a text with every number read as one sign."""
    return frozenset(keys.pairs(_NUMBER.sub("0", folded)))


def score(one: AbstractSet[int], two: AbstractSet[int], weight: Callable[[int], float]) -> float:
    """The weighted share of common pairs, 0 to 1: the mean of common to all and common to the smaller. Symmetric."""
    both = sum(map(weight, one & two))
    if not both:
        return 0.0
    first, second = sum(map(weight, one)), sum(map(weight, two))
    return 0.5 * both / (first + second - both) + 0.5 * both / min(first, second)
