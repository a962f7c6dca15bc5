"""How firm a map is: whether people stay in their group when one answer or one fifth of the people is taken away."""

from dataclasses import dataclass

import numpy as np

from huiyin.choice.opinions import groups, projection
from huiyin.choice.opinions.groups import Grouping
from huiyin.choice.opinions.projection import Flags, Floats, Plane
from huiyin.choice.opinions.votes import Ints, VoteTable


@dataclass(frozen=True)
class Stability:
    """Firmness of the groups.

    `unmoved` of `people` keep their group whichever one of their own answers is taken away (the map itself kept).
    `agreements` are the adjusted Rand indices with the map redrawn five times, each time without the votes of another
    fifth of the people; `same_in_all` people are in the same group in all five.
    """

    people: int
    unmoved: int
    agreements: tuple[float, ...]
    same_in_all: int


def stability_of(table: VoteTable, plane: Plane, others: list[Plane], grouping: Grouping, in_map: Ints) -> Stability:
    """Firmness of a grouping of the people `in_map` (their numbers in the table)."""
    people = len(in_map)
    same = np.ones(people, dtype=bool)
    agreements = []
    for other in others:
        points = projection.positions(table, other)[in_map]
        redrawn = groups.groupings_into(points, len(grouping.centres))
        group = np.zeros(people, dtype=np.int64) if redrawn is None else redrawn.group
        agreements.append(groups.agreement(grouping.group, group))
        same &= matched(grouping.group, group) == grouping.group
    return Stability(
        people=people,
        unmoved=int((~_movable(table, plane, grouping.centres)[in_map]).sum()),
        agreements=tuple(agreements),
        same_in_all=int(same.sum()),
    )


def matched(reference: Ints, group: Ints) -> Ints:
    """The groups renumbered after the reference: the largest overlaps are matched first; unmatched groups get −1."""
    overlap = np.zeros((int(reference.max()) + 1, int(group.max()) + 1), dtype=np.int64)
    np.add.at(overlap, (reference, group), 1)
    name = np.full(overlap.shape[1], -1)
    left = overlap.copy()
    while left.max(initial=0) > 0:
        row, column = np.unravel_index(int(left.argmax()), left.shape)
        name[column] = row
        left[row, :] = 0
        left[:, column] = 0
    return name[group]


def _movable(table: VoteTable, plane: Plane, centres: Floats) -> Flags:
    """Which people of the table would change group if some one of their answers were missing."""
    votes = table.votes_per_person()
    points = projection.positions(table, plane)
    away = table.vote - plane.centre[table.statement]
    fewer = projection.stretch(np.maximum(votes - 1, 0), plane)[table.person]
    before = projection.stretch(votes, plane)[table.person]
    axes = plane.axes[:, table.statement]
    moved = [(points[table.person, axis] / before - away * axes[axis]) * fewer for axis in (0, 1)]
    now = groups.nearest(points, centres)[table.person]
    gap = [(moved[0] - centre[0]) ** 2 + (moved[1] - centre[1]) ** 2 for centre in centres]
    then = np.argmin(np.stack(gap), axis=0)
    return np.asarray(np.bincount(table.person[then != now], minlength=len(votes)) > 0)
