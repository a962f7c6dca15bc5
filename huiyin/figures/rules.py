"""The arithmetic of figures: rates with an honest empty, shares that add up, changes against a base. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

EMPTY = "—"


def rate(part: int | Fraction, whole: int | Fraction) -> Fraction | None:
    """Part of whole; None for an empty base, which is shown as 「—」 and never as 0 % or 100 % (F0)."""
    return Fraction(part) / Fraction(whole) if whole else None


def percent(value: Fraction | None, *, places: int = 2) -> str:
    """A rate as a percentage with a fixed number of decimals, half up: 96.81%."""
    if value is None:
        return EMPTY
    return f"{_rounded(value * 100, places)}%"


def number(value: Fraction | None, *, places: int = 2) -> str:
    """A plain number with a fixed number of decimals, half up."""
    return EMPTY if value is None else str(_rounded(value, places))


def _rounded(value: Fraction, places: int) -> Decimal:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return exact.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def change(now: int, before: int) -> Fraction | None:
    """同比 or 环比: the change against a base; None when the base is empty."""
    return Fraction(now - before, before) if before else None


def signed_percent(value: Fraction | None) -> str:
    """A change with its sign: +25.00%, −9.09%."""
    if value is None:
        return EMPTY
    shown = percent(abs(value))
    return f"{'−' if value < 0 else '+'}{shown}"


def shares(parts: Sequence[int], *, places: int = 1) -> list[str]:
    """Shares in percent that add up to 100 exactly, by the largest remainder (F1 占比)."""
    whole = sum(parts)
    if not whole:
        return [EMPTY] * len(parts)
    units = 100 * 10**places
    floors = [part * units // whole for part in parts]
    order = sorted(range(len(parts)), key=lambda n: (-(parts[n] * units % whole), n))
    for n in order[: units - sum(floors)]:
        floors[n] += 1
    return [f"{Decimal(floor).scaleb(-places)}%" for floor in floors]


@dataclass(frozen=True, slots=True)
class Period:
    """A span of local days, [first, end): a report counts what happened in it."""

    first: date
    end: date

    @property
    def last(self) -> date:
        """The last day inside."""
        return self.end - timedelta(days=1)

    def year_before(self) -> "Period":
        """The same days of the year before (同比)."""
        return Period(_year_back(self.first), _year_back(self.end))

    def before(self) -> "Period":
        """The span of the same kind just before: the month before a month, else as many days (环比)."""
        if self.first.day == 1 and self.end == _next_month(self.first):
            first = (self.first - timedelta(days=1)).replace(day=1)
            return Period(first, self.first)
        return Period(self.first - (self.end - self.first), self.first)


def _year_back(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day.replace(year=day.year - 1, day=28)


def _next_month(first: date) -> date:
    return (first.replace(day=28) + timedelta(days=4)).replace(day=1)


def month(day: date) -> Period:
    """The calendar month that holds a day."""
    first = day.replace(day=1)
    return Period(first, _next_month(first))


def days_up_to(day: date, count: int) -> Period:
    """The last `count` days including a day."""
    return Period(day - timedelta(days=count - 1), day + timedelta(days=1))
