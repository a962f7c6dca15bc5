"""The map of opinions as one result: groups, what they hold and share, where one person stands."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from huiyin.choice.opinions import coordination, groups, projection, stability, statements, wording
from huiyin.choice.opinions.coordination import Sign
from huiyin.choice.opinions.groups import Grouping
from huiyin.choice.opinions.projection import Flags, Floats, Plane
from huiyin.choice.opinions.stability import Stability
from huiyin.choice.opinions.statements import Counts, Representative
from huiyin.choice.opinions.votes import Ints, VoteTable
from huiyin.choice.wording import Refused, Sentence


@dataclass(frozen=True)
class Standing:
    """Where one person stands: place on the plane, number of the nearest group (from 0), and agreement with each group.

    Of `answered[g]` statements the person answered and of which group g has a majority, `same[g]` are like it.
    """

    x: float
    y: float
    group: int
    same: tuple[int, ...]
    answered: tuple[int, ...]
    told: Sentence


@dataclass(frozen=True)
class OpinionMap:
    """A map of opinions.

    `table` is without the statements `left_out`; `keeps_earlier` tells whether groups were kept from an earlier map.
    `points` (people, 2); `counted` whom the map is drawn from; `grouping.group` has one entry per counted person;
    `silhouettes` by number of groups tried; `holds[g]` what stands for group g; `unites` (statements,) 1 agree, −1
    disagree, 0; `consensus` group-informed consensus of agreement and of disagreement.
    """

    table: VoteTable
    left_out: tuple[str, ...]
    keeps_earlier: bool
    plane: Plane
    points: Floats
    counted: Flags
    grouping: Grouping
    silhouettes: dict[int, float]
    counts: Counts
    holds: tuple[tuple[Representative, ...], ...]
    unites: Ints
    consensus: tuple[Floats, Floats]
    firmness: Stability
    signs: tuple[Sign, ...]

    def group_of(self) -> Ints:
        """Group of every person of the table from 0, −1 for people with too few votes; shape (people,)."""
        group = np.full(len(self.table.people), -1)
        group[self.counted] = self.grouping.group
        return group

    def standing(self, votes: Mapping[str, int]) -> Standing:
        """Where somebody with these votes (statement to 1, 0 or −1) stands; votes on unknown statements are ignored.

        Raises Refused for another vote than 1, 0, −1, or when no vote is on a statement of the map.
        """
        if not set(votes.values()) <= {-1, 0, 1}:
            raise Refused("wrong_vote", "票只能是 1、0 或 -1", "a vote is 1, 0 or -1")
        place = {name: number for number, name in enumerate(self.table.statements)}
        known = sorted((place[name], vote) for name, vote in votes.items() if name in place)
        if not known:
            zh, en = "这些票都不在图上的陈述之列", "none of these votes is on a statement of the map"
            raise Refused("no_known_statement", zh, en)
        columns = np.array([column for column, _ in known])
        given = np.array([vote for _, vote in known])
        away = given - self.plane.centre[columns]
        out = projection.stretch(np.array([len(known)]), self.plane)[0]
        x, y = ((away * axis[columns]).sum() * out for axis in self.plane.axes)
        majority = np.sign(self.counts.agree - self.counts.disagree)[:, columns]
        clear = majority != 0
        same = tuple((clear & (majority == given)).sum(axis=1).tolist())
        answered = tuple(clear.sum(axis=1).tolist())
        group = int(groups.nearest(np.array([[x, y]]), self.grouping.centres)[0])
        told = wording.standing_told(group + 1, list(same), list(answered))
        return Standing(float(x), float(y), group, same, answered, told)

    def explanations(self) -> list[Sentence]:
        """The map in sentences, each with its counts."""
        table = self.table
        told = [
            wording.size_told(len(table.people), int(self.counted.sum()), len(table.vote), table.revoted),
            *self._groups_told(),
        ]
        for number, items in enumerate(self.holds):
            told += [wording.holding_told(number + 1, item) for item in items]
        places = self.uniting_places()
        told += [wording.uniting_number_told(len(places), len(table.statements))]
        told += [self._unites_told(place) for place in places[: statements.SHOWN]]
        return told + [wording.sign_told(sign) for sign in self.signs]

    def uniting_places(self) -> list[int]:
        """Numbers of the statements that unite all groups, the strongest consensus first."""
        strength = np.where(self.unites > 0, self.consensus[0], self.consensus[1])
        places = np.flatnonzero(self.unites)
        order = np.lexsort((places, -np.round(strength[places], 9)))
        return [int(place) for place in places[order]]

    def _groups_told(self) -> list[Sentence]:
        """Why there are so many groups and how firm they are; without groups, why not."""
        if self.silhouettes:
            number = len(self.grouping.centres)
            return [wording.number_told(self.silhouettes, number), wording.stability_told(self.firmness)]
        inside = self.points[self.counted]
        alike = bool((np.ptp(inside, axis=0) < groups.SAME_PLACE).all())
        return [wording.no_groups_told(len(inside), groups.smallest_group(len(inside)), alike=alike)]

    def _unites_told(self, place: int) -> Sentence:
        side = int(self.unites[place])
        held = (self.counts.agree if side > 0 else self.counts.disagree)[:, place]
        return wording.uniting_told(
            self.table.statements[place], side, held.tolist(), self.counts.seen[:, place].tolist()
        )


def opinion_map(
    table: VoteTable, *, left_out: Collection[str] = (), earlier: Mapping[str, int] | None = None
) -> OpinionMap:
    """The map of a table of votes; the same votes in any order give the same map, number for number.

    `left_out` names statements that do not count (taken out by a moderator). `earlier` gives the group numbers of an
    earlier map of the same people: groups then keep their numbers, and change only for a clearly better grouping.
    Raises Refused when no vote is left.
    """
    left_out = sorted(set(left_out) & set(table.statements), key=table.statements.index)
    table = table.without(left_out)
    if not table.statements or not len(table.vote):
        raise Refused("no_votes", "没有剩下可以绘图的票", "no vote is left to draw a map from")
    counted = projection.counted_people(table)
    in_map = np.flatnonzero(counted)
    plane, others = projection.plane_of(table, counted)
    points = projection.positions(table, plane)
    before = None if earlier is None else np.array([earlier.get(table.people[person], -1) for person in in_map])
    candidates = groups.groupings(points[in_map], earlier=before)
    grouping = _chosen(points[in_map], candidates, before)
    group = np.full(len(table.people), -1)
    group[in_map] = grouping.group
    counts = statements.counts_of(table, group, len(grouping.centres))
    return OpinionMap(
        table=table,
        left_out=tuple(left_out),
        keeps_earlier=before is not None and bool((before >= 0).any()),
        plane=plane,
        points=points,
        counted=counted,
        grouping=grouping,
        silhouettes={len(each.centres): each.silhouette for each in candidates},
        counts=counts,
        holds=tuple(statements.representative(counts, table.statements, each) for each in range(len(counts.seen))),
        unites=statements.uniting(counts),
        consensus=statements.consensus(counts),
        firmness=stability.stability_of(table, plane, others, grouping, in_map),
        signs=tuple(coordination.signs_of(table, group)),
    )


def _chosen(points: Floats, candidates: list[Grouping], before: Ints | None) -> Grouping:
    """The grouping to show; one group when people cannot be told apart; numbers of an earlier map are kept."""
    if not candidates:
        return Grouping(np.zeros(len(points), dtype=np.int64), points.mean(axis=0)[None], 0.0, 0)
    if before is None or not (before >= 0).any():
        return groups.chosen(candidates)
    known = before >= 0
    grouping = groups.chosen(candidates, earlier_number=len(np.unique(before[known])))
    return groups.renumbered(grouping, before)
