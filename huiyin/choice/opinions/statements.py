"""What each group holds and what unites all groups: counts of votes, tests of two proportions, shared agreement."""

from dataclasses import dataclass

import numpy as np

from huiyin.choice.opinions.projection import Flags, Floats
from huiyin.choice.opinions.votes import Ints, VoteTable

Z_90 = 1.2816
SHOWN = 5
FEWEST_VOTES = 5


@dataclass(frozen=True)
class Counts:
    """Votes of the grouped people; each array has the shape (groups, statements)."""

    agree: Ints
    disagree: Ints
    seen: Ints

    def passed(self) -> Ints:
        """Passes: votes that are neither agreement nor disagreement."""
        return self.seen - self.agree - self.disagree


@dataclass(frozen=True)
class Side:
    """One side (agree or disagree) of every statement in every group; arrays (groups, statements).

    `share` is (votes + 1) / (seen + 2); `share_z` tests whether more than half of the group hold it; `ratio` compares
    the share with that of all other groups; `ratio_z` tests the two proportions against each other.
    Source: Polis `repness`, whose formulas these are.
    """

    share: Floats
    share_z: Floats
    ratio: Floats
    ratio_z: Floats

    def holds(self) -> Flags:
        """Where the group holds this side, and more than the others do: both tests beyond 1.2816 (one-sided 90 %)."""
        return np.asarray((self.share_z > Z_90) & (self.ratio_z > Z_90))

    def strength(self) -> Floats:
        """Order of representative statements: the product of the four figures, as in Polis."""
        return self.share * self.share_z * self.ratio * self.ratio_z


@dataclass(frozen=True)
class Representative:
    """A statement that stands for a group, with the counts and tests behind it."""

    statement: str
    agrees: bool
    holding: int
    seen: int
    others_holding: int
    others_seen: int
    share_z: float
    ratio_z: float
    significant: bool


def counts_of(table: VoteTable, group: Ints, number: int) -> Counts:
    """Votes by group and statement; `group` (people,) is −1 for people who are in no group."""
    size = len(table.statements)
    inside = group[table.person] >= 0
    place = group[table.person[inside]] * size + table.statement[inside]
    vote = table.vote[inside]
    shape = (number, size)
    agree, disagree = (np.bincount(place[vote == side], minlength=number * size).reshape(shape) for side in (1, -1))
    return Counts(agree, disagree, np.bincount(place, minlength=number * size).reshape(shape))


def side_of(held: Ints, seen: Ints) -> Side:
    """Figures of one side from the votes for it and all votes, both (groups, statements)."""
    rest_held = held.sum(axis=0) - held
    rest_seen = seen.sum(axis=0) - seen
    share = (held + 1) / (seen + 2)
    return Side(
        share=share,
        share_z=2 * np.sqrt(seen + 1) * ((held + 1) / (seen + 1) - 0.5),
        ratio=share / ((rest_held + 1) / (rest_seen + 2)),
        ratio_z=two_proportions(held, seen, rest_held, rest_seen),
    )


def two_proportions(held: Ints, seen: Ints, other_held: Ints, other_seen: Ints) -> Floats:
    """The z of the difference of two shares, one added to every count; 0 where both shares are whole."""
    one, other = (held + 1) / (seen + 1), (other_held + 1) / (other_seen + 1)
    pooled = (held + other_held + 2) / (seen + other_seen + 2)
    error = np.sqrt(np.maximum(pooled * (1 - pooled), 0) * (1 / (seen + 1) + 1 / (other_seen + 1)))
    return np.asarray(np.where(error > 0, (one - other) / np.where(error > 0, error, 1.0), 0.0))


def consensus(counts: Counts) -> tuple[Floats, Floats]:
    """Group-informed consensus of agreement and of disagreement: the product over groups of (votes + 1) / (seen + 2).

    Shape (statements,). A statement is high only if it is high in every group, however small. Source: Polis.
    """
    agree, disagree = ((held + 1) / (counts.seen + 2) for held in (counts.agree, counts.disagree))
    return np.asarray(agree.prod(axis=0)), np.asarray(disagree.prod(axis=0))


def uniting(counts: Counts) -> Ints:
    """1 where more than half of every group agree, −1 where more than half of every group disagree, else 0.

    "More than half" is tested one-sided at 90 % in each group, with at least five votes.
    """
    agree, disagree = (side_of(held, counts.seen).share_z for held in (counts.agree, counts.disagree))
    enough = (counts.seen >= FEWEST_VOTES).all(axis=0)
    together = ((agree > Z_90).all(axis=0) & enough).astype(np.int64)
    against = ((disagree > Z_90).all(axis=0) & enough).astype(np.int64)
    return np.asarray(together - against)


def representative(counts: Counts, names: tuple[str, ...], group: int) -> tuple[Representative, ...]:
    """Up to five statements that stand for a group, the strongest first; at least one, marked if it is not significant.

    Both tests must pass with at least five votes of the group. Ties go to the statement that comes
    first in the table. A single group has nobody to compare with, hence none.
    """
    if len(counts.seen) < 2:
        return ()
    sides = [side_of(counts.agree, counts.seen), side_of(counts.disagree, counts.seen)]
    lines = [side.holds()[group] & (counts.seen[group] >= FEWEST_VOTES) for side in sides]
    found = []
    for place in range(len(names)):
        side = int(sides[1].ratio_z[group, place] >= sides[0].ratio_z[group, place])
        if lines[side][place]:
            found.append((-round(float(sides[side].strength()[group, place]), 9), place, side))
    if found:
        return tuple(_told(counts, sides, names, at=(group, place, side)) for _, place, side in sorted(found)[:SHOWN])
    return _likeliest(counts, sides, names, group)


def _likeliest(counts: Counts, sides: list[Side], names: tuple[str, ...], group: int) -> tuple[Representative, ...]:
    """The one statement nearest to standing for a group when none passes the tests."""
    tested = np.stack([np.where(counts.seen[group] > 0, side.ratio_z[group], -np.inf) for side in sides])
    if not np.isfinite(tested).any():
        return ()
    side, place = np.unravel_index(int(np.argmax(np.round(tested, 9))), tested.shape)
    return (_told(counts, sides, names, at=(group, int(place), int(side))),)


def _told(counts: Counts, sides: list[Side], names: tuple[str, ...], *, at: tuple[int, int, int]) -> Representative:
    group, place, side = at
    held = (counts.agree, counts.disagree)[side]
    return Representative(
        statement=names[place],
        agrees=side == 0,
        holding=int(held[group, place]),
        seen=int(counts.seen[group, place]),
        others_holding=int(held[:, place].sum() - held[group, place]),
        others_seen=int(counts.seen[:, place].sum() - counts.seen[group, place]),
        share_z=float(sides[side].share_z[group, place]),
        ratio_z=float(sides[side].ratio_z[group, place]),
        significant=bool(sides[side].holds()[group, place] and counts.seen[group, place] >= FEWEST_VOTES),
    )
