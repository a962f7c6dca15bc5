"""How dates, times and numbers of a matter are written for a reader, in Chinese and in English."""

from datetime import date, datetime

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from huiyin.kernel import clock, numbers

WEEKDAYS_ZH = "一二三四五六日"
WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS_EN = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def local_day(value: date | datetime) -> date:
    """The calendar day in China of a date or of an aware moment."""
    if isinstance(value, datetime):
        return clock.local_date(value)
    return value


def day_words(day: date, *, this_year: int) -> str:
    """A day with its weekday: 3月9日（周一） or Mon 9 March; the year only when it is not this one."""
    if (get_language() or "zh").startswith("zh"):
        words = f"{day.month}月{day.day}日（周{WEEKDAYS_ZH[day.weekday()]}）"
        return words if day.year == this_year else f"{day.year}年{words}"
    words = f"{WEEKDAYS_EN[day.weekday()]} {day.day} {MONTHS_EN[day.month - 1]}"
    return words if day.year == this_year else f"{words} {day.year}"


def moment_words(moment: datetime, *, this_year: int) -> str:
    """A moment in China: 3月9日（周一）14:05 or Mon 9 March, 14:05."""
    words = day_words(local_day(moment), this_year=this_year)
    joint = "" if words.endswith("）") else ", "
    return f"{words}{joint}{moment.astimezone(clock.LOCAL):%H:%M}"


def left_words(workdays_left: int) -> str:
    """How long until the due day: 还剩 2 个工作日, 今天到期, 已逾期 3 个工作日."""
    if workdays_left == 0:
        return _("今天到期")
    if workdays_left < 0:
        late = -workdays_left
        return ngettext("已逾期 %(days)s 个工作日", "已逾期 %(days)s 个工作日", late) % {"days": late}
    return ngettext("还剩 %(days)s 个工作日", "还剩 %(days)s 个工作日", workdays_left) % {"days": workdays_left}


def in_groups(number: str) -> str:
    """Digits in groups as they are read aloud over the phone: 2603 4827 1936, 482 913 0576."""
    return numbers.grouped(numbers.normalise(number))
