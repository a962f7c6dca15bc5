"""Holds many readings in memory and finds those like a given text, best first."""

from collections import defaultdict
from dataclasses import dataclass

from huiyin.text.similar import bands, scoring
from huiyin.text.similar import weights as weighing
from huiyin.text.similar.reading import Reading, read
from huiyin.text.similar.scoring import Similarity
from huiyin.text.similar.weights import Weights


@dataclass(frozen=True, slots=True)
class Match:
    """An appeal like the one asked about."""

    other: str
    similarity: Similarity


class Index:
    """An in-memory index over bands; weights are fixed when it is made."""

    def __init__(self, weights: Weights = weighing.EVEN) -> None:
        self._weights = weights
        self._readings: dict[str, Reading] = {}
        self._persons: dict[str, str] = {}
        self._bands: defaultdict[int, list[str]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self._readings)

    def add(self, key: str, text: str, person: str = "") -> None:
        """Take up an appeal under its key; person may be empty. Raises ValueError when the key is taken."""
        self.add_reading(key, read(text), person)

    def add_reading(self, key: str, reading: Reading, person: str = "") -> None:
        """Take up an appeal that was read before."""
        if key in self._readings:
            raise ValueError(f"{key} is in the index")
        self._readings[key] = reading
        self._persons[key] = person
        for band in bands.bands_of(reading.grams, self._weights):
            self._bands[band].append(key)

    def matches(
        self, text: str, person: str = "", *, least: float = scoring.NEAR_DUPLICATE, most: int = 20
    ) -> list[Match]:
        """Appeals whose score with the text is at least `least`, best first, at most `most` of them."""
        return self.matches_of(read(text), person, least=least, most=most)

    def matches_of(self, reading: Reading, person: str = "", *, least: float, most: int) -> list[Match]:
        """As matches, for a text that was read before."""
        keys = {key for band in bands.bands_of(reading.grams, self._weights) for key in self._bands.get(band, ())}
        found = []
        for key in keys:
            other = self._readings[key]
            if scoring.overlap(reading.grams, other.grams, self._weights) >= least:
                same = self._persons[key] == person if person and self._persons[key] else None
                found.append(Match(key, scoring.compared(reading, other, same_person=same, weights=self._weights)))
        return sorted(found, key=lambda match: (-match.similarity.score, match.other))[:most]
