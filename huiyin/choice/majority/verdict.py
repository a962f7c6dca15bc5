"""Whether a motion is carried under a rule, with the numbers on both sides of every share and what was missing.

Whole numbers and fractions only: nothing here is rounded before it is compared.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from typing import Any

from huiyin.choice.majority.findings import Amount, Finding, proportion
from huiyin.choice.majority.rules import UNITS, Absent, Abstention, Base, Group, Joined, Rule, Test, Unit
from huiyin.choice.wording import Refused, Sentence, plain

COUNTS: Mapping[str, str] = {
    "eligible": "应到",
    "present": "实到",
    "yes": "同意",
    "no": "反对",
    "abstained": "弃权",
    "invalid": "无效",
    "blank": "空白",
    "unreturned": "未交票",
}
FOR_REFERENCE = Sentence("仅供参考:同意", "For reference only, in favour")


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

    def as_json(self) -> dict[str, str]:
        """The counts as a file of counts writes them, exact."""
        return {name: plain(getattr(self, name)) for name in COUNTS}


class Outcome(Enum):
    """What a vote comes to."""

    PASSED = "passed"
    NOT_PASSED = "not_passed"
    NO_QUORUM = "no_quorum"


@dataclass(frozen=True)
class Verdict:
    """The decision under a rule, its findings, the tallies it was given and the day of the vote, if told."""

    rule: Rule
    outcome: Outcome
    findings: tuple[Finding, ...]
    tallies: Mapping[str, Tally]
    held_on: date | None = None

    @property
    def sentence(self) -> Sentence:
        """The decision in one sentence, with everything that was missing."""
        return _summary(self)

    @property
    def basis(self) -> Sentence:
        """By which rule it was decided, where that rule comes from, and the mark of that source."""
        title, source, mark = self.rule.title, self.rule.source, self.rule.mark
        return Sentence(f"依据:{title.zh}({source};{mark})。", f"Rule: {title.en} ({source}; {mark}).")

    @property
    def remarks(self) -> tuple[Sentence, ...]:
        """What the chair must know beside the numbers: cautions of the rule, and votes counted by a convention."""
        return (*_cautions(self.rule, self.held_on), *_followers(self.rule, self.tallies))

    @property
    def reference(self) -> tuple[Sentence, ...]:
        """Yes as a share of the bases that do not decide here, so that nobody mistakes one for the other.

        Only in units in which yes is put to a share at all.
        """
        used = {(test.unit, test.base) for test in self.rule.passing.tests}
        return tuple(
            Sentence(f"{told.zh}。", f"{told.en}.")
            for code, tally in self.tallies.items()
            for base, of in ((Base.ELIGIBLE, tally.eligible), (Base.PRESENT, tally.present))
            if (code, base) not in used and of and code in {unit for unit, _ in used}
            for told in (proportion(FOR_REFERENCE, tally.yes, of, UNITS[code], base),)
        )

    @property
    def is_passed(self) -> bool:
        """Whether the motion is carried."""
        return self.outcome is Outcome.PASSED

    def as_json(self) -> dict[str, Any]:
        """The verdict for a result file; what stands under `given` can be put to the command again."""
        counts: dict[str, Any] = {"units": {code: tally.as_json() for code, tally in self.tallies.items()}}
        if self.held_on is not None:
            counts["held_on"] = self.held_on.isoformat()
        return {
            "rule": self.rule.code,
            "title": self.rule.title.as_json(),
            "source": self.rule.source,
            "mark": self.rule.mark,
            "outcome": self.outcome.value,
            "sentence": self.sentence.as_json(),
            "basis": self.basis.as_json(),
            "findings": [finding.as_json() for finding in self.findings],
            "remarks": [sentence.as_json() for sentence in self.remarks],
            "for_reference_only": [sentence.as_json() for sentence in self.reference],
            "given": {"rule": self.rule.as_json(), "counts": counts},
        }


def decide(rule: Rule, tallies: Mapping[str, Tally], *, held_on: date | None = None) -> Verdict:
    """Decide a vote; `tallies` has one entry for every unit of the rule.

    Raises Refused when the rule cannot be used, a unit is missing, or the counts contradict each other.
    """
    rule.check_usable(held_on)
    given = {}
    for unit in rule.units:
        if unit not in tallies:
            zh, many = UNITS[unit].zh, UNITS[unit].many
            raise Refused("unit_missing", f"缺少以“{zh}”计的票数({unit})", f"the counts in {many} ({unit}) are missing")
        check(UNITS[unit], tallies[unit])
        given[unit] = tallies[unit]
    counted = {unit: _with_absent(rule, tally) for unit, tally in given.items()}
    quorum = tuple(_finding(rule, "quorum", test, counted) for test in rule.quorum.tests)
    passing = tuple(_finding(rule, "passing", test, counted) for test in rule.passing.tests)
    outcome = Outcome.PASSED
    if not _is_met(rule.quorum, quorum):
        outcome = Outcome.NO_QUORUM
    elif not _is_met(rule.passing, passing):
        outcome = Outcome.NOT_PASSED
    return Verdict(rule, outcome, (*quorum, *passing), given, held_on)


def check(unit: Unit, tally: Tally) -> None:
    """Raises Refused when counts are negative, not whole where they must be, or add up to more than there can be."""
    for name, word in COUNTS.items():
        value = getattr(tally, name)
        if value < 0 or (unit.whole and value.denominator != 1):
            kind_zh, kind_en = ("整数", "a whole number") if unit.whole else ("数", "a number")
            zh = f"{word}({name},{unit.zh})应为不小于 0 的{kind_zh},实为 {plain(value)}"
            raise Refused("bad_count", zh, f"{name} ({unit.many}) must be {kind_en} from 0, not {plain(value)}")
    handed = tally.yes + tally.no + tally.abstained + tally.invalid + tally.blank
    if handed > tally.present:
        papers, here = plain(handed), plain(tally.present)
        zh = f"同意、反对、弃权、无效、空白合计 {papers} {unit.zh},超过实到的 {here} {unit.zh}"
        en = f"yes, no, abstained, invalid and blank add up to {papers} {unit.many}, more than the {here} present"
        raise Refused("more_papers_than_present", zh, en)
    if tally.present + tally.unreturned > tally.eligible:
        total, all_ = plain(tally.present + tally.unreturned), plain(tally.eligible)
        zh = f"实到与未交票合计 {total} {unit.zh},超过应到的 {all_} {unit.zh}"
        en = f"present and unreturned add up to {total} {unit.many}, more than the {all_} eligible"
        raise Refused("more_present_than_eligible", zh, en)


def _with_absent(rule: Rule, tally: Tally) -> Tally:
    """The tally with those who gave no paper back on the larger side, where the rule says so and there is one."""
    follow, present = tally.unreturned, tally.present + tally.unreturned
    if rule.absent is Absent.APART or tally.yes == tally.no:
        return tally
    if tally.yes > tally.no:
        return replace(tally, present=present, yes=tally.yes + follow, unreturned=0)
    return replace(tally, present=present, no=tally.no + follow, unreturned=0)


def _finding(rule: Rule, part: str, test: Test, counted: Mapping[str, Tally]) -> Finding:
    tally = counted[test.unit]
    numerator = tally.present if part == "quorum" else tally.yes
    if test.base is Base.ELIGIBLE:
        return Finding(part, test, numerator, tally.eligible)
    if test.base is Base.DECIDED:
        return Finding(part, test, numerator, tally.yes + tally.no)
    if rule.abstention is Abstention.LEAVES_BASE and tally.abstained:
        return Finding(part, test, numerator, tally.present - tally.abstained, without_abstentions=True)
    return Finding(part, test, numerator, tally.present)


def _is_met(group: Group, findings: tuple[Finding, ...]) -> bool:
    met = [finding.is_met for finding in findings]
    return not met or (any(met) if group.joined is Joined.ANY else all(met))


def _summary(verdict: Verdict) -> Sentence:
    if verdict.is_passed:
        return Sentence("通过。", "Passed.")
    no_quorum = verdict.outcome is Outcome.NO_QUORUM
    group, part = (verdict.rule.quorum, "quorum") if no_quorum else (verdict.rule.passing, "passing")
    lacks = [finding.lack for finding in verdict.findings if finding.part == part and not finding.is_met]
    either = group.joined is Joined.ANY
    gaps_zh = (",或" if either else ",").join(lack.zh for lack in lacks)
    gaps_en = (" or " if either else ", ").join(lack.en for lack in lacks)
    if no_quorum:
        return Sentence(f"未达法定人数,表决不成立:{gaps_zh}。", f"No quorum, the vote does not stand: {gaps_en}.")
    return Sentence(f"未通过:{gaps_zh}。", f"Not passed: {gaps_en}.")


def _cautions(rule: Rule, held_on: date | None) -> list[Sentence]:
    told = [rule.caution] if rule.caution is not None else []
    first, last = rule.in_force_from, rule.in_force_until
    if held_on is None and (first or last):
        since = Sentence(f"自 {first} 起", f" from {first}") if first else Sentence("", "")
        until = Sentence(f"至 {last} 止", f" until {last}") if last else Sentence("", "")
        zh = f"未写明表决日期(held_on),而本规则{since.zh}{until.zh}施行"
        told.append(
            Sentence(zh, f"the day of the vote (held_on) is not told; the rule is in force{since.en}{until.en}")
        )
    return [Sentence(f"注意:{caution.zh}。", f"Note: {caution.en}.") for caution in told]


def _followers(rule: Rule, tallies: Mapping[str, Tally]) -> list[Sentence]:
    """Whose votes were counted though they gave no paper back."""
    told = []
    for code, tally in tallies.items():
        if rule.absent is Absent.APART or not tally.unreturned:
            continue
        unit, follow = UNITS[code], plain(tally.unreturned)
        zh, en = f"未交票 {follow} {unit.zh}", f"{follow} {unit.en(tally.unreturned)} gave no paper back"
        if tally.yes == tally.no:
            told.append(Sentence(f"{zh},两方相等,不随任何一方。", f"{en}; both sides are equal, so none is added."))
        else:
            side = Sentence("同意", "yes") if tally.yes > tally.no else Sentence("反对", "no")
            told.append(Sentence(f"{zh},按约定随多数计入{side.zh}。", f"{en}, counted as {side.en} by convention."))
    return told
