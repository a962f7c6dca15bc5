"""The fairest chances: a lottery over panels whose smallest chance (maximin), or whole list (leximin), is best."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csc_array, hstack

from huiyin.choice.sortition import panels
from huiyin.choice.sortition.kinds import Floats, Ints, Kinds
from huiyin.choice.sortition.panels import Relaxed

REACHED = 1e-8
TOLERANCE = 1e-6
BATCH = 100
SPARE = 5
ROUNDS = 60
SLUGGISH, SLOW = 0.6, 0.8
NEAR_PRICES = 12
MANY = 400
WIDEST = 4

Watch = Callable[[int, float], None]


def unwatched(panels_found: int, short: float) -> None:
    """Nobody looks on: what is told while a lottery is sought goes nowhere."""


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


def maximin(kinds: Kinds, *, known: Sequence[Ints] = (), watch: Watch = unwatched) -> Fairest:
    """The lottery whose smallest chance is as large as possible.

    `known` are panels to start from; `watch` is told the panels found and what the smallest chance lacks to its bound.
    Raises ValueError when no panel keeps the quotas.
    """
    free = np.ones(len(kinds.people), dtype=np.int64)
    base = np.zeros(len(kinds.people))
    bound = panels.relaxed(kinds, base, free)
    found = _Found(kinds, base, free, known)
    spread = _spread(found, panels.on_the_face(kinds, bound), bound.value, watch)
    return Fairest(spread, (bound,), max(spread.bound - spread.value, 0.0))


def leximin(kinds: Kinds, *, known: Sequence[Ints] = (), watch: Watch = unwatched) -> Fairest:
    """The lottery whose smallest chance is largest, then the second smallest, and so on for everyone.

    The list is first found for fractional panels, which bounds what is possible, and then a lottery over whole panels
    is looked for that reaches it. Where it provably cannot be reached, the list is found level by level over whole
    panels. `known` and `watch` as in `maximin`. Raises ValueError when no panel keeps the quotas.
    Source: Flanigan, Gölz, Gupta, Hennig, Procaccia 2021.
    """
    goal, levels = _relaxed_levels(kinds)
    face = kinds
    for level in levels:
        face = panels.on_the_face(face, level)
    found = _Found(kinds, goal, np.ones(len(goal), dtype=np.int64), known)
    spread = _spread(found, face, 0.0, watch)
    if spread.value >= -TOLERANCE or spread.bound >= -REACHED:
        smallest = float(spread.chances(kinds).min())
        return Fairest(replace(spread, value=smallest, bound=levels[0].value), tuple(levels), max(-spread.value, 0.0))
    return _level_by_level(kinds, list(spread.panels), watch)


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


def _level_by_level(kinds: Kinds, known: list[Ints], watch: Watch) -> Fairest:
    """Leximin over whole panels: raise the smallest chance, fix the kinds that hold it down, go on with the others."""
    base = np.zeros(len(kinds.people))
    free = np.ones(len(kinds.people), dtype=np.int64)
    levels: list[Relaxed] = []
    gap, first = 0.0, 1.0
    while free.any():
        fixed = np.where(free > 0, 0.0, base)
        bound = panels.relaxed(kinds, fixed, free)
        spread = _spread(_Found(kinds, fixed, free, known), kinds, bound.value, watch)
        first = first if levels else spread.bound
        levels += [bound] if not levels else []
        gap = max(gap, spread.bound - spread.value)
        known = list(spread.panels)
        tight = (free > 0) & (spread.weights > 1e-7)
        tight = tight if tight.any() else free > 0
        base[tight] = spread.value - REACHED
        free[tight] = 0
    return Fairest(replace(spread, value=float(spread.chances(kinds).min()), bound=first), tuple(levels), gap)


def _spread(found: "_Found", face: Kinds, ceiling: float, watch: Watch) -> Spread:
    """Largest z, and a lottery, so that kind t has the chance base[t] + free[t]·z; stops at the ceiling.

    Panels are dealt in batches to whoever the best lottery so far leaves short of the ceiling (on the face). When that
    gets on slowly, panels are added that the prices of the programme ask for, until none is left that would help: then
    the value is proved to be the largest by integer programming.
    """
    if not found.panels:
        first = panels.any_panel(face)
        face = found.kinds if first is None else face
        first = panels.any_panel(found.kinds) if first is None else first
        if first is None:
            raise ValueError("no panel keeps the quotas")
        found.add(first)
    dealer = _Dealer(face, found.base + found.free * ceiling, found.panels)
    spread, bound = found.solved(), ceiling
    for _ in range(ROUNDS):
        watch(len(found.panels), ceiling - spread.value)
        if spread.value >= ceiling - REACHED:
            break
        before = spread.value
        dealer.deal(found, spread)
        spread = found.solved()
        kept = (ceiling - spread.value) / max(ceiling - before, REACHED)
        if kept > SLUGGISH:
            dealer.width = min(2 * dealer.width, WIDEST)
        if kept > SLOW:
            bound = min(bound, found.priced(spread))
            if spread.value >= bound - REACHED:
                break
            spread = found.solved()
    return replace(spread, bound=max(bound, spread.value))


class _Dealer:
    """Deals panels, one after the other, to whoever is owed most against the goal."""

    def __init__(self, face: Kinds, goal: Floats, known: Sequence[Ints]) -> None:
        self.face, self.goal, self.latest = face, goal, known[-1]
        self.ties = np.random.default_rng(0)
        self.dealt, self.width = len(known), 1
        self.served = np.sum(known, axis=0) / face.people

    def deal(self, found: "_Found", spread: Spread) -> None:
        """A batch of panels; what counts as served is half what was dealt, half what the best lottery gives."""
        given = spread.shares @ spread.panels / self.face.people
        served = (self.served + self.dealt * given) / 2
        for _ in range(min(BATCH, len(self.goal) + SPARE)):
            self.dealt += 1
            owed = np.maximum(self.dealt * self.goal - served, 0.0)
            weights = owed / max(float(owed.max()), 1e-12) + 1e-3 * self.ties.random(len(owed))
            self.latest = panels.good_panel(self.face, weights, self.latest, width=self.width)
            self.served += self.latest / self.face.people
            served += self.latest / self.face.people
            found.add(self.latest)


class _Found:
    """The panels found so far, each once, and the best lottery over them: kind t gets base[t] + free[t]·z or more."""

    def __init__(self, kinds: Kinds, base: Floats, free: Ints, known: Sequence[Ints]) -> None:
        self.kinds, self.base, self.free = kinds, base, free
        self.panels: list[Ints] = []
        self._seen: set[bytes] = set()
        for panel in known:
            self.add(panel)

    def add(self, panel: Ints) -> None:
        """Remember a panel, unless it is known."""
        mark = panel.astype(np.int64).tobytes()
        if mark not in self._seen:
            self._seen.add(mark)
            self.panels.append(panel)

    def priced(self, spread: Spread) -> float:
        """What no lottery can exceed by the prices of this one; the panels that these prices ask for are added."""
        wanted = spread.weights / self.kinds.people
        best = panels.best_panel(self.kinds, wanted)
        self.add(best.panel)
        ties = np.random.default_rng(len(self.panels))
        for _ in range(NEAR_PRICES):
            near = wanted * (1 + ties.random(len(wanted))) + 1e-6 * wanted.max() * ties.random(len(wanted))
            self.add(panels.good_panel(self.kinds, near / near.max(), best.panel))
        return spread.value + max(best.most - float(spread.weights @ self.base) - spread.value, 0.0)

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
            method="highs" if number < MANY else "highs-ipm",
        )
        if answer.x is None:
            raise ArithmeticError(f"the lottery over {number} panels could not be solved: {answer.message}")
        shares = np.maximum(answer.x[:-1], 0.0)
        weights = np.maximum(-np.asarray(answer.ineqlin.marginals), 0.0)
        return Spread(listed, shares / shares.sum(), float(-answer.fun), 1.0, weights)
