"""Reads an appeal in five ways (grams and words, subject and detail apart, all words) as one row of numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from huiyin.text import segment
from huiyin.text.classify import vocabulary
from huiyin.text.classify.vocabulary import Counts, Vocabulary

# View and its weight, measured on dev (docs/reading.md): a subject says in 20 signs what a detail says in 200.
WEIGHTS = {
    "subject_grams": 0.5,
    "detail_grams": 0.6,
    "subject_words": 0.4,
    "detail_words": 0.5,
    "all_words": 0.6,
}
_RARITY_POWER = 1.5
GRAM_VIEWS = frozenset({"subject_grams", "detail_grams"})


@dataclass(frozen=True)
class Appeal:
    """The two texts of an appeal, as written."""

    subject: str
    detail: str


@dataclass(frozen=True)
class Reading:
    """How to turn appeals into rows: a vocabulary and, for each view, how rare each of its terms is."""

    vocabulary: Vocabulary
    rarity: dict[str, NDArray[np.float32]]

    def width(self) -> int:
        """The number of columns of `rows`."""
        return sum(len(values) for values in self.rarity.values())

    def rows(self, appeals: Sequence[Appeal]) -> sp.csr_matrix:
        """One row per appeal, the views side by side in the order of WEIGHTS; float32, shape (appeals, width)."""
        counted = _counted(appeals, self.vocabulary)
        rows: sp.csr_matrix = sp.hstack(
            [_weighed(counts, self.rarity[view], WEIGHTS[view]) for view, counts in counted.items()],
            format="csr",
            dtype=np.float32,
        )
        return rows


def learned(labelled: Sequence[Appeal], unlabelled: Sequence[Appeal]) -> Reading:
    """The reading of labelled appeals; unlabelled ones only tell how rare a known term is.

    A term must stand in two labelled appeals, unless there are fewer than 200 of them.
    """
    pairs = [_folded(appeal) for appeal in labelled]
    cut_texts = [segment.cut(subject) + segment.cut(detail) for subject, detail in pairs]
    texts = ["\n".join(pair) for pair in pairs]
    least = 2 if len(labelled) >= 200 else 1
    known = vocabulary.learned(texts, cut_texts, least_texts=least)
    in_labelled = _in_texts(labelled, known)
    in_others = _in_texts(unlabelled, known) if unlabelled else dict.fromkeys(WEIGHTS, 0)
    total = len(labelled) + len(unlabelled)
    rarity = {view: _rarity(in_labelled[view] + in_others[view], total) for view in WEIGHTS}
    # A term that a view has hardly seen would only lengthen the row and make the terms it knows weigh less.
    return Reading(known, {view: np.where(in_labelled[view] >= least, rarity[view], 0) for view in WEIGHTS})


def _folded(appeal: Appeal) -> tuple[str, str]:
    """Subject and detail in one spelling; a subject repeated at the head of its detail is read once."""
    subject = segment.folded(appeal.subject)
    return subject, segment.folded(appeal.detail).removeprefix(subject)


def _counted(appeals: Sequence[Appeal], known: Vocabulary) -> dict[str, Counts]:
    pairs = [_folded(appeal) for appeal in appeals]
    subjects, details = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    subject_words = known.count_words(vocabulary.cut_all(subjects))
    detail_words = known.count_words(vocabulary.cut_all(details))
    return {
        "subject_grams": known.count_grams(subjects),
        "detail_grams": known.count_grams(details),
        "subject_words": subject_words,
        "detail_words": detail_words,
        "all_words": (subject_words + detail_words).tocsr(),
    }


def _in_texts(appeals: Sequence[Appeal], known: Vocabulary) -> dict[str, NDArray[np.int64]]:
    counted = _counted(appeals, known)
    return {view: np.bincount(counts.indices, minlength=counts.shape[1]) for view, counts in counted.items()}


def _rarity(in_texts: NDArray[np.int64], total: int) -> NDArray[np.float32]:
    return ((np.log((1 + total) / (1 + in_texts)) + 1) ** _RARITY_POWER).astype(np.float32)


def _weighed(counts: Counts, rarity: NDArray[np.float32], weight: float) -> sp.csr_matrix:
    """Logarithmic counts times rarity, each row scaled to the length `weight` (an empty row stays empty)."""
    values = (1 + np.log(counts.data)) * rarity[counts.indices]
    row_of = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    lengths = np.sqrt(np.bincount(row_of, weights=values.astype(np.float64) ** 2, minlength=counts.shape[0]))
    values *= (weight / np.where(lengths > 0, lengths, 1))[row_of].astype(np.float32)
    rows = sp.csr_matrix((values.astype(np.float32), counts.indices.copy(), counts.indptr.copy()), shape=counts.shape)
    rows.eliminate_zeros()
    return rows
