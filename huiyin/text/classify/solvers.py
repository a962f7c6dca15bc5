"""Fits straight-line members: weights per term and label, from rows and the places of their labels."""

from collections.abc import Callable

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from huiyin.text.classify.rows import Linear, Margins, Places, Rows, Values

# A label that a fold has never seen gets the margin of a clear no.
_CLEAR_NO = -1.0
Chosen = NDArray[np.bool_]


def large_margin(rows: Rows, places: Places, labels: int) -> Linear:
    """The multi-class large-margin solution (Crammer and Singer 2001); one label beats all others by a distance."""
    if len(np.unique(places)) < 2:
        return _always(places, labels, rows.width)
    matrix = sp.csr_matrix((rows.values.astype(np.float64), rows.columns, rows.starts), shape=(len(rows), rows.width))
    machine = LinearSVC(C=1.5, multi_class="crammer_singer", random_state=0, max_iter=5000, tol=0.05)
    return _spread(machine.fit(matrix, places), labels)


def log_linear(rows: Values, places: Places, labels: int) -> Linear:
    """The multinomial logistic solution, for few dense columns."""
    if len(np.unique(places)) < 2:
        return _always(places, labels, rows.shape[1])
    machine = LogisticRegression(C=30.0, max_iter=2000, tol=1e-3).fit(rows.astype(np.float64), places)
    return _spread(machine, labels)


def cross_fitted(margins_of: Callable[[Chosen], Margins], folds: Places, labels: int) -> Margins:
    """The margins of every row from a fit without the row's fold: `margins_of` gets who is held out, tells theirs."""
    margins = np.zeros((len(folds), labels))
    for fold in np.unique(folds):
        held_out = folds == fold
        margins[held_out] = margins_of(held_out)
    return margins


def _always(places: Places, labels: int, width: int) -> Linear:
    """What one label alone teaches: it, whatever is said."""
    offsets = np.full(labels, _CLEAR_NO, dtype=np.float32)
    offsets[places] = 0
    return Linear(np.zeros((width, labels), dtype=np.float16), offsets)


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
    weights = np.zeros((coefficients.shape[1], labels), dtype=np.float16)
    spread = np.full(labels, _CLEAR_NO, dtype=np.float32)
    weights[:, known] = coefficients.T
    spread[known] = offsets
    return Linear(weights, spread)
