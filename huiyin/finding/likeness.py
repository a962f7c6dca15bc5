"""Compares two folded texts by the pairs of signs they share, whatever their order and numbers. Pure."""

import re
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from huiyin.finding import keys
from huiyin.text.similar import synonyms

NEAR: Final = 0.5
_OF_TITLE: Final = 0.75
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Reading:
    """The pairs of a text and those of its first line, which is its title when there are more."""

    whole: AbstractSet[int]
    title: AbstractSet[int]


def read(folded: str) -> Reading:
    """A text up to its first blank line, synonyms as one word, without courtesies, every number as one sign."""
    said, _, _ = folded.partition("\n\n")
    plain = synonyms.without_courtesy(synonyms.unified(_NUMBER.sub("0", said)))
    title, _, rest = plain.partition("\n")
    first = keys.pairs(title)
    return Reading(first | keys.pairs(rest), first)


def score(draft: Reading, said: Reading, weight: Callable[[int], float]) -> float:
    """How alike a draft is to what was said, 0 to 1; its title alone counts three quarters."""
    return max(overlap(draft.whole, said.whole, weight), _OF_TITLE * overlap(draft.whole, said.title, weight))


def overlap(one: AbstractSet[int], two: AbstractSet[int], weight: Callable[[int], float]) -> float:
    """The weighted share of common pairs, 0 to 1: the mean of common to all and common to the smaller. Symmetric."""
    both = sum(map(weight, one & two))
    if not both:
        return 0.0
    first, second = sum(map(weight, one)), sum(map(weight, two))
    return 0.5 * both / (first + second - both) + 0.5 * both / min(first, second)
