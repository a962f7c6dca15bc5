"""What is counted: the indicators of F1 and the table of F-1, through the policy, each with its rows to look at."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from functools import reduce
from operator import or_
from typing import Any, Final

from django.db.models import Avg, Count, F, Q, QuerySet

from huiyin.access import policy
from huiyin.appeals.models import Appeal, Assignment, Rating, RatingRound, Slip
from huiyin.appeals.stages import COUNTED_OUTCOMES, ENDED, Rater, Stage
from huiyin.figures import rules
from huiyin.figures.rules import Period
from huiyin.kernel import clock
from huiyin.kernel.errors import N_
from huiyin.people.actors import Actor

UNCOUNTED: Final = ("redirected", "refused", "withdrawn", "terminated")
BASE_RECEIVED: Final = N_("受理口径")
BASE_DUE: Final = N_("到期口径")
BASE_CLOSED: Final = N_("办结口径")
BASE_NOW: Final = N_("此刻")
BASE_SENT: Final = N_("派单口径")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a page: what, how much, out of what, on which base, and how to get to the rows behind it."""

    code: str
    name: str
    value: str
    base: str
    definition: str
    part: int | None = None
    whole: int | None = None
    drill: Mapping[str, str] = field(default_factory=dict)
    is_alarming: bool = False


def instant(day: Any) -> datetime:
    """Midnight of a local day."""
    return datetime.combine(day, time(), clock.LOCAL)


def within(column: str, period: Period) -> Q:
    """Happened in a period: [first, end) in local time (F0)."""
    return Q(**{f"{column}__gte": instant(period.first), f"{column}__lt": instant(period.end)})


def scope(actor: Actor, *, area_path: str = "", unit_id: int | None = None) -> QuerySet[Appeal]:
    """The matters an actor's figures are counted from."""
    found = Appeal.objects.filter(policy.scope_q(actor, "figures.see"))
    if area_path:
        found = found.filter(policy.below(area_path))
    return found.filter(lead_unit_id=unit_id) if unit_id else found


def of_everyone() -> QuerySet[Appeal]:
    """All matters of the district, for what is published: only counts of them may leave."""
    return Appeal.objects.all()


_TOLD: Final = (Stage.REDIRECTED, Stage.NOT_ACCEPTED, Stage.WITHDRAWN, Stage.TERMINATED)
IS_ACCEPTED: Final = Q(accepted_at__isnull=False) & ~Q(outcome__in=UNCOUNTED) & ~Q(stage__in=_TOLD)
_IS_CLOSED: Final = Q(outcome__in=COUNTED_OUTCOMES)
_IS_OPEN: Final = ~Q(stage__in=ENDED) & ~Q(stage__in=_TOLD)  # the first half is the condition of the open indexes
_ON_TIME: Final = Q(replied_at__lt=F("first_due_at"))


def conditions(period: Period, *, now: datetime) -> dict[str, Q]:
    """What each count counts, as a condition on a matter: one definition of the number and of its rows."""
    accepted = IS_ACCEPTED & within("accepted_at", period)
    due = IS_ACCEPTED & within("first_due_at", period)
    return {
        "received": within("registered_at", period),
        "accepted": accepted,
        "accepted_closed": accepted & _IS_CLOSED,
        "on_spot": accepted & Q(dispatched_at__isnull=True, replied_at__isnull=False),
        "due": due,
        "due_on_time": due & _ON_TIME,
        "due_late": due & Q(replied_at__gte=F("first_due_at")),
        "due_late_open": due & Q(replied_at__isnull=True, first_due_at__lte=now),
        "open": _IS_OPEN,
        "late_open": IS_ACCEPTED & _IS_OPEN & Q(first_due_at__lte=now, replied_at__isnull=True),
        "replied": within("replied_at", period),
        "redone": within("replied_at", period) & Q(redo_count__gt=0),
        "closed": _IS_CLOSED & within("closed_at", period),
    }


def counts(found: QuerySet[Appeal], period: Period, *, now: datetime, names: Collection[str] = ()) -> dict[str, int]:
    """The numerators and denominators of the indicators (or some of them), in one query that reads only their rows."""
    asked = {name: q for name, q in conditions(period, now=now).items() if not names or name in names}
    counted = found.filter(reduce(or_, asked.values()))
    row = counted.aggregate(**{name: Count("pk", filter=q) for name, q in asked.items()})
    return {name: int(value) for name, value in row.items()}


def orders_sent(found: QuerySet[Appeal], period: Period) -> QuerySet[Assignment]:
    """The lead orders sent in a period; an order to do it again has nothing to sign and is left out."""
    orders = Assignment.objects.filter(within("sent_at", period), is_lead=True, appeal__in=found)
    return orders.exclude(sent_at=F("sign_due_at"))


RESPONDED: Final = Q(signed_at__lt=F("sign_due_at")) & (
    Q(contacted_at__lt=F("contact_due_at")) | Q(appeal__contact__isnull=True)
)


def response(found: QuerySet[Appeal], period: Period) -> tuple[int, int]:
    """响应率: signed and first-contacted in time (L10) of the orders sent in the period (anonymous: signed)."""
    row = orders_sent(found, period).aggregate(sent=Count("pk"), good=Count("pk", filter=RESPONDED))
    return int(row["good"]), int(row["sent"])


def last_ratings(found: QuerySet[Appeal], period: Period, rater: str) -> QuerySet[Rating]:
    """The ratings of one rater in the last round of the matters closed in a period."""
    return Rating.objects.filter(
        within("round__appeal__closed_at", period),
        rater=rater,
        round__appeal__in=found,
        round__number=F("round__appeal__round"),
    )


