"""Every read of territory: areas by path or words, the calendar as a value."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.db.models import Q, QuerySet, prefetch_related_objects

from huiyin.kernel.errors import N_, NotFound
from huiyin.kernel.held import Held, HeldByKey
from huiyin.territory.models import Area, CalendarDay, CalendarYear, OfficeHours
from huiyin.territory.rules import Calendar


def _read_calendar() -> Calendar:
    days = list(CalendarDay.objects.values_list("day", "kind", "name"))
    hours = list(OfficeHours.objects.values_list("valid_from", "opens", "closes"))
    newest = max((valid_from for valid_from, _, _ in hours), default=None)
    spans = tuple(sorted((opens, closes) for valid_from, opens, closes in hours if valid_from == newest))
    years = frozenset(CalendarYear.objects.values_list("year", flat=True))
    off = {day: name for day, kind, name in days if kind == CalendarDay.Kind.OFF}
    work = {day: name for day, kind, name in days if kind == CalendarDay.Kind.WORK}
    return Calendar(off, work, years, spans) if spans else Calendar(off, work, years)


_CALENDAR = Held(_read_calendar)


def calendar() -> Calendar:
    """The working-day calendar as loaded in the database, at most a minute old."""
    return _CALENDAR.get()


def forget_calendar() -> None:
    """Read the calendar again at the next question, because it was just edited."""
    _CALENDAR.forget()


def valid_on(day: date) -> Q:
    """What holds on a date: begun, and not yet ended."""
    return Q(valid_from__lte=day) & (Q(valid_to__isnull=True) | Q(valid_to__gte=day))


def areas(day: date, *, kinds: tuple[str, ...] = ()) -> QuerySet[Area]:
    """The areas that exist on a date, in the order of the tree."""
    found = Area.objects.filter(valid_on(day))
    return found.filter(kind__in=kinds) if kinds else found


_AREAS: Final[HeldByKey[int, Area]] = HeldByKey(seconds=60)


def areas_by_id(pks: Iterable[int]) -> dict[int, Area]:
    """Areas by row id, held for a minute."""
    return _AREAS.many(pks, Area.objects.in_bulk)


def area(area_id: int) -> Area:
    """One area by its row id, held for a minute; raises NotFound."""
    found = areas_by_id([area_id]).get(area_id)
    if found is None:
        raise NotFound("unknown_place", N_("没有找到这个地点。请重新选择，或选「说不清」。"))
    return found


def area_by_code(code: str) -> Area:
    """One area by its administrative or grid code; raises NotFound."""
    found = Area.objects.filter(code=code).first()
    if found is None:
        raise NotFound("unknown_place", N_("没有找到这个地点。请重新选择，或选「说不清」。"))
    return found


def district() -> Area:
    """The district this installation serves; raises NotFound before it is set up."""
    found = Area.objects.filter(kind=Area.Kind.DISTRICT).order_by("-valid_from").first()
    if found is None:
        raise NotFound("no_district", N_("系统还没有设置所在的区。请管理员先导入区划。"))
    return found


def places(words: str, day: date, *, limit: int = 8) -> list[Area]:
    """Areas whose name, alias or address holds what somebody typed, the nearest first, with those above them."""
    words = words.strip()
    if not words:
        return []
    near = Q(name__icontains=words) | Q(address__icontains=words) | Q(full_name__icontains=words)
    hits = list(areas(day).filter(near).order_by("-path")[: limit * 4])
    hits += list(areas(day).filter(aliases__contains=[words])[:limit])
    named = (
        [a for a in areas(day, kinds=("estate", "building", "community")) if a.name in words] if len(words) > 2 else []
    )
    ranked = sorted({a.pk: a for a in hits + named}.values(), key=lambda a: (abs(len(a.name) - len(words)), a.path))
    prefetch_related_objects(ranked[:limit], "parent", "estate__parent")
    return ranked[:limit]


def ancestor_paths(path: str) -> list[str]:
    """The paths from the district down to this one."""
    parts = path.rstrip("/").split("/")
    return ["/".join(parts[: n + 1]) + "/" for n in range(len(parts))]


def lineage(path: str) -> list[Area]:
    """The areas from the district down to the one with this path."""
    return list(Area.objects.filter(path__in=ancestor_paths(path)).order_by("path"))


_COMMUNITIES: Final[HeldByKey[str, Area | None]] = HeldByKey(seconds=60)


def community_of(path: str) -> Area | None:
    """The community in which an area lies, or None above communities; held for a minute."""
    return _COMMUNITIES.get(
        path, lambda: next((area for area in lineage(path) if area.kind == Area.Kind.COMMUNITY), None)
    )
