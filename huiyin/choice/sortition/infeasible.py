"""Quotas that cannot be kept together: which they are, and the smallest change that lets a panel be drawn."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array, hstack

from huiyin.choice.sortition import panels
from huiyin.choice.sortition.kinds import Kinds
from huiyin.choice.sortition.pool import Quota


class InfeasibleQuotas(ValueError):
    """No panel keeps all quotas.

    `conflict` are quotas that cannot hold together with the size of the panel and one per household, while any of them
    may be dropped to make the others possible; a limit that plays no part is 0 or the size. `relaxed` are quotas with
    new limits, the fewest people away from the old ones in sum; empty when no change of quotas helps.
    """

    def __init__(self, conflict: Sequence[Quota], relaxed: Sequence[tuple[Quota, Quota]], size: int) -> None:
        super().__init__("no panel keeps all quotas")
        self.conflict = tuple(conflict)
        self.relaxed = tuple(relaxed)
        self.size = size


def explained(kinds: Kinds, quotas: Sequence[Quota]) -> InfeasibleQuotas:
    """Why no panel keeps the quotas: a smallest set in conflict, and the smallest relaxation."""
    return InfeasibleQuotas(_conflict(kinds, quotas), _relaxation(kinds, quotas), kinds.size)


def _relaxation(kinds: Kinds, quotas: Sequence[Quota]) -> list[tuple[Quota, Quota]]:
    """Quotas to change and their new limits; the sum of all changes, in people, is as small as it can be."""
    rows, low, high = kinds.rows
    kinds_number, number = len(kinds.people), len(quotas)
    slack = csr_array((np.ones(number), (np.arange(number),) * 2), shape=(rows.shape[0], number))
    found = milp(
        np.concatenate((np.zeros(kinds_number), np.ones(2 * number))),
        constraints=LinearConstraint(hstack([rows, slack, -slack]).tocsr(), low, high),
        integrality=np.ones(kinds_number + 2 * number, dtype=np.int64),
        bounds=Bounds(0, np.concatenate((kinds.cap, kinds.least, np.full(number, kinds.size)))),
        options={"mip_rel_gap": 0.0},
    )
    if found.x is None:
        return []
    below, above = np.rint(found.x[kinds_number:]).astype(np.int64).reshape(2, number).tolist()
    changed = [
        (quota, replace(quota, least=quota.least - less, most=quota.most + more))
        for quota, less, more in zip(quotas, below, above, strict=True)
    ]
    return [(old, new) for old, new in changed if old != new]


def _conflict(kinds: Kinds, quotas: Sequence[Quota]) -> list[Quota]:
    """Limits dropped one by one as long as the rest still cannot be kept; what is left is in conflict."""
    least, most = kinds.least.copy(), kinds.most.copy()
    for number in range(len(quotas)):
        for limits, loose in ((least, 0), (most, kinds.size)):
            kept = int(limits[number])
            limits[number] = loose
            if _possible(replace(kinds, least=least, most=most)):
                limits[number] = kept
    return [
        replace(quota, least=int(least[number]), most=int(most[number]))
        for number, quota in enumerate(quotas)
        if least[number] > 0 or most[number] < kinds.size
    ]


def _possible(kinds: Kinds) -> bool:
    return panels.any_panel(kinds) is not None