def satisfaction(found: QuerySet[Appeal], period: Period, rater: str) -> tuple[int, int]:
    """满意率 of one rater: 基本满意 and better of those rated, last round of the matters closed in the period."""
    row = last_ratings(found, period, rater).aggregate(rated=Count("pk"), good=Count("pk", filter=Q(grade__gte=3)))
    return int(row["good"]), int(row["rated"])


def participation(found: QuerySet[Appeal], period: Period) -> tuple[int, int]:
    """参评率: rated by the petitioner of those invited, matters closed in the period."""
    rounds = RatingRound.objects.filter(
        within("appeal__closed_at", period), appeal__in=found, number=F("appeal__round"), invites_petitioner=True
    )
    row = rounds.aggregate(
        invited=Count("pk", distinct=True), rated=Count("pk", distinct=True, filter=Q(ratings__rater=Rater.PETITIONER))
    )
    return int(row["rated"]), int(row["invited"])


def fully_told(found: QuerySet[Appeal]) -> QuerySet[Slip, Any]:
    """The matters whose four slips of the last round are all delivered, by row id under `appeal`."""
    told = Slip.objects.filter(appeal__in=found, round=F("appeal__round"), delivered_at__isnull=False)
    return told.order_by().values("appeal").annotate(n=Count("pk")).filter(n=4).values("appeal")


def four_parties(found: QuerySet[Appeal], period: Period) -> tuple[int, int]:
    """四方反馈率: closed with four receipts of closed needing four."""
    closed = found.filter(_IS_CLOSED & within("closed_at", period))
    return fully_told(closed).count(), closed.count()


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit's line of F-1 诉求办理情况总表: accepted, closed, open of the accepted; the rest of what fell due."""

    unit_id: int
    name: str
    accepted: int
    closed: int
    open: int
    due: int
    on_time: int
    late_answered: int
    late_open: int
    redone: int
    dissatisfied: int
    average_days: float | None

    @property
    def on_time_rate(self) -> str:
        """按期办结率, of what fell due in the period (到期口径)."""
        return rules.percent(rules.rate(self.on_time, self.due))

    @property
    def closing_rate(self) -> str:
        """办结率, of what was accepted in the period (受理口径)."""
        return rules.percent(rules.rate(self.closed, self.accepted))


_UNIT_COUNTS: Final = ("accepted", "closed", "open", "due", "on_time", "late_answered", "late_open", "redone")


def by_unit(found: QuerySet[Appeal], period: Period, *, now: datetime) -> list[UnitRow]:
    """F-1 by lead unit, in the order of the units (bands, no ranking); two queries whatever their number."""
    of = conditions(period, now=now)
    counted = found.filter(of["accepted"] | of["due"], lead_unit__isnull=False)
    rows = counted.values("lead_unit_id", "lead_unit__name").annotate(
        accepted=Count("pk", filter=of["accepted"]),
        closed=Count("pk", filter=of["accepted_closed"]),
        open=Count("pk", filter=of["accepted"] & _IS_OPEN),
        due=Count("pk", filter=of["due"]),
        on_time=Count("pk", filter=of["due_on_time"]),
        late_answered=Count("pk", filter=of["due_late"]),
        late_open=Count("pk", filter=of["due_late_open"]),
        redone=Count("pk", filter=of["accepted"] & Q(redo_count__gt=0)),
        spent=Avg(F("replied_at") - F("dispatched_at"), filter=of["accepted"] & Q(dispatched_at__isnull=False)),
    )
    bad = dissatisfied_by_unit(found.filter(of["accepted"]))
    return [_unit_row(row, bad.get(row["lead_unit_id"], 0)) for row in rows.order_by("lead_unit__code")]


def _unit_row(row: Mapping[str, Any], dissatisfied: int) -> UnitRow:
    numbers = {name: row[name] for name in _UNIT_COUNTS}
    return UnitRow(
        unit_id=row["lead_unit_id"],
        name=row["lead_unit__name"],
        dissatisfied=dissatisfied,
        average_days=_days(row["spent"]),
        **numbers,
    )


def _days(spent: timedelta | None) -> float | None:
    return spent.total_seconds() / 86400 if spent else None


def dissatisfied_by_unit(found: QuerySet[Appeal]) -> dict[int, int]:
    """How many matters of each lead unit were called 不满意 in any round by any rater."""
    bad = Rating.objects.filter(grade__lt=3, round__appeal__in=found).order_by()
    rows = bad.values_list("round__appeal__lead_unit_id").annotate(n=Count("round__appeal", distinct=True))
    return {unit_id: n for unit_id, n in rows if unit_id is not None}


def open_stage_counts(found: QuerySet[Appeal]) -> dict[str, int]:
    """How many open matters stand in each stage."""
    rows = found.filter(_IS_OPEN).order_by().values_list("stage").annotate(n=Count("pk"))
    held = dict(rows)
    return {stage.value: held.get(stage.value, 0) for stage in Stage if stage not in (*ENDED, *_TOLD)}


def slowest(rows: list[UnitRow], *, at_least: int = 10) -> list[UnitRow]:
    """The units with the longest average from dispatch to first reply; those with few matters are left out."""
    enough = [row for row in rows if row.accepted >= at_least and row.average_days is not None]
    return sorted(enough, key=lambda row: -(row.average_days or 0))
