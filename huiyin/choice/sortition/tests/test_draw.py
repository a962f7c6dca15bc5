"""A panel keeps every quota, chances are as fair as possible, and a seed gives the same panel everywhere."""

from fractions import Fraction
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.choice.sortition import draw, lottery, seed, wording
from huiyin.choice.sortition.infeasible import InfeasibleQuotas
from huiyin.choice.sortition.pool import Pool, PoolError, Quota, pool_of
from huiyin.choice.sortition.rule import Rule

SEED = "双色球 2024-06-01 第 63 期"


def pool(*groups: tuple[int, tuple[str, str]], households: list[str] | None = None) -> Pool:
    """People p0, p1, …: each group is (number, values)."""
    people = [values for number, values in groups for _ in range(number)]
    return pool_of([(f"p{i}", values) for i, values in enumerate(people)], ["age", "sex"], households)


AGE_AND_SEX = (Quota("age", "old", 2, 3), Quota("age", "young", 1, 2), Quota("sex", "f", 2, 2), Quota("sex", "m", 2, 2))
TWENTY = [(7, ("old", "f")), (3, ("old", "m")), (2, ("young", "f")), (8, ("young", "m"))]


def test_everyone_has_the_same_chance_when_the_pool_mirrors_the_quotas() -> None:
    people = pool((10, ("old", "f")), (10, ("old", "m")), (10, ("young", "f")), (10, ("young", "m")))
    quotas = [Quota("age", "old", 2, 2), Quota("age", "young", 2, 2), Quota("sex", "f", 2, 2), Quota("sex", "m", 2, 2)]
    for rule in Rule:
        drawn = draw.draw(people, quotas, 4, text=SEED, rule=rule)
        assert set(drawn.chances()) == {Fraction(1, 10)}
        assert drawn.proof.bound == drawn.proof.smallest == Fraction(1, 10)


def test_maximin_is_the_share_of_the_scarcest_seats() -> None:
    people = pool((12, ("old", "f")), (2, ("young", "f")), (6, ("young", "m")))
    quotas = [Quota("age", "old", 0, 1), Quota("age", "young", 0, 4), Quota("sex", "f", 0, 4), Quota("sex", "m", 0, 4)]
    drawn = draw.draw(people, quotas, 4, text=SEED, rule=Rule.MAXIMIN)
    assert drawn.proof.smallest == pytest.approx(1 / 12, abs=1e-8)
    assert 0 <= drawn.proof.bound - drawn.proof.smallest < Fraction(1, 10**8)


def test_leximin_raises_the_second_smallest_chance_too() -> None:
    people = pool((12, ("old", "f")), (2, ("young", "f")), (6, ("young", "m")))
    quotas = [Quota("age", "old", 0, 1), Quota("age", "young", 0, 4), Quota("sex", "f", 0, 4), Quota("sex", "m", 0, 4)]
    chances = draw.draw(people, quotas, 4, text=SEED, rule=Rule.LEXIMIN).chances()
    assert sorted(map(float, chances)) == pytest.approx([1 / 12] * 12 + [3 / 8] * 8, abs=1e-8)


def test_leximin_of_whole_panels_where_fractions_promise_more() -> None:
    """Three values of which two fit: a triangle, in which a cut-up panel would do better than any whole one."""
    people = pool_of(
        [("a", ("x", "y", "-")), ("b", ("x", "-", "z")), ("c", ("-", "y", "z")), ("d", ("-", "-", "-"))], "qrs"
    )
    quotas = [Quota(f, v, 0, 1) for f, v in (("q", "x"), ("r", "y"), ("s", "z"))]
    quotas += [Quota(f, "-", 0, 2) for f in "qrs"]
    drawn = draw.draw(people, quotas, 2, text=SEED, rule=Rule.LEXIMIN)
    assert [float(c) for c in drawn.chances()] == pytest.approx([1 / 3, 1 / 3, 1 / 3, 1], abs=1e-6)


