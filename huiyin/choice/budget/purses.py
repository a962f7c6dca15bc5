"""The equal shares of the voters while they are spent: exact fractions, read fast through whole-number approximations.

Every voter starts with the same grant. What a voter still has is exactly `grant − Σ price × points` over the projects
bought so far, or nothing once the share is used up. The array `near` holds that money times `scale`, rounded, never
further than `error` from the truth; a comparison that the rounding could turn is decided in exact whole numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import gcd

import numpy as np
from numpy.typing import NDArray

from huiyin.choice.budget.election import Counts, Election, Papers
from huiyin.choice.wording import Refused

Mask = NDArray[np.bool_]
BITS = 61


@dataclass(frozen=True)
class Estimate:
    """An approximate price per point of a project, times the scale.

    The true price is at least `price − error`; when `settled`, the estimate is as near as the rounding allows.
    """

    price: int
    error: int
    settled: bool


@dataclass(frozen=True)
class Price:
    """The exact price per point that lets the supporters of a project pay for it, and who is left with nothing."""

    numerator: int
    weight: int
    used_up: Papers
    rich: Papers
    rich_points: Counts | None


class Purses:
    """What each voter still has; see the module."""

    def __init__(self, election: Election, grant: Fraction) -> None:
        self.election = election
        self.grant = grant * election.money_unit
        self.common = self.grant.denominator
        self.grant_common = self.grant.numerator
        self.prices: list[int] = []
        self.bought: list[int] = []
        self.place = np.full(len(election.projects), -1, dtype=np.int32)
        self.most_points = 1 if election.points is None or not len(election.points) else int(election.points.max())
        room = BITS - self.most_points.bit_length() - int(self.grant * max(election.voters, 1) + 1).bit_length()
        if room < 0:
            zh, en = (
                "金额、小数位数或分值过大,无法精确计算",
                "amounts, their decimals or points are too large to reckon",
            )
            raise Refused("amounts_too_large", zh, en)
        self.shift = room
        self.near = np.full(election.voters, int(self.grant * 2**self.shift), dtype=np.int64)
        self.error = 1
        self.papers = list(election.supporters)
        self.points = None if election.supporters_points is None else list(election.supporters_points)

    def estimate(self, project: int, at_least: int, stop_above: int | None) -> Estimate | None:
        """Price per point to near `scale`, found upwards from a lower bound; None when the supporters cannot pay.

        The search may end once the price must lie above `stop_above`; the estimate is then not settled, only a bound.
        """
        papers = self.papers[project]
        points = None if self.points is None else self.points[project]
        money = self.near.take(papers)
        need = self.election.whole_costs[project] << self.shift
        price, weight, settled = at_least, 0, False
        while not settled:
            level = price if points is None else price * points
            above = money > level
            rich = int(np.count_nonzero(above)) if points is None else int(np.add.reduce(points[above]))
            if not rich:
                return self._all_in(need, papers, points, money)
            settled = rich == weight
            weight = rich
            if not settled:
                price += max(need - int(np.add.reduce(np.minimum(money, level))), 0) // rich
                if stop_above is not None and price > stop_above:
                    break
        slack = len(papers) * (self.error + self.most_points) // weight + self.most_points + 1
        return Estimate(price, slack, settled)

    def most_error(self, project: int) -> int:
        """More than the error of any estimate of this project can be."""
        return len(self.papers[project]) * (self.error + self.most_points) + self.most_points + 1

    def price(self, project: int, estimate: Estimate) -> Price | None:
        """The exact price per point, from a settled estimate; None when the supporters cannot pay."""
        papers, points, money = self._holders(project)
        level = estimate.price if points is None else estimate.price * points
        reach = self._reach(estimate, money, points)
        empty = money < level - reach
        poor = papers[empty]
        numerator = self.election.whole_costs[project] * self.common - self._held(poor)
        weight = len(papers) - len(poor) if points is None else int(points[~empty].sum())
        below = money <= level + reach
        if int(np.count_nonzero(below)) > len(poor):
            unsure = np.flatnonzero(below & ~empty)
            found = self._settle(numerator, weight, papers[unsure], None if points is None else points[unsure])
            if found is None:
                return None
            numerator, weight, spent = found
            empty[unsure[spent]] = True
            poor = papers[empty]
        if not weight:
            return None
        rich = ~empty
        return Price(numerator, weight, poor, papers[rich], None if points is None else points[rich])

    def pay(self, project: int, price: Price) -> None:
        """Take the price of a project from its supporters."""
        self.place[project] = len(self.bought)
        self.bought.append(project)
        shared = gcd(price.numerator, price.weight)
        factor = price.weight // shared
        if factor > 1:
            self.common *= factor
            self.grant_common *= factor
            self.prices = [value * factor for value in self.prices]
        self.prices.append(price.numerator // shared)
        each = (self.prices[-1] << self.shift) // self.common
        taken = each if price.rich_points is None else each * price.rich_points
        self.near[price.used_up] = 0
        self.near[price.rich] = np.maximum(self.near.take(price.rich) - taken, 1)
        self.error += self.most_points

    def held(self, papers: Papers) -> Fraction:
        """What these voters still have together, exactly, in `money_unit`-ths."""
        return Fraction(self._held(papers[self.near[papers] > 0]), self.common)

    def _holders(self, project: int) -> tuple[Papers, Counts | None, Counts]:
        """The supporters who have money left, their points and their money; the others are struck off the list."""
        papers = self.papers[project]
        points = None if self.points is None else self.points[project]
        money = self.near.take(papers)
        if not money.all():
            left = money > 0
            papers, money = papers[left], money[left]
            self.papers[project] = papers
            if self.points is not None and points is not None:
                points = points[left]
                self.points[project] = points
        return papers, points, money

    def _all_in(self, need: int, papers: Papers, points: Counts | None, money: Counts) -> Estimate | None:
        if not len(papers) or int(money.sum()) + len(papers) * self.error < need:
            return None
        top = int((money if points is None else money // points).max())
        return Estimate(top, self.error + 1 + len(papers) * self.error, settled=True)

    def _reach(self, estimate: Estimate, money: Counts, points: Counts | None) -> int:
        """Half the width of the band round the estimate in which only exact arithmetic may judge.

        Above the estimate the supporters' payments grow by at least the weight of those who stay rich, so the true
        price cannot lie above the first level where that growth outweighs all rounding.
        """
        width = 2 * estimate.error
        level = estimate.price + width
        if level * self.most_points >> BITS or width * self.most_points >> BITS:
            return 1 << BITS
        above = money > (level if points is None else level * points) + self.error
        stay = int(np.count_nonzero(above)) if points is None else int(points[above].sum())
        if stay * width < len(money) * (self.error + self.most_points):
            return 1 << BITS
        return min(width * self.most_points + self.error + 1, 1 << BITS)

    def _held(self, papers: Papers) -> int:
        """What these voters, none of them used up, still have together, times `common`."""
        total = len(papers) * self.grant_common
        if len(papers) and self.bought:
            for place, points in enumerate(self._points_bought(papers)):
                total -= self.prices[place] * points
        return total

    def _points_bought(self, papers: Papers) -> list[int]:
        """For each project bought, the points these voters gave it together."""
        if self.election.table is not None:
            gave: list[int] = self.election.table.take(papers, axis=0).sum(axis=0).tolist()
            return [gave[project] for project in self.bought]
        at, _ = _rows(self.election.starts, papers)
        place = self.place[self.election.chosen[at]]
        kept = place >= 0
        size = len(self.bought)
        if self.election.points is None:
            counted: list[int] = np.bincount(place[kept], minlength=size).tolist()
            return counted
        sums = np.zeros(size, dtype=np.int64)
        np.add.at(sums, place[kept], self.election.points[at][kept])
        summed: list[int] = sums.tolist()
        return summed

    def _settle(
        self, numerator: int, weight: int, papers: Papers, points: Counts | None
    ) -> tuple[int, int, Mask] | None:
        """Judge the voters near the price exactly, the poorest first; None when all together cannot pay.

        Voters who paid the same and gave the same points are judged once. The mask tells who is left with nothing.
        """
        own = np.ones(len(papers), dtype=np.int64) if points is None else points
        rows = np.column_stack([own, self._paid(papers)])
        kinds, kind, number = np.unique(rows, axis=0, return_inverse=True, return_counts=True)
        gave = [int(given) for given in kinds[:, 0]]
        have = [self.grant_common - _dot(self.prices, row[1:].tolist()) for row in kinds]
        spent = np.zeros(len(kinds), dtype=bool)
        for i in sorted(range(len(kinds)), key=lambda i: Fraction(have[i], gave[i])):
            if have[i] * weight > numerator * gave[i]:
                break
            spent[i] = True
            if have[i] * weight < numerator * gave[i]:
                numerator -= have[i] * int(number[i])
                weight -= gave[i] * int(number[i])
                if weight <= 0:
                    return None
        return numerator, weight, spent[kind.ravel()]

    def _paid(self, papers: Papers) -> Counts:
        """The points each of these voters gave to each project bought, shape (voters, bought)."""
        at, owner = _rows(self.election.starts, papers)
        place = self.place[self.election.chosen[at]]
        kept = place >= 0
        paid = np.zeros((len(papers), len(self.bought)), dtype=np.int64)
        paid[owner[kept], place[kept]] = 1 if self.election.points is None else self.election.points[at][kept]
        return paid


def _dot(prices: Sequence[int], points: Sequence[int]) -> int:
    return sum(price * given for price, given in zip(prices, points, strict=True) if given)


def _rows(starts: Counts, papers: Papers) -> tuple[Counts, Counts]:
    """Places in the array of choices that belong to these papers, and to which of them each belongs."""
    begin = starts[papers]
    length = starts[papers + 1] - begin
    owner = np.repeat(np.arange(len(papers)), length)
    ends = np.cumsum(length)
    return np.arange(ends[-1] if len(ends) else 0) + np.repeat(begin - ends + length, length), owner
