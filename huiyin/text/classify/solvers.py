"""Fits straight-line members: weights per term and label, from rows and the places of their labels."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

Rows = sp.csr_matrix | NDArray[np.float32]
Places = NDArray[np.int64]
Margins = NDArray[np.float64]
# A label that a fold has never seen gets the margin of a clear no.
_CLEAR_NO = -1.0


@dataclass(frozen=True)
class Linear:
    """Weights of shape (columns, labels) and one offset per label, float32."""

    weights: NDArray[np.float32]
    offsets: NDArray[np.float32]

    def margins(self, rows: Rows) -> Margins:
        """The score of every label for every row; shape (rows, labels)."""
        return np.asarray(rows @ self.weights, dtype=np.float64) + self.offsets


Solver = Callable[[Rows, Places, int], Linear]


def large_margin(rows: Rows, places: Places, labels: int) -> Linear:
    """The multi-class large-margin solution (Crammer and Singer 2001); one label beats all others by a distance."""
    machine = LinearSVC(C=1.5, multi_class="crammer_singer", random_state=0, max_iter=5000, tol=0.05)
    machine.fit(rows.astype(np.float64), places)
    return _spread(machine, labels)


def log_linear(rows: Rows, places: Places, labels: int) -> Linear:
    """The multinomial logistic solution, for few dense columns."""
    machine = LogisticRegression(C=30.0, max_iter=2000, tol=1e-3).fit(rows.astype(np.float64), places)
    return _spread(machine, labels)


def cross_fitted(solver: Solver, rows: Rows, places: Places, folds: Places, labels: int) -> Margins:
    """The margins of every row from a fit that has not seen the row's fold."""
    margins = np.zeros((len(places), labels))
    for fold in np.unique(folds):
        inside = folds == fold
        margins[inside] = solver(rows[~inside], places[~inside], labels).margins(rows[inside])
    return margins


def _spread(machine: LinearSVC | LogisticRegression, labels: int) -> Linear:
    """The machine's weights as one column per label, also for two labels and for labels it has not seen."""
    known, coefficients, offsets = (
        machine.classes_,
        machine.coef_,
        np.broadcast_to(machine.intercept_, len(machine.coef_)),
    )
    if len(known) == 2 and len(coefficients) == 1:
        coefficients = np.vstack([-coefficients, coefficients])
        offsets = np.concatenate([-offsets, offsets])
    weights = np.zeros((coefficients.shape[1], labels), dtype=np.float32)
    spread = np.full(labels, _CLEAR_NO, dtype=np.float32)
    # float16 is what a model file keeps; rounding here makes a model the same before and after it was stored.
    weights[:, known] = coefficients.T.astype(np.float16)
    spread[known] = offsets
    return Linear(weights, spread)
