"""Which of two equal projects goes first: stated before the count, and named in the result wherever it decided."""

from collections.abc import Sequence

from huiyin.choice.budget.election import Election
from huiyin.choice.budget.words import CRITERIA
from huiyin.choice.wording import Refused, Sentence


def ranks(election: Election, criteria: Sequence[str] = ("code",)) -> list[int]:
    """Rank of each project among equals, 0 first; projects still equal after all criteria go by code.

    Raises Refused for a criterion that is not in CRITERIA.
    """
    for name in criteria:
        if name not in CRITERIA:
            known = ", ".join(CRITERIA)
            raise Refused("unknown_tie_rule", f"平局规则只能是 {known}", f"a tie rule is one of {known}, not {name!r}")
    order = sorted(range(len(election.projects)), key=lambda place: _key(election, place, criteria))
    result = [0] * len(order)
    for rank, place in enumerate(order):
        result[place] = rank
    return result


def stated(criteria: Sequence[str]) -> Sentence:
    """The tie rule in words, for the head of a result."""
    used = [CRITERIA[name] for name in dict.fromkeys((*criteria, "code"))]
    zh = ",再".join(sentence.zh for sentence in used)
    return Sentence(f"平局:{zh}", f"Ties: {', then '.join(sentence.en for sentence in used)}.")


def _key(election: Election, place: int, criteria: Sequence[str]) -> tuple[object, ...]:
    values: dict[str, object] = {
        "code": election.projects[place].code,
        "listed": place,
        "votes": -election.votes[place],
        "cost": election.projects[place].cost,
    }
    return tuple(values[name] for name in (*criteria, "code"))
