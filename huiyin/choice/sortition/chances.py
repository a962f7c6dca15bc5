"""The fairest chances: a lottery over panels whose smallest chance (maximin), or whole list (leximin), is best."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from huiyin.choice.sortition import panels
from huiyin.choice.sortition.kinds import Floats, Ints, Kinds
from huiyin.choice.sortition.relaxed import Relaxed, even_chances, relaxed, relaxed_levels
from huiyin.choice.sortition.search import REACHED, Found, Spread, Watch, sought, unwatched

TOLERANCE = 1e-6


@dataclass(frozen=True)
class Fairest:
    """The fairest lottery found, the rule, and the bounds of its levels (see `certificate`)."""

    spread: Spread
    levels: tuple[Relaxed, ...]
    gap: float


def expected(kinds: Kinds) -> Floats:
    """Chances that people of each kind have where panels can be cut into fractions, as even as they can be; (T,)."""
    number = len(kinds.people)
    return even_chances(kinds, relaxed(kinds, np.zeros(number), np.ones(number, dtype=np.int64)).value)


def maximin(kinds: Kinds, *, known: Sequence[Ints] = (), watch: Watch = unwatched) -> Fairest:
    """The lottery whose smallest chance is as large as possible; of those found, one whose largest chance is smallest.

    `known` are panels to start from; `watch` is told the panels found and what the smallest chance lacks to its bound.
    Raises ValueError when no panel keeps the quotas.
    """
    free = np.ones(len(kinds.people), dtype=np.int64)
    base = np.zeros(len(kinds.people))
    bound = relaxed(kinds, base, free)
    found = Found(kinds, base, free, known)
    goal = even_chances(kinds, bound.value)
    spread = found.flattest(sought(found, panels.on_the_face(kinds, bound), goal, bound.value, watch))
    return Fairest(spread, (bound,), max(spread.bound - spread.value, 0.0))


def leximin(kinds: Kinds, *, known: Sequence[Ints] = (), watch: Watch = unwatched) -> Fairest:
    """The lottery whose smallest chance is largest, then the second smallest, and so on for everyone.

    The list is first found for fractional panels, which bounds what is possible, and then a lottery over whole panels
    is looked for that reaches it. Where it provably cannot be reached, the list is found level by level over whole
    panels. `known` and `watch` as in `maximin`. Raises ValueError when no panel keeps the quotas.
    Source: Flanigan, Gölz, Gupta, Hennig, Procaccia 2021.
    """
    goal, levels = relaxed_levels(kinds)
    face = kinds
    for level in levels:
        face = panels.on_the_face(face, level)
    found = Found(kinds, goal, np.ones(len(goal), dtype=np.int64), known)
    spread = sought(found, face, goal, 0.0, watch)
    if spread.value >= -TOLERANCE or spread.bound >= -REACHED:
        smallest = float(spread.chances(kinds).min())
        return Fairest(replace(spread, value=smallest, bound=levels[0].value), tuple(levels), max(-spread.value, 0.0))
    return _level_by_level(kinds, list(spread.panels), watch)


def _level_by_level(kinds: Kinds, known: list[Ints], watch: Watch) -> Fairest:
    """Leximin over whole panels: raise the smallest chance, fix the kinds that hold it down, go on with the others."""
    base = np.zeros(len(kinds.people))
    free = np.ones(len(kinds.people), dtype=np.int64)
    levels: list[Relaxed] = []
    gap, first = 0.0, 1.0
    while free.any():
        fixed = np.where(free > 0, 0.0, base)
        bound = relaxed(kinds, fixed, free)
        spread = sought(Found(kinds, fixed, free, known), kinds, fixed + free * bound.value, bound.value, watch)
        first = first if levels else spread.bound
        levels += [bound] if not levels else []
        gap = max(gap, spread.bound - spread.value)
        known = list(spread.panels)
        tight = (free > 0) & (spread.weights > 1e-7)
        tight = tight if tight.any() else free > 0
        base[tight] = spread.value - REACHED
        free[tight] = 0
    return Fairest(replace(spread, value=float(spread.chances(kinds).min()), bound=first), tuple(levels), gap)
