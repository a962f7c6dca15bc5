"""Distributions of what was received (F-2 to F-5): by one property, with earlier periods beside."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Left, TruncMonth

from huiyin.appeals.models import Appeal, Reply
from huiyin.appeals.stages import Rater
from huiyin.figures import queries, rules
from huiyin.figures.queries import within
from huiyin.figures.rules import Period
from huiyin.kernel import clock
from huiyin.territory.models import Area


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a distribution: how many, its share, how many before, and what became of them."""

    key: str
    count: int
    share: str
    before: int
    year_before: int
    accepted: int = 0
    on_spot: int = 0
    average_days: float | None = None

    @property
    def on_spot_rate(self) -> str:
        """当场办结率."""
        return rules.percent(rules.rate(self.on_spot, self.accepted))

    @property
    def month_on_month(self) -> str:
        """环比."""
        return rules.signed_percent(rules.change(self.count, self.before))

    @property
    def year_on_year(self) -> str:
        """同比."""
        return rules.signed_percent(rules.change(self.count, self.year_before))


def by_type(found: QuerySet[Appeal], period: Period) -> list[Line]:
    """F-3: received by 诉求类型, the undecided under an empty key, largest first."""
    return _lines(found, period, "appeal_type")


def by_channel(found: QuerySet[Appeal], period: Period) -> list[Line]:
    """F-2: received by the code of the channel, largest first."""
    return _lines(found, period, "channel__code")


def by_category(found: QuerySet[Appeal], period: Period, *levels: int) -> dict[int, list[Line]]:
    """F-4: received by the code of the category at some levels (two signs of the code each), in one query."""
    rows = _rows(found, period, "category__code")
    return {level: _ordered(_folded_to(level, rows)) for level in levels}


def _folded_to(level: int, rows: Iterable["_Row"]) -> list["_Row"]:
    sums: dict[str, _Row] = {}
    for row in rows:
        key = row.key[: 2 * level]
        sums[key] = replace(row, key=key) if key not in sums else sums[key].plus(row)
    return list(sums.values())


def in_category(found: QuerySet[Appeal], key: str, *, level: int) -> QuerySet[Appeal]:
    """The matters of one line of by_category at that level; an empty key is what has no category yet."""
    if not key:
        return found.filter(category__isnull=True)
    return found.annotate(branch=Left("category__code", 2 * level)).filter(branch=key)


@dataclass(frozen=True, slots=True)
class _Row:
    """The sums of one key, before they are put in order."""

    key: str
    count: int
    before: int
    year_before: int
    accepted: int
    on_spot: int
    answered: int
    spent: timedelta

    def plus(self, other: "_Row") -> "_Row":
        """The sums of two keys that are one at a higher level."""
        return _Row(
            self.key,
            self.count + other.count,
            self.before + other.before,
            self.year_before + other.year_before,
            self.accepted + other.accepted,
            self.on_spot + other.on_spot,
            self.answered + other.answered,
            self.spent + other.spent,
        )


def _lines(found: QuerySet[Appeal], period: Period, column: str) -> list[Line]:
    return _ordered(_rows(found, period, column))


def _rows(found: QuerySet[Appeal], period: Period, column: str) -> list[_Row]:
    spans = {"count": period, "before": period.before(), "year_before": period.year_before()}
    during = {name: within("registered_at", span) for name, span in spans.items()}
    accepted = during["count"] & queries.IS_ACCEPTED
    answered = accepted & Q(dispatched_at__isnull=False, replied_at__isnull=False)
    rows = (
        found.filter(during["count"] | during["before"] | during["year_before"])
        .order_by()
        .values_list(column)
        .annotate(
            **{name: Count("pk", filter=q) for name, q in during.items()},
            accepted=Count("pk", filter=accepted),
            on_spot=Count("pk", filter=accepted & Q(dispatched_at__isnull=True, replied_at__isnull=False)),
            answered=Count("pk", filter=answered),
            total=Sum(F("replied_at") - F("dispatched_at"), filter=answered),
        )
    )
    return [
        _Row(str(key or ""), now, before, year, taken, on_spot, done, total or timedelta())
        for key, now, before, year, taken, on_spot, done, total in rows
    ]


def _ordered(rows: Iterable[_Row]) -> list[Line]:
    """The lines largest first, with shares that add up; what has no key yet comes last of its size."""
    ordered = sorted(rows, key=lambda row: (-row.count, row.key or "~"))
    shares = rules.shares([row.count for row in ordered])
    return [
        Line(row.key, row.count, share, row.before, row.year_before, row.accepted, row.on_spot, _mean_days(row))
        for row, share in zip(ordered, shares, strict=True)
    ]