def test_one_per_household_and_equal_chances_all_the_same() -> None:
    people = pool((4, ("old", "f")), (4, ("old", "m")), households=["1", "2", "3", "4", "1", "2", "3", "4"])
    quotas = [Quota("age", "old", 2, 2), Quota("sex", "f", 1, 1), Quota("sex", "m", 1, 1)]
    drawn = draw.draw(people, quotas, 2, text=SEED, rule=Rule.LEXIMIN)
    assert set(drawn.chances()) == {Fraction(1, 4)}
    for panel in drawn.lottery.panels:
        assert len({people.households[person] for person in panel}) == 2


def test_the_ticket_is_the_documented_hash() -> None:
    digest = int.from_bytes(sha256(f"{SEED}|panel|0".encode()).digest(), "big")
    assert seed.number_below(1000, seed=SEED, purpose="panel") == digest % 1000
    with pytest.raises(ValueError, match="limit"):
        seed.number_below(0, seed=SEED, purpose="panel")


def test_numbers_from_seeds_are_even() -> None:
    counts = [0] * 7
    for number in range(7000):
        counts[seed.number_below(7, seed=str(number), purpose="panel")] += 1
    assert sum((count - 1000) ** 2 / 1000 for count in counts) < 22.5


def test_replay_needs_only_the_lottery_and_finds_a_forged_panel() -> None:
    people = pool(*TWENTY)
    drawn = draw.draw(people, AGE_AND_SEX, 4, text=SEED, rule=Rule.LEXIMIN)
    assert draw.replayed(people, AGE_AND_SEX, 4, text=SEED, drawn=drawn.lottery) == drawn.panel
    forged = lottery.Lottery((*drawn.lottery.panels[:-1], (0, 1, 2, 3)), drawn.lottery.tickets)
    with pytest.raises(PoolError, match="breaks a quota"):
        draw.replayed(people, AGE_AND_SEX, 4, text=SEED, drawn=forged)


def test_the_order_of_the_file_does_not_matter() -> None:
    people = pool(*TWENTY)
    rows = list(zip(people.names, people.values, strict=True))
    shuffled = pool_of(rows[::-1], people.features)
    one, other = (draw.draw(each, AGE_AND_SEX, 4, text=SEED, rule=Rule.LEXIMIN) for each in (people, shuffled))
    assert {people.names[i] for i in one.panel} == {shuffled.names[i] for i in other.panel}


def test_replacements_keep_the_quotas_and_the_others() -> None:
    people = pool(*TWENTY)
    drawn = draw.draw(people, AGE_AND_SEX, 4, text=SEED, rule=Rule.MAXIMIN)
    gone = people.names[drawn.panel[0]]
    found = draw.replacements(drawn, [gone])
    assert found.panel == draw.replacements(drawn, [gone]).panel
    whole = [people.names[i] for i in drawn.panel[1:]] + [found.pool.names[i] for i in found.panel]
    values = dict(zip(people.names, people.values, strict=True))
    assert sum(values[name][1] == "f" for name in whole) == 2
    assert gone not in whole
    assert len(set(whole)) == 4
    with pytest.raises(PoolError, match="not on the panel"):
        draw.replacements(drawn, ["nobody"])


