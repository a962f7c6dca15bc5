"""Groups of people who answer alike: k-means from fixed starts, and the number of groups by the silhouette."""

from dataclasses import dataclass, replace

import numpy as np

from huiyin.choice.opinions.projection import Floats
from huiyin.choice.opinions.votes import Ints

FEWEST, MOST = 2, 5
CELLS_FROM = 1000
SAME_GROUPING = 0.01
CLEARLY_BETTER = 0.02
SAME_PLACE = 1e-9
ROUNDS = 100


@dataclass(frozen=True)
class Grouping:
    """One way to group the people.

    `group` (people,) numbers the groups from 0, the largest first; `centres` (groups, 2); `silhouette` is the mean
    over people of how much nearer the own group is than the next (1 clear, 0 none); `set_aside` counts people so far
    from everyone that they were left out when centres were found (they belong to the nearest group all the same).
    """

    group: Ints
    centres: Floats
    silhouette: float
    set_aside: int


@dataclass(frozen=True)
class Cells:
    """People put together by place: each person alone up to 1,000 people, else by a fine grid."""

    place: Floats
    weight: Floats
    cell_of: Ints


def smallest_group(people: int) -> int:
    """Fewest people who make a group: a tenth of the people, at least 2 and at most 5."""
    return min(5, max(2, people // 10))


def most_groups(people: int) -> int:
    """Most groups looked for: 2 and one more for every 12 people, at most 5 (source: Polis `max-k`)."""
    return min(MOST, 2 + people // 12)


def cells_of(points: Floats) -> Cells:
    """Cells of the points; the grid is a sixth of the points' standard deviation wide."""
    if len(points) <= CELLS_FROM:
        return Cells(points, np.ones(len(points)), np.arange(len(points)))
    middle = points.mean(axis=0)
    width = max(float(np.sqrt(((points - middle) ** 2).sum() / len(points))) / 6, 1e-12)
    square = np.floor((points - middle) / width).astype(np.int64)
    _, cell_of = np.unique(square, axis=0, return_inverse=True)
    cell_of = cell_of.reshape(-1)
    weight = np.bincount(cell_of).astype(np.float64)
    place = np.stack([np.bincount(cell_of, weights=points[:, axis]) / weight for axis in (0, 1)], axis=1)
    return Cells(place, weight, cell_of)


def nearest(points: Floats, centres: Floats) -> Ints:
    """Number of the nearest centre of each point (the first, if several); points (…, 2), centres (k, 2)."""
    away = ((points[..., None, :] - centres) ** 2).sum(axis=-1)
    return np.asarray(away.argmin(axis=-1), dtype=np.int64)


def groupings(points: Floats, *, earlier: Ints | None = None) -> list[Grouping]:
    """The best grouping into 2, 3, … groups, or none when all people stand in one place.

    `earlier` (people,) gives the group of an earlier map, −1 for newcomers; its centres are tried first and kept
    unless another grouping is more than 1 % tighter, so that groups do not jump for one vote.
    """
    cells = cells_of(points)
    distance = np.sqrt(((cells.place[:, None, :] - cells.place[None, :, :]) ** 2).sum(axis=2))
    if float(distance.max(initial=0.0)) < SAME_PLACE:
        return []
    found = []
    for number in range(FEWEST, most_groups(len(points)) + 1):
        fitted = _fitted(points, cells, number, _earlier_centres(points, earlier, number))
        if fitted is not None and len(fitted.centres) == number:
            value = silhouette(cells, distance, nearest(cells.place, fitted.centres), number)
            found.append(replace(fitted, silhouette=value))
    return found


def groupings_into(points: Floats, number: int) -> Grouping | None:
    """The best grouping into a given number of groups (its silhouette is not computed), or None if there is none."""
    return _fitted(points, cells_of(points), number, None)


def chosen(candidates: list[Grouping], *, earlier_number: int | None = None) -> Grouping:
    """The fewest groups whose silhouette comes within 0.02 of the largest.

    An earlier number of groups stays under the same condition. The slack keeps the number from flipping for one vote.
    """
    best = max(grouping.silhouette for grouping in candidates)
    near = [grouping for grouping in candidates if best - grouping.silhouette <= CLEARLY_BETTER]
    kept = [grouping for grouping in near if len(grouping.centres) == earlier_number]
    return (kept or near)[0]


def agreement(one: Ints, other: Ints) -> float:
    """Adjusted Rand index of two groupings of the same people: 1 the same, about 0 by chance (Hubert, Arabie 1985)."""
    table = np.zeros((int(one.max()) + 1, int(other.max()) + 1))
    np.add.at(table, (one, other), 1)
    pairs = [float((sums * (sums - 1) / 2).sum()) for sums in (table, table.sum(axis=1), table.sum(axis=0))]
    every = len(one) * (len(one) - 1) / 2
    expected = pairs[1] * pairs[2] / every if every else 0.0
    most = (pairs[1] + pairs[2]) / 2
    return 1.0 if most == expected else (pairs[0] - expected) / (most - expected)


def silhouette(cells: Cells, distance: Floats, group: Ints, number: int) -> float:
    """Mean silhouette of people (Rousseeuw 1987); a person alone in a group has 0."""
    member = np.zeros((len(group), number))
    member[np.arange(len(group)), group] = cells.weight
    size = member.sum(axis=0)
    sums = distance @ member
    row = np.arange(len(group))
    own = sums[row, group] / np.maximum(size[group] - 1, 1)
    other = sums / np.maximum(size, 1)
    other[row, group] = np.inf
    other[:, size == 0] = np.inf
    next_best = other.min(axis=1)
    value = np.where(size[group] > 1, (next_best - own) / np.maximum(np.maximum(own, next_best), 1e-300), 0.0)
    return float((value * cells.weight).sum() / cells.weight.sum())


def _earlier_centres(points: Floats, earlier: Ints | None, number: int) -> Floats | None:
    if earlier is None or len(np.unique(earlier[earlier >= 0])) != number:
        return None
    return np.stack([points[earlier == group].mean(axis=0) for group in np.unique(earlier[earlier >= 0])])


def _best_centres(cells: Cells, number: int, kept: Floats | None, smallest: int) -> tuple[Floats, Floats] | None:
    """Tightest centres whose groups are large enough; people in groups too small are set aside and it starts anew."""
    weight = cells.weight.copy()
    for _ in range(ROUNDS):
        if len(np.unique(cells.place[weight > 0], axis=0)) < number:
            return None
        starts = _starts(cells.place, weight, number)
        centres, tightness = _lloyd(cells.place, weight, starts)
        best = centres[int(np.argmin(np.round(tightness, 9)))]
        if kept is not None:
            stayed, loose = _lloyd(cells.place, weight, kept[None])
            best = stayed[0] if loose[0] <= tightness.min() * (1 + SAME_GROUPING) else best
        group = nearest(cells.place, best)
        size = np.bincount(group, weights=weight, minlength=number)
        small = (size < smallest)[group] & (weight > 0)
        if not small.any():
            return best, cells.weight - weight
        weight = np.where(small, 0.0, weight)
    return None


def _starts(place: Floats, weight: Floats, number: int) -> Floats:
    """Fixed starting centres, shape (starts, number, 2): equal shares along eight directions, sectors, far points."""
    middle = (place * weight[:, None]).sum(axis=0) / weight.sum()
    starts = []
    for turn in range(8):
        angle = np.pi * turn / 8
        along = (place - middle) @ np.array([np.cos(angle), np.sin(angle)])
        starts.append(_shares(place, weight, along, number))
    for turn in range(3):
        angle = 2 * np.pi * turn / (3 * number)
        around = np.mod(np.arctan2(place[:, 1] - middle[1], place[:, 0] - middle[0]) - angle, 2 * np.pi)
        sector = np.minimum((around * number / (2 * np.pi)).astype(np.int64), number - 1)
        starts.append(_means(place, weight, sector[None], np.tile(middle, (1, number, 1)))[0])
    starts.append(_far_points(place, weight, middle, number))
    return np.stack(starts)


def _shares(place: Floats, weight: Floats, along: Floats, number: int) -> Floats:
    order = np.argsort(along, kind="stable")
    share = np.empty(len(place), dtype=np.int64)
    before = np.cumsum(weight[order]) - weight[order] / 2
    share[order] = np.minimum((before * number / weight.sum()).astype(np.int64), number - 1)
    middle = (place * weight[:, None]).sum(axis=0) / weight.sum()
    return np.asarray(_means(place, weight, share[None], np.tile(middle, (1, number, 1)))[0])


def _far_points(place: Floats, weight: Floats, middle: Floats, number: int) -> Floats:
    """Points each as far as can be from the earlier ones, the first far from the middle."""
    live = np.where(weight > 0, 1.0, -1.0)
    away = ((place - middle) ** 2).sum(axis=1)
    taken: list[Floats] = []
    for _ in range(number):
        taken.append(place[int(np.argmax(away * live))])
        gap = ((place[:, None, :] - np.stack(taken)) ** 2).sum(axis=2).min(axis=1)
        away = gap
    return np.stack(taken)


def _means(place: Floats, weight: Floats, group: Ints, centres: Floats) -> Floats:
    """Weighted means of groups; group (starts, cells), centres (starts, k, 2) stay where a group is empty."""
    starts, number = centres.shape[:2]
    flat = (group + number * np.arange(starts)[:, None]).ravel()
    tiled = np.broadcast_to(weight, group.shape).ravel()
    size = np.bincount(flat, weights=tiled, minlength=starts * number)
    drawn = [np.broadcast_to(weight * place[:, axis], group.shape).ravel() for axis in (0, 1)]
    sums = [np.bincount(flat, weights=pull, minlength=starts * number) for pull in drawn]
    means = np.stack(sums, axis=1) / np.where(size > 0, size, 1.0)[:, None]
    return np.where((size > 0)[:, None], means, centres.reshape(-1, 2)).reshape(centres.shape)


def _lloyd(place: Floats, weight: Floats, centres: Floats) -> tuple[Floats, Floats]:
    """Lloyd's iteration from several starts; centres and the weighted sum of squared distances of each start."""
    group = np.full((len(centres), len(place)), -1)
    for _ in range(ROUNDS):
        away = _squares(place, centres)
        moved = away.argmin(axis=2)
        if (moved == group).all():
            break
        group = moved
        centres = _means(place, weight, group, centres)
    return centres, (_squares(place, centres).min(axis=2) * weight).sum(axis=1)


def _squares(place: Floats, centres: Floats) -> Floats:
    """Squared distances, shape (starts, cells, k)."""
    across, along = (place[None, :, None, axis] - centres[:, None, :, axis] for axis in (0, 1))
    return np.asarray(across**2 + along**2)


def _fitted(points: Floats, cells: Cells, number: int, kept: Floats | None) -> Grouping | None:
    """Grouping with centres refined on every person; the largest group is number 0, of equal ones the first."""
    result = _best_centres(cells, number, kept, smallest_group(len(points)))
    if result is None:
        return None
    centres, aside = result
    if not aside.any():
        centres = _lloyd(points, np.ones(len(points)), centres[None])[0][0]
    group = nearest(points, centres)
    present, first, size = np.unique(group, return_index=True, return_counts=True)
    order = np.lexsort((first, -size))
    rank = np.full(len(centres), -1)
    rank[present[order]] = np.arange(len(present))
    return Grouping(rank[group], centres[present[order]], 0.0, int(aside.sum()))


def renumbered(grouping: Grouping, earlier: Ints) -> Grouping:
    """The grouping with the numbers of an earlier one (−1 for newcomers), largest overlap first; others follow."""
    number = len(grouping.centres)
    overlap = np.zeros((number, max(int(earlier.max()) + 1, number)), dtype=np.int64)
    known = earlier >= 0
    np.add.at(overlap, (grouping.group[known], earlier[known]), 1)
    overlap = overlap[:, :number]
    name = np.full(number, -1)
    while overlap.max(initial=0) > 0:
        row, column = np.unravel_index(int(overlap.argmax()), overlap.shape)
        name[row] = column
        overlap[row, :] = 0
        overlap[:, column] = 0
    name[name < 0] = sorted(set(range(number)) - set(name.tolist()))
    return replace(grouping, group=name[grouping.group], centres=grouping.centres[np.argsort(name)])
