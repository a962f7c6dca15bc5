"""The rows behind a figure: exactly the matters that were counted, by the same conditions."""

from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from huiyin.appeals.models import Appeal
from huiyin.appeals.stages import Rater
from huiyin.figures import breakdown, queries
from huiyin.figures.rules import Period
from huiyin.kernel.errors import N_, NotFound

PLAIN: Final = {
    "received": "received",
    "open": "open",
    "late_open": "late_open",
    "accepted": "accepted",
    "closed": "closed",
    "accepted_closed": "accepted_closed",
    "due": "due",
    "due_on_time": "due_on_time",
    "due_late": "due_late",
    "due_late_open": "due_late_open",
}
RATES: Final = {
    "closing_rate": ("accepted", "accepted_closed"),
    "on_time_rate": ("due", "due_on_time"),
}
PARTS: Final = ("whole", "part", "rest")


def rows(found: QuerySet[Appeal], code: str, part: str, period: Period, *, now: datetime) -> QuerySet[Appeal]:
    """The matters behind a figure: the whole base of a rate, the part that counts, or the rest; raises NotFound."""
    of = queries.conditions(period, now=now)
    if code in PLAIN:
        return found.filter(of[PLAIN[code]])
    if code in RATES:
        whole, good = RATES[code]
        return _split(found.filter(of[whole]), of[good], part)
    return _related(found, code, part, period, of["closed"])


def _related(found: QuerySet[Appeal], code: str, part: str, period: Period, is_closed: Q) -> QuerySet[Appeal]:
    match code:
        case "response_rate":
            orders = queries.orders_sent(found, period)
            good = Q(pk__in=orders.filter(queries.RESPONDED).values("appeal"))
            return _split(found.filter(pk__in=orders.values("appeal")), good, part)
        case "satisfaction_rate" | "unsatisfied":
            ratings = queries.last_ratings(found, period, Rater.PETITIONER)
            well = Q(pk__in=ratings.filter(grade__gte=3).values("round__appeal"))
            rated = found.filter(pk__in=ratings.values("round__appeal"))
            return _split(rated, well, "rest" if code == "unsatisfied" else part)
        case "four_party_rate":
            closed = found.filter(is_closed)
            return _split(closed, Q(pk__in=queries.fully_told(closed)), part)
        case "bounced":
            return breakdown.bounced(found, period)
        case _:
            raise NotFound("unknown_figure", N_("没有这个指标。请从领导首页点进来。"))


def _split(whole: QuerySet[Appeal], good: Q, part: str) -> QuerySet[Appeal]:
    match part:
        case "part":
            return whole.filter(good)
        case "rest":
            return whole.exclude(good)
        case _:
            return whole
