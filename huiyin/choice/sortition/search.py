"""Looking for a lottery over whole panels: panels are dealt, exchanged and priced until the bound is reached."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import OptimizeResult, linprog
from scipy.sparse import csc_array, hstack, vstack

from huiyin.choice.sortition import panels
from huiyin.choice.sortition.kinds import Floats, Ints, Kinds
from huiyin.choice.sortition.relaxed import smallest_of_last
from huiyin.choice.sortition.swaps import Swaps

REACHED = 1e-8
BATCH, SOME = 100, 25
KINDS_PER_PANEL, DEALT_FIRST = 4, 140
SPARE = 5
ROUNDS = 80
SLOW = 0.9
EXCHANGES = 3
NEAR_PRICES = 12
MANY = 400
KEPT = 1000
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


def sought(found: "Found", face: Kinds, goal: Floats, ceiling: float, watch: Watch) -> Spread:
    """Largest z, and a lottery, so that kind t has the chance base[t] + free[t]·z; stops at the ceiling.

    Panels of the face are dealt to whoever is owed most against the goal, chances (T,) that reach the ceiling. Then the
    panels of the best lottery so far are bettered by exchanges for whom it leaves short. When that gets on slowly, more
    are dealt; when that does too, those are added that the prices of the programme ask for, until none is left that
    would help: then the value is proved to be the largest by integer programming.
    Raises ValueError when no panel keeps the quotas.
    """
    face = replace(face, cap=np.maximum(face.cap, np.ceil(goal * face.people - REACHED).astype(np.int64)))
    first = next((panel for panel in reversed(found.panels) if face.holds(panel)), None)
    first = panels.any_panel(face) if first is None else first
    if first is None:
        face, first = found.kinds, panels.any_panel(found.kinds)
    if first is None:
        raise ValueError("no panel keeps the quotas")
    found.add(first)
    dealer = Dealer(face, goal, first)
    while len(found.panels) < _dealt_first(goal) and dealer.dealt < len(goal):
        dealer.deal(found, None, SOME)
        watch(len(found.panels), ceiling)
    spread, bound, slow = found.solved(), ceiling, 0
    for _ in range(ROUNDS):
        watch(len(found.panels), ceiling - spread.value)
        if spread.value >= bound - REACHED:
            break
        before = spread.value
        unserved = (spread.chances(found.kinds) <= 0) & (goal > 0)
        if slow == 0 and not unserved.any():
            found.exchange(face, spread)
        else:
            dealer.width = min(max(slow, 1) * dealer.width, WIDEST)
            dealer.deal(found, None if unserved.any() else spread, BATCH)
        if slow > 1:
            bound = min(bound, found.priced(spread))
        spread = found.solved()
        kept = (ceiling - spread.value) / max(ceiling - before, REACHED)
        slow = min(slow + 1, 2) if kept > SLOW else 0
    return replace(spread, bound=max(bound, spread.value))


def _dealt_first(goal: Floats) -> int:
    """How many panels are dealt before the first lottery over them is sought."""
    return min(len(goal) // KINDS_PER_PANEL, DEALT_FIRST) + 1


class Dealer:
    """Deals panels, one after the other, to whoever is owed most against the goal."""

    def __init__(self, face: Kinds, goal: Floats, latest: Ints) -> None:
        self.face, self.goal, self.latest = face, goal, latest
        self.ties = np.random.default_rng(0)
        self.dealt, self.width = 0, 1
        self.served = np.zeros(len(goal))

    def deal(self, found: "Found", spread: Spread | None, number: int) -> None:
        """A batch of panels; what counts as served is what was dealt, or the mean of that and the best lottery."""
        served = self.served.copy()
        if spread is not None:
            served = (served + self.dealt * spread.chances(self.face)) / 2
        for _ in range(min(number, len(self.goal) + SPARE)):
            self.dealt += 1
            owed = self.dealt * self.goal - served
            weights = owed / max(float(np.abs(owed).max()), 1e-12) + 1e-3 * self.ties.random(len(owed))
            self.latest = panels.good_panel(self.face, weights, self.latest, width=self.width)
            self.served += self.latest / self.face.people
            served += self.latest / self.face.people
            found.add(self.latest)


class Found:
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

    def exchange(self, face: Kinds, spread: Spread) -> None:
        """Better the panels of a lottery by exchanges for the kinds that hold it down.

        When there are many panels, those that were found first and are not used are left.
        """
        used = spread.panels[spread.shares > 0]
        used = used[[face.holds(panel) for panel in used]]
        if not len(used):
            return
        if len(self.panels) > KEPT:
            self.panels = list(spread.panels[(spread.shares > 0) | (np.arange(len(spread.panels)) >= KEPT // 2)])
        swaps = Swaps(face, used, seed=len(self.panels))
        asked = spread.weights / self.kinds.people
        asked = asked / max(float(asked.max()), 1e-12)
        for panel in swaps.better(asked * (1 + 0.5 * swaps.dice.random(used.shape)), EXCHANGES):
            self.add(panel)

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
        asked = hstack([-served, csc_array(self.free[:, None].astype(np.float64))])
        answer = _best_shares(smallest_of_last(len(listed)), asked, -self.base)
        if answer.x is None:
            raise ArithmeticError(f"the lottery over {len(listed)} panels could not be solved: {answer.message}")
        shares = np.maximum(answer.x[:-1], 0.0)
        weights = np.maximum(-np.asarray(answer.ineqlin.marginals), 0.0)
        return Spread(listed, shares / shares.sum(), float(-answer.fun), 1.0, weights)

    def flattest(self, spread: Spread) -> Spread:
        """Of the lotteries over its panels and those dealt first, one as good whose largest chance is smallest."""
        dealt = np.array(self.panels[: _dealt_first(self.base)])
        listed = np.unique(np.concatenate((dealt, spread.panels[spread.shares > 0])), axis=0)
        served = csc_array(listed.T / self.kinds.people[:, None])
        number = len(self.base)
        asked = vstack([hstack([-served, csc_array((number, 1))]), hstack([served, csc_array(-np.ones((number, 1)))])])
        room = np.concatenate((-self.base - self.free * (spread.value - REACHED / 8), np.zeros(number)))
        answer = _best_shares(-smallest_of_last(len(listed)), asked, room)
        if answer.x is None:
            return spread
        shares = np.maximum(answer.x[:-1], 0.0)
        return replace(spread, panels=listed, shares=shares / shares.sum())


def _best_shares(objective: Floats, asked: csc_array, room: Floats) -> OptimizeResult:
    """The programme of a lottery: shares of panels that add up to 1, and one more number, free, that is judged."""
    number = len(objective) - 1
    return linprog(  # type: ignore[call-overload, no-any-return]  # the stubs know no sparse matrices
        objective,
        A_ub=asked.tocsc(),
        b_ub=room,
        A_eq=csc_array(np.append(np.ones(number), 0.0)[None, :]),
        b_eq=[1.0],
        bounds=[*((0, None) for _ in range(number)), (None, None)],
        method="highs" if number < MANY else "highs-ipm",
    )
