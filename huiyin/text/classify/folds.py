"""Parts labelled appeals into folds so that near-duplicates stay together and every label is in every fold."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from huiyin.text.classify.views import Appeal

FOLDS = 5
_HEAD = 40


def folds_of(appeals: Sequence[Appeal], places: NDArray[np.int64]) -> NDArray[np.int64]:
    """The fold of each appeal, 0 to FOLDS - 1; appeals that share a subject or the head of a detail share the fold.

    The groups of one label are dealt out in turn, the largest first, so the folds are alike; no chance is involved.
    """
    group_of = _groups(appeals)
    members: dict[int, list[int]] = {}
    for row, group in enumerate(group_of):
        members.setdefault(group, []).append(row)
    folds = np.zeros(len(appeals), dtype=np.int64)
    sizes: dict[int, list[int]] = {}
    every = [0] * FOLDS
    for group in sorted(members, key=lambda each: (-len(members[each]), each)):
        filled = sizes.setdefault(int(places[members[group][0]]), [0] * FOLDS)
        fold = min(range(FOLDS), key=lambda at: (filled[at], every[at], at))
        filled[fold] += len(members[group])
        every[fold] += len(members[group])
        folds[members[group]] = fold
    return folds


def _groups(appeals: Sequence[Appeal]) -> list[int]:
    """For each appeal the first row that is linked to it by the same subject or the same head of the detail."""
    leader = list(range(len(appeals)))

    def first(row: int) -> int:
        while leader[row] != row:
            leader[row] = leader[leader[row]]
            row = leader[row]
        return row

    seen: dict[tuple[str, str], int] = {}
    for row, appeal in enumerate(appeals):
        for key in (("subject", appeal.subject), ("detail", appeal.detail[:_HEAD])):
            if key[1]:
                other = first(seen.setdefault(key, row))
                leader[max(other, first(row))] = min(other, first(row))
    return [first(row) for row in range(len(appeals))]
