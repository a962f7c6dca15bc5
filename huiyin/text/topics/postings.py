"""Which appeals hold a gram and how much of each it is, in few bytes: sealed blocks and a short list of fresh ones."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from huiyin.text.similar.reading import Grams
from huiyin.text.topics.scale import Vector

# Appeals that wait unsorted; this many blocks of one size become one block; a block's nodes fit into 16 bits.
FRESH = 128
_JOINED = 8
_LARGEST = FRESH * _JOINED**3


@dataclass(frozen=True, slots=True)
class _Block:
    """The postings of `count` nodes from `first` on: sorted grams, where each one's holders begin, holders, shares."""

    first: int
    count: int
    grams: Grams
    starts: NDArray[np.int32]
    holders: NDArray[np.uint16]
    shares: Vector


class Postings:
    """Grows by one node after the other; likeness is summed in the order of grams, so it is the same every time."""

    def __init__(self) -> None:
        self._blocks: list[_Block] = []
        self._fresh: list[tuple[Grams, Vector]] = []
        self._sealed = 0

    def __len__(self) -> int:
        return self._sealed + len(self._fresh)

    def add(self, grams: Grams, shares: Vector) -> None:
        """Take up the next node: its telling grams, sorted, and their shares."""
        self._fresh.append((grams, shares))
        if len(self._fresh) == FRESH:
            self._blocks.append(_sealed(self._sealed, self._fresh))
            self._sealed, self._fresh = self._sealed + FRESH, []
            self._join_blocks()

    def likeness(self, grams: Grams, shares: Vector) -> NDArray[np.float64]:
        """The sum of products of common shares with every node so far; shape (nodes,)."""
        found = [_in_block(block, grams, shares) for block in self._blocks]
        return np.concatenate([*found, _in_fresh(self._fresh, grams, shares)])

    def vector(self, node: int) -> tuple[Grams, Vector]:
        """The grams and shares of a node."""
        if node >= self._sealed:
            return self._fresh[node - self._sealed]
        block = next(each for each in self._blocks if each.first <= node < each.first + each.count)
        at = np.flatnonzero(block.holders == node - block.first)
        return block.grams[np.searchsorted(block.starts, at, side="right") - 1], block.shares[at]

    def _join_blocks(self) -> None:
        while len(self._blocks) >= _JOINED:
            last = self._blocks[-_JOINED:]
            if last[0].count != last[-1].count or last[0].count >= _LARGEST:
                return
            self._blocks[-_JOINED:] = [_joined(last)]


def _sealed(first: int, vectors: Sequence[tuple[Grams, Vector]]) -> _Block:
    lengths = [len(grams) for grams, _ in vectors]
    holders = np.repeat(np.arange(len(vectors), dtype=np.uint16), lengths)
    return _sorted(
        first,
        len(vectors),
        np.concatenate([grams for grams, _ in vectors]),
        holders,
        np.concatenate([shares for _, shares in vectors]),
    )


def _joined(blocks: Sequence[_Block]) -> _Block:
    grams = np.concatenate([np.repeat(block.grams, np.diff(block.starts)) for block in blocks])
    first = blocks[0].first
    holders = np.concatenate([block.holders + np.uint16(block.first - first) for block in blocks])
    return _sorted(
        first, sum(each.count for each in blocks), grams, holders, np.concatenate([b.shares for b in blocks])
    )


def _sorted(first: int, count: int, grams: Grams, holders: NDArray[np.uint16], shares: Vector) -> _Block:
    order = np.argsort(grams, kind="stable")
    distinct, starts = np.unique(grams[order], return_index=True)
    ends = np.append(starts, len(grams)).astype(np.int32)
    return _Block(first, count, distinct, ends, holders[order], shares[order].astype(np.float32))


def _in_block(block: _Block, grams: Grams, shares: Vector) -> NDArray[np.float64]:
    if not len(block.grams) or not len(grams):
        return np.zeros(block.count)
    at = np.minimum(np.searchsorted(block.grams, grams), len(block.grams) - 1)
    known = np.flatnonzero(block.grams[at] == grams)
    starts, ends = block.starts[at[known]], block.starts[at[known] + 1]
    lengths = ends - starts
    # The places of all entries of the known grams: each run counts up from its start.
    begins = np.cumsum(lengths) - lengths
    places = np.arange(int(lengths.sum())) - np.repeat(begins - starts, lengths)
    products = block.shares[places] * np.repeat(shares[known], lengths)
    return np.bincount(block.holders[places], weights=products, minlength=block.count).astype(np.float64)


def _in_fresh(fresh: Sequence[tuple[Grams, Vector]], grams: Grams, shares: Vector) -> NDArray[np.float64]:
    if not fresh or not len(grams):
        return np.zeros(len(fresh))
    held = np.concatenate([each for each, _ in fresh])
    of = np.repeat(np.arange(len(fresh)), [len(each) for each, _ in fresh])
    at = np.minimum(np.searchsorted(grams, held), len(grams) - 1)
    common = grams[at] == held
    products = np.concatenate([each for _, each in fresh])[common] * shares[at[common]]
    return np.bincount(of[common], weights=products, minlength=len(fresh)).astype(np.float64)
