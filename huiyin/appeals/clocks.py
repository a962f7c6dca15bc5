"""The limits an appeal runs under: which row of the time limits, when it ends, when its light turns amber."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from huiyin.appeals.models import Appeal
from huiyin.appeals.stages import Stage
from huiyin.catalogue import queries as catalogue
from huiyin.catalogue.models import AppealType, TimeLimit
from huiyin.kernel import clock
from huiyin.territory import queries as territory
from huiyin.territory import rules
from huiyin.territory.rules import Due, Unit

STAGE_LIMITS: Final = {
    Stage.REGISTERED: "L05",
    Stage.INFO_NEEDED: "L03",
    Stage.ACCEPTED: "L08",
    Stage.DISPATCHED: "L10s",
    Stage.REPLY_REVIEW: "L15",
    Stage.FEEDBACK_DUE: "L16",
    Stage.ANSWERED_ON_SPOT: "L16",
    Stage.RATING: "L17",
    Stage.REWORK: "L18",
    Stage.NOT_ACCEPTED: "L06",
    Stage.CLOSED: "L20",
}


@dataclass(frozen=True, slots=True)
class Running:
    """One running limit: its row, when it ends and when it turns amber."""

    limit: TimeLimit
    due: Due
    amber_at: datetime


def start(code: str, appeal: Appeal, *, at: datetime) -> Running:
    """Start the limit with a code for an appeal at an instant; an unknown type runs as 求助 until triage.

    Raises BeyondCalendar, RuleBroken when no limit holds on the date.
    """
    limit = catalogue.limit(
        code,
        clock.local_date(at),
        track=appeal.track,
        appeal_type=appeal.appeal_type or AppealType.HELP,
        urgency=appeal.urgency,
    )
    return run(limit, at)


def run(limit: TimeLimit, at: datetime) -> Running:
    """Run one limit from an instant."""
    calendar = territory.calendar()
    unit = Unit(limit.unit)
    due = rules.due(at, limit.amount, unit, calendar)
    return Running(limit, due, rules.amber_from(at, due.at, limit.amount, unit, calendar))


def start_stage(appeal: Appeal, *, at: datetime) -> None:
    """Set the limit of the stage an appeal has just entered; 办理中 runs under the limit of the answer."""
    appeal.stage_since = at
    code = STAGE_LIMITS.get(Stage(appeal.stage))
    if code is not None:
        running = start(code, appeal, at=at)
        appeal.stage_due_at, appeal.stage_amber_at = running.due.at, running.amber_at
    elif appeal.stage == Stage.HANDLING:
        appeal.stage_due_at = appeal.answer_due_at
        appeal.stage_amber_at = answer_amber_at(appeal)
    else:
        appeal.stage_due_at = appeal.stage_amber_at = None


def start_answer(appeal: Appeal, code: str, *, at: datetime) -> Running:
    """Start the limit within which the petitioner is answered (L13, or L18 for a redo) and keep its version.

    The due instant of the first answer is what 按期 is measured by; it is frozen once that answer was submitted.
    """
    running = start(code, appeal, at=at)
    appeal.answer_limit = running.limit
    appeal.answer_started_at = at
    appeal.answer_due_at, appeal.answer_due_on = running.due.at, running.due.on
    if appeal.replied_at is None:
        appeal.first_due_at = running.due.at
    return running


def answer_amber_at(appeal: Appeal) -> datetime:
    """When the light of the answer's limit turns amber."""
    limit = catalogue.limit_by_id(appeal.answer_limit_id)
    return rules.amber_from(
        appeal.answer_started_at, appeal.answer_due_at, limit.amount, Unit(limit.unit), territory.calendar()
    )


def explain(appeal: Appeal) -> Due:
    """How the answer's due date was counted, day by day, for a clerk to check by hand."""
    limit = catalogue.limit_by_id(appeal.answer_limit_id)
    return rules.due(appeal.answer_started_at, limit.amount, Unit(limit.unit), territory.calendar())
