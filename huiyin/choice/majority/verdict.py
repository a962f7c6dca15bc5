"""Whether a motion is carried under a rule, with the numbers on both sides of every share and what was missing.

「以上」 includes the number itself, 「超过」 and 「过半数」 do not (民法典第一千二百五十九条).
Whole numbers and fractions only: nothing here is rounded before it is compared.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from math import ceil, floor
from typing import Any

from huiyin.choice.majority.rules import UNITS, Absent, Abstention, Base, Group, Joined, Rule, Test, Unit
from huiyin.choice.wording import Refused, Sentence, decimal, exact, percent, plain

Amount = int | Fraction

BASE_WORDS = {
    Base.ELIGIBLE: Sentence("应到", "eligible"),
    Base.PRESENT: Sentence("实到", "present"),
    Base.DECIDED: Sentence("表态", "yes or no"),
}
PART_WORDS = {"quorum": Sentence("参加", "Taking part"), "passing": Sentence("同意", "In favour")}
NEED_WORDS = {
    True: Sentence("须超过 {share}(不含本数)", "more than {share} needed (the number itself is not enough)"),
    False: Sentence("须 {share} 以上(含本数)", "{share} or more needed (the number itself is enough)"),
}


@dataclass(frozen=True)
class Tally:
    """What was counted in one unit; `present` includes everybody who took part, whatever they handed in.

    `unreturned` were asked and gave no paper back; they are part of `eligible` and not of `present`.
    """

    eligible: Amount
    present: Amount
    yes: Amount
    no: Amount = 0
    abstained: Amount = 0
    invalid: Amount = 0
    blank: Amount = 0
    unreturned: Amount = 0


class Outcome(Enum):
    """What a vote comes to."""

    PASSED = "passed"
    NOT_PASSED = "not_passed"
    NO_QUORUM = "no_quorum"


@dataclass(frozen=True)
class Finding:
    """One share compared: `numerator / denominator` against the share, the least that meets it, and what is missing.

    In whole units `least` is a whole number. In area with a strict share nothing at `least` is enough yet: more than
    it is needed, and `missing` too must be exceeded.
    """

    part: str
    test: Test
    numerator: Amount
    denominator: Amount
    is_met: bool

    @property
    def least(self) -> Fraction:
        """The least that meets the share, or in area with a strict share the amount to be exceeded."""
        bound = self.test.share * self.denominator
        if not UNITS[self.test.unit].whole:
            return bound
        return Fraction(max(floor(bound) + 1 if self.test.strict else ceil(bound), 1))

    @property
    def missing(self) -> Fraction:
        """What lacks to `least`; 0 when the share is met."""
        return Fraction(0) if self.is_met else max(self.least - self.numerator, Fraction(0))

    @property
    def sentence(self) -> Sentence:
        """The comparison in words: both numbers, what is needed, whether the number itself is enough, what lacks."""
        unit, share = UNITS[self.test.unit], f"{self.test.share.numerator}/{self.test.share.denominator}"
        base, what, needs = BASE_WORDS[self.test.base], PART_WORDS[self.part], NEED_WORDS[self.test.strict]
        told = percent(Fraction(self.numerator) / self.denominator) if self.denominator else "—"
        more = self.test.strict and not unit.whole
        gap = Sentence("达到。", "met.")
        if not self.is_met:
            lack = _lack(self, unit)
            gap = Sentence(f"未达到,{lack.zh}。", f"not met, {lack.en}.")
        zh = (
            f"{what.zh} {plain(self.numerator)} {unit.zh} / {base.zh} {plain(self.denominator)} {unit.zh} = {told};"
            f"{needs.zh.format(share=share)},即{'超过' if more else '至少'} {_readable(self.least)} {unit.zh};{gap.zh}"
        )
        en = (
            f"{what.en}: {plain(self.numerator)} of {plain(self.denominator)} {unit.en} {base.en} = {told}; "
            f"{needs.en.format(share=share)}, "
            f"that is {'more than' if more else 'at least'} {_readable(self.least)}; {gap.en}"
        )
        return Sentence(zh, en)


@dataclass(frozen=True)
class Verdict:
    """The decision under a rule, its findings, and what was counted."""

    rule: Rule
    outcome: Outcome
    findings: tuple[Finding, ...]
    counted: Mapping[str, Tally]

    @property
    def sentence(self) -> Sentence:
        """The decision in one sentence, with everything that was missing."""
        return _summary(self)

    @property
    def reference(self) -> tuple[Sentence, ...]:
        """Yes as a share of the bases that do not decide here, so that nobody mistakes one for the other."""
        return _reference(self.rule, self.counted)

    @property
    def is_passed(self) -> bool:
        """Whether the motion is carried."""
        return self.outcome is Outcome.PASSED

    def as_json(self) -> dict[str, Any]:
        """The verdict for a result file."""
        return {
            "rule": self.rule.code,
            "title": self.rule.title.as_json(),
            "source": self.rule.source,
            "mark": self.rule.mark,
            "outcome": self.outcome.value,
            "sentence": self.sentence.as_json(),
            "findings": [_finding_json(finding) for finding in self.findings],
            "for_reference_only": [sentence.as_json() for sentence in self.reference],
        }


def decide(rule: Rule, tallies: Mapping[str, Tally], *, held_on: date | None = None) -> Verdict:
    """Decide a vote; `tallies` has one entry for every unit of the rule.

    Raises Refused when the rule cannot be used, a unit is missing, or the counts contradict each other.
    """
    rule.check_usable(held_on)
    counted = {}
    for unit in rule.units:
        if unit not in tallies:
            zh = UNITS[unit].zh
            raise Refused("unit_missing", f"缺少以“{zh}”计的票数({unit})", f"the counts in {unit} are missing")
        check(UNITS[unit], tallies[unit])
        counted[unit] = _with_absent(rule, tallies[unit])
    quorum = [
        _finding("quorum", test, counted[test.unit].present, _base(rule, test, counted)) for test in rule.quorum.tests
    ]
    passing = [
        _finding("passing", test, counted[test.unit].yes, _base(rule, test, counted)) for test in rule.passing.tests
    ]
    outcome = Outcome.PASSED
    if not _is_met(rule.quorum, quorum):
        outcome = Outcome.NO_QUORUM
    elif not _is_met(rule.passing, passing):
        outcome = Outcome.NOT_PASSED
    return Verdict(rule, outcome, (*quorum, *passing), counted)


def check(unit: Unit, tally: Tally) -> None:
    """Raises Refused when counts are negative, not whole where they must be, or add up to more than there can be."""
    for name, value in vars(tally).items():
        if value < 0 or (unit.whole and value.denominator != 1):
            kind_zh, kind_en = ("非负整数", "a whole number ≥ 0") if unit.whole else ("非负数", "a number ≥ 0")
            zh, en = f"{name}({unit.zh})应为{kind_zh},实为 {plain(value)}", f"{name} must be {kind_en}: {plain(value)}"
            raise Refused("bad_count", zh, en)
    handed = tally.yes + tally.no + tally.abstained + tally.invalid + tally.blank
    if handed > tally.present:
        zh = f"票数合计 {plain(handed)} {unit.zh},超过到会(参与)的 {plain(tally.present)} {unit.zh}"
        raise Refused("more_papers_than_present", zh, f"{plain(handed)} papers but only {plain(tally.present)} present")
    if tally.present + tally.unreturned > tally.eligible:
        total = plain(tally.present + tally.unreturned)
        zh = f"参与与未交票合计 {total} {unit.zh},超过应到的 {plain(tally.eligible)} {unit.zh}"
        raise Refused(
            "more_present_than_eligible", zh, f"{total} present or unreturned of {plain(tally.eligible)} eligible"
        )


def _with_absent(rule: Rule, tally: Tally) -> Tally:
    if rule.absent is Absent.APART or not tally.unreturned:
        return tally
    side = tally.unreturned
    return Tally(
        eligible=tally.eligible,
        present=tally.present + side,
        yes=tally.yes + (side if tally.yes > tally.no else 0),
        no=tally.no + (side if tally.no > tally.yes else 0),
        abstained=tally.abstained,
        invalid=tally.invalid,
        blank=tally.blank,
    )


def _base(rule: Rule, test: Test, counted: Mapping[str, Tally]) -> Amount:
    tally = counted[test.unit]
    if test.base is Base.ELIGIBLE:
        return tally.eligible
    if test.base is Base.DECIDED:
        return tally.yes + tally.no
    leaving = tally.abstained if rule.abstention is Abstention.LEAVES_BASE else 0
    return tally.present - leaving


def _finding(part: str, test: Test, numerator: Amount, denominator: Amount) -> Finding:
    have, need = numerator * test.share.denominator, denominator * test.share.numerator
    return Finding(
        part, test, numerator, denominator, denominator > 0 and (have > need if test.strict else have >= need)
    )


def _is_met(group: Group, findings: list[Finding]) -> bool:
    if not findings:
        return True
    met = [finding.is_met for finding in findings]
    return any(met) if group.joined is Joined.ANY else all(met)


def _summary(verdict: Verdict) -> Sentence:
    if verdict.is_passed:
        return Sentence("通过。", "Passed.")
    no_quorum = verdict.outcome is Outcome.NO_QUORUM
    group, part = (verdict.rule.quorum, "quorum") if no_quorum else (verdict.rule.passing, "passing")
    unmet = [finding for finding in verdict.findings if finding.part == part and not finding.is_met]
    lacks = [_lack(finding, UNITS[finding.test.unit]) for finding in unmet]
    either = group.joined is Joined.ANY
    gaps_zh = (",或" if either else ",").join(lack.zh for lack in lacks)
    gaps_en = (" or " if either else ", ").join(lack.en for lack in lacks)
    if no_quorum:
        return Sentence(f"未达法定人数,表决不成立:{gaps_zh}。", f"No quorum, the vote does not stand: {gaps_en}.")
    return Sentence(f"未通过:{gaps_zh}。", f"Not passed: {gaps_en}.")


def _lack(finding: Finding, unit: Unit) -> Sentence:
    amount = _readable(finding.missing)
    if finding.test.strict and not unit.whole:
        return Sentence(f"差 {amount} {unit.zh} 以上(不含本数)", f"more than {amount} {unit.en} missing")
    if finding.part == "passing" and finding.test.unit == "person":
        return Sentence(f"差 {amount} 票", f"{amount} vote(s) missing")
    return Sentence(f"差 {amount} {unit.zh}", f"{amount} {unit.en} missing")


def _readable(value: Fraction) -> str:
    """Exact, and as a rounded decimal beside it when it is a fraction that has no finite decimal."""
    text = plain(value)
    return f"{text}(≈{decimal(value, 2)})" if "/" in text else text


def _reference(rule: Rule, counted: Mapping[str, Tally]) -> tuple[Sentence, ...]:
    used = {(test.unit, test.base) for test in rule.passing.tests}
    lines = []
    for code, tally in counted.items():
        bases = {Base.ELIGIBLE: tally.eligible, Base.PRESENT: tally.present}
        for base, of in bases.items():
            if (code, base) not in used and of:
                unit, told = UNITS[code], percent(Fraction(tally.yes) / of)
                yes, all_, word = plain(tally.yes), plain(of), BASE_WORDS[base]
                zh = f"仅供参考:同意 {yes} {unit.zh} / {word.zh} {all_} {unit.zh} = {told}。"
                lines.append(Sentence(zh, f"For reference only: {yes} of {all_} {unit.en} {word.en} = {told}."))
    return tuple(lines)


def _finding_json(finding: Finding) -> dict[str, Any]:
    return {
        "part": finding.part,
        "unit": finding.test.unit,
        "base": finding.test.base.value,
        "share": exact(finding.test.share),
        "strict": finding.test.strict,
        "numerator": exact(finding.numerator),
        "denominator": exact(finding.denominator),
        "least": exact(finding.least),
        "missing": exact(finding.missing),
        "is_met": finding.is_met,
        "sentence": finding.sentence.as_json(),
    }
