"""The fairest chances: a lottery over panels whose smallest chance (maximin), or whole list (leximin), is best."""

from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csc_array, hstack

from huiyin.choice.sortition import panels
from huiyin.choice.sortition.kinds import Floats, Ints, Kinds
from huiyin.choice.sortition.panels import Relaxed

REACHED = 1e-8
TOLERANCE = 1e-6
COVERING = 120
COVERED = 820
CHECKED = (10, 20, 40, 80, 120, 200, 300, 400, 500, 600, 700, 820)
ROUNDS = 40
FEW_NEW = 3


@dataclass(frozen=True)
class Spread:
    """A lottery over panels of kinds.

    `panels` (C, T) are numbers of each kind, `shares` (C,) their probabilities; `value` is what was made as large as
    possible and `bound` what no lottery can exceed; `weights` (T,) are the kinds that hold it down.
    """

    panels: Ints
    shares: Floats
    value: float
    bound: float
    weights: Floats

    def chances(self, kinds: Kinds) -> Floats:
        """Chance of each person of a kind; shape (T,)."""
        return np.asarray(self.shares @ self.panels / kinds.people)


@dataclass(frozen=True)
class Fairest:
    """The fairest lottery found, the rule, and the bounds of its levels (see `certificate`)."""

    spread: Spread
    levels: tuple[Relaxed, ...]
    gap: float


def maximin(kinds: Kinds) -> Fairest:
    """The lottery whose smallest chance is as large as possible. Raises ValueError when no panel keeps the quotas."""
    free = np.ones(len(kinds.people), dtype=np.int64)
    base = np.zeros(len(kinds.people))
    bound = panels.relaxed(kinds, base, free)
    spread = _spread(kinds, panels.on_the_face(kinds, bound), base, free, bound.value, [])
    return Fairest(spread, (bound,), max(spread.bound - spread.value, 0.0))


def leximin(kinds: Kinds) -> Fairest:
    """The lottery whose smallest chance is largest, then the second smallest, and so on for everyone.

    The list is first found for fractional panels, which bounds what is possible, and then a lottery over whole panels
    is looked for that reaches it. Where it provably cannot be reached, the list is found level by level over whole
    panels. Raises ValueError when no panel keeps the quotas. Source: Flanigan, Gölz, Gupta, Hennig, Procaccia 2021.
    """
    goal, levels = _relaxed_levels(kinds)
    face = kinds
    for level in levels:
        face = panels.on_the_face(face, level)
    spread = _spread(kinds, face, goal, np.ones(len(goal), dtype=np.int64), 0.0, [])
    if spread.value >= -TOLERANCE or spread.bound >= -REACHED:
        return Fairest(
            replace(spread, value=float(spread.chances(kinds).min())), tuple(levels), max(-spread.value, 0.0)
        )
    return _level_by_level(kinds, list(spread.panels))


def _relaxed_levels(kinds: Kinds) -> tuple[Floats, list[Relaxed]]:
    """Leximin chances for fractional panels, and the bound of every level."""
    base = np.zeros(len(kinds.people))
    free = np.ones(len(kinds.people), dtype=np.int64)
    levels = []
    while free.any():
        level = panels.relaxed(kinds, np.where(free > 0, 0.0, base - 1e-11), free)
        levels.append(level)
        tight = (free > 0) & (level.weights > 1e-9)
        tight = tight if tight.any() else free > 0
        base[tight] = level.value
        free[tight] = 0
    return base, levels


def _level_by_level(kinds: Kinds, known: list[Ints]) -> Fairest:
    """Leximin over whole panels: raise the smallest chance, fix the kinds that hold it down, go on with the others."""
    base = np.zeros(len(kinds.people))
    free = np.ones(len(kinds.people), dtype=np.int64)
    levels: list[Relaxed] = []
    gap, first = 0.0, 1.0
    while free.any():
        bound = panels.relaxed(kinds, np.where(free > 0, 0.0, base), free)
        spread = _spread(kinds, kinds, np.where(free > 0, 0.0, base), free, bound.value, known)
        first = first if levels else spread.bound
        levels += [bound] if not levels else []
        gap = max(gap, spread.bound - spread.value)
        known = list(spread.panels)
        tight = (free > 0) & (spread.weights > 1e-7)
        tight = tight if tight.any() else free > 0
        base[tight] = spread.value - REACHED
        free[tight] = 0
    return Fairest(replace(spread, value=float(spread.chances(kinds).min()), bound=first), tuple(levels), gap)


