"""Keeps, for every appeal, the others most like it; a function of the appeals and the scale, not of their order."""

from array import array
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from huiyin.text.topics.items import Sense
from huiyin.text.topics.scale import Scale

NEAREST = 30
# What is left of the likeness of two appeals that tell different buildings, estates or registered places.
ELSEWHERE = (0.4, 0.4, 0.4)


@dataclass(slots=True)
class _Posting:
    holders: "array[int]"
    shares: "array[float]"


class Neighbours:
    """The graph of appeals: nodes in order of arrival, links between those that count each other as nearest."""

    def __init__(self, scale: Scale) -> None:
        self._scale = scale
        self._keys: list[str] = []
        self._places: list[tuple[frozenset[str], ...]] = []
        self._postings: dict[int, _Posting] = {}
        self._nearest: list[dict[int, float]] = []

    def add(self, key: str, sense: Sense) -> set[int]:
        """Take up an appeal as the next node; returns the nodes whose links changed, the new one among them."""
        node = len(self._keys)
        grams, shares = self._scale.weighed(sense)
        alike = self._alike(grams.tolist(), shares, sense.places)
        self._keys.append(key)
        self._places.append(sense.places)
        self._nearest.append({})
        for gram, share in zip(grams.tolist(), shares.tolist(), strict=True):
            posting = self._postings.get(gram)
            if posting is None:
                posting = self._postings[gram] = _Posting(array("i"), array("f"))
            posting.holders.append(node)
            posting.shares.append(share)
        changed = {node}
        for other, likeness in alike.items():
            changed |= self._offer(node, other, likeness) | self._offer(other, node, likeness)
        return changed

    def links(self, node: int) -> dict[int, float]:
        """The nodes linked with this one and how alike they are, in (0, 1]."""
        return {other: likeness for other, likeness in self._nearest[node].items() if node in self._nearest[other]}

    def rank(self, node: int) -> str:
        """What decides between equals."""
        return self._keys[node]

    def _alike(
        self, grams: list[int], shares: NDArray[np.float32], places: tuple[frozenset[str], ...]
    ) -> dict[int, float]:
        """Earlier nodes at least as alike as the scale's link, with their likeness."""
        held = [
            (posting, share)
            for gram, share in zip(grams, shares.tolist(), strict=True)
            if (posting := self._postings.get(gram))
        ]
        if not held:
            return {}
        holders = np.concatenate([np.frombuffer(posting.holders, dtype=np.intc) for posting, _ in held])
        products = np.concatenate([np.frombuffer(posting.shares, dtype=np.float32) * share for posting, share in held])
        likeness = np.bincount(holders, weights=products, minlength=len(self._keys))
        alike: dict[int, float] = {}
        for other in np.flatnonzero(likeness >= self._scale.link - 1e-9).tolist():
            value = min(1.0, float(likeness[other])) * _apart(places, self._places[other])
            if round(value, 6) >= self._scale.link:
                alike[other] = round(value, 6)
        return alike

    def _offer(self, node: int, other: int, likeness: float) -> set[int]:
        """Count `other` among the nearest of `node` if it belongs there; returns whose links changed."""
        nearest = self._nearest[node]
        nearest[other] = likeness
        if len(nearest) <= NEAREST:
            return {node, other}
        last = min(nearest, key=lambda each: (nearest[each], self._keys[each]))
        del nearest[last]
        return set() if last == other else {node, other, last}


def _apart(one: tuple[frozenset[str], ...], two: tuple[frozenset[str], ...]) -> float:
    """The smallest remainder of those ways of telling the place in which the two differ; 1.0 where none does."""
    return min(
        (left for here, there, left in zip(one, two, ELSEWHERE, strict=True) if here and there and not here & there),
        default=1.0,
    )
