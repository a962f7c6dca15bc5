"""The only writer of wordings and shares: kept in the transaction of what was said, refreshed, rebuilt, weighed."""

from array import array
from collections.abc import Callable
from typing import Final

from django.db import connection, transaction

from huiyin.finding import folding, keys, reach, shares, sources
from huiyin.finding.models import Shares, Wording
from huiyin.finding.sources import Said, Source
from huiyin.kernel import clock

BATCH: Final = 500
SAMPLE: Final = 20_000
_SEEN_AT_LEAST: Final = 4
_TABLE: Final = Wording._meta.db_table  # noqa: SLF001  Django's public way to a table's name
_KEEP: Final = f"""
INSERT INTO "{_TABLE}" AS kept (id, folded, keys) VALUES (%s, %s, %s::bigint[])
ON CONFLICT (id) DO UPDATE SET folded = EXCLUDED.folded, keys = EXCLUDED.keys
WHERE kept.folded <> EXCLUDED.folded OR kept.keys <> EXCLUDED.keys
"""  # noqa: S608  our own table's name
_WEIGH: Final = f"""
WITH sample AS MATERIALIZED (SELECT keys FROM "{_TABLE}" TABLESAMPLE SYSTEM (%s) LIMIT %s),
counted AS (
    SELECT key & -2097152 AS pair, count(*) AS times FROM (SELECT unnest(keys) AS key FROM sample) AS each
    WHERE key > 0 GROUP BY 1 HAVING count(*) >= %s)
SELECT pair, times, (SELECT count(*) FROM sample) FROM counted ORDER BY pair
"""  # noqa: S608  our own table's name


def wording(kind: str, said: Said) -> tuple[int, str, list[int]]:
    """The row of what one subject says: its place, the folded words, their keys in ascending order."""
    row, folded = keys.row_id(kind, said.subject_id), folding.joined(said.parts, said.more)
    who = reach.of_row(
        said.area_path, lead_unit_id=said.lead_unit_id, collector_id=said.collector_id, is_open=said.is_open
    )
    return row, folded, keys.placed(sorted(keys.pairs(folded) | keys.numbers(folded) | who), row)


def keep(kind: str, said: Said) -> None:
    """Let what one subject says be found from now on, in the caller's transaction; what has not changed stays."""
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, _literal(wording(kind, said)))


def _literal(row: tuple[int, str, list[int]]) -> tuple[int, str, str]:
    """A row with its keys as PostgreSQL writes them: half the work of sending a list."""
    return row[0], row[1], "{" + ",".join(map(str, row[2])) + "}"


def refresh(kind: str, subject_id: int) -> None:
    """Keep what a subject says now, or let it be found no more; safe to run twice."""
    found = list(sources.of(kind).read(subject_id, subject_id))
    for said in found:
        keep(kind, said)
    if not found:
        Wording.objects.filter(pk=keys.row_id(kind, subject_id)).delete()


def rebuild(tell: Callable[[str, int, int], None]) -> int:
    """Read every subject of every source again, in small transactions beside the running house; then weigh.

    `tell` hears kind, how far, and of how many ids. Returns how many wordings there are now.
    """
    for source in sources.every():
        newest = source.newest()
        for first in range(1, newest + 1, BATCH):
            _rebuild_span(source, first, min(newest, first + BATCH - 1))
            tell(source.kind, min(newest, first + BATCH - 1), newest)
    weigh()
    return Wording.objects.count()


@transaction.atomic
def _rebuild_span(source: Source, first: int, last: int) -> None:
    rows = [_literal(wording(source.kind, said)) for said in source.read(first, last)]
    span = Wording.objects.filter(pk__range=(keys.row_id(source.kind, first), keys.row_id(source.kind, last)))
    span.exclude(pk__in=[row[0] for row in rows]).delete()
    with connection.cursor() as cursor:
        cursor.executemany(_KEEP, rows)


@transaction.atomic
def weigh() -> int:
    """Count in a sample of the wordings how common each pair of signs is; returns how many pairs are not rare."""
    with connection.cursor() as cursor:
        cursor.execute(_WEIGH, [_percent(), SAMPLE, _SEEN_AT_LEAST])
        counted = cursor.fetchall()
    pairs = array("q", (pair for pair, _, _ in counted))
    per_10000 = array("H", (max(1, times * 10_000 // sampled) for _, times, sampled in counted))
    Shares.objects.all().delete()
    Shares.objects.create(pairs=pairs.tobytes(), per_10000=per_10000.tobytes(), weighed_at=clock.now())
    shares.HELD.forget()
    return len(pairs)


def _percent() -> float:
    """The part of the table that holds SAMPLE rows and some more."""
    total = Wording.objects.count()
    return 100.0 if total <= 2 * SAMPLE else 110.0 * SAMPLE / total
