"""The published result of a choice of projects: winners in order, reasons, ties, groups, and what it was made from."""

from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from typing import Any

from huiyin.choice.budget import groups as voter_groups
from huiyin.choice.budget import pabulib
from huiyin.choice.budget.completion import Completed, Completion, complete
from huiyin.choice.budget.election import Election
from huiyin.choice.budget.equal_shares import Utility
from huiyin.choice.budget.greedy import Look, greedy
from huiyin.choice.budget.official import differences
from huiyin.choice.budget.reasons import Reason, completion_stated, greedy_reasons, shares_reasons
from huiyin.choice.budget.ties import ranks, stated
from huiyin.choice.wording import Refused, Sentence, exact

RULES = ("greedy", "equal-shares")
RANKS_STATED = Sentence(
    "排序票按波达法折分:一张票有 n 个名次,第一名 n 分,以下逐名减一。",
    "Ranks count as points by Borda: with n places on a paper the first gets n points, each next one less.",
)


@dataclass(frozen=True)
class Request:
    """What is asked: the rule, what counts as satisfaction, the completion, its step and the order among equals."""

    rule: str
    utility: Utility = Utility.COST
    completion: Completion = Completion.NONE
    step: Fraction = Fraction(1)
    ties: tuple[str, ...] = ("code",)


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
        "completion": _completion_json(outcome, request),
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


def _completion_json(outcome: Completed | tuple[Look, ...], request: Request) -> dict[str, Any] | None:
    if not isinstance(outcome, Completed):
        return None
    return {
        "kind": request.completion.value,
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
