"""Measures of how good suggestions are: macro-F1, accuracy of the first one or two, calibration error."""

import numpy as np
from numpy.typing import NDArray

Probabilities = NDArray[np.float64]
Places = NDArray[np.int64]


def macro_f1(truth: Places, suggested: Places, labels: int) -> float:
    """The mean over labels of the harmonic mean of precision and recall; a label that never occurs is left out."""
    scores = []
    for label in range(labels):
        hits = int(np.sum((truth == label) & (suggested == label)))
        spoken = int(np.sum(truth == label) + np.sum(suggested == label))
        if spoken:
            scores.append(2 * hits / spoken)
    return float(np.mean(scores)) if scores else 0.0


def top_accuracy(truth: Places, probabilities: Probabilities, first: int) -> float:
    """The share of appeals whose label is among the `first` most probable ones."""
    best = np.argsort(-probabilities, axis=1, kind="stable")[:, :first]
    return float(np.mean((best == truth[:, None]).any(axis=1)))


def calibration_error(truth: Places, probabilities: Probabilities, bins: int = 15) -> float:
    """The mean distance between stated probability and observed accuracy, over equal bins of the stated one.

    Source: expected calibration error, Guo et al. 2017.
    """
    stated, right = probabilities.max(axis=1), probabilities.argmax(axis=1) == truth
    bin_of = np.minimum((stated * bins).astype(int), bins - 1)
    gaps = [
        abs(stated[bin_of == each].mean() - right[bin_of == each].mean()) * np.mean(bin_of == each)
        for each in np.unique(bin_of)
    ]
    return float(np.sum(gaps))
