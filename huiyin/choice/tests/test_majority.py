"""Majorities: every preset on every count up to 60 against a second implementation, and the words of a verdict."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.choice.majority.files import parse_counts, parse_rule
from huiyin.choice.majority.presets import PRESETS, preset
from huiyin.choice.majority.rules import Absent, Abstention, Base, Group, Rule, Test
from huiyin.choice.majority.verdict import Outcome, Tally, decide
from huiyin.choice.wording import Refused, Sentence


def tally(eligible: float | str, present: float | str, yes: float | str, **more: int) -> Tally:
    extra = {name: Fraction(value) for name, value in more.items()}
    return Tally(Fraction(eligible), Fraction(present), Fraction(yes), **extra)


Rolls = Callable[[int, int], bool]


def over_half(part: int, of: int) -> bool:
    return 2 * part > of


def two_thirds(part: int, of: int) -> bool:
    return of > 0 and 3 * part >= 2 * of


def three_quarters(part: int, of: int) -> bool:
    return of > 0 and 4 * part >= 3 * of


# The presets again as quorum and passing, by cross-multiplication of whole numbers; True: of the roll, not those here.
PLAIN: dict[str, tuple[Rolls, Rolls, bool]] = {
    "rep_two_thirds_eligible": (lambda _here, _n: True, two_thirds, True),
    "rep_two_thirds_present": (over_half, two_thirds, False),
    "residents_2018": (over_half, over_half, False),
    "villager_reps": (two_thirds, over_half, False),
    "villagers": (lambda here, n: over_half(here, n) or two_thirds(here, n), over_half, False),
    "owners_278_general": (two_thirds, over_half, False),
    "owners_278_special": (two_thirds, three_quarters, False),
}


def plainly(code: str, n: int, here: int, yes: int) -> Outcome:
    """The outcome under a preset when every unit has the same counts."""
    quorum, passing, of_roll = PLAIN[code]
    if not quorum(here, n):
        return Outcome.NO_QUORUM
    return Outcome.PASSED if passing(yes, n if of_roll else here) else Outcome.NOT_PASSED


@pytest.mark.parametrize("code", [code for code, rule in PRESETS.items() if rule.refusal is None])
def test_every_count_up_to_sixty(code: str) -> None:
    """Every roll of 1 to 60, every attendance, every number of yes."""
    rule = preset(code)
    for n in range(1, 61):
        for here in range(n + 1):
            for yes in range(here + 1):
                one = Tally(n, here, yes)
                verdict = decide(rule, {"person": one, "household": one, "area": one})
                assert verdict.outcome is plainly(code, n, here, yes), (n, here, yes)


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
                    assert plainly(code, n, n, enough) is Outcome.PASSED
                    assert plainly(code, n, n, enough - 1) is Outcome.NOT_PASSED


def test_the_parking_vote_of_the_handbook() -> None:
    # Scenario: 60 representatives; 46 come, 39 agree: 40 were needed. Then 52 come and 41 agree.
    rule = preset("rep_two_thirds_eligible")
    first = decide(rule, {"person": tally(60, 46, 39, no=5, abstained=2)})
    assert first.outcome is Outcome.NOT_PASSED
    assert first.sentence == Sentence("未通过:差 1 票。", "Not passed: 1 vote(s) missing.")
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
    assert half.sentence.zh == "未通过:差 0 m² 以上(不含本数)。"
    few = decide(general, {"person": tally(90, 59, 59), "area": tally("9000", "6000", "6000")})
    assert few.outcome is Outcome.NO_QUORUM
    assert few.sentence.zh == "未达法定人数,表决不成立:差 1 人。"


def test_villagers_may_meet_by_persons_or_households() -> None:
    persons = tally(90, 40, 30)
    enough = decide(preset("villagers"), {"person": persons, "household": tally(30, 20, 0)})
    assert enough.is_passed
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
    assert not decide(custom(absent=Absent.WITH_MAJORITY), even).is_passed


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
        if decide(wrong, {"person": tally(n, n, yes)}).outcome is not plainly(right.code, n, n, yes)
    ]
    assert found == [(n, 2 * n // 3) for n in range(3, 61, 3)]


def test_rules_and_counts_from_files() -> None:
    rule = parse_rule(
        '{"code": "x", "source": "公约第3条",'
        ' "quorum": [{"unit": "person", "share": "1/2", "base": "eligible", "strict": true}],'
        ' "passing": {"joined": "all",'
        ' "tests": [{"unit": "area", "share": "0.6", "base": "present", "strict": false}]},'
        ' "abstention": "leaves_base", "in_force_from": "2026-01-01"}'
    )
    counts, day = parse_counts(
        '{"units": {"person": {"eligible": 3, "yes": 2},'
        ' "area": {"eligible": 300.1, "present": "300.1", "yes": 180.06}},'
        ' "held_on": "2026-05-01"}'
    )
    assert counts["area"].yes == Fraction("180.06")
    assert decide(rule, counts, held_on=day).is_passed
    assert parse_rule('{"preset": "villagers"}') is preset("villagers")
    alone, _ = parse_counts('{"eligible": 60, "yes": 39, "no": 5, "abstained": 2}')
    assert alone["person"].present == 46


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"code": "x",\n "source": "y",\n "passing": [{"share": "5/3", "strict": true}]}', 3),
        ('{"code": "x",\n "source": "y",\n "passing": [{"share": "2/3"}]}', 3),
        ('{"code": "x",\n "source": "y", "passing": []}', 2),
        ('{"code": "x",\n "source" "y"}', 2),
        ('{"code": "x"}', 1),
        ("[]", 1),
        ('{"code": "x", "source": "y",\n "passing": [{"share": "2/3", "strict": true}],\n "absent": "ignored"}', 3),
    ],
)
def test_a_wrong_rule_is_refused_with_its_line(text: str, line: int) -> None:
    with pytest.raises(Refused) as refused:
        parse_rule(text)
    assert refused.value.line == line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"eligible": 60,\n "yes": "many"}', 2),
        ('{"units": {\n "dogs": {"eligible": 1, "yes": 1}}}', 2),
        ('{"units": {"person": {"eligible": 1,\n "ja": 1}}}', 2),
        ('{"eligible": 60}', 1),
        ('{"eligible": 60, "yes": 1,\n "held_on": "gestern"}', 2),
    ],
)
def test_wrong_counts_are_refused_with_their_line(text: str, line: int) -> None:
    with pytest.raises(Refused) as refused:
        parse_counts(text)
    assert refused.value.line == line


def test_a_verdict_can_be_published() -> None:
    verdict = decide(preset("owners_278_special"), {"person": tally(90, 60, 45), "area": tally("9000", "6100", "4475")})
    published = verdict.as_json()
    assert published["outcome"] == "not_passed"
    assert published["mark"] == "SRC"
    area = next(f for f in published["findings"] if f["unit"] == "area" and f["part"] == "passing")
    assert area["missing"] == {"numerator": 100, "denominator": 1, "text": "100"}
