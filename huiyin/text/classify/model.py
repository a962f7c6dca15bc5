"""A trained classifier: suggestions with calibrated probabilities and the words that decided."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from huiyin.text import segment
from huiyin.text.classify import judging, vocabulary
from huiyin.text.classify.solvers import Linear, Margins
from huiyin.text.classify.views import GRAM_VIEWS, WEIGHTS, Appeal, Reading
from huiyin.text.lexicon import keywords

_AT_ONCE = 512
_WORDS_SHOWN = 3
_MOST_HITS = 9


@dataclass(frozen=True)
class Suggestion:
    """One label, its calibrated probability (0 to 1) and the words of the appeal that speak for it, strongest first."""

    label: str
    probability: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class Verdict:
    """The most probable labels, best first (at most three), and whether the choice should be left to a person.

    It is left when the best is less probable than the classifier's limit or no word of the appeal is known.
    """

    suggestions: tuple[Suggestion, ...]
    abstains: bool


@dataclass(frozen=True)
class Classifier:
    """Two members — views of the text, hits in the starter lexicon — joined by a calibrated log-linear judge."""

    labels: tuple[str, ...]
    reading: Reading
    by_text: Linear
    by_lexicon: Linear
    judge: Linear
    least_probability: float
    figures: dict[str, float]

    def suggest(self, subject: str, detail: str) -> Verdict:
        """The verdict on one appeal: up to three labels with the words that decided."""
        return next(self.verdicts([Appeal(subject, detail)], shown=3))

    def verdicts(self, appeals: Sequence[Appeal], *, shown: int = 2) -> Iterator[Verdict]:
        """The verdict on each appeal, `shown` labels long; words are given for every shown label when it is three."""
        for start in range(0, len(appeals), _AT_ONCE):
            yield from self._judged(appeals[start : start + _AT_ONCE], shown)

    def probabilities(self, appeals: Sequence[Appeal]) -> Margins:
        """The calibrated probability of every label; shape (appeals, labels), rows sum to 1."""
        return self._probabilities(self.reading.rows(appeals), appeals)

    def _probabilities(self, rows: sp.csr_matrix, appeals: Sequence[Appeal]) -> Margins:
        margins = np.hstack([self.by_text.margins(rows), self.by_lexicon.margins(lexicon_rows(appeals))])
        return judging.softmax(self.judge.margins(margins.astype(np.float32)))

    def _judged(self, appeals: Sequence[Appeal], shown: int) -> Iterator[Verdict]:
        rows = self.reading.rows(appeals)
        probabilities = self._probabilities(rows, appeals)
        order = np.argsort(-probabilities, axis=1, kind="stable")[:, : min(shown, len(self.labels))]
        explained = 1 if shown < 3 else order.shape[1]
        words = [self._deciding_words(rows, order[:, rank]) for rank in range(explained)]
        for at, places in enumerate(order):
            suggestions = tuple(
                Suggestion(
                    self.labels[place], float(probabilities[at, place]), words[rank][at] if rank < explained else ()
                )
                for rank, place in enumerate(places)
            )
            unsure = suggestions[0].probability < self.least_probability
            yield Verdict(suggestions, abstains=unsure or bool(rows.indptr[at] == rows.indptr[at + 1]))

    def _deciding_words(self, rows: sp.csr_matrix, places: NDArray[np.int64]) -> list[tuple[str, ...]]:
        """For each row the words that raised its label most above the other labels."""
        row_of = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
        raised = rows.data * self._pull[rows.indices, places[row_of]]
        word = self._word_of_column[rows.indices]
        said = word >= 0
        shape = (rows.shape[0], len(self.reading.vocabulary.words))
        by_word = sp.csr_matrix((raised[said], (row_of[said], word[said])), shape=shape)
        by_word.sum_duplicates()
        return [
            self._strongest(by_word.data[start:end], by_word.indices[start:end])
            for start, end in zip(by_word.indptr[:-1], by_word.indptr[1:], strict=True)
        ]

    def _strongest(self, raised: NDArray[np.float32], words: NDArray[np.int32]) -> tuple[str, ...]:
        chosen: list[str] = []
        for at in np.argsort(-raised, kind="stable")[: 4 * _WORDS_SHOWN]:
            word = self.reading.vocabulary.words[words[at]]
            if raised[at] <= 0 or len(chosen) == _WORDS_SHOWN:
                break
            if not any(word in other or other in word for other in chosen):
                chosen.append(word)
        return tuple(chosen)

    @cached_property
    def _pull(self) -> NDArray[np.float32]:
        """How much a unit of each column raises a label's final score above the mean of the others'."""
        count = len(self.labels)
        final = self.by_text.weights @ self.judge.weights[:count]
        return np.asarray((final * count - final.sum(axis=1, keepdims=True)) / max(count - 1, 1), dtype=np.float32)

    @cached_property
    def _word_of_column(self) -> NDArray[np.int64]:
        """The word that a column of the rows stands for, or -1; a gram counts where it is a word by itself."""
        known = self.reading.vocabulary
        telling = np.array([at if _is_telling(word) else -1 for at, word in enumerate(known.words)], dtype=np.int64)
        grams = (known.places.get(vocabulary.gram_text(int(key)), -1) for key in known.grams)
        of_gram = np.array([-1 if at < 0 else telling[at] for at in grams], dtype=np.int64)
        return np.concatenate([of_gram if view in GRAM_VIEWS else telling for view in WEIGHTS])


def lexicon_rows(appeals: Sequence[Appeal]) -> NDArray[np.float32]:
    """Hits of the starter lexicon in subject and detail, logarithmic and scaled; shape (appeals, 2 x matters)."""
    return np.hstack(
        [
            _scaled([keywords.hits(segment.folded(appeal.subject)) for appeal in appeals]),
            _scaled([keywords.hits(segment.folded(appeal.detail)) for appeal in appeals]),
        ]
    )


def _scaled(hits: list[NDArray[np.float32]]) -> NDArray[np.float32]:
    counts = np.log1p(np.minimum(np.array(hits, dtype=np.float32), _MOST_HITS))
    lengths = np.linalg.norm(counts, axis=1, keepdims=True)
    return np.asarray(counts / np.where(lengths > 0, lengths, 1), dtype=np.float32)


def _is_telling(word: str) -> bool:
    return len(word) > 1 and not word.isdigit() and word.isalnum()
