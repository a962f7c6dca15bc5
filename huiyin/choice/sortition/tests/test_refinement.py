"""People set apart from their kind: the lottery found goes on in the finer kinds and stays as fair."""

import pytest

from huiyin.choice.sortition import chances, kinds, panels, search
from huiyin.choice.sortition.chances import maximin
from huiyin.choice.sortition.pool import Quota, pool_of
from huiyin.choice.sortition.refinement import carried_over

QUOTAS = (Quota("sex", "f", 2, 2), Quota("sex", "m", 2, 2))


def test_a_lottery_goes_on_when_housemates_are_set_apart() -> None:
    people = [(f"p{i}", ("f" if i < 6 else "m",)) for i in range(12)]
    pool = pool_of(people, ["sex"], [str(i % 6) for i in range(12)])
    coarse = kinds.kinds_of(pool, QUOTAS, 4, alone=set())
    found = maximin(coarse)
    fine = kinds.kinds_of(pool, QUOTAS, 4, alone=kinds.housemates(pool, range(12)))
    panels = carried_over(coarse, fine, found.spread)
    assert panels
    assert all(fine.holds(panel) for panel in panels)
    told: list[tuple[int, float]] = []
    again = maximin(fine, known=panels, watch=lambda number, short: told.append((number, short)))
    assert again.spread.value == pytest.approx(found.spread.value, abs=1e-7)
    assert told[-1][1] <= search.REACHED
    assert told[-1][0] >= len({panel.tobytes() for panel in panels})


def test_a_search_that_goes_on_from_one_panel_serves_everybody() -> None:
    people = [(f"p{i}", ("f" if i < 60 else "m",)) for i in range(120)]
    pool = pool_of(people, ["sex"], [str(i % 60) for i in range(120)])
    fine = kinds.kinds_of(pool, QUOTAS, 4, alone=kinds.housemates(pool, range(120)))
    alone = panels.any_panel(fine)
    assert alone is not None
    again = maximin(fine, known=[alone])
    assert again.spread.chances(fine).min() == pytest.approx(4 / 120, abs=1e-7)


def test_the_whole_list_of_chances_has_the_bound_of_its_first_level() -> None:
    pool = pool_of([(f"p{i}", ("f" if i < 8 else "m",)) for i in range(12)], ["sex"])
    found = chances.leximin(kinds.kinds_of(pool, QUOTAS, 4, alone=set()))
    assert found.spread.value == pytest.approx(1 / 4, abs=1e-8)
    assert found.spread.bound == pytest.approx(1 / 4, abs=1e-8)


def test_housemates_are_set_apart_when_they_are_likely_to_be_drawn_together_or_few_are_like_either() -> None:
    groups = "f" * 2 + "r" * 3 + "s" * 3 + "m" * 40 + "n" * 40
    homes = {0: "often", 10: "often", 2: "rare", 5: "rare", 11: "many", 50: "many", 3: "one rare", 12: "one rare"}
    people = [(f"p{i:02}", (group,)) for i, group in enumerate(groups)]
    pool = pool_of(people, ["group"], [homes.get(i, "") for i in range(len(people))])
    quotas = [
        Quota("group", group, least, least) for group, least in (("f", 1), ("r", 0), ("s", 0), ("m", 4), ("n", 4))
    ]
    whole = kinds.kinds_of(pool, quotas, 9, alone=())
    expected = chances.expected(whole)
    assert expected == pytest.approx([1 / 2, 1 / 10, 1 / 10, 0, 0], abs=1e-8), "f, m, n, r, s"
    assert kinds.likely_together(pool, whole, expected) == {0, 10, 2, 5}


def test_two_alike_who_are_both_needed_may_sit_together_though_one_has_a_housemate() -> None:
    people = [(f"p{i}", ("f" if i < 2 else "x" if i < 3 else "m",)) for i in range(43)]
    pool = pool_of(people, ["group"], ["h" if i in (0, 40) else "" for i in range(43)])
    quotas = [Quota("group", "f", 1, 2), Quota("group", "m", 4, 4), Quota("group", "x", 0, 1)]
    told: list[float] = []
    problem = kinds.kinds_of(pool, quotas, 6, alone=())
    found = chances.leximin(problem, watch=lambda _, short: told.append(short))
    assert sorted(found.spread.chances(problem)) == pytest.approx([1 / 10, 2 / 3, 2 / 3], abs=1e-8)
    assert len(told) == 3, "the goal is dealt at once; no round goes by without getting on"
