"""Reads the starter keywords and counts which matters a text speaks of; the first day's suggestions come from here."""

import re
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
    places = [place for found in _found(folded_text) for place in _places()[found]]
    return np.bincount(np.array(places, dtype=np.int64), minlength=len(matters())).astype(np.float32)


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
def _by_head() -> dict[str, tuple[str, ...]]:
    """The keywords that can stand where a pair of signs begins, and under a single sign the keyword it is by itself."""
    signs = {keyword for keyword in _places() if len(keyword) == 1}
    grouped: dict[str, tuple[str, ...]] = {sign: (sign,) for sign in signs}
    for head in {keyword[:2] for keyword in _places()} - signs:
        grouped[head] = tuple(keyword for keyword in _places() if keyword in (head[0], head) or keyword[:2] == head)
    return grouped


@cache
def _head() -> re.Pattern[str]:
    """The first sign of what may be a keyword: a first sign before a second one, or a keyword of one sign."""
    signs = "".join(sorted(head for head in _by_head() if len(head) == 1))
    firsts, seconds = ("".join(sorted({head[at] for head in _by_head() if len(head) == 2})) for at in (0, 1))
    return re.compile(f"[{re.escape(firsts)}](?=[{re.escape(seconds)}])|[{re.escape(signs)}]")


def _found(folded_text: str) -> list[str]:
    grouped = _by_head()
    return [
        keyword
        for at in (head.start() for head in _head().finditer(folded_text))
        for keyword in grouped.get(folded_text[at : at + 2]) or grouped.get(folded_text[at], ())
        if folded_text.startswith(keyword, at)
    ]
