"""Completing equal shares: the rule leaves money unspent, and what happens with it is chosen and stated.

By increments: every voter's share is raised step by step as if there were more money; the last outcome that still
fits the true budget counts, and raising ends as soon as no further project would fit. By greedy: what is left is
spent by plain greedy. Source: https://equalshares.net/implementation/completion (Add1, Utilitarian).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from huiyin.choice.budget.election import Election
from huiyin.choice.budget.equal_shares import Shares, equal_shares
from huiyin.choice.budget.greedy import Look, greedy
from huiyin.choice.budget.ties import ranks
from huiyin.choice.budget.words import Completion, Utility
from huiyin.choice.wording import Refused

MOST_RUNS = 100_000


class Ending(Enum):
    """Why raising the shares ended."""

    NOT_RAISED = "not_raised"
    EXHAUSTED = "exhausted"
    OVER_BUDGET = "over_budget"


@dataclass(frozen=True, eq=False)
class Completed:
    """Equal shares with their completion: the run that counts, how often shares were raised, and the greedy looks."""

    shares: Shares
    completion: Completion
    raised: int
    runs: int
    ending: Ending
    looks: tuple[Look, ...]

    @property
    def winners(self) -> tuple[int, ...]:
        """Positions of all projects chosen, in order."""
        return (*self.shares.winners, *(look.project for look in self.looks if look.taken))


def complete(
    election: Election,
    utility: Utility = Utility.COST,
    completion: Completion = Completion.NONE,
    *,
    step: Fraction | int = 1,
    tie_ranks: Sequence[int] | None = None,
) -> Completed:
    """Equal shares and what is done with the rest; never more than the true budget is spent.

    `step` is by how much each voter's share grows at each raise, in the currency of the file (must be > 0).
    """
    order = tie_ranks or ranks(election)
    if completion is Completion.INCREMENT:
        return _by_increments(election, utility, Fraction(step), order)
    shares = equal_shares(election, utility, tie_ranks=order)
    looks: tuple[Look, ...] = ()
    if completion is Completion.GREEDY:
        looks = greedy(election, utility, already=shares.winners, tie_ranks=order)
    return Completed(shares, completion, 0, 1, Ending.NOT_RAISED, looks)


def _by_increments(election: Election, utility: Utility, step: Fraction, order: Sequence[int]) -> Completed:
    if step <= 0:
        raise Refused("step_not_positive", "每次增加的份额必须大于 0", "the step must be more than 0")
    last = equal_shares(election, utility, tie_ranks=order)
    first, raised = last.grant, 0
    while not _is_exhausted(election, last):
        if raised >= MOST_RUNS:
            zh = f"增加 {raised} 次后仍未用尽,请加大每次增加的份额"
            raise Refused("step_too_small", zh, f"not exhausted after {raised} raises; take a larger step")
        more = equal_shares(election, utility, grant=first + (raised + 1) * step, tie_ranks=order)
        if _cost(election, more) > election.whole_budget:
            return Completed(last, Completion.INCREMENT, raised, raised + 2, Ending.OVER_BUDGET, ())
        last, raised = more, raised + 1
    return Completed(last, Completion.INCREMENT, raised, raised + 1, Ending.EXHAUSTED, ())


def _cost(election: Election, shares: Shares) -> int:
    return sum(election.whole_costs[place] for place in shares.winners)


def _is_exhausted(election: Election, shares: Shares) -> bool:
    """Whether no further project that anybody supports would fit the true budget."""
    chosen = set(shares.winners)
    left = election.whole_budget - _cost(election, shares)
    return all(
        place in chosen or cost > left or not score
        for place, (cost, score) in enumerate(zip(election.whole_costs, election.scores, strict=True))
    )
