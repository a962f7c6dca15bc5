"""A trained classifier: suggestions with calibrated probabilities and the words that decided."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from huiyin.text.classify import views, vocabulary
from huiyin.text.classify.judging import Judge
from huiyin.text.classify.rows import Linear, Margins, Places, Rows, Values
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
    """Two members — views of the text, hits in the starter lexicon — joined by a calibrated judge."""

    labels: tuple[str, ...]
    reading: Reading
    by_text: Linear
    by_lexicon: Linear
    judge: Judge
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
        folded = views.folded(appeals)
        rows = self.reading.rows(folded)
        return self._probabilities(rows, self.by_text.parts(rows), folded)

    def _probabilities(self, rows: Rows, parts: Values, folded: Sequence[Appeal]) -> Margins:
        by_lexicon = self.by_lexicon.margins(lexicon_rows(folded))
        return self.judge.probabilities(np.hstack([self.by_text.totals(rows, parts), by_lexicon]))

    def _judged(self, appeals: Sequence[Appeal], shown: int) -> Iterator[Verdict]:
        folded = views.folded(appeals)
        rows = self.reading.rows(folded)
        parts = self.by_text.parts(rows)
        probabilities = self._probabilities(rows, parts, folded)
        order = np.argsort(-probabilities, axis=1, kind="stable")[:, : min(shown, len(self.labels))]
        explained = 1 if shown < 3 else order.shape[1]
        words = [self._deciding_words(rows, parts, order[:, rank]) for rank in range(explained)]
        for at, places in enumerate(order):
            suggestions = tuple(
                Suggestion(
                    self.labels[place], float(probabilities[at, place]), words[rank][at] if rank < explained else ()
                )
                for rank, place in enumerate(places)
            )
            unsure = suggestions[0].probability < self.least_probability
            yield Verdict(suggestions, abstains=unsure or bool(rows.starts[at] == rows.starts[at + 1]))

    def _deciding_words(self, rows: Rows, parts: Values, places: Places) -> list[tuple[str, ...]]:
        """For each row the words that raised its label most above the mean of the other labels."""
        word = self._word_of_column[rows.columns]
        said = np.flatnonzero(word >= 0)
        row_of = rows.row_of()[said]
        raised = parts[said, places[row_of]] * len(self.labels) - parts[said].sum(axis=1)
        words = max(len(self.reading.vocabulary.words), 1)
        keys, at = np.unique(row_of * words + word[said], return_inverse=True)
        by_word = np.bincount(at, weights=raised, minlength=len(keys)).astype(np.float64)
        starts = np.searchsorted(keys, np.arange(len(rows) + 1, dtype=np.int64) * words)
        return [
            self._strongest(by_word[start:end], keys[start:end] % words) for start, end in pairwise(starts.tolist())
        ]

    def _strongest(self, raised: Margins, words: Places) -> tuple[str, ...]:
        chosen: list[str] = []
        for at in np.argsort(-raised, kind="stable")[: 4 * _WORDS_SHOWN]:
            word = self.reading.vocabulary.words[words[at]]
            if raised[at] <= 0 or len(chosen) == _WORDS_SHOWN:
                break
            if not any(word in other or other in word for other in chosen):
                chosen.append(word)
        return tuple(chosen)

    @cached_property
    def _word_of_column(self) -> NDArray[np.int32]:
        """The word that a column of the rows stands for, or -1; a gram counts where it is a word by itself."""
        known = self.reading.vocabulary
        telling = np.array([at if _is_telling(word) else -1 for at, word in enumerate(known.words)], dtype=np.int32)
        words = [at for at, word in enumerate(known.words) if len(word) in vocabulary.GRAM_LENGTHS and telling[at] >= 0]
        grams = known.places_of_grams([known.words[at] for at in words])
        of_gram = np.full(len(known.grams), -1, dtype=np.int32)
        of_gram[grams[grams >= 0]] = np.array(words, dtype=np.int32)[grams >= 0]
        return np.concatenate([of_gram if view in GRAM_VIEWS else telling for view in WEIGHTS])


def lexicon_rows(folded: Sequence[Appeal]) -> Values:
    """Hits of the starter lexicon in subject and detail, logarithmic and scaled; shape (appeals, 2 x matters)."""
    return np.hstack(
        [
            _scaled([keywords.hits(each.subject) for each in folded]),
            _scaled([keywords.hits(each.detail) for each in folded]),
        ]
    )


def _scaled(hits: list[Values]) -> Values:
    counts = np.log1p(np.minimum(np.array(hits, dtype=np.float32), _MOST_HITS))
    lengths = np.linalg.norm(counts, axis=1, keepdims=True)
    return np.asarray(counts / np.where(lengths > 0, lengths, 1), dtype=np.float32)


def _is_telling(word: str) -> bool:
    return len(word) > 1 and not word.isdigit() and word.isalnum()
