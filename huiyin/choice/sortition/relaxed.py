"""What panels cut into fractions can reach: a bound that no lottery exceeds, and even chances to aim at."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, hstack, vstack

from huiyin.choice.sortition.kinds import Floats, Ints, Kinds

SLACK = 1e-10
SAMPLES = 15
ROOM = 1.2


@dataclass(frozen=True)
class Relaxed:
    """The fairest chances if panels could be cut into fractions, and why they cannot be fairer.

    `value` bounds the smallest chance of the free kinds; `weights` (T,) and `prices` (rows,) prove it (see
    `certificate`).
    """

    value: float
    weights: Floats
    prices: Floats


def relaxed(kinds: Kinds, base: Floats, free: Ints) -> Relaxed:
    """Largest z so that fractional panels give kind t the chance base[t] + free[t]·z at least.

    Raises ValueError when not even fractions of panels keep every condition.
    """
    limits, room = _limits(kinds)
    number, height = len(kinds.people), len(room)
    people = kinds.people.astype(np.float64)
    claims = hstack([csr_array((-np.ones(number), (np.arange(number),) * 2)), csr_array((people * free)[:, None])])
    found = linprog(  # type: ignore[call-overload]  # the stubs know no sparse matrices
        smallest_of_last(number),
        A_ub=vstack([hstack([limits, csr_array((height, 1))]), claims]).tocsr(),
        b_ub=np.concatenate((room, -base * people)),
        bounds=[*((0, float(cap)) for cap in kinds.cap), (-1, 1)],
        method="highs",
    )
    if found.x is None:
        raise ValueError("no fractional panel keeps every condition")
    prices = -np.asarray(found.ineqlin.marginals)
    return Relaxed(float(-found.fun), prices[height:], prices[: height // 2] - prices[height // 2 : height])


def relaxed_levels(kinds: Kinds) -> tuple[Floats, list[Relaxed]]:
    """Leximin chances for fractional panels, and the bound of every level."""
    base = np.zeros(len(kinds.people))
    free = np.ones(len(kinds.people), dtype=np.int64)
    levels = []
    while free.any():
        level = relaxed(kinds, np.where(free > 0, 0.0, base - 1e-11), free)
        levels.append(level)
        tight = (free > 0) & (level.weights > 1e-9)
        tight = tight if tight.any() else free > 0
        base[tight] = level.value
        free[tight] = 0
    return base, levels


def even_chances(kinds: Kinds, smallest: float) -> Floats:
    """Chances of fractional panels, none below the smallest and none much above what somebody must have; shape (T,).

    The mean of several answers, with costs drawn at random, so that nobody is at a limit who need not be.
    """
    limits, room = _limits(kinds)
    number, people = len(kinds.people), kinds.people.astype(np.float64)
    least = people * (smallest - SLACK)
    largest = hstack([csr_array((1 / people, (np.arange(number),) * 2)), csr_array(-np.ones((number, 1)))])
    flattest = linprog(  # type: ignore[call-overload]  # the stubs know no sparse matrices
        -smallest_of_last(number),
        A_ub=vstack([hstack([limits, csr_array((len(room), 1))]), largest]).tocsr(),
        b_ub=np.concatenate((room, np.zeros(number))),
        bounds=[*zip(least, kinds.cap.astype(np.float64), strict=True), (0, 1)],
        method="highs",
    )
    if flattest.x is None:
        return np.full(number, smallest)
    dice, answers = np.random.default_rng(0), [flattest.x[:-1]]
    most = np.minimum(kinds.cap, people * min(1.0, ROOM * flattest.fun))
    for _ in range(SAMPLES):
        answer = linprog(  # type: ignore[call-overload]  # the stubs know no sparse matrices
            dice.normal(size=number) / people,
            A_ub=limits,
            b_ub=room,
            bounds=list(zip(least, most, strict=True)),
            method="highs",
        )
        answers += [] if answer.x is None else [answer.x]
    return np.asarray(np.mean(answers, axis=0) / people)


def smallest_of_last(number: int) -> Floats:
    """Objective of a programme that makes its last variable, after `number` others, as large as possible."""
    return np.append(np.zeros(number), -1.0)


def _limits(kinds: Kinds) -> tuple[csr_array, Floats]:
    """Every condition on a panel from above and from below, as rows that must not exceed their room."""
    rows, low, high = kinds.rows
    return vstack([rows, -rows]).tocsr(), np.concatenate((high, -low))
