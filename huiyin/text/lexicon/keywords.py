"""Reads the starter keywords and counts which matters a text speaks of; the first day's suggestions come from here."""

from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from huiyin.text import segment


@dataclass(frozen=True)
class Matter:
    """One matter of a category and the words by which people speak of it, in folded spelling."""

    category: str
    name: str
    keywords: tuple[str, ...]


@cache
def matters() -> tuple[Matter, ...]:
    """All matters of the starter lexicon, in the order of its file."""
    lines = resources.files(__package__).joinpath("keywords.tsv").read_text(encoding="utf-8").splitlines()
    cells = (line.split("\t") for line in lines[1:])
    return tuple(Matter(category, name, tuple(words.split())) for category, name, words in cells)


def hits(folded_text: str) -> NDArray[np.float32]:
    """How often each matter's keywords stand in a folded text, words inside words too; shape (matters,)."""
    counts = np.zeros(len(matters()), dtype=np.float32)
    for found in _found(folded_text):
        for place in _places()[found]:
            counts[place] += 1
    return counts


def suggested(text: str) -> list[tuple[str, float, tuple[str, ...]]]:
    """Categories for any text, best first: name, share of all hits (rarer keywords weigh more), the keywords found.

    An empty list when no keyword is there. For deployments without closed appeals of their own.
    """
    shares: dict[str, float] = {}
    words: dict[str, dict[str, None]] = {}
    for found in _found(segment.folded(text)):
        for place in _places()[found]:
            category = matters()[place].category
            shares[category] = shares.get(category, 0.0) + len(found) / len(_places()[found])
            words.setdefault(category, {})[found] = None
    total = sum(shares.values())
    ranked = sorted(shares, key=lambda category: (-shares[category], category))
    return [(category, shares[category] / total, tuple(words[category])) for category in ranked]


@cache
def _places() -> dict[str, tuple[int, ...]]:
    places: dict[str, tuple[int, ...]] = {}
    for at, matter in enumerate(matters()):
        for keyword in matter.keywords:
            places[keyword] = (*places.get(keyword, ()), at)
    return places


@cache
def _by_first_sign() -> dict[str, tuple[str, ...]]:
    grouped: dict[str, tuple[str, ...]] = {}
    for keyword in _places():
        grouped[keyword[0]] = (*grouped.get(keyword[0], ()), keyword)
    return grouped


def _found(folded_text: str) -> list[str]:
    grouped = _by_first_sign()
    return [
        keyword
        for at, sign in enumerate(folded_text)
        if sign in grouped
        for keyword in grouped[sign]
        if folded_text.startswith(keyword, at)
    ]