def _mean_days(row: _Row) -> float | None:
    return row.spent.total_seconds() / 86400 / row.answered if row.answered else None


def growing(lines: Iterable[Line], *, at_least: int = 3, limit: int = 5) -> list[Line]:
    """The lines that grew most against the period before, in matters; those of few matters are left out."""
    grown = [line for line in lines if line.key and line.count >= at_least and line.count > line.before]
    return sorted(grown, key=lambda line: (line.before - line.count, line.key))[:limit]


@dataclass(frozen=True, slots=True)
class PlaceLine:
    """One community's line of F-5: received, of the accepted how many closed, late ones, rated well."""

    area: Area | None
    received: int
    accepted: int
    closed: int
    late_open: int
    rated: int
    rated_well: int

    @property
    def closing_rate(self) -> str:
        """办结率 (受理口径)."""
        return rules.percent(rules.rate(self.closed, self.accepted))

    @property
    def satisfaction_rate(self) -> str:
        """满意率 (办结口径)."""
        return rules.percent(rules.rate(self.rated_well, self.rated))

    @property
    def per_thousand_households(self) -> str:
        """每千户件数."""
        households = self.area.households if self.area else None
        return rules.number(rules.rate(self.received * 1000, households or 0))


_PLACE_COUNTS = ("received", "accepted", "accepted_closed", "late_open")


def by_place(found: QuerySet[Appeal], period: Period, places: Iterable[Area], *, now: Any) -> list[PlaceLine]:
    """F-5 by community, in the order of the tree; what lies above the communities comes last with no area."""
    of = queries.conditions(period, now=now)
    rows = (
        found.filter(of["received"] | of["accepted"] | of["late_open"])
        .order_by()
        .values_list("area_path")
        .annotate(**{f"n_{name}": Count("pk", filter=of[name]) for name in _PLACE_COUNTS})
    )
    ratings = queries.last_ratings(found, period, Rater.PETITIONER).order_by().values_list("round__appeal__area_path")
    rated = ratings.annotate(rated=Count("pk"), well=Count("pk", filter=Q(grade__gte=3)))
    return _folded(list(places), rows, rated)


def _folded(places: list[Area], rows: Iterable[Any], rated: Iterable[Any]) -> list[PlaceLine]:
    home = _place_of(places)
    sums: dict[str, list[int]] = {area.path: [0] * 6 for area in places} | {"": [0] * 6}
    for path, *numbers in rows:
        _add(sums[home(path)], [*numbers, 0, 0])
    for path, *numbers in rated:
        _add(sums[home(path)], [0, 0, 0, 0, *numbers])
    lines = [PlaceLine(area, *sums[area.path]) for area in places]
    return [*lines, PlaceLine(None, *sums[""])] if any(sums[""]) else lines


def _place_of(places: list[Area]) -> Callable[[str], str]:
    paths = {area.path for area in places}

    def home(path: str) -> str:
        parts = path.rstrip("/").split("/")
        above = ("/".join(parts[:n]) + "/" for n in range(len(parts), 0, -1))
        return next((candidate for candidate in above if candidate in paths), "")

    return home


def _add(total: list[int], more: list[int]) -> None:
    total[:] = [a + b for a, b in zip(total, more, strict=True)]


def by_month(found: QuerySet[Appeal], last: Period, *, months: int = 12) -> Mapping[date, int]:
    """Received by month, for so many months up to and including one, empty months as 0."""
    firsts = [last.first]
    while len(firsts) < months:
        firsts.append((firsts[-1] - timedelta(days=1)).replace(day=1))
    span = Period(firsts[-1], last.end)
    held = (
        found.filter(within("registered_at", span))
        .order_by()
        .annotate(month=TruncMonth("registered_at", tzinfo=clock.LOCAL))
        .values_list("month")
        .annotate(n=Count("pk"))
    )
    counted = {clock.local_date(month): n for month, n in held}
    return {first: counted.get(first, 0) for first in reversed(firsts)}


def bounced(found: QuerySet[Appeal], period: Period) -> QuerySet[Appeal]:
    """The matters with a reply that failed review in a period."""
    failed = Reply.objects.filter(within("reviewed_at", period), verdict=Reply.Verdict.FAILED)
    return found.filter(pk__in=failed.values("appeal"))
