"""Every read of hotspots: those an actor may see, counted over the matters in their territory alone.

Names and quotes are masked by the machine alone: they are for staff; nothing here may be shown to everyone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Any, Final

from django.db.models import Count, Exists, F, FloatField, Max, Min, OuterRef, Q, QuerySet, Sum, Window
from django.db.models.functions import Cast, Greatest, RowNumber, Sqrt

from huiyin.access import policy
from huiyin.access.policy import POLICY, Scope
from huiyin.hotspots import rules
from huiyin.hotspots.models import Hotspot, Matter
from huiyin.kernel import clock
from huiyin.kernel.errors import N_, NotFound
from huiyin.people.actors import Actor
from huiyin.text.topics import listing

_RIGHT: Final = "figures.see"
_MOST_STEPS: Final = 20


class Order(Enum):
    """What comes first; the older hotspot where two are equal."""

    HEAT = ("-heat", "hotspot_id")
    GROWTH = ("-rise", "-heat", "hotspot_id")
    NEWEST = ("-last", "-heat", "hotspot_id")


@dataclass(frozen=True, slots=True)
class Hot:
    """A hotspot as one actor sees it: every number is over the matters in their territory.

    persons: different people who raised it; people_concerned: with those who joined in (likes). first, last: local
    days. recent: matters of the last 30 days; growth: against the 30 days before, (recent - before) / max(before, 1).
    heat: persons plus the square root of likes. quotes: (matter, its own words, masked). The name is that of all its
    matters.
    """

    id: int
    name: str
    matters: int
    persons: int
    people_concerned: int
    first: date
    last: date
    recent: int
    growth: float
    likes: int
    heat: float
    quotes: tuple[tuple[int, str], ...]


def hotspots(actor: Actor, *, order: Order = Order.HEAT, most: int = 20, area_path: str = "") -> list[Hot]:
    """The hotspots that concern at least three people in the actor's territory, or the part of it given.

    Two queries. Empty for whom no territory is entrusted to.
    """
    rows = _counted(_seen(actor, area_path)).order_by(*order.value)[:most]
    return _shown(_seen(actor, area_path), list(rows))


def hotspot(actor: Actor, hotspot_id: int) -> Hot:
    """One hotspot, or the one it went into; raises NotFound where the actor sees fewer than three people concerned."""
    seen = _seen(actor).filter(hotspot_id=_goes_on(hotspot_id))
    shown = _shown(seen, list(_counted(seen)))
    if not shown:
        raise NotFound("unknown_hotspot", N_("没有这个热点，或它不在您的职责范围内。"))
    return shown[0]


def matter_ids(actor: Actor, hotspot_id: int) -> list[int]:
    """The matters of a hotspot in the actor's territory, newest first."""
    rows = _seen(actor).filter(hotspot_id=_goes_on(hotspot_id)).order_by("-day", "-pk")
    return list(rows.values_list("pk", flat=True))


def of_matter(actor: Actor, subject_id: int) -> Hot | None:
    """The hotspot of a matter in the actor's territory, if it is in one."""
    found = _seen(actor).filter(pk=subject_id).values_list("hotspot_id", flat=True).first()
    if found is None:
        return None
    seen = _seen(actor).filter(hotspot_id=found)
    return next(iter(_shown(seen, list(_counted(seen)))), None)


def joined() -> Exists:
    """Whether the matter of an outer row is here."""
    return Exists(Matter.objects.filter(pk=OuterRef("pk")))


def unsorted() -> Exists:
    """Whether the matter of an outer row is here without a category that people gave it."""
    return Exists(Matter.objects.filter(pk=OuterRef("pk"), marks=[]))


def _seen(actor: Actor, area_path: str = "") -> QuerySet[Matter]:
    """The matters in hotspots that lie where the actor's posts reach, and at or below the area asked for."""
    reach = policy.NOTHING
    for seat in actor.seats:
        if POLICY[_RIGHT].get(seat.role) is Scope.AREA and seat.area_path:
            reach |= policy.below(seat.area_path)
    within = policy.below(area_path) if area_path else policy.EVERYTHING
    return Matter.objects.filter(reach & within if area_path else reach, hotspot__isnull=False)


def _counted(seen: QuerySet[Any]) -> QuerySet[Any, dict[str, Any]]:
    """One row per hotspot with its numbers, without those that concern too few."""
    today = clock.today()
    recent_from = today - timedelta(days=listing.WINDOW_DAYS - 1)
    before_from = recent_from - timedelta(days=listing.WINDOW_DAYS)
    counted: QuerySet[Any, dict[str, Any]] = (
        seen.values("hotspot_id", "hotspot__name")
        .annotate(
            matters=Count("pk"),
            persons=Count("person", distinct=True),
            joined=Sum("likes"),
            first=Min("day"),
            last=Max("day"),
            recent=Count("pk", filter=Q(day__gte=recent_from, day__lte=today)),
            before=Count("pk", filter=Q(day__gte=before_from, day__lt=recent_from)),
        )
        .filter(persons__gte=rules.LEAST_CONCERNED - F("joined"))
        .annotate(
            heat=Cast(F("persons"), FloatField()) + Sqrt(Cast(F("joined"), FloatField())),
            rise=Cast(F("recent") - F("before"), FloatField()) / Greatest(F("before"), 1),
        )
    )
    return counted


def _shown(seen: QuerySet[Matter], rows: list[dict[str, Any]]) -> list[Hot]:
    quotes = _quotes(seen.filter(hotspot_id__in=[row["hotspot_id"] for row in rows])) if rows else {}
    return [
        Hot(
            id=row["hotspot_id"],
            name=row["hotspot__name"],
            matters=row["matters"],
            persons=row["persons"],
            people_concerned=row["persons"] + row["joined"],
            first=row["first"],
            last=row["last"],
            recent=row["recent"],
            growth=listing.grown_by(row["recent"], row["before"]),
            likes=row["joined"],
            heat=listing.heat(row["persons"], row["joined"]),
            quotes=tuple(quotes[row["hotspot_id"]]),
        )
        for row in rows
    ]


def _quotes(seen: QuerySet[Matter]) -> dict[int, list[tuple[int, str]]]:
    """For every hotspot the most liked matter, the first and the last, without repetition."""
    ranked = seen.annotate(
        liked=_rank("-likes", "-pk"), earliest=_rank("day", "pk"), latest=_rank("-day", "-pk")
    ).filter(Q(liked=1) | Q(earliest=1) | Q(latest=1))
    found: dict[int, list[tuple[int, str]]] = {}
    for hotspot_id, pk, quote in ranked.order_by("hotspot_id", "liked", "day", "pk").values_list(
        "hotspot_id", "pk", "quote"
    ):
        found.setdefault(hotspot_id, []).append((pk, quote))
    return found


def _rank(*order: str) -> Window:
    return Window(RowNumber(), partition_by="hotspot_id", order_by=list(order))


def _goes_on(hotspot_id: int) -> int:
    """The hotspot whose matters these are now."""
    for heir in _heirs(hotspot_id):
        hotspot_id = heir
    return hotspot_id


def _heirs(hotspot_id: int) -> Iterator[int]:
    for _ in range(_MOST_STEPS):
        heir = Hotspot.objects.filter(pk=hotspot_id).values_list("went_into_id", flat=True).first()
        if heir is None:
            return
        yield heir
        hotspot_id = heir
