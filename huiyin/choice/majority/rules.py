"""A majority rule as data: who must take part, how many must agree, of whom, and what silence and absence mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from huiyin.choice.wording import Refused, Sentence

MARKS = ("SRC", "FRAG", "MEM", "DEF")  # read in the source, seen in fragments, from memory, our own default


class Base(Enum):
    """Of whom a share is taken."""

    ELIGIBLE = "eligible"  # 应到:名册上全体
    PRESENT = "present"  # 实到:参加表决者
    DECIDED = "decided"  # 表态:同意与反对


class Abstention(Enum):
    """What an abstention does to a share of those present: stays in the base as not-yes, or leaves the base."""

    NOT_YES = "not_yes"
    LEAVES_BASE = "leaves_base"


class Absent(Enum):
    """What of those who were asked and gave no paper back: they stay apart, or take part on the larger side.

    Where yes and no are equal there is no larger side, and they stay apart.
    WITH_MAJORITY exists because some conventions of owners say so; no preset uses it.
    """

    APART = "apart"
    WITH_MAJORITY = "with_majority"


class Joined(Enum):
    """Whether all tests of a group must be met or one is enough."""

    ALL = "all"
    ANY = "any"


@dataclass(frozen=True)
class Unit:
    """What is counted: persons, households or floor area; `whole` units come in whole numbers only."""

    code: str
    zh: str
    one: str
    many: str
    whole: bool

    def en(self, amount: Fraction | int) -> str:
        """The unit after so many of it."""
        return self.one if amount == 1 else self.many


UNITS: Mapping[str, Unit] = {
    unit.code: unit
    for unit in (
        Unit("person", "人", "person", "persons", whole=True),
        Unit("household", "户", "household", "households", whole=True),
        Unit("area", "m²", "m²", "m²", whole=False),
    )
}


@dataclass(frozen=True)
class Test:
    """One share to be reached: 「以上」 (`strict` false) includes the number itself, 「过半数」 (true) does not."""

    unit: str
    share: Fraction
    base: Base
    strict: bool

    __test__ = False  # not a test case

    def as_json(self) -> dict[str, Any]:
        """The test as a rule file writes it."""
        share = f"{self.share.numerator}/{self.share.denominator}"
        return {"unit": self.unit, "share": share, "base": self.base.value, "strict": self.strict}


@dataclass(frozen=True)
class Group:
    """Tests joined by all or any; an empty group is met."""

    tests: tuple[Test, ...]
    joined: Joined = Joined.ALL

    def as_json(self) -> dict[str, Any]:
        """The group as a rule file writes it."""
        return {"joined": self.joined.value, "tests": [test.as_json() for test in self.tests]}


@dataclass(frozen=True)
class Rule:
    """A rule for a vote, with its source and the mark of that source (one of MARKS).

    `refusal` says why the rule cannot be used at all, `caution` what is to be checked before it is used; dates are the
    first and last day it is in force, where known.
    """

    code: str
    title: Sentence
    source: str
    mark: str
    quorum: Group
    passing: Group
    abstention: Abstention = Abstention.NOT_YES
    absent: Absent = Absent.APART
    in_force_from: date | None = None
    in_force_until: date | None = None
    refusal: Sentence | None = None
    caution: Sentence | None = None

    @property
    def units(self) -> tuple[str, ...]:
        """The units that must be counted for this rule, each once."""
        return tuple(dict.fromkeys(test.unit for test in (*self.quorum.tests, *self.passing.tests)))

    def as_json(self) -> dict[str, Any]:
        """The rule as a rule file writes it."""
        days = {"in_force_from": self.in_force_from, "in_force_until": self.in_force_until}
        return {
            "code": self.code,
            "title": self.title.zh,
            "title_en": self.title.en,
            "source": self.source,
            "mark": self.mark,
            "quorum": self.quorum.as_json(),
            "passing": self.passing.as_json(),
            "abstention": self.abstention.value,
            "absent": self.absent.value,
            **{name: day.isoformat() for name, day in days.items() if day is not None},
        }

    def check_usable(self, held_on: date | None) -> None:
        """Raises Refused when the rule has no loaded text or was not in force on the day of the vote."""
        if self.refusal is not None:
            raise Refused("rule_not_loaded", self.refusal.zh, self.refusal.en)
        if held_on is None:
            return
        if self.in_force_from is not None and held_on < self.in_force_from:
            day = self.in_force_from.isoformat()
            raise Refused(
                "not_yet_in_force", f"规则“{self.code}”自 {day} 起施行", f"{self.code} is in force from {day}"
            )
        if self.in_force_until is not None and held_on > self.in_force_until:
            day = self.in_force_until.isoformat()
            raise Refused(
                "no_longer_in_force", f"规则“{self.code}”施行至 {day}", f"{self.code} was in force until {day}"
            )
