"""Trains a classifier on labelled appeals: members, cross-fitted judge, honest figures; no chance is involved."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from huiyin.text.classify import folds, judging, measures, solvers, views
from huiyin.text.classify.model import Classifier, lexicon_rows
from huiyin.text.classify.solvers import Margins, Places
from huiyin.text.classify.views import Appeal

# Below this probability a person decides; measured on dev it leaves about one appeal in twenty (docs/reading.md).
LEAST_PROBABILITY = 0.5


class TrainingError(ValueError):
    """The appeals given cannot be learned from; the sentence says what is missing."""


def trained(
    labelled: Sequence[Appeal],
    labels: Sequence[str],
    unlabelled: Sequence[Appeal] = (),
    *,
    least_probability: float = LEAST_PROBABILITY,
) -> Classifier:
    """The classifier learned from appeals and their labels; the same input always gives the same classifier.

    Raises TrainingError when the two lengths differ, there are fewer than two labels or fewer than ten appeals.
    """
    names = tuple(sorted(set(labels)))
    _require(labelled, labels, names)
    places = np.array([names.index(label) for label in labels], dtype=np.int64)
    fold_of = folds.folds_of(labelled, places)
    reading = views.learned(labelled, unlabelled)
    members = ((solvers.large_margin, reading.rows(labelled)), (solvers.log_linear, lexicon_rows(labelled)))
    unseen = np.hstack([solvers.cross_fitted(fit, rows, places, fold_of, len(names)) for fit, rows in members])
    judge = judging.judge(unseen, places, len(names))
    by_text, by_lexicon = (fit(rows, places, len(names)) for fit, rows in members)
    figures = _figures(unseen, places, fold_of, len(names), least_probability)
    return Classifier(names, reading, by_text, by_lexicon, judge, least_probability, figures)


def _require(labelled: Sequence[Appeal], labels: Sequence[str], names: tuple[str, ...]) -> None:
    if len(labelled) != len(labels):
        raise TrainingError(f"{len(labelled)} appeals but {len(labels)} labels")
    if len(names) < 2:
        raise TrainingError(f"at least two different labels are needed, there is {len(names)}")
    if len(labelled) < 10:
        raise TrainingError(f"at least ten labelled appeals are needed, there are {len(labelled)}")


def _figures(
    unseen: Margins, places: Places, fold_of: NDArray[np.int64], labels: int, least_probability: float
) -> dict[str, float]:
    """How good the suggestions are on appeals that neither members nor judge have seen."""
    probabilities = np.zeros((len(places), labels))
    for fold in np.unique(fold_of):
        inside = fold_of == fold
        judge = judging.judge(unseen[~inside], places[~inside], labels)
        probabilities[inside] = judging.softmax(judge.margins(unseen[inside]))
    sure = probabilities.max(axis=1) >= least_probability
    first = probabilities.argmax(axis=1)
    return {
        "appeals": float(len(places)),
        "macro_f1": measures.macro_f1(places, first, labels),
        "accuracy": measures.top_accuracy(places, probabilities, 1),
        "top_2_accuracy": measures.top_accuracy(places, probabilities, 2),
        "calibration_error": measures.calibration_error(places, probabilities),
        "share_abstained": float(np.mean(~sure)),
        "accuracy_when_sure": float(np.mean((first == places)[sure])) if sure.any() else 0.0,
    }
