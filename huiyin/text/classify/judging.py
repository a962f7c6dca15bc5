"""Joins members' margins into calibrated probabilities: one trust per member, one lean per label, one confidence."""

from dataclasses import dataclass

import numpy as np

from huiyin.text.classify.rows import Margins, Values

_SURE = 1e-6


@dataclass(frozen=True)
class Judge:
    """What members' margins are worth.

    trusts: shape (members,); leans: shape (labels,); slope and shift: how sure one may be of the best label, as a
    straight line over the log odds that trusts and leans give it.
    """

    trusts: Values
    leans: Values
    slope: float
    shift: float

    def probabilities(self, margins: Margins) -> Margins:
        """The calibrated probability of every label from the members' margins side by side; rows sum to 1."""
        return self.assured(softmax(self.scores(margins)))

    def scores(self, margins: Margins) -> Margins:
        """The members' margins joined; shape (rows, labels)."""
        members = np.split(margins, len(self.trusts), axis=1)
        joined = sum(float(trust) * member for trust, member in zip(self.trusts, members, strict=True))
        return np.asarray(joined + self.leans)

    def assured(self, stated: Margins) -> Margins:
        """Stated probabilities with the best label's one set right, the others in their proportion; order is kept."""
        rows, best = np.arange(len(stated)), stated.argmax(axis=1)
        top = stated[rows, best]
        rest = np.maximum(1 - top, _SURE)
        second = np.partition(stated, -2, axis=1)[:, -2] / rest
        right = 1 / (1 + np.exp(-(self.slope * log_odds(top) + self.shift)))
        right = np.clip(right, second / (1 + second) + _SURE, 1 - _SURE)
        assured = stated * ((1 - right) / rest)[:, None]
        assured[rows, best] = right
        return np.asarray(assured / assured.sum(axis=1, keepdims=True))


def softmax(scores: Margins) -> Margins:
    """Scores as probabilities; each row sums to 1."""
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def log_odds(probabilities: Margins) -> Margins:
    """The logarithm of p against 1 - p, within bounds."""
    within = np.clip(probabilities, _SURE, 1 - _SURE)
    return np.asarray(np.log(within / (1 - within)))
