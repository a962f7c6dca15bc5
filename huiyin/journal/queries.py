"""Every read of the journal: the history of one subject, what is stuck."""

from functools import cache

from django.db import connection
from django.db.models import QuerySet

from huiyin.journal.models import Event, Failure
from huiyin.journal.reactions import MAX_ATTEMPTS
from huiyin.rows import NO_ROW, Kept


@cache
def _events_of(kind: str) -> Kept[int, Event]:
    found = Event.objects.filter(subject_kind=kind).defer("salt", "digest").order_by("id")
    return Kept(lambda pk: found.filter(subject_id=pk), mark=NO_ROW)


def history(kind: str, subject_id: int) -> list[Event]:
    """The events of one subject, oldest first; the caller has checked that the actor sees the subject."""
    return _events_of(kind).of(subject_id)


def failures() -> QuerySet[Failure]:
    """Reactions that have not succeeded, the newest failure first."""
    return Failure.objects.filter(resolved_at=None).select_related("event").order_by("-failed_at")


def newest_id() -> int:
    """The row id of the newest event, 0 before the first: what was counted under the same id is still true."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT max(id) FROM "{Event._meta.db_table}"')  # noqa: S608, SLF001  our own table's name
        return cursor.fetchone()[0] or 0


def stuck_count() -> int:
    """How many reactions have used up their tries."""
    return Failure.objects.filter(resolved_at=None, attempts__gte=MAX_ATTEMPTS).count()
