"""Kinds of people: everyone alike in every quota feature is counted together, so that they have equal chances."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, vstack

from huiyin.choice.sortition.pool import Pool, Quota

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

OFTEN = 0.3
FEW = 3


@dataclass(frozen=True)
class Kinds:
    """The problem in numbers; T kinds, R quotas, F features, G house groups.

    `members[t]` are the people of kind t; `people` (T,) their number; `cap` (T,) how many of a kind fit in one panel;
    `easy` (T,) is a smaller cap that leaves households a choice; `quota_of` (T, F) the quota each feature of a kind
    falls under; `least`, `most` (R,) bound the quotas; `house` (T,) and `house_cap` (G,): of the kinds of one house
    group no more than its cap fit together. `size` is the panel's.
    """

    members: tuple[tuple[int, ...], ...]
    people: Ints
    cap: Ints
    easy: Ints
    quota_of: Ints
    least: Ints
    most: Ints
    house: Ints
    house_cap: Ints
    size: int

    @cached_property
    def rows(self) -> tuple[csr_array, Floats, Floats]:
        """Every condition as a row over the kinds: quotas, the panel size, house groups of several kinds; bounds."""
        number, features = self.quota_of.shape
        quotas = csr_array(
            (np.ones(number * features), (self.quota_of.ravel(), np.repeat(np.arange(number), features))),
            shape=(len(self.least), number),
        )
        several = np.flatnonzero(np.bincount(self.house, minlength=len(self.house_cap)) > 1)
        inside = np.isin(self.house, several)
        houses = csr_array(
            (np.ones(int(inside.sum())), (np.searchsorted(several, self.house[inside]), np.flatnonzero(inside))),
            shape=(len(several), number),
        )
        low = np.concatenate((self.least, [self.size], np.zeros(len(several)))).astype(np.float64)
        high = np.concatenate((self.most, [self.size], self.house_cap[several])).astype(np.float64)
        return vstack([quotas, csr_array(np.ones((1, number))), houses]).tocsr(), low, high

    def counted(self, panel: Ints) -> tuple[Ints, Ints]:
        """People of a panel under each quota and in each house group; shapes (R,) and (G,)."""
        counts = np.zeros(len(self.least), dtype=np.int64)
        housed = np.zeros(len(self.house_cap), dtype=np.int64)
        np.add.at(counts, self.quota_of.ravel(), np.repeat(panel, self.quota_of.shape[1]))
        np.add.at(housed, self.house, panel)
        return counts, housed

    def holds(self, panel: Ints) -> bool:
        """Whether a panel, as numbers of each kind, keeps every condition; exact."""
        counts, housed = self.counted(panel)
        within = (panel >= 0).all() and (panel <= self.cap).all() and (housed <= self.house_cap).all()
        return bool(
            within and panel.sum() == self.size and (counts >= self.least).all() and (counts <= self.most).all()
        )


def kinds_of(pool: Pool, quotas: Sequence[Quota], size: int, *, alone: Collection[int]) -> Kinds:
    """Kinds by features; the people in `alone` each stand alone, and of those of one household only one fits a panel.

    Other households are kept apart when kinds are turned into people (see `lottery`).
    """
    by_kind: dict[tuple[tuple[str, ...], int], list[int]] = defaultdict(list)
    for person, values in enumerate(pool.values):
        by_kind[values, person if person in alone else -1].append(person)
    kinds = sorted(by_kind)
    listed = [(kind[0], tuple(by_kind[kind])) for kind in kinds]
    caps = [len({pool.households[person] for person in people}) for _, people in listed]
    marks = [pool.households[person] if person >= 0 else values for values, person in kinds]
    return _assembled(pool, quotas, size, listed, caps, marks)


def housemates(pool: Pool, people: Collection[int]) -> set[int]:
    """Everyone who shares a household with one of these people, themselves too if they share one at all."""
    homes = {pool.households[person] for person in people}
    shared = Counter(pool.households)
    return {person for person, home in enumerate(pool.households) if home in homes and shared[home] > 1}


def likely_together(pool: Pool, kinds: Kinds, chances: Floats) -> set[int]:
    """Housemates who are likely to be needed at the same time: few are like either, or both together are drawn often.

    `chances` (T,) are those that people of a kind may expect, in a pool whose kinds know nothing of households.
    """
    likely = {
        person: chance for chance, people in zip(chances.tolist(), kinds.members, strict=True) for person in people
    }
    rare = {person for people in kinds.members if len(people) <= FEW for person in people}
    homes: dict[str, list[int]] = defaultdict(list)
    for person in sorted(likely, key=lambda person: -likely[person]):
        homes[pool.households[person]].append(person)
    found: set[int] = set()
    for first, *others in homes.values():
        often = [person for person in others if likely[first] + likely[person] >= OFTEN]
        seldom = [person for person in (first, *others) if person in rare]
        found.update([first, *often] if often else [], seldom if len(seldom) > 1 else [])
    return found


def _assembled(
    pool: Pool,
    quotas: Sequence[Quota],
    size: int,
    listed: Sequence[tuple[tuple[str, ...], tuple[int, ...]]],
    caps: Sequence[int],
    marks: Sequence[object],
) -> Kinds:
    row = {(quota.feature, quota.value): number for number, quota in enumerate(quotas)}
    names = {mark: number for number, mark in enumerate(dict.fromkeys(marks))}
    house = np.array([names[mark] for mark in marks], dtype=np.int64)
    house_cap = np.zeros(len(names), dtype=np.int64)
    np.maximum.at(house_cap, house, np.array(caps, dtype=np.int64))
    found = Kinds(
        members=tuple(people for _, people in listed),
        people=np.array([len(people) for _, people in listed], dtype=np.int64),
        cap=np.array(caps, dtype=np.int64),
        easy=np.array(caps, dtype=np.int64),
        quota_of=np.array(
            [
                [row[feature, value] for feature, value in zip(pool.features, values, strict=True)]
                for values, _ in listed
            ],
            dtype=np.int64,
        ).reshape(len(listed), len(pool.features)),
        least=np.array([quota.least for quota in quotas], dtype=np.int64),
        most=np.array([quota.most for quota in quotas], dtype=np.int64),
        house=house,
        house_cap=house_cap,
        size=size,
    )
    return replace(found, easy=_easy(found, pool))


def _easy(kinds: Kinds, pool: Pool) -> Ints:
    """A cap for kinds in which somebody has housemates: about four times what the quotas ask of them, less than all."""
    shared = Counter(pool.households)
    held = np.zeros(len(kinds.least), dtype=np.int64)
    np.add.at(held, kinds.quota_of.ravel(), np.repeat(kinds.people, kinds.quota_of.shape[1]))
    asked = np.maximum(kinds.least / np.maximum(held, 1), kinds.size / len(pool.names))
    wanted = np.ceil(4 * kinds.people * asked[kinds.quota_of].max(axis=1)).astype(np.int64)
    mixed = [any(shared[pool.households[person]] > 1 for person in people) for people in kinds.members]
    lower = np.minimum(np.maximum(wanted, 2), np.maximum(kinds.cap - 1, 1))
    return np.asarray(np.where(mixed, np.minimum(lower, kinds.cap), kinds.cap))
