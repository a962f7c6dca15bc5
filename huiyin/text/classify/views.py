"""Reads an appeal in five ways (grams and words, subject and detail apart, all words) as one row of numbers."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from huiyin.text import segment
from huiyin.text.classify import vocabulary
from huiyin.text.classify.rows import Rows
from huiyin.text.classify.vocabulary import Vocabulary

# View and its weight, measured on dev (docs/reading.md): a subject says in 20 signs what a detail says in 200.
WEIGHTS = {
    "subject_grams": 0.5,
    "detail_grams": 0.6,
    "subject_words": 0.4,
    "detail_words": 0.5,
    "all_words": 0.6,
}
GRAM_VIEWS = frozenset({"subject_grams", "detail_grams"})
_RARITY_POWER = 1.5
_VIEWS = tuple(WEIGHTS)


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

    def rows(self, folded: Sequence[Appeal]) -> Rows:
        """One row per folded appeal, the views side by side in the order of WEIGHTS."""
        return weighed(counted(folded, self.vocabulary), self.rarity)


@dataclass(frozen=True)
class Counted:
    """How often each known term stands in each appeal: a `Rows` of counts, and where each view's columns begin."""

    rows: Rows
    begins: NDArray[np.int64]

    def in_texts(self, chosen: NDArray[np.bool_] | None = None) -> NDArray[np.int64]:
        """In how many of all or the chosen appeals each term stands; shape (columns,)."""
        columns = self.rows.columns if chosen is None else self.rows.columns[chosen[self.rows.row_of()]]
        return np.bincount(columns, minlength=self.rows.width)


def folded(appeals: Sequence[Appeal]) -> list[Appeal]:
    """The appeals in one spelling."""
    return [Appeal(segment.folded(each.subject), segment.folded(each.detail)) for each in appeals]


def known_terms(labelled: Sequence[Appeal]) -> Vocabulary:
    """The vocabulary of folded appeals: terms of at least `least_texts` of them."""
    cut_texts = [segment.cut(each.subject) + segment.cut(_told(each)) for each in labelled]
    texts = [f"{each.subject}\n{_told(each)}" for each in labelled]
    return vocabulary.learned(texts, cut_texts, least_texts=least_texts(len(labelled)))


def least_texts(labelled: int) -> int:
    """In how many labelled appeals a term must stand: two, one where there are fewer than 200."""
    return 2 if labelled >= 200 else 1


def counted(folded: Sequence[Appeal], known: Vocabulary) -> Counted:
    """The known terms of folded appeals in every view."""
    subjects, details = [each.subject for each in folded], [_told(each) for each in folded]
    subject_words = known.find_words(vocabulary.cut_all(subjects))
    detail_words = known.find_words(vocabulary.cut_all(details))
    found = (
        known.find_grams(subjects),
        known.find_grams(details),
        subject_words,
        detail_words,
        (np.concatenate([subject_words[0], detail_words[0]]), np.concatenate([subject_words[1], detail_words[1]])),
    )
    sizes = [len(known.grams) if view in GRAM_VIEWS else len(known.words) for view in _VIEWS]
    begins = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    width = max(int(begins[-1]), 1)
    keys = np.concatenate(
        [rows * width + places + begin for (rows, places), begin in zip(found, begins[:-1], strict=True)]
    )
    distinct, counts = np.unique(keys, return_counts=True)
    starts = np.searchsorted(distinct, np.arange(len(folded) + 1, dtype=np.int64) * width)
    return Counted(Rows(distinct % width, counts.astype(np.float32), starts, int(begins[-1])), begins)


def rarity(
    in_labelled: NDArray[np.int64], in_others: NDArray[np.int64] | int, total: int, least: int
) -> NDArray[np.float32]:
    """How rare each term is among `total` appeals; 0 for a term of fewer than `least` labelled ones.

    A term that a view has hardly seen would only lengthen the row and make the terms it knows weigh less.
    """
    rare = ((np.log((1 + total) / (1 + in_labelled + in_others)) + 1) ** _RARITY_POWER).astype(np.float32)
    return np.where(in_labelled >= least, rare, np.float32(0))


def by_view(values: NDArray[np.float32], begins: NDArray[np.int64]) -> dict[str, NDArray[np.float32]]:
    """The values of all columns cut into those of each view."""
    return dict(zip(_VIEWS, np.split(values, begins[1:-1]), strict=True))


def weighed(counted: Counted, rarity: dict[str, NDArray[np.float32]]) -> Rows:
    """Logarithmic counts times rarity, each view of each row scaled to its weight; terms without rarity left out."""
    rows = counted.rows
    values = (1 + np.log(rows.values)) * np.concatenate([rarity[view] for view in _VIEWS])[rows.columns]
    row_of, view_of = rows.row_of(), np.searchsorted(counted.begins, rows.columns, side="right") - 1
    part = row_of * len(_VIEWS) + view_of
    squares = np.bincount(part, weights=values.astype(np.float64) ** 2, minlength=len(rows) * len(_VIEWS))
    lengths = np.sqrt(squares)
    weight = np.tile(np.array(list(WEIGHTS.values())), len(rows))
    values *= (weight / np.where(lengths > 0, lengths, 1))[part].astype(np.float32)
    return rows.with_values(values.astype(np.float32))


def _told(folded: Appeal) -> str:
    """The detail without a subject repeated at its head, which is read once."""
    return folded.detail.removeprefix(folded.subject)
