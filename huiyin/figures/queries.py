"""What is counted: the indicators of F1 and the table of F-1, through the policy, each with its rows to look at."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from fractions import Fraction
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


_IS_ACCEPTED: Final = Q(accepted_at__isnull=False) & ~Q(outcome__in=UNCOUNTED)
_IS_CLOSED: Final = Q(outcome__in=COUNTED_OUTCOMES)
_ON_TIME: Final = Q(replied_at__lt=F("first_due_at"))


def counts(found: QuerySet[Appeal], period: Period, *, now: datetime) -> dict[str, int]:
    """The numerators and denominators of the indicators, in one query over the matters."""
    accepted = _IS_ACCEPTED & within("accepted_at", period)
    due = _IS_ACCEPTED & within("first_due_at", period)
    late_open = _IS_ACCEPTED & Q(first_due_at__lte=now, replied_at__isnull=True)
    asked: dict[str, Any] = {
        "received": Count("pk", filter=within("registered_at", period)),
        "accepted": Count("pk", filter=accepted),
        "accepted_closed": Count("pk", filter=accepted & _IS_CLOSED),
        "on_spot": Count("pk", filter=accepted & Q(dispatched_at__isnull=True, replied_at__isnull=False)),
        "due": Count("pk", filter=due),
        "due_on_time": Count("pk", filter=due & _ON_TIME),
        "open": Count("pk", filter=~Q(stage__in=ENDED)),
        "late_open": Count("pk", filter=late_open & ~Q(stage__in=ENDED)),
        "replied": Count("pk", filter=within("replied_at", period)),
        "redone": Count("pk", filter=within("replied_at", period) & Q(redo_count__gt=0)),
        "closed": Count("pk", filter=_IS_CLOSED & within("closed_at", period)),
    }
    return {name: int(value) for name, value in found.aggregate(**asked).items()}


def response(found: QuerySet[Appeal], period: Period) -> tuple[int, int]:
    """响应率: signed and first-contacted in time (L10), of the orders sent in the period."""
    orders = Assignment.objects.filter(
        within("sent_at", period), is_lead=True, appeal__in=found, appeal__redo_count__gte=0
    )
    first = orders.exclude(sent_at=F("sign_due_at"))
    row = first.aggregate(
        sent=Count("pk"),
        good=Count("pk", filter=Q(signed_at__lt=F("sign_due_at"), contacted_at__lt=F("contact_due_at"))),
    )
    return int(row["good"]), int(row["sent"])


def satisfaction(found: QuerySet[Appeal], period: Period, rater: str) -> tuple[int, int]:
    """满意率 of one rater: 基本满意 and better of those rated, last round of the matters closed in the period."""
    ratings = Rating.objects.filter(
        within("round__appeal__closed_at", period),
        rater=rater,
        round__appeal__in=found,
        round__number=F("round__appeal__round"),
    )
    row = ratings.aggregate(rated=Count("pk"), good=Count("pk", filter=Q(grade__gte=3)))
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


def four_parties(found: QuerySet[Appeal], period: Period) -> tuple[int, int]:
    """四方反馈率: closed with four receipts of closed needing four."""
    closed = found.filter(_IS_CLOSED & within("closed_at", period))
    full = (
        Slip.objects.filter(appeal__in=closed, round=F("appeal__round"), delivered_at__isnull=False)
        .values("appeal")
        .annotate(n=Count("pk"))
        .filter(n=4)
        .count()
    )
    return full, closed.count()


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit's line of F-1 诉求办理情况总表."""

    unit_id: int
    name: str
    accepted: int
    closed: int
    open: int
    on_time: int
    late_answered: int
    late_open: int
    redone: int
    dissatisfied: int
    average_days: float | None

    @property
    def due(self) -> int:
        """All that fell due or was answered: the base of the on-time rate."""
        return self.on_time + self.late_answered + self.late_open

    @property
    def on_time_rate(self) -> str:
        """按期办结率."""
        return rules.percent(rules.rate(self.on_time, self.due))

    @property
    def closing_rate(self) -> str:
        """办结率."""
        return rules.percent(rules.rate(self.closed, self.accepted))


