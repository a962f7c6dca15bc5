"""Keeps, for every appeal, the others most like it; a function of the appeals and the scale, not of their order."""

from huiyin.text.similar.reading import Grams
from huiyin.text.topics.items import Places, Sense
from huiyin.text.topics.postings import Postings
from huiyin.text.topics.scale import Scale, Vector

NEAREST = 30
# What is left of the likeness of two appeals that tell different buildings, estates or registered places.
ELSEWHERE = (0.4, 0.4, 0.4)


class Neighbours:
    """The graph of appeals: nodes in order of arrival, links between those that count each other as nearest."""

    def __init__(self, scale: Scale) -> None:
        self._scale = scale
        self._keys: list[str] = []
        self._places: list[Places] = []
        self._postings = Postings()
        self._nearest: list[dict[int, float]] = []
        self._gone: set[int] = set()

    def add(self, key: str, sense: Sense) -> set[int]:
        """Take up an appeal as the next node; returns the nodes whose links changed, the new one among them."""
        node = len(self._keys)
        grams, shares = self._scale.weighed(sense)
        alike = self._alike(grams, shares, sense.places)
        self._keys.append(key)
        self._places.append(sense.places)
        self._nearest.append({})
        self._postings.add(grams, shares)
        changed = {node}
        for other, likeness in alike.items():
            changed |= self._offer(node, other, likeness) | self._offer(other, node, likeness)
        return changed

    def remove(self, node: int) -> set[int]:
        """Forget a node as if it had never come; returns the other nodes whose links changed."""
        self._gone.add(node)
        changed = set(self._nearest[node])
        holders = [other for other in self._alike_to(node) if node in self._nearest[other]]
        for other in holders:
            before = self._nearest[other]
            was_full = len(before) == NEAREST
            del before[node]
            changed |= {other, *before}
            if was_full:
                self._nearest[other] = self._best(self._alike_to(other))
                changed |= set(self._nearest[other])
        self._nearest[node] = {}
        return changed - {node}

    def links(self, node: int) -> dict[int, float]:
        """The nodes linked with this one and how alike they are, in (0, 1]."""
        return {other: likeness for other, likeness in self._nearest[node].items() if node in self._nearest[other]}

    def rank(self, node: int) -> str:
        """What decides between equals."""
        return self._keys[node]

    def _alike_to(self, node: int) -> dict[int, float]:
        """The other nodes at least as alike to a node as the scale's link."""
        alike = self._alike(*self._postings.vector(node), self._places[node])
        alike.pop(node, None)
        return alike

    def _best(self, alike: dict[int, float]) -> dict[int, float]:
        kept = sorted(alike, key=lambda each: (alike[each], self._keys[each]), reverse=True)[:NEAREST]
        return {other: alike[other] for other in kept}

    def _alike(self, grams: Grams, shares: Vector, places: Places) -> dict[int, float]:
        """The nodes at least as alike as the scale's link, with their likeness."""
        likeness = self._postings.likeness(grams, shares)
        alike: dict[int, float] = {}
        for other in (likeness >= self._scale.link - 1e-9).nonzero()[0].tolist():
            if other in self._gone:
                continue
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


def _apart(one: Places, two: Places) -> float:
    """The smallest remainder of those ways of telling the place in which the two differ; 1.0 where none does."""
    return min(
        (left for here, there, left in zip(one, two, ELSEWHERE, strict=True) if here and there and not here & there),
        default=1.0,
    )
