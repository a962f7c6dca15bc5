"""Exchanges between people better a panel and leave every condition kept."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.choice.sortition import draw, kinds, panels, relaxed
from huiyin.choice.sortition.kinds import Kinds
from huiyin.choice.sortition.pool import Quota, pool_of
from huiyin.choice.sortition.rule import Rule
from huiyin.choice.sortition.swaps import Swaps

ONE_OF_EACH = [Quota("sex", "f", 1, 1), Quota("sex", "m", 1, 1), Quota("age", "old", 1, 1), Quota("age", "young", 1, 1)]
FOUR = [("of", ("f", "old")), ("yf", ("f", "young")), ("om", ("m", "old")), ("ym", ("m", "young"))]
FOURTEEN = [(f"p{i}", ("f" if i < 10 else "m", "old" if i % 2 else "young")) for i in range(14)]
FREE_AGES = [Quota("age", "old", 0, 3), Quota("age", "young", 0, 3), Quota("sex", "f", 1, 1), Quota("sex", "m", 2, 2)]


def number_of(problem: Kinds, person: int) -> int:
    """The kind of a person."""
    return next(kind for kind, people in enumerate(problem.members) if person in people)


def test_an_old_woman_and_a_young_man_give_way_to_a_young_woman_and_an_old_man() -> None:
    pool = pool_of(FOUR, ["sex", "age"])
    problem = kinds.kinds_of(pool, sorted(ONE_OF_EACH), 2, alone=set())
    kind = {name: number_of(problem, person) for person, name in enumerate(pool.names)}
    seated = np.zeros((1, 4), dtype=np.int64)
    seated[0, [kind["of"], kind["ym"]]] = 1
    weights = np.zeros((1, 4))
    weights[0, kind["yf"]] = 1.0
    bettered = Swaps(problem, seated, seed=1).better(weights, 10)
    assert sorted(np.flatnonzero(bettered[0])) == sorted([kind["yf"], kind["om"]])


def test_housemates_are_never_brought_together() -> None:
    pool = pool_of(FOUR, ["sex", "age"], ["", "h", "h", ""])
    problem = kinds.kinds_of(pool, sorted(ONE_OF_EACH), 2, alone=kinds.housemates(pool, range(4)))
    seated, asked = np.zeros(4, dtype=np.int64), np.zeros(4)
    for person, name in enumerate(pool.names):
        (seated if name in ("of", "ym") else asked)[number_of(problem, person)] = 1
    bettered = Swaps(problem, seated[None, :], seed=1).better(asked[None, :], 10)
    assert (bettered[0] == seated).all()


@given(st.data())
@settings(max_examples=30, deadline=None)
def test_bettered_panels_keep_every_condition_and_weigh_no_less(data: st.DataObject) -> None:
    number = data.draw(st.integers(6, 16))
    values = st.tuples(st.sampled_from("ab"), st.sampled_from("xyz"), st.sampled_from("pq"))
    people = [(f"n{i}", data.draw(values)) for i in range(number)]
    homes = [data.draw(st.sampled_from(["", "", "h1", "h2"])) for _ in range(number)]
    pool = pool_of(people, ["f", "g", "h"], homes)
    held = {(f, v) for _, row in people for f, v in zip("fgh", row, strict=True)}
    quotas = [Quota(f, v, 0, data.draw(st.integers(2, 4))) for f, v in sorted(held)]
    problem = kinds.kinds_of(pool, quotas, 4, alone=kinds.housemates(pool, range(number)))
    first = panels.any_panel(problem)
    if first is None:
        return
    dice = np.random.default_rng(data.draw(st.integers(0, 99)))
    weights = dice.random((5, len(first)))
    start = np.tile(first, (5, 1))
    bettered = Swaps(problem, start, seed=data.draw(st.integers(0, 99))).better(weights, 8)
    assert all(problem.holds(panel) for panel in bettered)
    assert ((bettered * weights).sum(axis=1) >= (start * weights).sum(axis=1) - 1e-12).all()


def test_even_chances_leave_nobody_below_the_smallest_and_spread_the_rest() -> None:
    pool = pool_of(
        [(f"p{i}", ("f" if i < 10 else "m", "old" if i % 2 else "young")) for i in range(14)], ["sex", "age"]
    )
    quotas = [Quota("age", "old", 0, 3), Quota("age", "young", 0, 3), Quota("sex", "f", 1, 1), Quota("sex", "m", 2, 2)]
    problem = kinds.kinds_of(pool, quotas, 3, alone=set())
    chances = relaxed.even_chances(problem, 0.1)
    assert float(chances @ problem.people) == pytest.approx(3)
    assert chances.min() == pytest.approx(0.1, abs=1e-8)
    assert chances.max() <= relaxed.ROOM * 0.5 + 1e-9


def test_of_lotteries_equally_fair_one_with_the_smallest_largest_chance_is_taken() -> None:
    chances = draw.draw(pool_of(FOURTEEN, ["sex", "age"]), FREE_AGES, 3, text="a", rule=Rule.MAXIMIN).chances()
    assert sorted(map(float, chances)) == pytest.approx([0.1] * 10 + [0.5] * 4, abs=1e-6)