def test_alternates_come_from_other_households() -> None:
    people = pool(*TWENTY, households=[str(i // 2) for i in range(20)])
    drawn = draw.draw(people, AGE_AND_SEX, 4, text=SEED, rule=Rule.MAXIMIN)
    others = draw.alternates(drawn, 3)
    homes = {people.households[i] for i in drawn.panel}
    assert homes.isdisjoint(others.pool.households[i] for i in others.panel)
    assert len(others.panel) == 3


def test_impossible_quotas_are_named_with_the_smallest_change() -> None:
    people = pool((6, ("old", "f")), (2, ("young", "m")))
    quotas = [Quota("age", "old", 0, 4), Quota("age", "young", 1, 4), Quota("sex", "f", 0, 4), Quota("sex", "m", 3, 4)]
    with pytest.raises(InfeasibleQuotas) as refused:
        draw.draw(people, quotas, 4, text=SEED, rule=Rule.LEXIMIN)
    assert refused.value.conflict == (Quota("sex", "m", 3, 4),)
    assert refused.value.relaxed == ((Quota("sex", "m", 3, 4), Quota("sex", "m", 2, 4)),)
    assert any("sex = m 由 3–4 改为 2–4" in line.zh for line in wording.infeasible_told(refused.value))


def test_too_few_households_are_told_as_such() -> None:
    people = pool((6, ("old", "f")), households=["1", "1", "1", "2", "2", "2"])
    with pytest.raises(InfeasibleQuotas) as refused:
        draw.draw(people, [Quota("age", "old", 0, 4), Quota("sex", "f", 0, 4)], 3, text=SEED, rule=Rule.LEXIMIN)
    assert refused.value.relaxed == ()
    assert "households" in wording.infeasible_told(refused.value)[-1].en


def test_sentences_carry_the_counts() -> None:
    drawn = draw.draw(pool(*TWENTY), AGE_AND_SEX, 4, text=SEED, rule=Rule.LEXIMIN)
    told = wording.draw_told(drawn)
    assert "从 20 人中抽 4 人" in told[0].zh
    assert "4 of 20 people" in told[0].en
    least = f"{float(min(drawn.chances())):.6%}"
    assert f"{least}({sum(f'{float(chance):.6%}' == least for chance in drawn.chances())} 人)" in told[1].zh


@st.composite
def problems(make: st.DrawFn) -> tuple[Pool, list[Quota], int]:
    """Small pools with households, and quotas that at least one panel keeps."""
    number = make(st.integers(4, 14))
    people = [(make(st.sampled_from("ab")), make(st.sampled_from("xyz"))) for _ in range(number)]
    homes = [make(st.sampled_from(["", "", "h1", "h2", "h3"])) for _ in range(number)]
    size = make(st.integers(1, 4))
    quotas = []
    for place, (feature, values) in enumerate((("f", "ab"), ("g", "xyz"))):
        for value in values:
            held = sum(person[place] == value for person in people)
            least = make(st.integers(0, 1)) if held else 0
            quotas.append(Quota(feature, value, least, make(st.integers(max(least, 1), size))))
    return pool_of([(f"n{i}", values) for i, values in enumerate(people)], ["f", "g"], homes), quotas, size


@given(problems(), st.sampled_from(list(Rule)))
@settings(max_examples=12, deadline=None)
def test_every_panel_of_every_lottery_keeps_every_condition(problem: tuple[Pool, list[Quota], int], rule: Rule) -> None:
    people, quotas, size = problem
    try:
        drawn = draw.draw(people, quotas, size, text=SEED, rule=rule)
    except InfeasibleQuotas:
        return
    for panel in drawn.lottery.panels:
        assert len({people.households[i] for i in panel}) == len(panel) == size
        for quota in quotas:
            place = people.features.index(quota.feature)
            assert quota.least <= sum(people.values[i][place] == quota.value for i in panel) <= quota.most
    assert sum(drawn.chances()) == size
    assert min(drawn.chances()) == drawn.proof.smallest <= drawn.proof.bound
    assert float(drawn.proof.smallest) >= drawn.proof.solver_bound - drawn.proof.gap - 1e-6


@given(problems())
@settings(max_examples=4, deadline=None)
def test_the_names_of_people_decide_nothing_but_the_ticket(problem: tuple[Pool, list[Quota], int]) -> None:
    people, quotas, size = problem
    renamed = pool_of(
        [(f"z{99 - i}", values) for i, values in enumerate(people.values)], people.features, people.households
    )
    try:
        one = draw.draw(people, quotas, size, text=SEED, rule=Rule.LEXIMIN)
    except InfeasibleQuotas:
        return
    other = draw.draw(renamed, quotas, size, text=SEED, rule=Rule.LEXIMIN)
    chances = [sorted(map(float, drawn.chances())) for drawn in (one, other)]
    assert chances[0] == pytest.approx(chances[1], abs=1e-5)
