"""One share of a vote compared, and the comparison told in words: both numbers, what is needed and what is missing.

「以上」 includes the number itself, 「超过」 and 「过半数」 do not (民法典第一千二百五十九条).
"""

from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any

from huiyin.choice.majority.rules import UNITS, Base, Test, Unit
from huiyin.choice.wording import Sentence, decimal, exact, percent, plain

Amount = int | Fraction

BASE_WORDS = {
    Base.ELIGIBLE: Sentence("应到", "eligible"),
    Base.PRESENT: Sentence("实到", "taking part"),
    Base.DECIDED: Sentence("同意与反对合计", "for or against"),
}
AREA_WORDS = {
    **BASE_WORDS,
    Base.ELIGIBLE: Sentence("全部", "in all"),
    Base.PRESENT: Sentence("参与表决", "taking part"),
}
WITHOUT_ABSTENTIONS = Sentence("(不含弃权)", " without abstentions")
PART_WORDS = {"quorum": Sentence("参加", "Taking part"), "passing": Sentence("同意", "In favour")}
NEED_WORDS = {
    True: Sentence("须超过 {share}(不含本数)", "more than {share} is needed (exactly {share} is not enough)"),
    False: Sentence("须 {share} 以上(含本数)", "{share} or more is needed (exactly {share} is enough)"),
}


@dataclass(frozen=True)
class Finding:
    """One share compared: `numerator / denominator` against the share, the least that meets it, and what is missing.

    In whole units `least` is a whole number. In area with a strict share nothing at `least` is enough yet: more than
    it is needed, and `missing` too must be exceeded. `without_abstentions` says that those who abstained have left the
    denominator.
    """

    part: str
    test: Test
    numerator: Amount
    denominator: Amount
    without_abstentions: bool = False

    @property
    def is_met(self) -> bool:
        """Whether the share is reached; nothing is reached where there is nobody to take a share of."""
        have, need = self.numerator * self.test.share.denominator, self.denominator * self.test.share.numerator
        return self.denominator > 0 and (have > need if self.test.strict else have >= need)

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
    def lack(self) -> Sentence:
        """What is missing in words; only for a share that is not met."""
        unit, amount = UNITS[self.test.unit], _readable(self.missing)
        if self.test.strict and not unit.whole:
            if not self.missing:
                have = plain(self.numerator)
                return Sentence(f"恰好 {have} {unit.zh},还须超过", f"exactly {have} {unit.many}, more is needed")
            return Sentence(f"差 {amount} {unit.zh}(还须超过此数)", f"more than {amount} {unit.many} short")
        if self.part == "passing" and self.test.unit == "person":
            return Sentence(f"差 {amount} 票", f"{amount} vote{'' if self.missing == 1 else 's'} short")
        return Sentence(f"差 {amount} {unit.zh}", f"{amount} {unit.en(self.missing)} short")

    @property
    def sentence(self) -> Sentence:
        """The comparison in words: both numbers, what is needed, whether the number itself is enough, what lacks."""
        unit, needs = UNITS[self.test.unit], NEED_WORDS[self.test.strict]
        share, told = f"{self.test.share.numerator}/{self.test.share.denominator}", self._told(unit)
        least, more = _readable(self.least), self.test.strict and not unit.whole
        end = Sentence("达到。", "met.") if self.is_met else Sentence(f"{self.lack.zh}。", f"{self.lack.en}.")
        least_zh, least_en = ("超过", "more than") if more else ("至少", "at least")
        zh = f"{told.zh};{needs.zh.format(share=share)},即{least_zh} {least} {unit.zh};{end.zh}"
        return Sentence(zh, f"{told.en}; {needs.en.format(share=share)}, that is {least_en} {least}; {end.en}")

    def as_json(self) -> dict[str, Any]:
        """The comparison for a result file."""
        return {
            "part": self.part,
            "unit": self.test.unit,
            "base": self.test.base.value,
            "share": exact(self.test.share),
            "strict": self.test.strict,
            "numerator": exact(self.numerator),
            "denominator": exact(self.denominator),
            "least": exact(self.least),
            "missing": exact(self.missing),
            "is_met": self.is_met,
            "sentence": self.sentence.as_json(),
        }

    def _told(self, unit: Unit) -> Sentence:
        told = proportion(PART_WORDS[self.part], self.numerator, self.denominator, unit, self.test.base)
        if not self.without_abstentions:
            return told
        return Sentence(f"{told.zh}{WITHOUT_ABSTENTIONS.zh}", f"{told.en}{WITHOUT_ABSTENTIONS.en}")


def proportion(what: Sentence, part: Amount, of: Amount, unit: Unit, base: Base) -> Sentence:
    """Part and whole with their share in per cent, which is marked ≈ where two decimals do not tell it exactly."""
    word = (BASE_WORDS if unit.whole else AREA_WORDS)[base]
    have, all_, share = plain(part), plain(of), _per_cent(part, of)
    return Sentence(
        f"{what.zh} {have} {unit.zh} / {word.zh} {all_} {unit.zh}{share}",
        f"{what.en}: {have} of {all_} {unit.en(of)} {word.en}{share}",
    )


def _per_cent(part: Amount, of: Amount) -> str:
    if not of:
        return ""
    share = Fraction(part) / of
    sign = "=" if (share * 10**4).denominator == 1 else "≈"
    return f" {sign} {percent(share)}"


def _readable(value: Fraction) -> str:
    """Exact, and as a rounded decimal (never 0) beside it when it is a fraction that has no finite decimal."""
    text, places = plain(value), 2
    if "/" not in text:
        return text
    while value * 10**places < 1:
        places += 1
    return f"{text} (≈ {decimal(value, places)})"
