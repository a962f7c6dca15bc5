"""The published result of a choice of projects: winners in order, reasons, ties, groups, and what it was made from."""

from fractions import Fraction
from hashlib import sha256
from typing import Any

from huiyin.choice.budget import groups as voter_groups
from huiyin.choice.budget import pabulib
from huiyin.choice.budget.completion import Completed, complete
from huiyin.choice.budget.election import Election
from huiyin.choice.budget.greedy import Look, greedy
from huiyin.choice.budget.official import differences
from huiyin.choice.budget.reasons import Reason, completion_stated, greedy_reasons, shares_reasons
from huiyin.choice.budget.ties import ranks, stated
from huiyin.choice.budget.words import RULES, Completion, Request, Utility
from huiyin.choice.wording import Refused, Sentence, exact

RANKS_STATED = Sentence(
    "排序票按波达法折分:一张票有 n 个名次,第一名 n 分,以下逐名减一。",
    "Ranks count as points by Borda: with n places on a paper the first gets n points, each next one less.",
)
RULES_STATED = {
    ("greedy", Utility.COST): Sentence(
        "按得票(打分时按得分)从多到少看,余款够就选,不够就看下一项。",
        "From most votes (points) down: a project is taken if the money left suffices, else passed over.",
    ),
    ("greedy", Utility.CARDINALITY): Sentence(
        "按单位费用得票(打分时得分)从多到少看,余款够就选,不够就看下一项。",
        "From most votes (points) per cost down: a project is taken if the money left suffices, else passed over.",
    ),
    ("equal-shares", Utility.COST): Sentence(
        "每张票一份相等的钱。每一轮在支持者凑得够的项目中,选他们按项目费用计每份满足出钱最少的一项。",
        "Every paper has the same share. Each round takes, of the projects whose supporters can pay, the one they pay "
        "least for per unit of satisfaction; satisfaction is the cost of the project.",
    ),
    ("equal-shares", Utility.CARDINALITY): Sentence(
        "每张票一份相等的钱。每一轮在支持者凑得够的项目中,选他们出钱最少的一项(每项算一份满足)。",
        "Every paper has the same share. Each round takes, of the projects whose supporters can pay, the one they pay "
        "least for per unit of satisfaction; every project is one unit.",
    ),
}
GROUPS_STATED = Sentence(
    "由支持者凑钱买的项目按各人实付;逐项选取的项目没有人付钱,按支持者均摊推算,只作比较。",
    "What supporters bought counts as what each paid; what was taken greedily nobody paid, so it is divided evenly "
    "among its supporters, for comparison only.",
)
NOT_COMPLETED = Sentence(
    "逐项选取已看过每一项,不另补足。", "Greedy has looked at every project; there is nothing to complete."
)


def result(content: bytes, request: Request) -> dict[str, Any]:
    """The result of a request on the bytes of a PABULIB file, ready to be written as JSON.

    The same bytes and the same request give the same result. Raises Refused for a wrong file or request.
    """
    election = pabulib.parse(content)
    outcome = _outcome(election, request)
    reasons = _reasons(election, outcome)
    winners = [reason.project for reason in reasons if reason.place]
    spent = sum((election.projects[place].cost for place in winners), Fraction(0))
    return {
        "rule": request.rule,
        "utility": request.utility.value,
        "rule_stated": RULES_STATED[request.rule, request.utility].as_json(),
        "completion": _completion_json(outcome, request),
        "ties_by": list(request.ties),
        "tie_rule": stated(request.ties).as_json(),
        "file_sha256": sha256(content).hexdigest(),
        "papers": election.voters,
        "ranks_as_points": RANKS_STATED.as_json() if pabulib.is_ranked(election) else None,
        "budget": exact(election.budget),
        "spent": exact(spent),
        "unspent": exact(election.budget - spent),
        "winners": [election.projects[place].code for place in winners],
        "projects": [reason.as_json(election) for reason in reasons],
        "ties": _ties(election, reasons),
        "groups": {
            name: voter_groups.as_json(voter_groups.shares_of_groups(election, entry, outcome))
            for name, entry in voter_groups.groupings(election).items()
        },
        "groups_stated": GROUPS_STATED.as_json(),
        "official": _official(election),
    }


def _outcome(election: Election, request: Request) -> Completed | tuple[Look, ...]:
    order = ranks(election, request.ties)
    if request.rule == "greedy":
        return greedy(election, request.utility, tie_ranks=order)
    if request.rule == "equal-shares":
        return complete(election, request.utility, request.completion, step=request.step, tie_ranks=order)
    known = " | ".join(RULES)
    raise Refused("unknown_rule", f"规则只能是 {known}", f"the rule is one of {known}, not {request.rule!r}")


def _reasons(election: Election, outcome: Completed | tuple[Look, ...]) -> tuple[Reason, ...]:
    return shares_reasons(election, outcome) if isinstance(outcome, Completed) else greedy_reasons(election, outcome)


def _completion_json(outcome: Completed | tuple[Look, ...], request: Request) -> dict[str, Any]:
    if not isinstance(outcome, Completed):
        return {"kind": Completion.NONE.value, "stated": NOT_COMPLETED.as_json()}
    return {
        "kind": request.completion.value,
        "step": exact(request.step) if request.completion is Completion.INCREMENT else None,
        "share_of_each": exact(outcome.shares.grant),
        "raised": outcome.raised,
        "runs": outcome.runs,
        "ending": outcome.ending.value,
        "stated": completion_stated(outcome).as_json(),
    }


def _ties(election: Election, reasons: tuple[Reason, ...]) -> list[dict[str, Any]]:
    return [
        {
            "first": election.projects[reason.project].code,
            "equal_to": [election.projects[place].code for place in reason.tied],
        }
        for reason in reasons
        if reason.tied
    ]


def _official(election: Election) -> dict[str, Any] | None:
    official = pabulib.official_winners(election)
    if official is None:
        return None
    return {
        "winners": [election.projects[place].code for place in sorted(official)],
        "differences_from_greedy": [
            {
                "project": election.projects[difference.project].code,
                "city_took_it": difference.city_took_it,
                "why": difference.sentence.as_json(),
            }
            for difference in differences(election)
        ],
    }
