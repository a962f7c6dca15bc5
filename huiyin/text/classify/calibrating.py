"""Fits the judge to margins of appeals that the members have not seen."""

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from huiyin.text.classify.judging import Judge, log_odds, softmax
from huiyin.text.classify.rows import Margins, Places

_LEAN_PENALTY = 1e-3
# Per appeal; these keep a short or faultless history from being a reason for certainty.
_TRUST_PENALTY = 0.1
_LINE_PENALTY = 1.0

Numbers = NDArray[np.float64]


def judge(unseen: Margins, places: Places, labels: int) -> Judge:
    """The judge over members' margins side by side, fitted by likelihood; the line of confidence comes last.

    Joined margins are too sure of the clear appeals and not sure enough of the others: without the line the
    calibration error is three times as large. A judge with a weight for every pair of labels fits better and suggests
    worse (docs/reading.md).
    """
    members = np.stack(np.split(unseen, unseen.shape[1] // labels, axis=1))
    start = np.concatenate([np.ones(len(members)), np.zeros(labels)])
    bounds = [(0.0, None)] * len(members) + [(None, None)] * labels
    found = minimize(_loss, start, args=(members, places), jac=True, method="L-BFGS-B", bounds=bounds).x
    numbers = found.astype(np.float32)
    plain = Judge(numbers[: len(members)], numbers[len(members) :], 1.0, 0.0)
    stated = softmax(plain.scores(unseen))
    slope, shift = _line(log_odds(stated.max(axis=1)), stated.argmax(axis=1) == places)
    return Judge(plain.trusts, plain.leans, slope, shift)


def _line(sure: Numbers, right: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and shift of the log odds of being right over the stated ones. Source: Platt 1999."""

    def loss(numbers: Numbers) -> tuple[float, Numbers]:
        slope, shift = numbers
        stated = 1 / (1 + np.exp(-(slope * sure + shift)))
        value = -np.log(np.where(right, stated, 1 - stated) + 1e-12).mean()
        off = stated - right
        away = numbers - np.array([1.0, 0.0])
        penalty = _LINE_PENALTY / len(right)
        uphill = np.array([(off * sure).mean(), off.mean()]) + 2 * penalty * away
        return float(value + penalty * (away**2).sum()), uphill

    bounds = [(0.1, 10.0), (-5.0, 5.0)]
    slope, shift = minimize(loss, np.array([1.0, 0.0]), jac=True, method="L-BFGS-B", bounds=bounds).x
    return float(slope), float(shift)


def _loss(numbers: Numbers, members: NDArray[np.float64], places: Places) -> tuple[float, Numbers]:
    """Mean negative log likelihood with a small penalty on trusts and leans, and its gradient."""
    count = len(members)
    trusts, leans = numbers[:count], numbers[count:]
    stated = softmax(np.tensordot(trusts, members, axes=1) + leans)
    rows = np.arange(len(places))
    penalty = np.repeat([_TRUST_PENALTY / len(places), _LEAN_PENALTY], [count, len(leans)])
    value = -np.log(stated[rows, places] + 1e-12).mean() + (penalty * numbers**2).sum()
    off = stated.copy()
    off[rows, places] -= 1
    off /= len(places)
    slope = np.concatenate([np.tensordot(members, off, axes=2), off.sum(axis=0)])
    return float(value), slope + 2 * penalty * numbers
