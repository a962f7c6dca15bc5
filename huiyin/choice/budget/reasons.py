"""Why each project was chosen or what it lacked, in sentences backed by counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from huiyin.choice.budget.completion import Completed, Ending
from huiyin.choice.budget.election import Election
from huiyin.choice.budget.equal_shares import Purchase, Shares
from huiyin.choice.budget.greedy import Look
from huiyin.choice.budget.words import Completion, Utility
from huiyin.choice.wording import Sentence, exact, money, plain

GREEDY_BY = {
    Utility.COST: Sentence("得票", "votes"),
    Utility.CARDINALITY: Sentence("单位费用得票", "votes per cost"),
}


@dataclass(frozen=True)
class Reason:
    """Why one project was chosen (`place` 1, 2, … in the order of choosing) or not (`place` 0), and what it lacked."""

    project: int
    place: int
    sentence: Sentence
    missing: Fraction
    tied: tuple[int, ...] = ()

    def as_json(self, election: Election) -> dict[str, Any]:
        """The reason with the counts of its project, for a result file."""
        project = election.projects[self.project]
        return {
            "project": project.code,
            "name": project.name,
            "chosen": self.place > 0,
            "order": self.place or None,
            "cost": exact(project.cost),
            "votes": election.votes[self.project],
            "score": plain(Fraction(election.scores[self.project], election.points_unit)),
            "missing": exact(self.missing) if not self.place else None,
            "tied_with": [election.projects[place].code for place in self.tied],
            "reason": self.sentence.as_json(),
        }


def greedy_reasons(election: Election, looks: Sequence[Look]) -> tuple[Reason, ...]:
    """Reasons of a plain greedy choice: those chosen in order, then the others in the order they were looked at."""
    return (*_taken(election, looks, 0), *_passed_over(election, looks), *_unsupported(election))


def shares_reasons(election: Election, outcome: Completed) -> tuple[Reason, ...]:
    """Reasons of equal shares with their completion: those chosen in order, then the others as listed."""
    shares = outcome.shares
    bought = [_bought(election, shares, p, place) for place, p in enumerate(shares.purchases, 1)]
    filled = _taken(election, outcome.looks, len(bought))
    chosen = {reason.project for reason in (*bought, *filled)}
    looks = {look.project: look for look in outcome.looks}
    others = []
    for project, votes in enumerate(election.votes):
        if project not in chosen and votes:
            others.append(_not_bought(election, shares, project, looks.get(project)))
    return (*bought, *filled, *others, *_unsupported(election))


def completion_stated(outcome: Completed) -> Sentence:
    """What was done with the money that equal shares left, and how it ended."""
    grant = money(outcome.shares.grant)
    if outcome.completion is Completion.NONE:
        return Sentence(
            f"不补足:每人份额 {grant},余款不用。", f"No completion: a share of {grant} each; the rest is kept."
        )
    if outcome.completion is Completion.GREEDY:
        taken = sum(look.taken for look in outcome.looks)
        by = GREEDY_BY[outcome.shares.utility]
        return Sentence(
            f"每人份额 {grant};余款按{by.zh}由多到少补选 {taken} 项。",
            f"A share of {grant} each; the rest was spent greedily by {by.en} on {_number(taken, 'more project')}.",
        )
    times = outcome.raised
    raised = Sentence(f"每人份额 {grant},未提高", f"A share of {grant} each, not raised")
    if times:
        raised = Sentence(
            f"份额逐步提高 {times} 次至每人 {grant}", f"Shares were raised {_number(times, 'time')} to {grant} each"
        )
    if outcome.ending is Ending.OVER_BUDGET:
        return Sentence(
            f"{raised.zh};再提高一次即超出预算,取最后一次不超出的结果。",
            f"{raised.en}; one more raise would exceed the budget, so the last outcome within it counts.",
        )
    return Sentence(
        f"{raised.zh};余款已放不下其他有人支持的项目。",
        f"{raised.en}; no other supported project fits in the rest.",
    )


def _bought(election: Election, shares: Shares, purchase: Purchase, place: int) -> Reason:
    project, price = purchase.project, shares.price(purchase.project)
    votes, cost = election.votes[project], money(election.projects[project].cost)
    each, unit_zh, unit_en = money(price), "", ""
    if election.points is not None:
        each, unit_zh, unit_en = money(price * election.points_unit), "每分", " per point"
    full, gave = purchase.paid_in_full, purchase.gave_all
    paid_zh = [f"{full} 人{unit_zh}各出 {each}"] if full else []
    paid_en = [f"{full} paid {each} each{unit_en}"] if full else []
    if gave:
        paid_zh.append(f"{gave} 人出尽余额")
        paid_en.append(f"{gave} gave all they had left")
    if (full or gave) and votes > full + gave:
        paid_zh.append(f"{votes - full - gave} 人已无余额")
        paid_en.append(f"{votes - full - gave} had nothing left")
    sentence = Sentence(
        f"第 {place} 个入选:{votes} 人支持,费用 {cost};{','.join(paid_zh) or '不用出钱'}。",
        f"Chosen as no. {place}: {_number(votes, 'supporter')}, cost {cost}; {', '.join(paid_en) or 'nobody pays'}.",
    )
    return Reason(project, place, _with_tie(election, sentence, purchase.tied), Fraction(0), purchase.tied)


def _not_bought(election: Election, shares: Shares, project: int, look: Look | None) -> Reason:
    cost, votes = election.projects[project].cost, election.votes[project]
    held = shares.purses.held(election.supporters[project]) / election.money_unit
    missing = cost - held
    sentence = Sentence(
        f"未入选:{votes} 人支持,他们共余 {money(held)},不足费用 {money(cost)},差 {money(missing)}。",
        f"Not chosen: {_number(votes, 'supporter')} with {money(held)} left together, the cost is {money(cost)}; "
        f"{money(missing)} is missing.",
    )
    if look is not None:
        short = cost - look.left
        sentence = Sentence(
            f"{sentence.zh}补选轮到时总余款 {money(look.left)},差 {money(short)}。",
            f"{sentence.en} At its turn in spending the rest, {money(look.left)} was left; {money(short)} was missing.",
        )
        missing = short
    return Reason(project, 0, sentence, missing)


def _taken(election: Election, looks: Sequence[Look], before: int) -> tuple[Reason, ...]:
    reasons = []
    for place, look in enumerate((look for look in looks if look.taken), before + 1):
        votes, cost = _support(election, look.project), money(election.projects[look.project].cost)
        sentence = Sentence(
            f"第 {place} 个入选:{votes.zh},费用 {cost},轮到时余款 {money(look.left)},放得下。",
            f"Chosen as no. {place}: {votes.en}, cost {cost}; {money(look.left)} was left at its turn, so it fitted.",
        )
        reasons.append(Reason(look.project, place, _with_tie(election, sentence, look.tied), Fraction(0), look.tied))
    return tuple(reasons)


def _passed_over(election: Election, looks: Sequence[Look]) -> tuple[Reason, ...]:
    reasons = []
    for look in looks:
        if look.taken:
            continue
        cost = election.projects[look.project].cost
        votes, missing = _support(election, look.project), cost - look.left
        sentence = Sentence(
            f"未入选:{votes.zh},轮到时余款 {money(look.left)},不足费用 {money(cost)},差 {money(missing)}。",
            f"Not chosen: {votes.en}; {money(look.left)} was left at its turn, the cost is {money(cost)}; "
            f"{money(missing)} was missing.",
        )
        reasons.append(Reason(look.project, 0, sentence, missing))
    return tuple(reasons)


def _support(election: Election, project: int) -> Sentence:
    votes = election.votes[project]
    if election.points is None:
        return Sentence(f"{votes} 票", _number(votes, "vote"))
    score = plain(Fraction(election.scores[project], election.points_unit))
    return Sentence(f"{votes} 人给分,共 {score} 分", f"{score} points from {_number(votes, 'voter')}")


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _unsupported(election: Election) -> tuple[Reason, ...]:
    sentence = Sentence("未入选:无人支持(0 票)。", "Not chosen: nobody supports it (0 votes).")
    alone = [project for project, votes in enumerate(election.votes) if not votes]
    return tuple(Reason(project, 0, sentence, election.projects[project].cost) for project in alone)


def _with_tie(election: Election, sentence: Sentence, tied: Sequence[int]) -> Sentence:
    if not tied:
        return sentence
    codes = ", ".join(election.projects[place].code for place in tied)
    return Sentence(
        f"{sentence.zh}与 {codes} 相等,按平局规则在前。", f"{sentence.en} Equal to {codes}; first by the tie rule."
    )
