"""Counting of days: working days by the loaded notices, calendar days that roll forward, working hours. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from huiyin.kernel.clock import LOCAL
from huiyin.kernel.errors import N_, BeyondCalendar, RuleBroken

ONE_DAY = timedelta(days=1)
SATURDAY = 5


class Unit(StrEnum):
    """Units of a time limit: 工作日, 自然日, 工作小时, hours, minutes, at once."""

    WORKDAYS = "wd"
    DAYS = "d"
    WORK_HOURS = "wh"
    HOURS = "h"
    MINUTES = "min"
    NOW = "now"


@dataclass(frozen=True, slots=True)
class Calendar:
    """The working-day calendar: days off, make-up working days (each with its name) and the years loaded."""

    off: dict[date, str]
    work: dict[date, str]
    years: frozenset[int]
    hours: tuple[tuple[time, time], ...] = ((time(9), time(12)), (time(13, 30), time(18)))

    def is_working_day(self, day: date) -> bool:
        """Whether the offices work on a day (source: yearly notices of the 国务院办公厅).

        Raises BeyondCalendar when the day's year is not loaded.
        """
        if day.year not in self.years:
            raise BeyondCalendar(
                "beyond_calendar",
                N_("%(year)s 年的放假安排还没有载入，不能计算工作日。请管理员先导入当年通知，再办理这一步。"),
                year=day.year,
            )
        return day in self.work or (day.weekday() < SATURDAY and day not in self.off)

    def is_holiday(self, day: date) -> bool:
        """Whether a day is a statutory day off or plain weekend, so that a limit in 日 rolls over it (民法典 203)."""
        return not self.is_working_day(day)

    def reason(self, day: date) -> str:
        """Why a day does not count: the holiday's name, or empty for a plain weekend or a working day."""
        return self.off.get(day, "")


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One day of a count: its ordinal when it counts, else None with the reason."""

    day: date
    ordinal: int | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """When a limit ends: the instant (exclusive), the last local day, and the count a clerk can check by hand."""

    at: datetime
    on: date
    started: datetime
    amount: int
    unit: Unit
    counted: tuple[CountedDay, ...] = field(default=())


def end_of(day: date, zone: ZoneInfo = LOCAL) -> datetime:
    """The end of a day, 24:00 local time (民法典 203)."""
    return datetime.combine(day + ONE_DAY, time(), zone)


def due(started: datetime, amount: int, unit: Unit, calendar: Calendar) -> Due:
    """When a limit of `amount` `unit`s ends that starts at an aware instant.

    The starting day does not count (民法典 201); 工作日 count by the calendar; 日 that end on a day off roll
    forward to the next working day (民法典 203). Raises RuleBroken for an amount below one, BeyondCalendar.
    """
    if amount < 1 and unit is not Unit.NOW:
        raise RuleBroken("limit_below_one", N_("时限至少为 1，现在是 %(amount)s。"), amount=amount)
    start_day = started.astimezone(LOCAL).date()
    match unit:
        case Unit.WORKDAYS:
            days = tuple(_workdays(start_day, amount, calendar))
            return Due(end_of(days[-1].day), days[-1].day, started, amount, unit, days)
        case Unit.DAYS:
            days = tuple(_rolled_days(start_day, amount, calendar))
            return Due(end_of(days[-1].day), days[-1].day, started, amount, unit, days)
        case Unit.WORK_HOURS:
            at = _after_work_hours(started.astimezone(LOCAL), timedelta(hours=amount), calendar)
            return Due(at, at.date(), started, amount, unit)
        case Unit.HOURS | Unit.MINUTES:
            at = started + (timedelta(hours=amount) if unit is Unit.HOURS else timedelta(minutes=amount))
            return Due(at, at.astimezone(LOCAL).date(), started, amount, unit)
        case Unit.NOW:
            return Due(started, start_day, started, amount, unit)


def _workdays(start: date, amount: int, calendar: Calendar) -> Iterator[CountedDay]:
    day, counted = start, 0
    while counted < amount:
        day += ONE_DAY
        if calendar.is_working_day(day):
            counted += 1
            yield CountedDay(day, counted, calendar.work.get(day, ""))
        else:
            yield CountedDay(day, None, calendar.reason(day))


def _rolled_days(start: date, amount: int, calendar: Calendar) -> Iterator[CountedDay]:
    for ordinal in range(1, amount + 1):
        yield CountedDay(start + ONE_DAY * ordinal, ordinal)
    day = start + ONE_DAY * amount
    while calendar.is_holiday(day):
        day += ONE_DAY
        yield CountedDay(day, None, calendar.reason(day))


def _after_work_hours(start: datetime, left: timedelta, calendar: Calendar) -> datetime:
    day = start.date()
    while True:
        if calendar.is_working_day(day):
            for opens, closes in calendar.hours:
                begin = max(start, datetime.combine(day, opens, start.tzinfo))
                end = datetime.combine(day, closes, start.tzinfo)
                if begin >= end:
                    continue
                if end - begin >= left:
                    return begin + left
                left -= end - begin
        day += ONE_DAY


def working_days_between(first: date, last: date, calendar: Calendar) -> int:
    """Working days after `first` up to and including `last`; negative when `last` lies before `first`."""
    if last < first:
        return -working_days_between(last, first, calendar)
    return sum(calendar.is_working_day(first + ONE_DAY * n) for n in range(1, (last - first).days + 1))


def working_time_between(start: datetime, end: datetime, calendar: Calendar) -> timedelta:
    """Office time that passes between two instants (base of 平均办理时长)."""
    start, end = start.astimezone(LOCAL), end.astimezone(LOCAL)
    total, day = timedelta(), start.date()
    while day <= end.date():
        if calendar.is_working_day(day):
            for opens, closes in calendar.hours:
                begin = max(start, datetime.combine(day, opens, LOCAL))
                stop = min(end, datetime.combine(day, closes, LOCAL))
                total += max(stop - begin, timedelta())
        day += ONE_DAY
    return total


def amber_from(started: datetime, due_at: datetime, amount: int, unit: Unit, calendar: Calendar) -> datetime:
    """When the light turns amber: two thirds of the limit used or at most one working day left ([DEF], D0)."""
    two_thirds = started + (due_at - started) * 2 / 3
    if unit is not Unit.WORKDAYS or amount <= 1:
        return two_thirds
    last = (due_at - timedelta(seconds=1)).astimezone(LOCAL).date()
    day = last - ONE_DAY
    while not calendar.is_working_day(day):
        day -= ONE_DAY
    return min(two_thirds, end_of(day))
