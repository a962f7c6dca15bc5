"""Tells a watching machine whether this installation can serve: database, migrations, worker."""

import functools
from typing import Any

from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from huiyin.config import prepare
from huiyin.config.errors import RefusedError

_LATE_SECONDS = 120
_WORKER_SQL = """
SELECT
    EXTRACT(EPOCH FROM now() - (SELECT max(last_heartbeat) FROM procrastinate_workers)),
    (SELECT count(*) FROM (
        SELECT 1 FROM procrastinate_jobs AS job
        WHERE job.status = 'todo' AND COALESCE(job.scheduled_at, '-infinity') < now() - interval '5 minutes'
        AND NOT EXISTS (
            SELECT 1 FROM procrastinate_events AS event
            WHERE event.job_id = job.id AND event.at > now() - interval '5 minutes')
        LIMIT 1000) AS waiting),
    (SELECT count(*) FROM (SELECT 1 FROM procrastinate_jobs WHERE status = 'failed' LIMIT 1000) AS failed)
"""


@never_cache
@require_safe
def health(_request: HttpRequest) -> JsonResponse:
    """200 when pages can be served, else 503; a late worker is told but does not take the pages away."""
    try:
        if not _migrated():
            return JsonResponse({"db": "ok", "migrations": "missing"}, status=503)
        told = {"db": "ok", "migrations": "ok"} | worker_state()
    except DatabaseError:
        return JsonResponse({"db": "unreachable"}, status=503)
    return JsonResponse(told)


def worker_state() -> dict[str, Any]:
    """`worker` is ok, late or never seen; `jobs_overdue` and `jobs_failed` count up to 1,000 each."""
    with connection.cursor() as cursor:
        cursor.execute(_WORKER_SQL)
        silent_seconds, overdue, failed = cursor.fetchone()
    state = "never seen" if silent_seconds is None else "ok" if silent_seconds < _LATE_SECONDS else "late"
    return {"worker": state, "jobs_overdue": overdue, "jobs_failed": failed}


def _migrated() -> bool:
    """Whether nothing is missing; a process asks the disk again only as long as something was."""
    try:
        _assert_migrated()
    except RefusedError:
        return False
    return True


@functools.cache
def _assert_migrated() -> None:
    if prepare.unapplied():
        raise RefusedError("The database lacks migrations: run `huiyin migrate`.")
