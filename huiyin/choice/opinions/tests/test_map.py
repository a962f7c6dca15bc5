"""A map of opinions finds who answers alike, says what each group holds, and is the same in any order."""

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.choice.opinions import files, groups, projection, statements
from huiyin.choice.opinions.chart import opinion_map
from huiyin.choice.opinions.votes import vote_table
from huiyin.choice.wording import Refused

Row = tuple[int, int, int, int]
DAY = 86_400_000


def two_camps(people: int = 60, answered: int = 12, seed: int = 1, noise: float = 0.1) -> list[Row]:
    """Votes of two camps (two thirds, one third) that differ on statements 0–9 and agree on 10–14."""
    draw = random.Random(seed)
    rows = []
    for person in range(people):
        camp = 1 if person % 3 else -1
        for statement in draw.sample(range(15), answered):
            side = camp * (1 if statement % 2 else -1) if statement < 10 else 1
            vote = draw.choice([-1, 0, 1]) if draw.random() < noise else side
            rows.append((person, statement, vote, draw.randrange(DAY)))
    return rows


def test_two_camps_are_found_with_what_they_hold_and_share() -> None:
    drawn = opinion_map(vote_table(two_camps()))
    camps = np.array([0 if int(name) % 3 else 1 for name in drawn.table.people])
    assert groups.agreement(drawn.group_of(), camps) == 1.0
    assert {item.statement for item in drawn.holds[0]} <= {str(number) for number in range(10)}
    assert all(item.significant and item.agrees == bool(int(item.statement) % 2) for item in drawn.holds[0])
    assert {drawn.table.statements[place] for place in drawn.uniting_places()} == {"10", "11", "12", "13", "14"}
    assert drawn.firmness.same_in_all == 60
    assert drawn.signs == ()


def test_written_files_are_the_same_bytes_in_any_order(tmp_path: Path) -> None:
    rows = two_camps(40)
    written = []
    for attempt in range(3):
        random.Random(attempt).shuffle(rows)
        drawn = opinion_map(vote_table(rows))
        files.write_groups(drawn, tmp_path / "g.csv")
        files.write_statements(drawn, tmp_path / "s.csv")
        files.write_summary(drawn, tmp_path / "s.json")
        written.append([(tmp_path / name).read_bytes() for name in ("g.csv", "s.csv", "s.json")])
    assert written[0] == written[1] == written[2]


def test_tests_of_proportions_are_those_of_polis() -> None:
    """Hand computed: 8 of 10 in the group, 3 of 20 outside; one added to every count."""
    agree, seen = np.array([[8], [3]]), np.array([[10], [20]])
    side = statements.side_of(agree, seen)
    assert side.share[0, 0] == pytest.approx(9 / 12)
    assert side.share_z[0, 0] == pytest.approx(2 * 11**0.5 * (9 / 11 - 0.5))
    assert side.ratio[0, 0] == pytest.approx((9 / 12) / (4 / 22))
    pooled = 13 / 32
    z = (9 / 11 - 4 / 21) / (pooled * (1 - pooled) * (1 / 11 + 1 / 21)) ** 0.5
    assert side.ratio_z[0, 0] == pytest.approx(z)
    assert statements.consensus(statements.Counts(agree, seen - agree, seen))[0][0] == pytest.approx(9 / 12 * 4 / 22)


def test_what_unites_needs_more_than_half_for_sure_and_five_votes_in_every_group() -> None:
    """By hand: 7 of 9 has z = 2·√10·(8/10 − 1/2) = 1.90, 6 of 9 has 1.26, less than 1.2816; 4 of 4 are too few."""
    for agree, seen, unites in ((7, 9, 1), (6, 9, 0), (4, 4, 0), (5, 5, 1)):
        for_it = np.array([[agree], [90]])
        counts = statements.Counts(for_it, 0 * for_it, np.array([[seen], [100]]))
        assert statements.uniting(counts).tolist() == [unites]
        against = statements.Counts(0 * for_it, for_it, counts.seen)
        assert statements.uniting(against).tolist() == [-unites]


