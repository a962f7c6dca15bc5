"""Counting of days against the vectors of D0 and against an independent count."""

import csv
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyin.kernel.clock import LOCAL
from huiyin.kernel.errors import BeyondCalendar, RuleBroken
from huiyin.territory import rules
from huiyin.territory.rules import Calendar, Unit

DATA = Path(rules.__file__).parent / "data"


def _calendar() -> Calendar:
    off: dict[date, str] = {}
    work: dict[date, str] = {}
    with (DATA / "calendar.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            (off if row["kind"] == "off" else work)[date.fromisoformat(row["date"])] = row["name"]
    return Calendar(off, work, frozenset(range(2004, 2027)))


CALENDAR = _calendar()


def start(day: str, at: time = time(10)) -> datetime:
    return datetime.combine(date.fromisoformat(day), at, LOCAL)


@pytest.mark.parametrize(
    ("day", "amount", "unit", "due_on"),
    [
        ("2026-03-02", 5, "wd", "2026-03-09"),
        ("2026-02-13", 5, "wd", "2026-02-27"),
        ("2026-02-13", 15, "wd", "2026-03-12"),
        ("2026-09-24", 5, "wd", "2026-10-09"),
        ("2026-09-30", 5, "wd", "2026-10-13"),
        ("2026-04-03", 1, "wd", "2026-04-07"),
        ("2026-01-05", 60, "d", "2026-03-06"),
        ("2026-01-05", 90, "d", "2026-04-07"),
        ("2026-04-16", 15, "d", "2026-05-06"),
        ("2026-09-07", 30, "d", "2026-10-08"),
        ("2026-08-06", 60, "d", "2026-10-08"),
    ],
)
def test_the_eleven_clock_vectors(day: str, amount: int, unit: str, due_on: str) -> None:
    due = rules.due(start(day), amount, Unit(unit), CALENDAR)
    assert due.on == date.fromisoformat(due_on)
    assert due.at == rules.end_of(due.on)


def test_the_count_shows_every_day_and_why_it_does_not_count() -> None:
    due = rules.due(start("2026-02-13"), 5, Unit.WORKDAYS, CALENDAR)
    counted = [(day.day.isoformat(), day.ordinal) for day in due.counted if day.ordinal]
    assert counted[0] == ("2026-02-14", 1)
    assert counted[-1] == ("2026-02-27", 5)
    assert all("春节" in day.reason for day in due.counted if day.ordinal is None)


@pytest.mark.parametrize(
    ("at", "hours", "due"),
    [
        ("2026-03-02 10:30", 4, "2026-03-02 16:00"),
        ("2026-03-02 16:00", 4, "2026-03-03 11:00"),
        ("2026-03-06 17:30", 4, "2026-03-09 14:00"),
        ("2026-03-07 10:00", 4, "2026-03-09 14:30"),
        ("2026-03-02 12:30", 1, "2026-03-02 14:30"),
    ],
)
def test_working_hours_run_inside_office_hours(at: str, hours: int, due: str) -> None:
    begin = datetime.fromisoformat(at).replace(tzinfo=LOCAL)
    assert rules.due(begin, hours, Unit.WORK_HOURS, CALENDAR).at == datetime.fromisoformat(due).replace(tzinfo=LOCAL)


def test_a_year_without_notice_is_refused_in_a_clear_sentence() -> None:
    with pytest.raises(BeyondCalendar) as refused:
        rules.due(start("2026-12-30"), 5, Unit.WORKDAYS, CALENDAR)
    assert "2027" in str(refused.value)


def test_a_limit_below_one_is_refused() -> None:
    with pytest.raises(RuleBroken):
        rules.due(start("2026-03-02"), 0, Unit.WORKDAYS, CALENDAR)


def test_amber_comes_at_two_thirds_or_one_working_day_before_the_end() -> None:
    begin = start("2026-03-02")
    due = rules.due(begin, 5, Unit.WORKDAYS, CALENDAR)
    amber = rules.amber_from(begin, due.at, 5, Unit.WORKDAYS, CALENDAR)
    assert amber == min(begin + (due.at - begin) * 2 / 3, rules.end_of(date(2026, 3, 6)))
    assert begin < amber < due.at


@given(st.dates(date(2004, 1, 1), date(2026, 10, 1)), st.integers(1, 20))
def test_workdays_equal_an_independent_count(first: date, amount: int) -> None:
    due = rules.due(datetime.combine(first, time(9), LOCAL), amount, Unit.WORKDAYS, CALENDAR)
    passed = [first + timedelta(days=n) for n in range(1, (due.on - first).days + 1)]
    working = [day for day in passed if day in CALENDAR.work or (day.weekday() < 5 and day not in CALENDAR.off)]
    assert len(working) == amount
    assert working[-1] == due.on
    assert rules.working_days_between(first, due.on, CALENDAR) == amount


@given(st.dates(date(2004, 1, 1), date(2026, 9, 1)), st.integers(1, 60))
def test_calendar_days_never_end_on_a_day_off(first: date, amount: int) -> None:
    due = rules.due(datetime.combine(first, time(9), LOCAL), amount, Unit.DAYS, CALENDAR)
    assert CALENDAR.is_working_day(due.on)
    plain = first + timedelta(days=amount)
    assert due.on >= plain
    assert not any(CALENDAR.is_working_day(plain + timedelta(days=n)) for n in range((due.on - plain).days))


def test_working_time_between_counts_office_hours_only() -> None:
    friday, monday = start("2026-03-06", time(17)), start("2026-03-09", time(10))
    assert rules.working_time_between(friday, monday, CALENDAR) == timedelta(hours=2)
