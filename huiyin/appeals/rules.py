"""Decisions about an appeal that need no database, no clock and no settings."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

SUBJECT_LENGTH: Final = 30
DETAIL_LENGTH: Final = 5000
MAX_REDOS: Final = 2
SATISFIED_FROM: Final = 3
_SENTENCE_END: Final = re.compile(r"[。！？!?；;\n]")


class Light(StrEnum):
    """The warning light of a running limit ([DEF], D0)."""

    NONE = "none"
    GREEN = "green"
    AMBER = "amber"
    RED = "red"


def light(now: datetime, *, amber_at: datetime | None, due_at: datetime | None) -> Light:
    """Green until two thirds of the limit are used or one working day is left, then amber; red once it has ended."""
    if due_at is None:
        return Light.NONE
    if now >= due_at:
        return Light.RED
    return Light.AMBER if amber_at is not None and now >= amber_at else Light.GREEN


def subject_of(detail: str) -> str:
    """A subject in the petitioner's own words: the first sentence, at most 30 characters."""
    first = _SENTENCE_END.split(detail.strip(), maxsplit=1)[0].strip()
    return first if len(first) <= SUBJECT_LENGTH else first[: SUBJECT_LENGTH - 1] + "…"


def one_line(subject: str, detail: str) -> str:
    """The subject that was given, or the one in the petitioner's words."""
    given = " ".join(subject.split())
    return given[:60] if given else subject_of(detail)


class RoundEnd(StrEnum):
    """What ended a round of rating."""

    OPEN = ""
    DISSATISFIED = "dissatisfied"
    ALL_RATED = "all_rated"
    EXPIRED = "expired"


def round_end(grades: Mapping[str, int], invited: Collection[str], *, is_over: bool) -> RoundEnd:
    """What ends a round of rating now: the first 不满意, all invited have rated, or the end of the window (D1)."""
    if any(grade < SATISFIED_FROM for grade in grades.values()):
        return RoundEnd.DISSATISFIED
    if invited and all(rater in grades for rater in invited):
        return RoundEnd.ALL_RATED
    return RoundEnd.EXPIRED if is_over or not invited else RoundEnd.OPEN


class AfterRound(StrEnum):
    """What a finished round of rating leads to."""

    REWORK = "rework"
    EXPLAIN = "explain"
    CLOSE = "close"


def after_round(end: RoundEnd, *, redo_count: int) -> AfterRound:
    """Rework after 不满意 while redos are left (at most two, L18); then a reviewer has to explain and close."""
    if end is not RoundEnd.DISSATISFIED:
        return AfterRound.CLOSE
    return AfterRound.REWORK if redo_count < MAX_REDOS else AfterRound.EXPLAIN


@dataclass(frozen=True, slots=True)
class SlipState:
    """One of the four slips as the rule reads it."""

    party: str
    is_delivered: bool


def missing_slips(slips: Iterable[SlipState], needed: Collection[str]) -> list[str]:
    """The parties whose slip has no evidence yet, in the order of the four."""
    done = {slip.party for slip in slips if slip.is_delivered}
    return [party for party in needed if party not in done]


def may_anonymous(appeal_type: str) -> bool:
    """Whether an anonymous matter can be taken up: suggestions, praise and hazards, no personal claims."""
    return appeal_type in ("suggestion", "report", "praise")
