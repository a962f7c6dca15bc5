"""Adds up judged papers: choices, approvals, points, and rankings as papers for a transferable vote."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from huiyin.choice.ballots.blt import RankedPapers
from huiyin.choice.ballots.papers import (
    TOOK_PART,
    Form,
    Judged,
    Kind,
    Paper,
    Register,
    Standing,
    judge,
    standing_counts,
)
from huiyin.choice.majority.verdict import Tally
from huiyin.choice.wording import Refused, Sentence, exact


@dataclass(frozen=True)
class Counted:
    """A finished count: the form and register, every paper judged, and what each option got.

    `totals` are votes for choices and approvals, points for points, first places for rankings.
    """

    form: Form
    register: Register
    judged: tuple[Judged, ...]
    totals: Mapping[str, Fraction]

    @property
    def took_part(self) -> int:
        """How many took part: valid, abstained, blank and invalid papers."""
        return sum(entry.standing in TOOK_PART for entry in self.judged)

    @property
    def leading(self) -> tuple[str, ...]:
        """The options with most, several when they are equal; none when nothing was given."""
        most = max(self.totals.values(), default=Fraction(0))
        return tuple(option for option, got in self.totals.items() if got == most) if most else ()

    @property
    def sentence(self) -> Sentence:
        """How many papers of each standing there are."""
        of = standing_counts(self.judged)
        out = len(self.judged) - self.took_part
        zh = (
            f"应到 {self.register.eligible} 人(另回避 {len(self.register.roll & self.register.recused)} 人),"
            f"收票 {len(self.judged)} 张,其中参加表决 {self.took_part} 张:有效 {of[Standing.VALID]}、"
            f"弃权 {of[Standing.ABSTAINED]}、空白 {of[Standing.BLANK]}、无效 {of[Standing.INVALID]};不予计入 {out} 张。"
        )
        en = (
            f"{self.register.eligible} eligible ({len(self.register.roll & self.register.recused)} recused), "
            f"{len(self.judged)} papers, {self.took_part} of people taking part: {of[Standing.VALID]} valid, "
            f"{of[Standing.ABSTAINED]} abstained, {of[Standing.BLANK]} blank, {of[Standing.INVALID]} invalid; "
            f"{out} not admitted."
        )
        return Sentence(zh, en)

    def as_json(self) -> dict[str, Any]:
        """The count for a result file: papers by number, never by voter."""
        return {
            "kind": self.form.kind.value,
            "eligible": self.register.eligible,
            "took_part": self.took_part,
            "standings": {standing.value: number for standing, number in standing_counts(self.judged).items()},
            "totals": {option: exact(got) for option, got in self.totals.items()},
            "leading": list(self.leading),
            "sentence": self.sentence.as_json(),
            "papers": [
                {"number": entry.paper.number, "standing": entry.standing.value, "reason": entry.sentence.as_json()}
                for entry in self.judged
            ],
        }


def count(papers: Sequence[Paper], form: Form, register: Register) -> Counted:
    """Judge the papers and add up the valid ones."""
    judged = judge(papers, form, register)
    totals = dict.fromkeys(form.options, Fraction(0))
    for entry in judged:
        if entry.standing is Standing.VALID:
            for mark, given in _given(entry.paper, form.kind):
                totals[mark] += given
    return Counted(form, register, judged, totals)


def majority_tally(counted: Counted, *, yes: str, no: str) -> Tally:
    """A count of choices as the tally a majority rule decides on, in persons.

    Raises Refused for other kinds of papers and for an option the form does not have.
    """
    if counted.form.kind is not Kind.CHOICE:
        raise Refused("not_a_choice", "只有单选票可作多数表决", "only papers with one choice can be put to a majority")
    if not {yes, no} <= set(counted.totals):
        listed = "、".join(counted.totals), ", ".join(counted.totals)
        raise Refused("no_such_option", f"表决票的选项是 {listed[0]}", f"the options of the form are {listed[1]}")
    of = standing_counts(counted.judged)
    return Tally(
        eligible=counted.register.eligible,
        present=counted.took_part,
        yes=counted.totals[yes],
        no=counted.totals[no],
        abstained=of[Standing.ABSTAINED],
        invalid=of[Standing.INVALID],
        blank=of[Standing.BLANK],
    )


def ranked_papers(counted: Counted, *, seats: int, title: str = "", lot: Sequence[str] = ()) -> RankedPapers:
    """A count of rankings as papers for a transferable vote; `lot` is the drawn order of all options, if drawn."""
    if counted.form.kind is not Kind.RANKING:
        raise Refused("not_a_ranking", "只有排序票可作可转移计票", "only rankings can be counted as transferable votes")
    options = counted.form.options
    place = {option: at for at, option in enumerate(options)}
    if lot and sorted(lot) != sorted(options):
        raise Refused("lot_incomplete", "抽签次序须恰好包含全部候选人", "the lot must name every candidate once")
    rankings = Counter(
        tuple((place[mark],) for mark in entry.paper.marks)
        for entry in counted.judged
        if entry.standing is Standing.VALID
    )
    blank = standing_counts(counted.judged)[Standing.BLANK]
    order = tuple(place[option] for option in lot) or tuple(range(len(options)))
    rows = tuple(sorted(rankings.items()))
    return RankedPapers(title, options, seats, rows, lot=order, lot_is_drawn=bool(lot), blank=blank)


def _given(paper: Paper, kind: Kind) -> Sequence[tuple[str, Fraction]]:
    if kind is Kind.POINTS:
        return list(zip(paper.marks, paper.points, strict=True))
    marks = paper.marks[:1] if kind is Kind.RANKING else paper.marks
    return [(mark, Fraction(1)) for mark in marks]