def test_axes_are_those_of_the_covariance() -> None:
    rng = np.random.default_rng(3)
    matrix = rng.normal(size=(90, 70))
    product = matrix.T @ matrix
    axes, values, total = projection.strongest(product)
    true_values, true_axes = np.linalg.eigh(product)
    assert values == pytest.approx(true_values[::-1][:2])
    assert np.abs(axes @ true_axes[:, ::-1][:, :2]) == pytest.approx(np.eye(2), abs=1e-6)
    assert total == pytest.approx(true_values.sum())


def test_silhouette_and_agreement_of_known_cases() -> None:
    place = np.array([[0.0, 0], [0, 1], [10, 0], [10, 1]])
    distance = np.sqrt(((place[:, None] - place) ** 2).sum(axis=2))
    far = (10 + 101**0.5) / 2
    value = groups.silhouette(groups.cells_of(place), distance, np.array([0, 0, 1, 1]), 2)
    assert value == pytest.approx((far - 1) / far)
    assert groups.agreement(np.array([0, 0, 1, 1]), np.array([1, 1, 0, 0])) == 1.0
    assert groups.agreement(np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])) == pytest.approx(-0.5)


def test_one_outlier_makes_no_group() -> None:
    points = np.vstack([np.random.default_rng(0).normal(size=(60, 2)), [[80.0, 0.0]]])
    points[:30] += 8
    best = groups.chosen(groups.groupings(points))
    assert np.bincount(best.group).min() >= 5
    assert best.set_aside == 1


def test_unanimous_people_are_one_group() -> None:
    drawn = opinion_map(vote_table([(person, statement, 1) for person in range(20) for statement in range(8)]))
    assert (len(drawn.grouping.centres), drawn.holds[0], drawn.silhouettes) == (1, (), {})
    assert (drawn.unites == 1).all()


def test_fewer_than_fifteen_active_people_are_filled_up() -> None:
    table = vote_table([(person, s, 1) for person in range(20) for s in range(8 if person < 4 else person % 5 + 1)])
    assert projection.counted_people(table).sum() >= 15


def test_groups_keep_their_numbers_and_stay_when_one_vote_is_added() -> None:
    rows = two_camps(50)
    before = opinion_map(vote_table(rows))
    earlier = dict(zip(before.table.people, (1 - before.group_of()).tolist(), strict=True))
    after = opinion_map(vote_table([*rows, (0, 3, 1, 2 * DAY)]), earlier=earlier)
    assert (after.group_of() == 1 - before.group_of()).all()


def test_where_one_person_stands() -> None:
    drawn = opinion_map(vote_table(two_camps()))
    standing = drawn.standing({str(s): 1 if s % 2 else -1 for s in range(10)})
    assert standing.group == 0
    assert standing.same[0] == standing.answered[0] == 10
    assert "10 of 10 like the majority of group 1" in standing.told.en
    with pytest.raises(Refused, match="none of these votes"):
        drawn.standing({"999": 1})


def test_left_out_statements_do_not_count() -> None:
    drawn = opinion_map(vote_table(two_camps()), left_out={"10"})
    assert "10" not in drawn.table.statements


@given(st.lists(st.tuples(st.integers(0, 25), st.integers(0, 9), st.integers(-1, 1), st.integers(0, 50)), min_size=1))
@settings(max_examples=20, deadline=None)
def test_any_votes_give_a_map_that_does_not_depend_on_their_order(rows: list[Row]) -> None:
    one = opinion_map(vote_table(rows))
    other = opinion_map(vote_table(rows[::-1]))
    assert files.summary(one) == files.summary(other)
    assert (one.points == other.points).all()
    counts = one.counts
    assert (counts.agree + counts.disagree <= counts.seen).all()
    assert counts.seen.sum() == one.counted[one.table.person].sum()
