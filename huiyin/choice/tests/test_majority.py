"""Majorities: every preset on every count up to 60 against a second implementation, and the words of a verdict."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.choice.majority.presets import PRESETS, preset
from huiyin.choice.majority.rules import Absent, Abstention, Base, Group, Rule, Test
from huiyin.choice.majority.verdict import Outcome, Tally, decide
from huiyin.choice.wording import Refused, Sentence


def tally(eligible: float | str, present: float | str, yes: float | str, **more: int) -> Tally:
    extra = {name: Fraction(value) for name, value in more.items()}
    return Tally(Fraction(eligible), Fraction(present), Fraction(yes), **extra)


Counts = tuple[int, int, int]
Reached = Callable[[int, int], bool]
Shares = tuple[tuple[str, Reached], ...]


def over_half(part: int, of: int) -> bool:
    return 2 * part > of


def two_thirds(part: int, of: int) -> bool:
    return of > 0 and 3 * part >= 2 * of


def three_quarters(part: int, of: int) -> bool:
    return of > 0 and 4 * part >= 3 * of


# The presets again: of the roll who must take part (joined by all or any), who must agree, and of which base:
# 0 the roll, 1 those here. By cross-multiplication of whole numbers.
PLAIN: dict[str, tuple[Shares, Callable[[list[bool]], bool], Shares, int]] = {
    "rep_two_thirds_eligible": ((), all, (("person", two_thirds),), 0),
    "rep_two_thirds_present": ((("person", over_half),), all, (("person", two_thirds),), 1),
    "residents_2018": ((("person", over_half),), all, (("person", over_half),), 1),
    "villager_reps": ((("person", two_thirds),), all, (("person", over_half),), 1),
    "villagers": ((("person", over_half), ("household", two_thirds)), any, (("person", over_half),), 1),
    "owners_278_general": (
        (("area", two_thirds), ("person", two_thirds)),
        all,
        (("area", over_half), ("person", over_half)),
        1,
    ),
    "owners_278_special": (
        (("area", two_thirds), ("person", two_thirds)),
        all,
        (("area", three_quarters), ("person", three_quarters)),
        1,
    ),
}


def plainly(code: str, counts: dict[str, Counts]) -> Outcome:
    """The outcome under a preset, from (roll, here, yes) of every unit."""
    quorum, joined, passing, base = PLAIN[code]
    if not joined([reached(counts[unit][1], counts[unit][0]) for unit, reached in quorum]):
        return Outcome.NO_QUORUM
    agreed = all(reached(counts[unit][2], counts[unit][base]) for unit, reached in passing)
    return Outcome.PASSED if agreed else Outcome.NOT_PASSED


def alike(n: int, here: int, yes: int) -> dict[str, Counts]:
    """The same counts in every unit."""
    return dict.fromkeys(("person", "household", "area"), (n, here, yes))


@pytest.mark.parametrize(
    ("code", "unit"), [(code, unit) for code, rule in PRESETS.items() if rule.refusal is None for unit in rule.units]
)
def test_every_count_up_to_sixty(code: str, unit: str) -> None:
    """Every roll of 1 to 60, every attendance, every number of yes, in one unit; the others all agree, or stay away."""
    rule = preset(code)
    others = [Tally(60, 60, 60), Tally(60, 0, 0)] if len(rule.units) > 1 else [Tally(60, 60, 60)]
    for other in others:
        tallies, counts = dict.fromkeys(rule.units, other), alike(60, int(other.present), int(other.yes))
        for n in range(1, 61):
            for here in range(n + 1):
                for yes in range(here + 1):
                    tallies[unit], counts[unit] = Tally(n, here, yes), (n, here, yes)
                    assert decide(rule, tallies).outcome is plainly(code, counts), (n, here, yes, other)


@pytest.mark.parametrize("code", [code for code, rule in PRESETS.items() if rule.refusal is None])
def test_what_is_missing_is_exactly_enough(code: str) -> None:
    """With what is missing added the share is met, with one less it is not; n = 1 … 60, everybody present."""
    rule = preset(code)
    for n in range(1, 61):
        for yes in range(n + 1):
            one = tally(n, n, yes)
            for finding in decide(rule, {"person": one, "household": one, "area": one}).findings:
                if finding.part == "passing" and finding.test.unit == "person" and not finding.is_met:
                    enough = yes + int(finding.missing)
                    assert plainly(code, alike(n, n, enough)) is Outcome.PASSED
                    assert plainly(code, alike(n, n, enough - 1)) is Outcome.NOT_PASSED


def test_the_parking_vote_of_the_handbook() -> None:
    # Scenario: 60 representatives; 46 come, 39 agree: 40 were needed. Then 52 come and 41 agree.
    rule = preset("rep_two_thirds_eligible")
    first = decide(rule, {"person": tally(60, 46, 39, no=5, abstained=2)})
    assert first.outcome is Outcome.NOT_PASSED
    assert first.sentence == Sentence("未通过:差 1 票。", "Not passed: 1 vote short.")
    finding = first.findings[0]
    assert [finding.numerator, finding.denominator, finding.least, finding.missing] == [39, 60, 40, 1]
    assert "2/3 以上(含本数)" in finding.sentence.zh
    assert "84.78%" in first.reference[0].zh
    second = decide(rule, {"person": tally(60, 52, 41)})
    assert second.is_passed
    assert "68.33%" in second.findings[0].sentence.zh


def test_owners_need_area_and_heads() -> None:
    heads = tally(90, 60, 45)
    special = preset("owners_278_special")
    lacking = decide(special, {"person": heads, "area": tally("9000", "6100", "4475")})
    assert lacking.sentence.zh == "未通过:差 100 m²。"
    exactly = decide(special, {"person": heads, "area": tally("9000", "6100", "4575")})
    assert exactly.is_passed
    general = preset("owners_278_general")
    half = decide(general, {"person": tally(90, 60, 31), "area": tally("9000", "6000", "3000")})
    assert half.outcome is Outcome.NOT_PASSED
    assert half.sentence.zh == "未通过:恰好 3000 m²,还须超过。"
    few = decide(general, {"person": tally(90, 59, 59), "area": tally("9000", "6000", "6000")})
    assert few.outcome is Outcome.NO_QUORUM
    assert few.sentence.zh == "未达法定人数,表决不成立:差 1 人。"
    assert few.sentence.en == "No quorum, the vote does not stand: 1 person short."


def test_what_is_missing_is_exact_in_fractions_of_a_square_metre() -> None:
    special, general = preset("owners_278_special"), preset("owners_278_general")
    heads = tally(90, 60, 46)
    lacking = decide(special, {"person": heads, "area": tally("9000", "6100", "4474.75")})
    assert lacking.sentence == Sentence("未通过:差 100.25 m²。", "Not passed: 100.25 m² short.")
    few = decide(special, {"person": heads, "area": tally("1000", "666.66", "600")})
    assert few.findings[0].missing == Fraction(2000, 3) - Fraction("666.66") == Fraction(1, 150)
    assert few.sentence.zh == "未达法定人数,表决不成立:差 1/150 (≈ 0.007) m²。"
    half = decide(general, {"person": heads, "area": tally("9000", "6000.5", "2900")})
    assert half.sentence.zh == "未通过:差 100.25 m²(还须超过此数)。"
    assert half.sentence.en == "Not passed: more than 100.25 m² short."
    both = decide(special, {"person": tally(90, 60, 42), "area": tally("9000", "6100", "4475")})
    assert both.sentence.zh == "未通过:差 100 m²,差 3 票。"


def test_a_comparison_is_told_with_both_numbers() -> None:
    """The sentences as a chair reads them out: whether the number itself is enough, ≈ only where it is rounded."""
    residents = decide(preset("residents_2018"), {"person": tally(60, 46, 23)}, held_on=date(2025, 6, 1))
    assert [finding.sentence for finding in residents.findings] == [
        Sentence(
            "参加 46 人 / 应到 60 人 ≈ 76.67%;须超过 1/2(不含本数),即至少 31 人;达到。",
            "Taking part: 46 of 60 persons eligible ≈ 76.67%; more than 1/2 is needed (exactly 1/2 is not enough), "
            "that is at least 31; met.",
        ),
        Sentence(
            "同意 23 人 / 实到 46 人 = 50.00%;须超过 1/2(不含本数),即至少 24 人;差 1 票。",
            "In favour: 23 of 46 persons taking part = 50.00%; more than 1/2 is needed (exactly 1/2 is not enough), "
            "that is at least 24; 1 vote short.",
        ),
    ]
    owners = decide(
        preset("owners_278_general"), {"person": tally(90, 60, 31), "area": tally("9000", "6000.5", "3000.25")}
    )
    assert owners.findings[2].sentence.zh == (
        "同意 3000.25 m² / 参与表决 6000.5 m² = 50.00%;"
        "须超过 1/2(不含本数),即超过 3000.25 m²;恰好 3000.25 m²,还须超过。"
    )


def test_villagers_may_meet_by_persons_or_households() -> None:
    persons = tally(90, 40, 30)
    enough = decide(preset("villagers"), {"person": persons, "household": tally(30, 20, 0)})
    assert enough.is_passed
    assert [line.zh for line in enough.reference] == ["仅供参考:同意 30 人 / 应到 90 人 ≈ 33.33%。"]
    lacking = decide(preset("villagers"), {"person": persons, "household": tally(30, 19, 0)})
    assert lacking.sentence.zh == "未达法定人数,表决不成立:差 6 人,或差 1 户。"


def test_rules_refuse_where_they_must() -> None:
    counts = {"person": tally(60, 46, 39)}
    with pytest.raises(Refused, match="尚未录入"):
        decide(preset("residents_2026"), counts)
    with pytest.raises(Refused, match="2025-12-31"):
        decide(preset("residents_2018"), counts, held_on=date(2026, 1, 1))
    assert decide(preset("residents_2018"), counts, held_on=date(2025, 12, 31)).is_passed
    with pytest.raises(Refused, match="area"):
        decide(preset("owners_278_general"), counts)
    with pytest.raises(Refused):
        preset("residents_2027")


@pytest.mark.parametrize(
    "wrong",
    [
        tally(60, 46, 47),
        tally(60, 61, 3),
        tally(60, "45.5", 3),
        tally(60, 40, 3, no=-1),
        tally(60, 50, 3, unreturned=11),
    ],
)
def test_contradicting_counts_are_refused(wrong: Tally) -> None:
    with pytest.raises(Refused):
        decide(preset("residents_2018"), {"person": wrong})


def custom(abstention: Abstention = Abstention.NOT_YES, absent: Absent = Absent.APART) -> Rule:
    passing = Group((Test("person", Fraction(1, 2), Base.PRESENT, strict=True),))
    title = Sentence("试", "trial")
    return Rule("trial", title, "约定", "DEF", Group(()), passing, abstention=abstention, absent=absent)


def test_abstention_and_absence_are_data() -> None:
    counts = {"person": tally(20, 10, 5, no=4, abstained=1, unreturned=8)}
    assert not decide(custom(), counts).is_passed
    assert decide(custom(Abstention.LEAVES_BASE), counts).is_passed
    assert decide(custom(absent=Absent.WITH_MAJORITY), counts).is_passed
    even = {"person": tally(20, 10, 5, no=5, unreturned=8)}
    apart = decide(custom(absent=Absent.WITH_MAJORITY), even)
    assert [apart.is_passed, apart.findings[0].denominator] == [False, 10]


def test_the_verdict_says_who_left_the_base_and_who_was_added() -> None:
    counts = {"person": tally(20, 10, 5, no=4, abstained=1, unreturned=8)}
    assert decide(custom(), counts).findings[0].sentence.zh.startswith("同意 5 人 / 实到 10 人 = 50.00%")
    left = decide(custom(Abstention.LEAVES_BASE), counts).findings[0].sentence
    assert left.zh.startswith("同意 5 人 / 实到 9 人 ≈ 55.56%(不含弃权);")
    assert left.en.startswith("In favour: 5 of 9 persons taking part ≈ 55.56% without abstentions;")
    added = decide(custom(absent=Absent.WITH_MAJORITY), counts)
    assert (added.findings[0].numerator, added.findings[0].denominator) == (13, 18)
    assert [remark.zh for remark in added.remarks] == ["未交票 8 人,按约定随多数计入同意。"]
    against = decide(custom(absent=Absent.WITH_MAJORITY), {"person": tally(20, 10, 4, no=6, unreturned=1)})
    assert [remark.en for remark in against.remarks] == ["1 person gave no paper back, counted as no by convention."]


def test_rules_are_used_with_their_cautions() -> None:
    """The day decides whether a rule is in force; a law said to have been revised is not used in silence."""
    undated = decide(preset("residents_2018"), {"person": tally(60, 46, 39)})
    assert [remark.zh for remark in undated.remarks] == ["注意:未写明表决日期(held_on),而本规则至 2025-12-31 止施行。"]
    dated = decide(preset("residents_2018"), {"person": tally(60, 46, 39)}, held_on=date(2025, 12, 31))
    assert dated.remarks == ()
    village = decide(preset("villager_reps"), {"person": tally(60, 46, 39)})
    assert "凭记忆,待核实" in village.remarks[0].zh
    assert village.as_json()["remarks"][0]["en"].startswith("Note: the village law was revised in 2025")


@given(st.integers(1, 10**30), st.data())
def test_no_rounding_at_any_size(n: int, data: st.DataObject) -> None:
    """Two thirds of a number far beyond floating point: one vote decides."""
    here = data.draw(st.integers(1, n))
    needed = -(-2 * n // 3)
    rule = preset("rep_two_thirds_eligible")
    yes = data.draw(st.sampled_from([needed - 1, needed]))
    if yes <= here:
        assert decide(rule, {"person": tally(n, here, yes)}).is_passed == (yes == needed)


@given(st.integers(1, 60), st.data())
def test_one_more_yes_never_harms(n: int, data: st.DataObject) -> None:
    rule = data.draw(st.sampled_from([rule for rule in PRESETS.values() if rule.refusal is None]))
    here = data.draw(st.integers(1, n))
    yes = data.draw(st.integers(0, here - 1))

    def passed(count: int) -> bool:
        one = tally(n, here, count)
        return decide(rule, {"person": one, "household": one, "area": one}).is_passed

    assert passed(yes + 1) or not passed(yes)


def test_a_planted_fault_is_found() -> None:
    """Reading 以上 as "more than" turns a vote of the table above: the exhaustive test would fail."""
    right = preset("rep_two_thirds_eligible")
    wrong = Rule(
        right.code,
        right.title,
        right.source,
        right.mark,
        right.quorum,
        Group((Test("person", Fraction(2, 3), Base.ELIGIBLE, strict=True),)),
    )
    found = [
        (n, yes)
        for n in range(1, 61)
        for yes in range(n + 1)
        if decide(wrong, {"person": tally(n, n, yes)}).outcome is not plainly(right.code, alike(n, n, yes))
    ]
    assert found == [(n, 2 * n // 3) for n in range(3, 61, 3)]


def test_a_verdict_can_be_published() -> None:
    verdict = decide(preset("owners_278_special"), {"person": tally(90, 60, 45), "area": tally("9000", "6100", "4475")})
    published = verdict.as_json()
    assert published["outcome"] == "not_passed"
    assert published["mark"] == "SRC"
    assert published["basis"]["zh"].startswith("依据:业主共同决定:第(六)至(八)项(民法典第二百七十八条")
    area = next(f for f in published["findings"] if f["unit"] == "area" and f["part"] == "passing")
    assert area["missing"] == {"numerator": 100, "denominator": 1, "text": "100"}
