"""The words in which a choice of projects is asked for; they say what each rule, completion and order is called."""

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from huiyin.choice.wording import Sentence

RULES = ("greedy", "equal-shares")
CRITERIA = {
    "code": Sentence("编号在前者优先(按字符顺序)", "the lower code first, by characters"),
    "listed": Sentence("名册中在前者优先", "the one listed earlier first"),
    "votes": Sentence("支持人数多者优先", "the one with more supporters first"),
    "cost": Sentence("费用低者优先", "the cheaper one first"),
}


class Utility(Enum):
    """What a supporter gets from a project: its cost (money's worth) or one unit, in both cases times the points."""

    COST = "cost"
    CARDINALITY = "cardinality"


class Completion(Enum):
    """What is done with money that equal shares leave."""

    NONE = "none"
    INCREMENT = "increment"
    GREEDY = "greedy"


@dataclass(frozen=True)
class Request:
    """What is asked: the rule, what counts as satisfaction, the completion, its step and the order among equals."""

    rule: str
    utility: Utility = Utility.COST
    completion: Completion = Completion.NONE
    step: Fraction = Fraction(1)
    ties: tuple[str, ...] = ("code",)
