"""Plain greedy choice: the best project first, every one that no longer fits is passed over.

This is what most cities do (`rule;greedy` in PABULIB files): by votes, descending. Per cost it is the greedy rule for
the knapsack. Source: G. Benadè et al., "Preference elicitation for participatory budgeting", 2021; PABULIB.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from huiyin.choice.budget.election import Election
from huiyin.choice.budget.ties import ranks
from huiyin.choice.budget.words import Utility


@dataclass(frozen=True)
class Look:
    """One project looked at: the money left before its turn, whether it fitted, and its equals that came later."""

    project: int
    left: Fraction
    taken: bool
    tied: tuple[int, ...]


def greedy(
    election: Election,
    utility: Utility = Utility.COST,
    *,
    already: Collection[int] = (),
    tie_ranks: Sequence[int] | None = None,
) -> tuple[Look, ...]:
    """Look at the projects from the best down and take what fits; projects without support are never taken.

    With `Utility.COST` the best has most votes (points), with `Utility.CARDINALITY` most votes per cost. The budget is
    never exceeded; the cost of the projects `already` chosen counts as spent. Ties go to the lower of `tie_ranks`.
    """
    order = tie_ranks or ranks(election)
    left = election.budget - sum((election.projects[place].cost for place in already), Fraction(0))
    open_places = [place for place, score in enumerate(election.scores) if score and place not in already]
    worth = {place: _worth(election, place, utility) for place in open_places}
    best_first = sorted(open_places, key=lambda place: (*(-part for part in worth[place]), order[place]))
    looks = []
    for _, equals in groupby(best_first, key=worth.__getitem__):
        equal = tuple(equals)
        for later, place in enumerate(equal, 1):
            cost = election.projects[place].cost
            looks.append(Look(place, left, cost <= left, equal[later:]))
            left -= cost if cost <= left else 0
    return tuple(looks)


def _worth(election: Election, place: int, utility: Utility) -> tuple[Fraction, ...]:
    """What is compared: free projects come before all others."""
    cost = election.projects[place].cost
    score = Fraction(election.scores[place])
    if utility is Utility.COST:
        return (score,)
    return (Fraction(1), score) if cost == 0 else (Fraction(0), score / cost)
