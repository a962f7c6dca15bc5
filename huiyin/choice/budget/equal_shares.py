"""The method of equal shares: every voter gets the same part of the money and supporters buy projects together.

Each round buys the project whose supporters get the most for their money: the lowest price per unit of satisfaction
at which they can pay its cost when those who have less than their part give all they have left.
Source: D. Peters, G. Pierczyński, P. Skowron, "Proportional participatory budgeting with additive utilities",
NeurIPS 2021; https://equalshares.net.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush

from huiyin.choice.budget.election import Election
from huiyin.choice.budget.purses import Price, Purses
from huiyin.choice.budget.ties import ranks
from huiyin.choice.budget.words import Utility

KEY_BITS = 64


@dataclass(frozen=True)
class Purchase:
    """One project bought: how many paid the full price and how many gave their last money.

    `tied` holds the projects that were exactly as good and lost the tie.
    """

    project: int
    paid_in_full: int
    gave_all: int
    tied: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class Shares:
    """Outcome of equal shares: what was bought, in order, and the purses as they were left."""

    grant: Fraction
    utility: Utility
    purchases: tuple[Purchase, ...]
    purses: Purses

    @property
    def winners(self) -> tuple[int, ...]:
        """Positions of the projects bought, in order."""
        return tuple(purchase.project for purchase in self.purchases)

    def price(self, project: int) -> Fraction:
        """What a supporter of this winner paid per point (per vote), those excepted who gave their last money."""
        place = int(self.purses.place[project])
        if place < 0:
            return Fraction(0)
        return Fraction(self.purses.prices[place], self.purses.common) / self.purses.election.money_unit


def equal_shares(
    election: Election,
    utility: Utility = Utility.COST,
    *,
    grant: Fraction | None = None,
    tie_ranks: Sequence[int] | None = None,
) -> Shares:
    """Buy projects by equal shares; exact, and the same for every order of the papers.

    `grant` is each voter's share (default: budget divided by the number of papers, blank ones included). Never spends
    more than `grant × voters`. Ties go to the lower of `tie_ranks` (default: by code).
    """
    share = grant if grant is not None else election.budget / max(election.voters, 1)
    auction = _Auction(election, utility, share, tie_ranks or ranks(election))
    purchases = []
    while (purchase := auction.next_purchase()) is not None:
        purchases.append(purchase)
    return Shares(share, utility, tuple(purchases), auction.purses)


@dataclass(frozen=True)
class _Offer:
    project: int
    price: Price


class _Auction:
    """Projects still for sale in a queue by a lower bound of their price, which can only rise as money is spent.

    A bound is (key, project); the key is price per unit of satisfaction times a power of two.
    """

    def __init__(self, election: Election, utility: Utility, grant: Fraction, tie_ranks: Sequence[int]) -> None:
        self.election = election
        self.by_cost = utility is Utility.COST
        self.purses = Purses(election, grant)
        self.tie_ranks = tie_ranks
        self.free = sorted(self._free(), key=lambda project: -tie_ranks[project])
        self.floor = [0] * len(election.projects)
        self.queue: list[tuple[int, int]] = []
        limit = self.purses.grant * election.voters
        for project, cost in enumerate(election.whole_costs):
            if 0 < cost <= limit and election.scores[project]:
                self.floor[project] = (cost << self.purses.shift) // election.scores[project]
                self.queue.append((self._key(project, self.floor[project]), project))
        heapify(self.queue)

    def next_purchase(self) -> Purchase | None:
        """Buy the best project that can be paid; None when there is none."""
        if self.free:
            return Purchase(self.free.pop(), 0, 0, ())
        best, set_aside = self._best()
        if not best:
            return None
        chosen = min(best, key=lambda offer: self.tie_ranks[offer.project])
        for entry in set_aside:
            if entry[1] != chosen.project:
                heappush(self.queue, entry)
        tied = tuple(offer.project for offer in best if offer is not chosen)
        self.purses.pay(chosen.project, chosen.price)
        return Purchase(chosen.project, len(chosen.price.rich), len(chosen.price.used_up), tied)

    def _best(self) -> tuple[list[_Offer], list[tuple[int, int]]]:
        """Offers at the exactly lowest price per satisfaction, and the queue entries taken out to compare them."""
        best: list[_Offer] = []
        set_aside = []
        ceiling: int | None = None
        while self.queue and (ceiling is None or self.queue[0][0] <= ceiling):
            key, project = heappop(self.queue)
            limit = ceiling if ceiling is not None else self.queue[0][0] if self.queue else None
            stop = self._stop(project, limit)
            estimate = self.purses.estimate(project, self.floor[project], stop)
            if estimate is None:
                continue
            self.floor[project] = max(self.floor[project], estimate.price - estimate.error)
            bound = max(key, self._key(project, self.floor[project]))
            if not estimate.settled or (limit is not None and bound > limit):
                heappush(self.queue, (bound, project))
                continue
            price = self.purses.price(project, estimate)
            if price is not None:
                set_aside.append((bound, project))
                best = self._compare(best, _Offer(project, price))
                ceiling = self._ceiling(best[0])
        return best, set_aside

    def _compare(self, best: list[_Offer], offer: _Offer) -> list[_Offer]:
        if not best:
            return [offer]
        ours = offer.price.numerator * best[0].price.weight * self._worth(best[0].project)
        theirs = best[0].price.numerator * offer.price.weight * self._worth(offer.project)
        if ours == theirs:
            return [*best, offer]
        return [offer] if ours < theirs else best

    def _ceiling(self, offer: _Offer) -> int:
        below = self.purses.common * offer.price.weight * self._worth(offer.project)
        return (offer.price.numerator << self.purses.shift + KEY_BITS) // below + 1

    def _worth(self, project: int) -> int:
        return self.election.whole_costs[project] if self.by_cost else 1

    def _stop(self, project: int, next_key: int | None) -> int | None:
        """The price from which on a project is certainly behind the next one in the queue, whatever the rounding."""
        if next_key is None:
            return None
        return (next_key * self._worth(project) >> KEY_BITS) + self.purses.most_error(project) + 2

    def _key(self, project: int, price: int) -> int:
        return (price << KEY_BITS) // self._worth(project)

    def _free(self) -> list[int]:
        costs = self.election.whole_costs
        return [project for project, cost in enumerate(costs) if cost == 0 and self.election.scores[project]]
