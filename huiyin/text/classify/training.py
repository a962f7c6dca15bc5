"""Trains a classifier on labelled appeals: members, cross-fitted judge, honest figures; no chance is involved."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from huiyin.text.classify import calibrating, folds, measures, solvers, views
from huiyin.text.classify.model import Classifier, lexicon_rows
from huiyin.text.classify.rows import Margins, Places, Values
from huiyin.text.classify.solvers import Chosen
from huiyin.text.classify.views import Appeal, Reading

# Below this probability a person decides; cross-fitted it leaves one appeal in twenty-five (docs/reading.md).
LEAST_PROBABILITY = 0.65


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

    Raises TrainingError when the two lengths differ, there are fewer than two labels, fewer than ten
    appeals or fewer than three for each label.
    """
    names = tuple(sorted(set(labels)))
    _require(labelled, labels, names)
    places = np.array([names.index(label) for label in labels], dtype=np.int64)
    fold_of = folds.folds_of(labelled, places)
    folded = views.folded(labelled)
    texts, hits = _Texts(folded, views.folded(unlabelled)), lexicon_rows(folded)
    unseen = np.hstack(
        [
            solvers.cross_fitted(lambda out: texts.margins(out, places, len(names)), fold_of, len(names)),
            solvers.cross_fitted(lambda out: _lexicon_margins(hits, out, places, len(names)), fold_of, len(names)),
        ]
    )
    judge = calibrating.judge(unseen, places, len(names))
    reading = texts.reading()
    by_text = solvers.large_margin(views.weighed(texts.counted, reading.rarity), places, len(names))
    by_lexicon = solvers.log_linear(hits, places, len(names))
    figures = _figures(unseen, places, fold_of, len(names), least_probability)
    return Classifier(names, reading, by_text, by_lexicon, judge, least_probability, figures)


class _Texts:
    """The labelled texts, counted once, to be read with the rarity that some of them tell."""

    def __init__(self, labelled: Sequence[Appeal], unlabelled: Sequence[Appeal]) -> None:
        self.known = views.known_terms(labelled)
        self.counted = views.counted(labelled, self.known)
        self._others = views.counted(unlabelled, self.known).in_texts()
        self._unlabelled = len(unlabelled)
        self._least = views.least_texts(len(labelled))

    def reading(self) -> Reading:
        """How appeals are read after all labelled ones; unlabelled ones only tell how rare a known term is."""
        return Reading(self.known, self._rarity(np.ones(len(self.counted.rows), dtype=np.bool_)))

    def margins(self, held_out: Chosen, places: Places, labels: int) -> Margins:
        """The margins of held-out appeals from a fit that knows neither their labels nor their words.

        Words of theirs only would make their rows longer and their margins smaller than those of new appeals.
        """
        rows = views.weighed(self.counted, self._rarity(~held_out))
        member = solvers.large_margin(rows.chosen(~held_out), places[~held_out], labels)
        return member.margins(rows.chosen(held_out))

    def _rarity(self, known: Chosen) -> dict[str, NDArray[np.float32]]:
        total = int(known.sum()) + self._unlabelled
        rare = views.rarity(self.counted.in_texts(known), self._others, total, self._least)
        return views.by_view(rare, self.counted.begins)


def _lexicon_margins(hits: Values, held_out: Chosen, places: Places, labels: int) -> Margins:
    return solvers.log_linear(hits[~held_out], places[~held_out], labels).margins(hits[held_out])


def _require(labelled: Sequence[Appeal], labels: Sequence[str], names: tuple[str, ...]) -> None:
    if len(labelled) != len(labels):
        raise TrainingError(f"{len(labelled)} appeals but {len(labels)} labels")
    if len(names) < 2:
        raise TrainingError(f"at least two different labels are needed, there is {len(names)}")
    if len(labelled) < 10:
        raise TrainingError(f"at least ten labelled appeals are needed, there are {len(labelled)}")
    if len(labelled) < 3 * len(names):
        raise TrainingError(f"{len(names)} different labels for {len(labelled)} appeals: is it the column of labels?")


def _figures(
    unseen: Margins, places: Places, fold_of: NDArray[np.int64], labels: int, least_probability: float
) -> dict[str, float]:
    """How good the suggestions are on appeals that neither members nor judge have seen."""
    probabilities = np.zeros((len(places), labels))
    for fold in np.unique(fold_of):
        inside = fold_of == fold
        judge = calibrating.judge(unseen[~inside], places[~inside], labels)
        probabilities[inside] = judge.probabilities(unseen[inside])
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
