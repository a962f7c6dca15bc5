"""How a due date was counted, in words and day by day, so that a clerk can check it by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.kernel import clock
from huiyin.territory.rules import Due, Unit

_COUNTED: Final = {
    Unit.WORKDAYS: gettext_lazy("从 %(first)s起数 %(amount)s 个工作日"),
    Unit.DAYS: gettext_lazy("从 %(first)s起数 %(amount)s 天，遇休息日顺延"),
    Unit.WORK_HOURS: gettext_lazy("从 %(first)s起数 %(amount)s 个工作小时"),
    Unit.HOURS: gettext_lazy("从 %(first)s起数 %(amount)s 小时"),
    Unit.MINUTES: gettext_lazy("从 %(first)s起数 %(amount)s 分钟"),
}


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day of the count: the how-manieth, or why it does not count."""

    day: date
    ordinal: int | None
    reason: str


def counted(due: Due, *, first: str) -> str:
    """The count in one line; `first` is the day or moment from which is counted, as it is written on the page."""
    sentence = _COUNTED.get(due.unit)
    return str(sentence) % {"first": first, "amount": due.amount} if sentence is not None else _("当场办理")


def first_day(due: Due) -> date:
    """The day the count begins with: the first counted one, or the day of the start."""
    days = [line.day for line in due.counted if line.ordinal == 1]
    return days[0] if days else clock.local_date(due.started)


def lines(due: Due) -> Iterator[DayLine]:
    """Every day of the count in order."""
    for line in due.counted:
        reason = line.reason or ("" if line.ordinal is not None else _("周末"))
        yield DayLine(line.day, line.ordinal, reason)
