"""A count of transferable votes told step by step: every act with the state of every candidate after it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from typing import Any

from huiyin.choice.ballots.blt import RankedPapers
from huiyin.choice.wording import Refused, Sentence, plain


class State(Enum):
    """Where a candidate stands; PENDING is elected with a surplus still to be transferred."""

    HOPEFUL = "hopeful"
    PENDING = "pending"
    ELECTED = "elected"
    DEFEATED = "defeated"


class Act(Enum):
    """What is done in one step of a count."""

    BEGIN = "begin"
    ELECT = "elect"
    ROUND = "round"
    ITERATE = "iterate"
    UNPEND = "unpend"
    TIE = "tie"
    DEFEAT = "defeat"
    TRANSFER = "transfer"
    END = "end"


@dataclass(frozen=True)
class Step:
    """One act: its round, whom it concerns, and the figures after it.

    `votes` and `keep` (the part of a paper a candidate keeps, Meek only) are exact; `totals` names the other figures:
    quota, exhausted (votes no candidate holds), and for Meek votes, surplus and residual.
    """

    round: int
    act: Act
    concerned: tuple[int, ...]
    states: Mapping[int, State]
    votes: Mapping[int, Fraction]
    totals: Mapping[str, Fraction]
    sentence: Sentence
    keep: Mapping[int, Fraction] = field(default_factory=dict)


@dataclass(frozen=True)
class Count:
    """A finished count: the papers, the rule by name, the steps, and those elected in order."""

    papers: RankedPapers
    rule: str
    steps: tuple[Step, ...]
    elected: tuple[int, ...]
    lots_used: bool

    def as_json(self) -> dict[str, Any]:
        """The count for a result file."""
        names = self.papers.names
        return {
            "rule": self.rule,
            "title": self.papers.title,
            "seats": self.papers.seats,
            "papers": {"valid": self.papers.valid, "blank": self.papers.blank},
            "elected": [names[place] for place in self.elected],
            "lots_decided": self.lots_used,
            "lot_order": [names[place] for place in self.papers.lot],
            "lot_order_was_drawn": self.papers.lot_is_drawn,
            "steps": [_step_json(step, names) for step in self.steps],
        }


def _step_json(step: Step, names: Sequence[str]) -> dict[str, Any]:
    return {
        "round": step.round,
        "act": step.act.value,
        "concerned": [names[place] for place in step.concerned],
        "sentence": step.sentence.as_json(),
        "totals": {name: plain(value) for name, value in step.totals.items()},
        "candidates": [
            {
                "name": names[place],
                "state": step.states[place].value,
                "votes": plain(step.votes[place]),
                **({"keep": plain(step.keep[place])} if step.keep else {}),
            }
            for place in step.states
        ],
    }


def row_of(names: Sequence[str], places: Sequence[int]) -> Sentence:
    """Names in a row, as each language puts them."""
    told = [names[place] for place in places]
    return Sentence("、".join(told), ", ".join(told))


def check_countable(papers: RankedPapers) -> None:
    """Raises Refused when nobody stands or no paper ranks anybody: lots alone elect nobody."""
    if not papers.standing:
        raise Refused("no_candidates", "没有候选人", "nobody stands")
    if not papers.valid:
        zh = f"没有有效票(空白票 {papers.blank} 张),不能计票"
        raise Refused("no_valid_papers", zh, f"no valid papers ({papers.blank} blank), nothing can be counted")
