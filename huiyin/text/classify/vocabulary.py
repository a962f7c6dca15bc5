"""Finds character grams and words of many texts at once, as numbers over a fixed vocabulary."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from huiyin.text import segment

GRAM_LENGTHS = (1, 2)
# A Unicode code point fits into 21 bits, so a gram of up to three characters is one exact 63-bit number.
_CODE_BITS = np.uint64(21)

Keys = NDArray[np.uint64]
Places = NDArray[np.int64]
# The row of a text and the place of a term that stands in it, once for every time it stands there.
Found = tuple[Places, Places]


@dataclass(frozen=True)
class Vocabulary:
    """The grams (sorted keys, see `gram_keys`) and words (sorted) that a model knows."""

    grams: Keys
    words: tuple[str, ...]
    places: dict[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "places", {word: at for at, word in enumerate(self.words)})

    def find_grams(self, texts: Sequence[str]) -> Found:
        """The known grams of each text."""
        if not len(self.grams):
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
        every, rows = gram_keys(texts)
        keys, key_of = np.unique(every, return_inverse=True)
        places = self._places(keys)[key_of]
        known = places >= 0
        return rows[known], places[known]

    def places_of_grams(self, grams: Sequence[str]) -> Places:
        """The place of each gram, or -1 where it is not known; shape (grams,)."""
        if not len(self.grams) or not grams:
            return np.full(len(grams), -1, dtype=np.int64)
        return self._places(np.array([gram_key(gram) for gram in grams], dtype=np.uint64))

    def _places(self, keys: Keys) -> Places:
        at = np.minimum(np.searchsorted(self.grams, keys), len(self.grams) - 1)
        return np.where(self.grams[at] == keys, at, -1)

    def find_words(self, cut_texts: Sequence[Sequence[str]]) -> Found:
        """The known words of each cut text."""
        place = self.places.get
        found = [[at for word in words if (at := place(word)) is not None] for words in cut_texts]
        lengths = np.fromiter(map(len, found), dtype=np.int64, count=len(found))
        places = np.array([at for each in found for at in each], dtype=np.int64)
        return np.repeat(np.arange(len(found), dtype=np.int64), lengths), places


def learned(texts: Sequence[str], cut_texts: Sequence[Sequence[str]], *, least_texts: int) -> Vocabulary:
    """The vocabulary of grams and words that stand in at least `least_texts` of the texts."""
    keys, rows = gram_keys(texts)
    grams, places = np.unique(keys, return_inverse=True)
    once = np.unique(rows * max(len(grams), 1) + places) % max(len(grams), 1)
    in_texts = np.bincount(once, minlength=len(grams))
    seen: dict[str, int] = {}
    for words in cut_texts:
        for word in set(words):
            seen[word] = seen.get(word, 0) + 1
    known = tuple(sorted(word for word, count in seen.items() if count >= least_texts))
    return Vocabulary(grams[in_texts >= least_texts], known)


def gram_keys(texts: Sequence[str]) -> tuple[Keys, Places]:
    """Every gram of every text as a number, and the row of its text; both of the same length, not sorted."""
    lengths = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32).astype(np.uint64)
    row_of = np.repeat(np.arange(len(texts), dtype=np.int64), lengths)
    keys, rows = [], []
    for length in GRAM_LENGTHS:
        count = max(len(codes) - length + 1, 0)
        key = codes[:count].copy()
        for step in range(1, length):
            key = (key << _CODE_BITS) | codes[step : step + count]
        inside = row_of[:count] == row_of[length - 1 : length - 1 + count]
        keys.append(key[inside])
        rows.append(row_of[:count][inside])
    return np.concatenate(keys), np.concatenate(rows)


def gram_key(gram: str) -> int:
    """The number of one gram, as in `gram_keys`."""
    key = 0
    for sign in gram:
        key = key << int(_CODE_BITS) | ord(sign)
    return key


def cut_all(texts: Sequence[str]) -> list[list[str]]:
    """The words of each folded text."""
    return [segment.cut(text) for text in texts]
