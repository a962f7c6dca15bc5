"""The starter: suggestions of the first day, from the keywords of the catalogue and words of our own; no learning.

Measured on the 300 matters of the demo (our own writing, 142 categories occur): the first of about 190 categories is
right for 57 %, one of the first three for 72 %; the stated probabilities are a little lower than what came true.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from huiyin.text import segment
from huiyin.triage import cues, rules

_OF_SUBJECT: Final = 3
# A single keyword of a category may stand there by chance: on the demo it is right half as often as two.
_ALONE: Final = 0.8
# Points become probabilities: squared, against a doubt that is smaller where there are few codes, at most 4/5.
_DOUBT: Final = 20.0
_DOUBT_OF_CUES: Final = 8.0
_MOST_CERTAIN: Final = 0.8
_WORDS_SHOWN: Final = 4


@dataclass(frozen=True, slots=True)
class Choice:
    """One code, how probable it is (0 to 1) and the words of the text that speak for it."""

    code: str
    probability: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class Starter:
    """The catalogue's tree (each code with the one above it) and the keywords of its leaves."""

    parents: Mapping[str, str]
    keywords: Mapping[str, tuple[str, ...]]

    @cached_property
    def _folded(self) -> dict[str, tuple[str, ...]]:
        return {code: tuple(dict.fromkeys(map(segment.folded, words))) for code, words in self.keywords.items()}

    @cached_property
    def _in_categories(self) -> Counter[str]:
        return Counter(word for words in self._folded.values() for word in words)

    def weights(self, subject: str, detail: str) -> dict[str, float]:
        """How much each category's keywords are said: long words, words of few categories and the subject more."""
        texts = segment.folded(subject), segment.folded(detail)
        whole = "\n".join(texts)
        weights = {word: self._weight(word, *texts) for word in self._in_categories if word in whole}
        found = {code: [weights[word] for word in words if word in weights] for code, words in self._folded.items()}
        return {code: sum(said) if len(said) > 1 else _ALONE * said[0] for code, said in found.items() if said}

    def _weight(self, word: str, subject: str, detail: str) -> float:
        said = _OF_SUBJECT * (word in subject) + (word in detail)
        return len(word) * said / self._in_categories[word]

    def words(self, code: str, subject: str, detail: str) -> tuple[str, ...]:
        """The keywords of a category that are said, the longest first."""
        text = segment.folded(f"{subject}\n{detail}")
        said = [word for word in self._folded.get(code, ()) if word in text]
        return tuple(sorted(said, key=lambda word: -len(word)))[:_WORDS_SHOWN]

    def categories(self, weights: Mapping[str, float]) -> dict[str, float]:
        """The probability of each category by the weights of its keywords."""
        return _probabilities(weights)


def kinds(subject: str, detail: str) -> list[Choice]:
    """The kinds of matter the words point to, best first."""
    return _by_cues(cues.KINDS, cues.KINDS_BEFORE, subject, detail)


def urgencies(subject: str, detail: str) -> list[Choice]:
    """How urgent the words sound, best first; calm without a word of danger."""
    return _by_cues(cues.URGENCIES, cues.URGENCIES_BEFORE, subject, detail)


def _by_cues(
    known: Mapping[str, Mapping[str, int]], before: Mapping[str, int], subject: str, detail: str
) -> list[Choice]:
    head, text = segment.folded(subject), segment.folded(f"{subject}\n{detail}")
    words = {code: tuple(cue for cue in entries if cue in text) for code, entries in known.items()}
    points = {
        code: before[code] + sum(known[code][cue] * (1 + (cue in head)) for cue in words.get(code, ()))
        for code in before
    }
    said = {code: float(point) for code, point in points.items() if point}
    probabilities = _probabilities(said, doubt=_DOUBT_OF_CUES)
    return [Choice(code, p, words.get(code, ())[:_WORDS_SHOWN]) for code, p in rules.best(probabilities)]


def _probabilities(weights: Mapping[str, float], *, doubt: float = _DOUBT) -> dict[str, float]:
    total = sum(weight**2 for weight in weights.values()) + doubt
    return {code: _MOST_CERTAIN * weight**2 / total for code, weight in weights.items()}
