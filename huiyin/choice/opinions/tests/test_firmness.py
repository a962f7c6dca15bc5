"""How firm a map is: the number of groups, their staying when a vote is added, and the firmness that is reported."""

import random

import numpy as np
import pytest

from huiyin.choice.opinions import groups, projection
from huiyin.choice.opinions.chart import OpinionMap, opinion_map
from huiyin.choice.opinions.groups import Grouping
from huiyin.choice.opinions.projection import Floats, Plane
from huiyin.choice.opinions.tests.test_map import DAY, two_camps
from huiyin.choice.opinions.votes import vote_table


def candidate(number: int, silhouette: float) -> Grouping:
    return Grouping(np.arange(number), np.zeros((number, 2)), silhouette, 0)


def test_the_fewest_groups_nearly_as_clear_as_the_clearest_are_shown() -> None:
    near = [candidate(2, 0.50), candidate(3, 0.515), candidate(4, 0.40)]
    assert len(groups.chosen(near).centres) == 2
    assert len(groups.chosen(near, earlier_number=3).centres) == 3
    assert len(groups.chosen(near, earlier_number=4).centres) == 2
    assert len(groups.chosen([candidate(2, 0.50), candidate(3, 0.53)]).centres) == 3


def corners(height: float) -> Floats:
    """Ten people at each corner of a rectangle 2 wide: along the longer side the two halves are the tighter groups."""
    jitter = np.random.default_rng(2).normal(0, 0.05, (10, 2))
    return np.vstack([jitter + np.array([x, y]) for x in (-1, 1) for y in (-height, height)])


def test_an_earlier_grouping_stays_until_another_is_clearly_tighter() -> None:
    across, along = np.repeat([0, 0, 1, 1], 10), np.repeat([0, 1, 0, 1], 10)
    for height, expected in ((1.002, across), (1.2, along)):
        fresh = groups.groupings(corners(height))[0]
        assert groups.agreement(fresh.group, along) == 1.0
        kept = groups.groupings(corners(height), earlier=across)[0]
        assert groups.agreement(kept.group, expected) == 1.0


def test_a_place_is_the_votes_on_the_axes_stretched() -> None:
    """By hand: 4 statements, 2 votes, steadiness 6: √(4 / 8) of the differences from the centre on each axis."""
    plane = Plane(np.array([0.5, 0, 0, 0]), np.eye(2, 4), np.ones(2), 6.0)
    table = vote_table([("a", 0, 1), ("a", 1, -1), ("b", 2, 1), ("b", 3, 1)])
    assert projection.positions(table, plane)[0] == pytest.approx([0.5 * 0.5**0.5, -(0.5**0.5)])
    assert projection.positions(table, plane)[1] == pytest.approx([0, 0])


@pytest.mark.parametrize("seed", range(4))
def test_axes_have_one_sign(seed: int) -> None:
    axes = opinion_map(vote_table(two_camps(30, seed=seed))).plane.axes
    assert (axes[np.arange(2), np.abs(axes).argmax(axis=1)] > 0).all()


def moved(drawn: OpinionMap, without: int) -> bool:
    """Whether the person of one vote would be in another group without it, reckoned vote by vote."""
    table, plane = drawn.table, drawn.plane
    person = table.person[without]
    kept = [at for at in np.flatnonzero(table.person == person) if at != without]
    away = table.vote[kept] - plane.centre[table.statement[kept]]
    out = (len(table.statements) / max(len(kept) + plane.steadiness, 1)) ** 0.5
    place = out * np.array([float((away * axis[table.statement[kept]]).sum()) for axis in plane.axes])
    nearest = [((place - centre) ** 2).sum() for centre in drawn.grouping.centres]
    return bool(np.argmin(nearest) != drawn.group_of()[person])


def test_reported_firmness_equals_a_plain_count() -> None:
    drawn = opinion_map(vote_table(two_camps(40, noise=0.8)))
    movable = {int(drawn.table.person[at]) for at in range(len(drawn.table.vote)) if moved(drawn, at)}
    assert 0 < len(movable) < 40
    assert drawn.firmness.unmoved == drawn.firmness.people - len(movable)


def test_votes_without_a_pattern_are_reported_as_loose() -> None:
    loose = opinion_map(vote_table(two_camps(60, noise=1.0))).firmness
    assert loose.same_in_all < 50
    assert min(loose.agreements) < 0.8
    firm = opinion_map(vote_table(two_camps(60, noise=0.05))).firmness
    assert (firm.same_in_all, min(firm.agreements)) == (60, 1.0)


def test_groups_do_not_jump_when_one_vote_is_added() -> None:
    rows = two_camps(50, noise=0.5)
    before = opinion_map(vote_table(rows))
    earlier = dict(zip(before.table.people, before.group_of().tolist(), strict=True))
    draw = random.Random(5)
    for _ in range(20):
        vote = (draw.randrange(50), draw.randrange(15), draw.choice([-1, 0, 1]), 2 * DAY)
        after = opinion_map(vote_table([*rows, vote]), earlier=earlier)
        assert int((after.group_of() != before.group_of()).sum()) <= 1
