"""Joins members' margins into calibrated probabilities: one trust per member, one lean per label."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from huiyin.text.classify.solvers import Linear, Margins, Places

_LEAN_PENALTY = 1e-3


def judge(unseen: Margins, places: Places, labels: int) -> Linear:
    """The judge over members' margins side by side, fitted by likelihood to margins of appeals unseen by the members.

    A judge with a weight for every pair of labels fits better and suggests worse (docs/reading.md).
    """
    members = np.stack(np.split(unseen, unseen.shape[1] // labels, axis=1))
    start = np.concatenate([np.ones(len(members)), np.zeros(labels)])
    found = minimize(_loss, start, args=(members, places), jac=True, method="L-BFGS-B").x
    trusts, leans = found[: len(members)], found[len(members) :]
    weights = np.vstack([trust * np.eye(labels) for trust in trusts])
    return Linear(weights.astype(np.float32), leans.astype(np.float32))


def softmax(scores: Margins) -> Margins:
    """Scores as probabilities; each row sums to 1."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def _loss(
    numbers: NDArray[np.float64], members: NDArray[np.float64], places: Places
) -> tuple[float, NDArray[np.float64]]:
    """Mean negative log likelihood with a small penalty on leans, and its gradient."""
    count = len(members)
    trusts, leans = numbers[:count], numbers[count:]
    stated = softmax(np.tensordot(trusts, members, axes=1) + leans)
    rows = np.arange(len(places))
    value = -np.log(stated[rows, places] + 1e-12).mean() + _LEAN_PENALTY * (leans**2).sum()
    off = stated.copy()
    off[rows, places] -= 1
    off /= len(places)
    slope = np.concatenate([np.tensordot(members, off, axes=2), off.sum(axis=0) + 2 * _LEAN_PENALTY * leans])
    return float(value), slope
