"""Postings give the same sums whether appeals lie in blocks or are still fresh, and give a vector back."""

import numpy as np
import pytest

from huiyin.text.topics.postings import FRESH, Postings


def vectors(count: int) -> list[tuple[np.ndarray, np.ndarray]]:
    chance = np.random.default_rng(5)
    made = []
    for _ in range(count):
        grams = np.unique(chance.integers(0, 400, chance.integers(0, 40)).astype(np.uint64) << np.uint64(40))
        made.append((grams, chance.random(len(grams)).astype(np.float32)))
    return made


@pytest.mark.parametrize("count", [1, FRESH - 1, FRESH, 8 * FRESH + 3])
def test_likeness_is_the_sum_of_common_shares(count: int) -> None:
    given, postings = vectors(count), Postings()
    for grams, shares in given:
        postings.add(grams, shares)
    assert len(postings) == count
    asked, weights = given[count // 2]
    wanted = []
    for grams, shares in given:
        _, here, there = np.intersect1d(asked, grams, return_indices=True)
        wanted.append(float(weights[here].astype(float) @ shares[there].astype(float)))
    assert postings.likeness(asked, weights) == pytest.approx(np.array(wanted), abs=1e-5)
    for node in {0, count // 3, count - 1}:
        assert (postings.vector(node)[0] == given[node][0]).all()
        assert (postings.vector(node)[1] == given[node][1]).all()


def test_nothing_said_is_like_nothing() -> None:
    postings = Postings()
    empty = np.empty(0, dtype=np.uint64), np.empty(0, dtype=np.float32)
    assert len(postings.likeness(*empty)) == 0
    postings.add(*empty)
    assert postings.likeness(*empty).tolist() == [0.0]
