"""The one clock of the process: real time, unless a journey or a replay has moved it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LOCAL = ZoneInfo("Asia/Shanghai")


class _Clock:
    """Holds the moved instant, shared by all threads of the process (a served page sees the journey's date)."""

    moved_to: datetime | None = None


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _Clock.moved_to or datetime.now(UTC)


def today() -> date:
    """The local date of this instant."""
    return local_date(now())


def local_date(instant: datetime) -> date:
    """The calendar day on which an instant falls where the district lies."""
    return instant.astimezone(LOCAL).date()


def move_to(instant: datetime | None) -> None:
    """Set the process's clock to an aware instant; None returns it to real time."""
    assert instant is None or instant.tzinfo is not None, "the clock is moved by aware instants only"
    _Clock.moved_to = instant


@contextmanager
def moved(instant: datetime) -> Iterator[None]:
    """Run a block at another instant and put the clock back after it."""
    before = _Clock.moved_to
    move_to(instant)
    try:
        yield
    finally:
        _Clock.moved_to = before
