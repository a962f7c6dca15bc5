"""The proof that no lottery could be fairer: a bound on the smallest chance that anyone can check with fractions."""

from fractions import Fraction

import numpy as np

from huiyin.choice.sortition.kinds import Kinds
from huiyin.choice.sortition.relaxed import Relaxed

DENOMINATOR = 10**12


def proved_bound(kinds: Kinds, level: Relaxed) -> Fraction:
    """A number that the smallest chance exceeds in no lottery whatever, computed without floats.

    Give every person of kind t the weight y_t and every condition r of the panel the price u_r (any numbers do; the
    solver's are good ones, rounded to 10⁻¹²). A panel's weight is at most B = Σ_r (u_r⁺·high_r − u_r⁻·low_r) +
    Σ_t cap_t·max(0, y_t − prices of t's conditions), and in a lottery with smallest chance z the mean weight is at
    least z·Σ_t y_t·people_t. Hence z ≤ B / Σ_t y_t·people_t. Without any weight nothing holds the chances down: 1.
    """
    rows, low, high = kinds.rows
    weights = [Fraction(round(max(weight, 0.0) * DENOMINATOR), DENOMINATOR) for weight in level.weights.tolist()]
    prices = [Fraction(round(price * DENOMINATOR), DENOMINATOR) for price in level.prices.tolist()]
    total = sum((weight * int(people) for weight, people in zip(weights, kinds.people, strict=True)), Fraction(0))
    if total == 0:
        return Fraction(1)
    most = sum(
        (price * int(top if price > 0 else bottom) for price, top, bottom in zip(prices, high, low, strict=True)),
        Fraction(0),
    )
    charged = [Fraction(0)] * len(weights)
    for row, kind in zip(*(part.tolist() for part in rows.nonzero()), strict=True):
        charged[kind] += prices[row]
    for weight, charge, cap in zip(weights, charged, kinds.cap.tolist(), strict=True):
        most += cap * max(Fraction(0), weight - charge)
    return min(most / total, Fraction(1))


def smallest_share(tickets: np.typing.NDArray[np.int64], denominator: int) -> Fraction:
    """The smallest chance in a lottery, exactly."""
    return Fraction(int(tickets.min()), denominator)
