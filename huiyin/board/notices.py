"""A released notice as everyone reads it: nothing here comes from anywhere but the released words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin.appeals.stages import Grade, Result
from huiyin.assessment import queries as assessment
from huiyin.board import places
from huiyin.design import dates
from huiyin.kernel import clock
from huiyin.publication import comparison
from huiyin.publication.models import Notice
from huiyin.territory import queries as territory
from huiyin.territory.rules import working_days_between

PAGE_ROWS: Final = 20
_SHAPES: Final = {Result.RESOLVED: "●", Result.PARTLY: "◐", Result.EXPLAINED: "◇", Result.NOT_SUPPORTED: "□"}


@dataclass(frozen=True, slots=True)
class Picture:
    """One masked photo: its address, its size, and words for those who do not see it."""

    url: str
    alt: str
    width: int | None
    height: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """One notice of the board."""

    pk: int
    url: str
    title: str
    place: str
    community: str
    category: str
    said: str
    answer: str
    result: str
    result_code: str
    shape: str
    unit: str
    took: str
    rating: str
    released_on: date
    monday: date
    photos: Sequence[Picture]

    @property
    def where(self) -> str:
        """The community and the place in it."""
        return self.place if self.community in (self.place, "") else f"{self.community} · {self.place}"


def lines(found: Iterable[Notice]) -> list[Line]:
    """The notices of a page with their ratings and photos, in two further queries."""
    rows = list(found)
    grades = assessment.last_grades([row.appeal_id for row in rows])
    photos = _photos([row.pk for row in rows])
    return [_line(row, grades.get(row.appeal_id), photos.get(row.pk, [])) for row in rows]


def _line(row: Notice, grade: int | None, photos: Sequence[Picture]) -> Line:
    assert row.released_at is not None, "a released notice has its instant"
    appeal, day = row.appeal, clock.local_date(row.released_at)
    return Line(
        pk=row.pk,
        url=reverse("board:notice", args=[row.pk]),
        title=row.title,
        place=row.place,
        community=places.community_name(row.area_path),
        category=str(appeal.category) if appeal.category else "",
        said=row.said,
        answer=row.answer,
        result=str(Result(appeal.result).label) if appeal.result else "",
        result_code=appeal.result,
        shape=_SHAPES[Result(appeal.result)] if appeal.result else "",
        unit=appeal.lead_unit.name if appeal.lead_unit else _("社区工作室"),
        took=took(appeal.registered_at, appeal.answered_at or appeal.replied_at),
        rating=str(Grade(grade).label) if grade else "",
        released_on=day,
        monday=day - timedelta(days=day.weekday()),
        photos=photos,
    )


def took(said_at: datetime, answered_at: datetime | None) -> str:
    """How long from the words to the answer, in working days where the calendar is loaded, else in days."""
    if answered_at is None:
        return ""
    first, last, calendar = clock.local_date(said_at), clock.local_date(answered_at), territory.calendar()
    if last <= first:
        return _("当天")
    if not {first.year, last.year} <= calendar.years:
        days = (last - first).days
        return ngettext("%(days)s 天", "%(days)s 天", days) % {"days": days}
    days = working_days_between(first, last, calendar)
    return ngettext("%(days)s 个工作日", "%(days)s 个工作日", days) % {"days": days}


def _photos(notice_ids: Sequence[int]) -> dict[int, list[Picture]]:
    held: dict[int, list[Picture]] = {}
    for file in comparison.masked_photos(notice_ids):
        shelf = held.setdefault(file.subject_id, [])
        alt = _("公示照片 %(number)s（已遮挡）") % {"number": len(shelf) + 1}
        shelf.append(Picture(reverse("board:photo", args=[file.pk]), alt, file.width, file.height))
    return held


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the board and the keys of the pages around it."""

    lines: list[Line]
    next_key: str


def page(found: QuerySet[Notice], *, after: str) -> Page:
    """The next notices after a key `instant|id`, newest first."""
    rows = list(_after(found, after)[: PAGE_ROWS + 1])
    last = rows[PAGE_ROWS - 1] if len(rows) > PAGE_ROWS else None
    key = f"{last.released_at.isoformat()}|{last.pk}" if last and last.released_at else ""
    return Page(lines(rows[:PAGE_ROWS]), key)


def _after(found: QuerySet[Notice], key: str) -> QuerySet[Notice]:
    instant, _bar, pk = key.partition("|")
    try:
        at = datetime.fromisoformat(instant)
    except ValueError:
        return found
    if at.tzinfo is None or not pk.isdigit():
        return found
    return found.filter(Q(released_at__lt=at) | Q(released_at=at, pk__lt=int(pk)))


def of_week(found: QuerySet[Notice], monday: date, *, limit: int = 200) -> list[Line]:
    """The notices released in the week that begins on a Monday, newest first."""
    start = datetime.combine(monday, datetime.min.time(), clock.LOCAL)
    return lines(found.filter(released_at__gte=start, released_at__lt=start + timedelta(days=7))[:limit])


def week_words(monday: date) -> str:
    """A week by its first and last day."""
    this_year = clock.today().year
    first = dates.day_words(monday, this_year=this_year)
    return _("%(first)s—%(last)s") % {
        "first": first,
        "last": dates.day_words(monday + timedelta(days=6), this_year=this_year),
    }
