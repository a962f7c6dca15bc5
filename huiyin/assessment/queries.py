"""Every read of the ledger, through the policy; for everyone only the last grade of a matter that is public."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Count, F, Q, QuerySet

from huiyin.access import policy
from huiyin.appeals.models import Rating
from huiyin.appeals.stages import Rater
from huiyin.assessment.models import Entry
from huiyin.kernel import clock
from huiyin.people.actors import Actor


def ledger(actor: Actor) -> QuerySet[Entry]:
    """The entries of the units and territories an actor may read, newest first."""
    return Entry.objects.filter(policy.ledger_q(actor)).select_related("appeal", "unit")


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the ledger is narrowed to."""

    area_path: str = ""
    unit_id: int | None = None
    rater: str = ""
    grade: int | None = None
    since: date | None = None
    until: date | None = None


def narrowed(found: QuerySet[Entry], chosen: Chosen) -> QuerySet[Entry]:
    """The ledger narrowed by place, unit, rater, grade and local days of rating."""
    plain = {"unit_id": chosen.unit_id, "rater": chosen.rater, "grade": chosen.grade}
    found = found.filter(**{column: value for column, value in plain.items() if value})
    if chosen.area_path:
        found = found.filter(policy.below(chosen.area_path))
    if chosen.since:
        found = found.filter(rated_at__gte=_midnight(chosen.since))
    return found.filter(rated_at__lt=_midnight(chosen.until) + timedelta(days=1)) if chosen.until else found


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.LOCAL)


def last_grades(appeal_ids: Iterable[int]) -> dict[int, int]:
    """The petitioner's grade in the last round of some matters, by matter; 未评价 is not in it."""
    ratings = Rating.objects.filter(
        round__appeal__in=list(appeal_ids), rater=Rater.PETITIONER, round__number=F("round__appeal__round")
    )
    return dict(ratings.values_list("round__appeal_id", "grade"))


def summary(found: QuerySet[Entry]) -> dict[str, int]:
    """How many entries, and of them how many 基本满意 and better by each rater."""
    row = found.order_by().aggregate(
        all=Count("pk"),
        residents=Count("pk", filter=Q(rater=Rater.PETITIONER)),
        residents_well=Count("pk", filter=Q(rater=Rater.PETITIONER, grade__gte=3)),
        representatives=Count("pk", filter=Q(rater=Rater.REPRESENTATIVE)),
        representatives_well=Count("pk", filter=Q(rater=Rater.REPRESENTATIVE, grade__gte=3)),
    )
    return {name: int(value) for name, value in row.items()}
