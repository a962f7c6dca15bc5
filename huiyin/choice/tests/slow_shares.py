"""A second, plain implementation of equal shares in fractions, as the papers define it: slow and easy to check."""

from collections.abc import Mapping, Sequence
from fractions import Fraction


def price(cost: Fraction, purse: Mapping[int, Fraction], points: Mapping[int, Fraction]) -> Fraction | None:
    """The least x with Σ min(purse, x · points) = cost over the supporters, or None."""
    if sum((purse[i] for i in points), Fraction(0)) < cost:
        return None
    left, weight = cost, sum(points.values(), Fraction(0))
    for i in sorted(points, key=lambda i: purse[i] / points[i]):
        if purse[i] * weight >= left * points[i]:
            return left / weight
        left -= purse[i]
        weight -= points[i]
    return None


def slow_equal_shares(
    costs: Mapping[str, int], grant: Fraction, papers: Sequence[Mapping[str, Fraction]], *, by_cost: bool
) -> tuple[list[str], dict[int, Fraction]]:
    """Winners in order and what is left in every purse; ties go to the lower code."""
    purse = dict.fromkeys(range(len(papers)), grant)
    support = {code: {i: paper[code] for i, paper in enumerate(papers) if paper.get(code, 0) > 0} for code in costs}
    open_codes = {code for code in costs if support[code]}
    winners: list[str] = []
    while True:
        offers = []
        for code in sorted(open_codes):
            worth = costs[code] if by_cost else 1
            found = price(Fraction(costs[code]), purse, support[code])
            if found is not None:
                offers.append((found / worth, code, found))
        if not offers:
            return winners, purse
        _, code, each = min(offers)
        for i, points in support[code].items():
            purse[i] -= min(purse[i], each * points)
        winners.append(code)
        open_codes.remove(code)
