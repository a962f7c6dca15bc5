"""The starter lexicon: which category a text speaks of, by the keywords of the category tree."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from huiyin.catalogue import queries as catalogue
from huiyin.catalogue.models import Category


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Categories of the third level with their keywords."""

    entries: tuple[tuple[Category, tuple[str, ...]], ...]

    def category(self, subject: str, detail: str) -> Category | None:
        """The category whose keywords weigh most: longer words more, words of the subject threefold."""
        scored = ((_score(words, subject, detail), category) for category, words in self.entries)
        best = max(scored, key=lambda pair: (pair[0], pair[1].code), default=(0, None))
        return best[1] if best[0] else None


def _score(words: Iterable[str], subject: str, detail: str) -> int:
    return sum(len(word) * (3 * (word in subject) + (word in detail)) for word in words)


def starter(day: date) -> Lexicon:
    """The lexicon of the catalogue on a date."""
    rows = catalogue.categories(day, level=3)
    return Lexicon(tuple((row, tuple(row.keywords.split())) for row in rows if row.keywords))
