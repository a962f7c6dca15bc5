"""Equal shares against results worked out by hand, a second implementation, and the axioms that must hold."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from random import Random
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.choice.budget.completion import Ending, complete
from huiyin.choice.budget.election import Election, approval_election, points_election
from huiyin.choice.budget.equal_shares import equal_shares
from huiyin.choice.budget.greedy import greedy
from huiyin.choice.budget.phragmen import paid, phragmen
from huiyin.choice.budget.purses import Estimate, Price, Purses
from huiyin.choice.budget.ties import ranks
from huiyin.choice.budget.words import Completion, Utility
from huiyin.choice.tests.slow_shares import slow_equal_shares
from huiyin.choice.wording import Refused

HUGE = 10**17
Costs = dict[str, int]
Papers = list[list[str]]


def codes(election: Election, places: Sequence[int]) -> list[str]:
    return [election.projects[place].code for place in places]


@st.composite
def approval_cases(draw: st.DrawFn) -> tuple[Costs, int, Papers]:
    count = draw(st.integers(1, 7))
    costs = {f"p{i}": draw(st.integers(1, 12)) for i in range(count)}
    budget = draw(st.integers(1, sum(costs.values())))
    papers = draw(st.lists(st.lists(st.sampled_from(sorted(costs)), unique=True), min_size=1, max_size=12))
    return costs, budget, papers


@st.composite
def points_cases(draw: st.DrawFn) -> tuple[Costs, int, list[dict[str, int]]]:
    costs, budget, papers = draw(approval_cases())
    most = draw(st.sampled_from([5, 10**6, 10**12]))
    return costs, budget, [{code: draw(st.integers(0, most)) for code in paper} for paper in papers]


def test_every_group_gets_its_part() -> None:
    # 60 want a1–a3, 40 want b1–b3, each costs 20, 100 to spend: by votes all goes to the 60 first, by shares 60 : 40.
    costs = {"a1": 20, "a2": 20, "a3": 20, "b1": 20, "b2": 20, "b3": 20}
    election = approval_election(costs, 100, [["a1", "a2", "a3"]] * 60 + [["b1", "b2", "b3"]] * 40)
    assert codes(election, equal_shares(election).winners) == ["a1", "a2", "a3", "b1", "b2"]
    taken = [look.project for look in greedy(election) if look.taken]
    assert codes(election, taken) == ["a1", "a2", "a3", "b1", "b2"]
    dearer = approval_election(
        {**costs, "a4": 20, "a5": 20}, 100, [["a1", "a2", "a3", "a4", "a5"]] * 60 + [["b1", "b2"]] * 40
    )
    assert codes(dearer, equal_shares(dearer).winners) == ["a1", "a2", "a3", "b1", "b2"]
    assert codes(dearer, [look.project for look in greedy(dearer) if look.taken]) == ["a1", "a2", "a3", "a4", "a5"]


def test_prices_worked_out_by_hand() -> None:
    # Three voters with 4 each. "bridge" costs 6 and two support it: 3 each. Then 1, 1, 4 are left; "lamp" costs 5 and
    # voters 1 and 2 support it: voter 1 gives the last 1, voter 2 gives 4, also the last.
    election = approval_election({"bridge": 6, "lamp": 5}, 12, [["bridge"], ["bridge", "lamp"], ["lamp"]])
    shares = equal_shares(election, Utility.COST)
    assert codes(election, shares.winners) == ["bridge", "lamp"]
    assert shares.price(0) == 3
    assert shares.price(1) == 4
    assert [p.gave_all for p in shares.purchases] == [0, 2]
    assert list(paid(shares)) == [3, 4, 4]


def test_points_weigh_what_is_paid() -> None:
    # Two voters with 6 each, a project of 9: given 1 and 2 points they pay 3 and 6.
    election = points_election({"p": 9}, 12, [{"p": 1}, {"p": 2}])
    shares = equal_shares(election)
    assert shares.price(0) == 3
    assert list(paid(shares)) == [3, 6]


def test_a_tie_is_broken_as_stated_and_named() -> None:
    election = approval_election({"b": 2, "a": 2}, 2, [["a", "b"], ["a", "b"]])
    first = equal_shares(election).purchases[0]
    assert election.projects[first.project].code == "a"
    assert codes(election, first.tied) == ["b"]
    listed = equal_shares(election, tie_ranks=ranks(election, ("listed",)))
    assert codes(election, listed.winners) == ["b"]
    with pytest.raises(Refused):
        ranks(election, ("loudest",))


def test_blank_papers_have_their_share_of_the_money() -> None:
    election = approval_election({"p": 3}, 4, [["p"], []])
    assert equal_shares(election).winners == ()
    assert complete(election, completion=Completion.GREEDY).winners == (0,)


def test_free_projects_are_taken_and_unwanted_ones_never() -> None:
    election = approval_election({"free": 0, "unwanted": 0, "p": 1}, 1, [["free", "p"]])
    assert codes(election, equal_shares(election).winners) == ["free", "p"]


def test_increments_keep_the_last_that_fits() -> None:
    # Shares of 5: neither side can pay 6. At 6 both can, 12 together fit no budget of 10, so nothing is chosen.
    election = approval_election({"a": 6, "b": 6}, 10, [["a"], ["b"]])
    done = complete(election, completion=Completion.INCREMENT)
    assert done.winners == ()
    assert done.ending is Ending.OVER_BUDGET
    filled = complete(approval_election({"a": 6, "b": 3}, 10, [["a"], ["b"]]), completion=Completion.INCREMENT)
    assert sorted(filled.winners) == [0, 1]
    assert filled.ending is Ending.EXHAUSTED
    assert filled.raised == 1
    with pytest.raises(Refused):
        complete(election, completion=Completion.INCREMENT, step=0)


def test_phragmen_by_hand() -> None:
    # Loads: a by two voters 1/2; b by three 1/3 → b first (1/3), then a: (1 + 1/3)/2 = 2/3, c: (1 + 0)/1 = 1.
    election = approval_election({"a": 1, "b": 1, "c": 1}, 2, [["a", "b"], ["a"], ["b"], ["b"], ["c"]])
    assert codes(election, phragmen(election)) == ["b", "a"]


@settings(max_examples=150, deadline=None)
@given(approval_cases(), st.sampled_from(Utility))
def test_equals_a_second_implementation(case: tuple[Costs, int, Papers], utility: Utility) -> None:
    costs, budget, papers = case
    election = approval_election(costs, budget, papers)
    shares = equal_shares(election, utility)
    marks = [dict.fromkeys(paper, Fraction(1)) for paper in papers]
    grant = Fraction(budget, len(papers))
    winners, purse = slow_equal_shares(costs, grant, marks, by_cost=utility is Utility.COST)
    assert codes(election, shares.winners) == winners
    assert list(paid(shares)) == [grant - purse[i] for i in range(len(papers))]


@settings(max_examples=100, deadline=None)
@given(points_cases(), st.sampled_from(Utility))
def test_points_equal_a_second_implementation(case: tuple[Costs, int, list[dict[str, int]]], utility: Utility) -> None:
    costs, budget, papers = case
    election = points_election(costs, budget, papers)
    marks = [{code: Fraction(points) for code, points in paper.items()} for paper in papers]
    winners, _ = slow_equal_shares(costs, Fraction(budget, len(papers)), marks, by_cost=utility is Utility.COST)
    assert codes(election, equal_shares(election, utility).winners) == winners


@settings(max_examples=60, deadline=None)
@given(approval_cases(), st.sampled_from(Utility))
def test_huge_amounts_that_hardly_differ(case: tuple[Costs, int, Papers], utility: Utility) -> None:
    """Purses fill the array to the last bit and costs differ in it: almost every comparison is settled exactly."""
    costs, budget, papers = case
    costs = {code: HUGE // 10 * (cost // 4) + cost % 4 for code, cost in costs.items()}
    grant = Fraction(HUGE // 10 * budget, len(papers) * 4)
    election = approval_election(costs, grant * len(papers), papers)
    shares = equal_shares(election, utility)
    marks = [dict.fromkeys(paper, Fraction(1)) for paper in papers]
    winners, purse = slow_equal_shares(costs, grant, marks, by_cost=utility is Utility.COST)
    assert codes(election, shares.winners) == winners
    assert list(paid(shares)) == [grant - purse[i] for i in range(len(papers))]


def test_purses_that_float_numbers_cannot_tell_apart() -> None:
    # Everybody has HUGE. After "q" voter 1 has one less. Then "p" is paid to the last unit, or one unit is left.
    for missing, last in ((1, HUGE), (2, HUGE - 1)):
        election = approval_election({"q": 1, "p": 2 * HUGE - missing}, 3 * HUGE, [["q", "p"], ["p"], []])
        shares = equal_shares(election, Utility.CARDINALITY)
        assert codes(election, shares.winners) == ["q", "p"]
        assert list(paid(shares)) == [HUGE, last, 0]


def test_many_small_payments_add_up_exactly() -> None:
    # 90 thirds are 30 of the last unit: voter 1 has that much less for "z", and voter 4 pays the more.
    cheap = {f"a{number:02d}": 1 for number in range(90)}
    costs = {**cheap, "z": 2 * HUGE - 40}
    election = approval_election(costs, 4 * HUGE, [[*cheap, "z"], [*cheap], [*cheap], ["z"]])
    shares = equal_shares(election, Utility.CARDINALITY)
    assert list(paid(shares)) == [HUGE, 30, 30, HUGE - 10]


def test_amounts_that_float_numbers_cannot_tell_apart() -> None:
    costs = {"a": HUGE + 1, "b": HUGE}
    election = approval_election(costs, HUGE, [["a", "b"]] * 3)
    assert [(look.project, look.taken) for look in greedy(election, Utility.CARDINALITY)] == [(1, True), (0, False)]
    assert [look.taken for look in greedy(election)] == [False, True]
    assert codes(election, phragmen(election)) == ["b"]
    raised = approval_election({**costs, "c": HUGE + 1}, 3 * HUGE, [["a"], ["b"], ["c"]])
    done = complete(raised, completion=Completion.INCREMENT)
    assert (codes(raised, done.winners), done.ending) == (["b"], Ending.OVER_BUDGET)


@settings(max_examples=60, deadline=None)
@given(approval_cases(), st.sampled_from(Utility), st.sampled_from(Completion), st.randoms())
def test_anonymous_and_within_budget(
    case: tuple[Costs, int, Papers], utility: Utility, completion: Completion, shuffle: Random
) -> None:
    costs, budget, papers = case
    done = complete(approval_election(costs, budget, papers), utility, completion)
    assert sum(costs[f"p{place}"] for place in done.winners) <= budget
    other = list(papers)
    shuffle.shuffle(other)
    assert complete(approval_election(costs, budget, other), utility, completion).winners == done.winners


@settings(max_examples=60, deadline=None)
@given(approval_cases())
def test_a_cheaper_winner_still_wins(case: tuple[Costs, int, Papers]) -> None:
    """Discount monotonicity of equal shares with cardinality satisfaction."""
    costs, budget, papers = case
    election = approval_election(costs, budget, papers)
    for place in equal_shares(election, Utility.CARDINALITY).winners:
        code = election.projects[place].code
        cheaper = approval_election({**costs, code: Fraction(costs[code], 2)}, budget, papers)
        assert place in equal_shares(cheaper, Utility.CARDINALITY).winners


@settings(max_examples=60, deadline=None)
@given(approval_cases())
def test_greedy_fills_in_order_of_votes(case: tuple[Costs, int, Papers]) -> None:
    costs, budget, papers = case
    election = approval_election(costs, budget, papers)
    looks = greedy(election)
    seen = [election.votes[look.project] for look in looks]
    assert seen == sorted(seen, reverse=True)
    left = Fraction(budget)
    for look in looks:
        assert look.left == left
        assert look.taken == (election.projects[look.project].cost <= left)
        left -= election.projects[look.project].cost if look.taken else 0
    assert left >= 0


def test_a_planted_fault_in_the_price_is_found() -> None:
    """If a voter's last money were not counted, the second implementation would tell."""
    costs, papers = {"bridge": 6, "lamp": 5}, [["bridge"], ["bridge", "lamp"], ["lamp"]]
    election = approval_election(costs, 12, papers)
    expected, _ = slow_equal_shares(costs, Fraction(4), [dict.fromkeys(p, Fraction(1)) for p in papers], by_cost=True)
    honest = Purses.price

    def forgetful(purses: Purses, project: int, estimate: Estimate) -> Price | None:
        price = honest(purses, project, estimate)
        return None if price is not None and len(price.used_up) else price

    with mock.patch.object(Purses, "price", forgetful):
        assert codes(election, equal_shares(election).winners) != expected


def test_points_far_apart_are_settled_exactly() -> None:
    """One point beside 10¹²: what the array cannot tell apart is left to the fractions."""
    marks: list[Mapping[str, int]] = [{"p": 1, "q": 10**12}, {"p": 10**12, "q": 1}, {"p": 10**12 - 1}]
    election = points_election({"p": 7, "q": 5}, 12, marks)
    slow, purse = slow_equal_shares(
        {"p": 7, "q": 5},
        Fraction(4),
        [{code: Fraction(value) for code, value in mark.items()} for mark in marks],
        by_cost=True,
    )
    shares = equal_shares(election)
    assert codes(election, shares.winners) == slow
    assert list(paid(shares)) == [4 - purse[place] for place in range(3)]


def test_large_equal_groups_are_settled_exactly() -> None:
    """Everybody has exactly the price: no rounding may lose the project."""
    papers: list[Mapping[str, int]] = [{"p": 1, "q": 1}] * 999
    election = points_election({"p": 500, "q": 499}, 999, papers)
    assert sorted(equal_shares(election).winners) == [0, 1]
    assert paid(equal_shares(election)) == (Fraction(1),) * 999