def by_unit(found: QuerySet[Appeal], period: Period, *, now: datetime) -> list[UnitRow]:
    """F-1 by lead unit for the matters accepted in a period, in the order of the units (bands, no ranking)."""
    accepted = found.filter(_IS_ACCEPTED & within("accepted_at", period), lead_unit__isnull=False)
    bad = Q(rating_rounds__ratings__grade__lt=3)
    rows = accepted.values("lead_unit_id", "lead_unit__name", "lead_unit__code").annotate(
        accepted=Count("pk", distinct=True),
        closed=Count("pk", distinct=True, filter=_IS_CLOSED),
        open=Count("pk", distinct=True, filter=~Q(stage__in=ENDED)),
        on_time=Count("pk", distinct=True, filter=_ON_TIME),
        late_answered=Count("pk", distinct=True, filter=Q(replied_at__gte=F("first_due_at"))),
        late_open=Count("pk", distinct=True, filter=Q(replied_at__isnull=True, first_due_at__lte=now)),
        redone=Count("pk", distinct=True, filter=Q(redo_count__gt=0)),
        dissatisfied=Count("pk", distinct=True, filter=bad),
    )
    spent = dict(
        accepted.filter(replied_at__isnull=False, dispatched_at__isnull=False)
        .values_list("lead_unit_id")
        .annotate(spent=Avg(F("replied_at") - F("dispatched_at")))
    )
    return [
        UnitRow(
            row["lead_unit_id"],
            row["lead_unit__name"],
            row["accepted"],
            row["closed"],
            row["open"],
            row["on_time"],
            row["late_answered"],
            row["late_open"],
            row["redone"],
            row["dissatisfied"],
            spent[row["lead_unit_id"]].total_seconds() / 86400 if row["lead_unit_id"] in spent else None,
        )
        for row in rows.order_by("lead_unit__code")
    ]


@dataclass(frozen=True, slots=True)
class Share:
    """One line of a distribution: how many, which share, and the key by which the rows are found."""

    key: str
    name: str
    count: int
    share: str
    before: int = 0

    @property
    def change(self) -> str:
        """环比."""
        return rules.signed_percent(rules.change(self.count, self.before))


def distribution(found: QuerySet[Appeal], period: Period, key: str, name: str) -> list[Share]:
    """Received matters of a period by one column, largest first, with the period before (F-2, F-3, F-4)."""
    now = _grouped(found, period, key, name)
    before = {line[0]: line[2] for line in _grouped(found, period.before(), key, name)}
    parts = rules.shares([count for _, _, count in now])
    return [
        Share(str(code or ""), str(label or ""), count, share, before.get(code, 0))
        for (code, label, count), share in zip(now, parts, strict=True)
    ]


def _grouped(found: QuerySet[Appeal], period: Period, key: str, name: str) -> list[tuple[Any, Any, int]]:
    rows = found.filter(within("registered_at", period)).order_by().values_list(key, name).annotate(n=Count("pk"))
    return sorted(rows, key=lambda row: (-row[2], str(row[0])))


def by_day(found: QuerySet[Appeal], period: Period) -> dict[Any, int]:
    """Received matters by local day."""
    rows = found.filter(within("registered_at", period)).order_by().values_list("registered_at__date")
    return dict(rows.annotate(n=Count("pk")).order_by("registered_at__date"))


def open_stage_counts(found: QuerySet[Appeal]) -> dict[str, int]:
    """How many open matters stand in each stage."""
    rows = found.filter(~Q(stage__in=ENDED)).order_by().values_list("stage").annotate(n=Count("pk"))
    held = dict(rows)
    return {stage.value: held.get(stage.value, 0) for stage in Stage if stage not in ENDED}


def slowest(rows: list[UnitRow], *, at_least: int = 10) -> list[UnitRow]:
    """The units with the longest average from dispatch to first reply; those with few matters are left out."""
    enough = [row for row in rows if row.accepted >= at_least and row.average_days is not None]
    return sorted(enough, key=lambda row: -(row.average_days or 0))


def mean_working_days(found: QuerySet[Appeal], period: Period) -> Fraction | None:
    """平均办理时长 in days from dispatch to first reply."""
    row = found.filter(within("replied_at", period), dispatched_at__isnull=False).aggregate(
        spent=Avg(F("replied_at") - F("dispatched_at"))
    )
    return Fraction(row["spent"].total_seconds()) / 86400 if row["spent"] else None