def _spread(kinds: Kinds, face: Kinds, base: Floats, free: Ints, ceiling: float, known: list[Ints]) -> Spread:
    """Largest z, and a lottery, so that kind t has the chance base[t] + free[t]·z; stops at the ceiling.

    First panels are sought that serve the least served (on the face), then panels that the prices of the programme ask
    for, until none is left that would help: then the value is proved to be the largest by integer programming.
    """
    goal = base + free * ceiling
    found = _Found(kinds, base, free, list(known))
    if not known:
        first = panels.best_panel(face, np.ones(len(goal)))
        face = kinds if first is None else face
        first = panels.best_panel(kinds, np.ones(len(goal))) if first is None else first
        if first is None:
            raise ValueError("no panel keeps the quotas")
        found.add(first)
    spread = found.solved() if known else _covered(face, found, goal, ceiling)
    bound = ceiling
    for _ in range(ROUNDS):
        if spread.value >= ceiling - REACHED:
            break
        wanted = spread.weights / kinds.people
        worth = float(spread.weights @ base) + spread.value
        active = np.flatnonzero(spread.shares > 1e-9)
        new = sum(
            found.add_if_worth(panels.exchanged(kinds, spread.panels[place], wanted), wanted, worth) for place in active
        )
        if new < FEW_NEW:
            best = panels.best_panel(kinds, wanted)
            assert best is not None, "a pool with a panel has a best panel"
            bound = min(bound, spread.value + max(float(wanted @ best) - worth, 0.0))
            if not found.add_if_worth(best, wanted, worth) and not new:
                break
        spread = found.solved()
    return replace(spread, bound=max(bound, spread.value))


def _covered(face: Kinds, found: "_Found", goal: Floats, ceiling: float) -> Spread:
    """Panels that one after the other serve whoever is owed most against the goal, until the goal is reached."""
    served = found.panels[0].astype(np.float64)
    ties = np.random.default_rng(0)
    latest = found.panels[0]
    spread = found.solved()
    for number in range(2, COVERED + 1):
        owed = number * goal - served / face.people
        if number <= COVERING:
            owed = np.maximum(owed, 0.0)
            latest = panels.good_panel(
                face, owed / max(float(owed.max()), 1e-12) + 1e-3 * ties.random(len(goal)), latest
            )
        else:
            other = found.panels[int(ties.integers(len(found.panels)))]
            latest = panels.exchanged(face, other, np.where(owed > 0, owed, owed / 5))
        served += latest
        found.add(latest)
        if number in CHECKED:
            spread = found.solved()
            if spread.value >= ceiling - REACHED:
                break
    return spread


class _Found:
    """The panels found so far, each once, and the best lottery over them."""

    def __init__(self, kinds: Kinds, base: Floats, free: Ints, known: list[Ints]) -> None:
        self.kinds, self.base, self.free = kinds, base, free
        self.panels: list[Ints] = []
        self._seen: set[bytes] = set()
        for panel in known:
            self.add(panel)

    def add(self, panel: Ints) -> bool:
        """Remember a panel; whether it is new."""
        mark = panel.astype(np.int64).tobytes()
        if mark in self._seen:
            return False
        self._seen.add(mark)
        self.panels.append(panel)
        return True

    def add_if_worth(self, panel: Ints, wanted: Floats, worth: float) -> bool:
        """Remember a panel that would improve the lottery."""
        return float(wanted @ panel) > worth + REACHED / 10 and self.add(panel)

    def solved(self) -> Spread:
        """The best lottery over the panels found so far."""
        listed = np.array(self.panels)
        served = csc_array(listed.T / self.kinds.people[:, None])
        number = len(listed)
        answer = linprog(  # type: ignore[call-overload]  # the stubs know no sparse matrices
            panels.smallest_of_last(number),
            A_ub=hstack([-served, csc_array(self.free[:, None].astype(np.float64))]).tocsc(),
            b_ub=-self.base,
            A_eq=csc_array(np.append(np.ones(number), 0.0)[None, :]),
            b_eq=[1.0],
            bounds=[*((0, None) for _ in range(number)), (None, None)],
            method="highs",
        )
        if answer.x is None:
            raise ArithmeticError(f"the lottery over {number} panels could not be solved: {answer.message}")
        shares = np.maximum(answer.x[:-1], 0.0)
        weights = np.maximum(-np.asarray(answer.ineqlin.marginals), 0.0)
        return Spread(listed, shares / shares.sum(), float(-answer.fun), 1.0, weights)
