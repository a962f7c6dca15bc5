"""Whose money went where: what each group of voters paid towards the projects chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from huiyin.choice.budget.completion import Completed
from huiyin.choice.budget.election import Counts, Election
from huiyin.choice.budget.equal_shares import Shares
from huiyin.choice.budget.fields import Column, column
from huiyin.choice.budget.greedy import Look
from huiyin.choice.wording import exact, percent

AGE_BANDS = ((0, 17), (18, 29), (30, 44), (45, 59), (60, 74))
OLDEST_DIGITS = 3
MOST_LABELS = 50
NOT_GROUPS = frozenset({"voter_id", "vote", "points"})


@dataclass(frozen=True)
class GroupShare:
    """One group of voters: how many they are, how many got something they wanted, and the money that is theirs."""

    label: str
    voters: int
    served: int
    money: Fraction


def shares_of_groups(
    election: Election, groups: Column, outcome: Completed | tuple[Look, ...]
) -> tuple[GroupShare, ...]:
    """The money of the chosen projects by group of voters; the parts add up to what the projects cost, exactly.

    What equal shares bought counts as what each voter paid. What was taken greedily counts as paid by its supporters,
    each the same per point: a convention, as greedy takes no money from anybody.
    """
    looks = outcome.looks if isinstance(outcome, Completed) else outcome
    paid = [Fraction(0)] * len(groups.labels)
    chosen = [look.project for look in looks if look.taken]
    if isinstance(outcome, Completed):
        paid = _paid(election, groups, outcome.shares)
        chosen += outcome.shares.winners
    for look in looks:
        if look.taken:
            each = election.projects[look.project].cost / election.scores[look.project]
            given = _points_by_group(election, groups, look.project)
            paid = [sum_ + each * points for sum_, points in zip(paid, given, strict=True)]
    size = len(groups.labels)
    voters = np.bincount(groups.codes, minlength=size).tolist()
    served = np.bincount(groups.codes[_served(election, chosen)], minlength=size).tolist()
    rows = zip(groups.labels, voters, served, paid, strict=True)
    return tuple(GroupShare(label, count, got, part) for label, count, got, part in rows)


def groupings(election: Election) -> Mapping[str, Column]:
    """The columns of the papers that divide the voters into groups: few labels each, ages in bands."""
    found = {}
    for name in election.columns:
        if name in NOT_GROUPS:
            continue
        entry = election.columns[name]
        if name == "age":
            entry = age_bands(entry)
        if 1 < len(entry.labels) <= MOST_LABELS:
            found[name] = entry
    return found


def age_bands(ages: Column) -> Column:
    """Ages in the bands 0–17, 18–29, 30–44, 45–59, 60–74, 75+; what is no whole number is `?`."""
    bands = column([_band(label) for label in ages.labels])
    return Column(bands.labels, bands.codes[ages.codes])


def as_json(shares: tuple[GroupShare, ...]) -> list[dict[str, Any]]:
    """Groups with their part of the voters and of the money, for a result file."""
    voters = sum(share.voters for share in shares)
    spent = sum((share.money for share in shares), Fraction(0))
    return [
        {
            "group": share.label,
            "voters": share.voters,
            "part_of_voters": percent(Fraction(share.voters, voters)) if voters else None,
            "served": share.served,
            "money": exact(share.money),
            "part_of_money": percent(share.money / spent) if spent else None,
        }
        for share in shares
    ]


def _band(label: str) -> str:
    if not label.isdecimal() or len(label) > OLDEST_DIGITS:
        return "?"
    return next((f"{low}–{high}" for low, high in AGE_BANDS if low <= int(label) <= high), "75+")


def _paid(election: Election, groups: Column, shares: Shares) -> list[Fraction]:
    """Exactly what each group paid in equal shares: those used up their whole share, the others price by price."""
    purses = shares.purses
    size, kinds = len(purses.bought), len(groups.labels)
    used_up = np.bincount(groups.codes[purses.near == 0], minlength=kinds).tolist()
    voter = np.repeat(np.arange(election.voters), np.diff(election.starts))
    place = purses.place[election.chosen]
    kept = (place >= 0) & (purses.near[voter] > 0)
    given = np.zeros((kinds, size), dtype=np.int64)
    points = 1 if election.points is None else election.points[kept]
    np.add.at(given, (groups.codes[voter[kept]], place[kept]), points)
    result = []
    for count, row in zip(used_up, given.tolist(), strict=True):
        spent = sum(price * score for price, score in zip(purses.prices, row, strict=True))
        result.append(count * shares.grant + Fraction(spent, purses.common) / election.money_unit)
    return result


def _points_by_group(election: Election, groups: Column, project: int) -> list[int]:
    sums = np.zeros(len(groups.labels), dtype=np.int64)
    points = 1 if election.supporters_points is None else election.supporters_points[project]
    np.add.at(sums, groups.codes[election.supporters[project]], points)
    return [int(value) for value in sums]


def _served(election: Election, chosen: list[int]) -> Counts:
    got = np.zeros(election.voters, dtype=bool)
    for project in chosen:
        got[election.supporters[project]] = True
    return np.flatnonzero(got)
