"""Compares two readings: how much of what they say is shared, and whether it is one matter or one kind of matter."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from huiyin.text.similar import weights as weighing
from huiyin.text.similar.reading import Grams, Reading, read
from huiyin.text.similar.weights import Weights

NEAR_DUPLICATE = 0.58


class Kind(StrEnum):
    """repeat: the same matter again; similar: another place, other figures or another person."""

    REPEAT = "repeat"
    SIMILAR = "similar"


@dataclass(frozen=True, slots=True)
class Similarity:
    """score in [0, 1], the kind of likeness, and reason codes in a fixed order."""

    score: float
    kind: Kind
    reasons: tuple[str, ...]


def score(first: str, second: str, *, same_person: bool | None = None, weights: Weights = weighing.EVEN) -> Similarity:
    """The likeness of two texts; same_person is None where nobody knows. Symmetric; 1.0 for a text with itself."""
    return compared(read(first), read(second), same_person=same_person, weights=weights)


def compared(
    first: Reading, second: Reading, *, same_person: bool | None = None, weights: Weights = weighing.EVEN
) -> Similarity:
    """The likeness of two readings, as score does for texts."""
    shared = overlap(first.grams, second.grams, weights)
    reasons = ["same_words" if shared >= 0.9 else "mostly_same_words" if shared >= NEAR_DUPLICATE else "some_words"]
    moved = _differ(first.buildings, second.buildings) or _differ(first.places, second.places)
    renumbered = _differ(first.numbers, second.numbers)
    reasons += [name for name, holds in (("other_place", moved), ("other_numbers", renumbered)) if holds]
    if same_person is not None:
        reasons.append("same_person" if same_person else "other_person")
    if same_person is None:
        repeats = shared >= NEAR_DUPLICATE and not moved
    else:
        repeats = same_person and shared >= 0.6 * NEAR_DUPLICATE and not moved
    return Similarity(round(shared, 4), Kind.REPEAT if repeats else Kind.SIMILAR, tuple(reasons))


def overlap(first: Grams, second: Grams, weights: Weights) -> float:
    """Weighted share of common grams: the mean of common to all and common to the smaller; 0.0 when either is empty."""
    if not len(first) or not len(second):
        return 0.0
    common = float(weights.of(np.intersect1d(first, second, assume_unique=True)).sum())
    one, two = float(weights.of(first).sum()), float(weights.of(second).sum())
    return 0.5 * common / (one + two - common) + 0.5 * common / min(one, two)


def _differ(first: frozenset[str], second: frozenset[str]) -> bool:
    return bool(first) and bool(second) and not first & second
