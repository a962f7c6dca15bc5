"""Finding panels: the best panel for given weights of the kinds, by integer programming."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp

from huiyin.choice.sortition.kinds import Floats, Ints, Kinds
from huiyin.choice.sortition.relaxed import Relaxed

MOST_NODES = 2_000
FEW_NODES = 200
LONGEST_SECONDS = 5.0  # about 500 times what a search takes; only for a solver that does not come back
PER_QUOTA = 6
AT_THE_TOP = 50


@dataclass(frozen=True)
class Best:
    """A panel for given weights, and what no panel's sum of weights exceeds (the panel's own sum, or a bound)."""

    panel: Ints
    most: float


def any_panel(kinds: Kinds) -> Ints | None:
    """A panel that keeps every condition, None when there is none."""
    return _whole(kinds, _sought(kinds, np.zeros(len(kinds.people)), {}).x)


def best_panel(kinds: Kinds, weights: Floats) -> Best:
    """The largest sum of weights in a panel, by integer programming (HiGHS) within a fixed effort.

    Raises ValueError when no panel keeps every condition.
    """
    found = _sought(kinds, weights, {"mip_rel_gap": 0.0, "node_limit": MOST_NODES})
    panel = _whole(kinds, found.x)
    panel = any_panel(kinds) if panel is None else panel
    if panel is None:
        raise ValueError("no panel keeps the quotas")
    most = float(weights @ panel) if found.mip_dual_bound is None else -float(found.mip_dual_bound)
    return Best(panel, most)


def good_panel(kinds: Kinds, weights: Floats, known: Ints, *, width: int = 1) -> Ints:
    """A panel with a large sum of weights, within 10 % of the best among the weightiest kinds of every quota.

    `width` says how many times the usual number of kinds is looked at; `known` is a panel, whose kinds stay in the
    choice, so that there always is an answer.
    """
    rows, low, high = kinds.rows
    order = np.argsort(-weights, kind="stable")
    chosen = [order[: width * AT_THE_TOP], np.flatnonzero(known)]
    for feature in range(kinds.quota_of.shape[1]):
        quota = kinds.quota_of[order, feature]
        chosen += [order[quota == each][: width * PER_QUOTA] for each in np.unique(quota)]
    places = np.unique(np.concatenate(chosen))
    part = rows[:, places]
    needed = np.arange(part.shape[0]) <= len(kinds.least)
    needed |= np.bincount(part.nonzero()[0], minlength=part.shape[0]) > 1
    found = milp(
        -weights[places],
        constraints=LinearConstraint(part[needed], low[needed], high[needed]),
        integrality=np.ones(len(places), dtype=np.int64),
        bounds=Bounds(0, kinds.cap[places]),
        options={"mip_rel_gap": 0.1, "node_limit": FEW_NODES, "time_limit": LONGEST_SECONDS},
    )
    panel = np.zeros(len(weights))
    if found.x is not None:
        panel[places] = found.x
    whole = _whole(kinds, panel)
    return known if whole is None else whole


def on_the_face(kinds: Kinds, bound: Relaxed) -> Kinds:
    """The same kinds with every quota that the bound prices held at its limit, and no kind used up.

    Only such panels can be part of a lottery that reaches the bound. Quotas without a price are left as they are.
    """
    prices = bound.prices[: len(kinds.least)]
    return replace(
        kinds,
        cap=kinds.easy,
        least=np.where(prices > 1e-9, kinds.most, kinds.least),
        most=np.where(prices < -1e-9, kinds.least, kinds.most),
    )


def _whole(kinds: Kinds, answer: Floats | None) -> Ints | None:
    """The solver's answer in whole numbers, if it is a panel; checked without floats."""
    if answer is None:
        return None
    panel = np.rint(answer).astype(np.int64)
    return panel if kinds.holds(panel) else None


def _sought(kinds: Kinds, weights: Floats, options: Mapping[str, float]) -> OptimizeResult:
    """The solver's answer for the largest sum of weights in a panel."""
    rows, low, high = kinds.rows
    return milp(
        -weights,
        constraints=LinearConstraint(rows, low, high),
        integrality=np.ones(len(weights), dtype=np.int64),
        bounds=Bounds(0, kinds.cap),
        options={**options},  # type: ignore[arg-type]  # the stubs name no type for it
    )
