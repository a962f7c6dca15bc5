"""Import of appeals from a table: all good rows or none, bad rows named by line with the reason."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Final
from uuid import UUID

from django.db import transaction

from huiyin.appeals import rules
from huiyin.appeals.workflow import intake
from huiyin.appeals.workflow.intake import Intake
from huiyin.catalogue import queries as catalogue
from huiyin.catalogue.models import AppealType
from huiyin.kernel import clock
from huiyin.kernel.errors import N_, DomainError, NotFound
from huiyin.people.actors import Actor
from huiyin.people.workflow import Reachable
from huiyin.territory import queries as territory
from huiyin.transfer import tables
from huiyin.transfer.tables import Row

_TYPES: Final = {**{str(label): value for value, label in AppealType.choices}, **{v: v for v in AppealType.values}}
# What the columns of the rows hold, in signs.
_LENGTHS: Final = {"place": 200, "name": 40, "phone": 20}
Progress = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row that cannot be imported: its line, the column and what is wrong with it."""

    line: int
    column: str
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What an import did or, as a dry run, would do."""

    good: int
    bad: tuple[BadRow, ...]
    imported: int


class BadValue(DomainError):
    """A value of a row that cannot be read."""

    status = 422


def import_appeals(
    actor: Actor,
    path: Path,
    *,
    mapping: Mapping[str, str],
    channel: str,
    area_code: str,
    is_dry: bool = False,
    leave_out_bad: bool = False,
    progress: Progress = lambda _n: None,
) -> Outcome:
    """Register the appeals of a table as they were said then, once each however often the file is imported.

    Nothing is imported when a row is bad, unless bad rows are to be left out. Raises RuleBroken, DomainError.
    """
    default_area = territory.area_by_code(area_code).pk if area_code else None
    source = sha256(path.read_bytes()).digest() if path.is_file() else b""
    good: list[tuple[datetime, Intake]] = []
    bad: list[BadRow] = []
    for row in tables.rows(path, mapping):
        try:
            good.append(_read(row, channel=channel, default_area=default_area, source=source))
        except DomainError as error:
            bad.append(BadRow(row.line, str(error.params.get("column", "")), str(error)))
    if is_dry or (bad and not leave_out_bad):
        return Outcome(len(good), tuple(bad), 0)
    with transaction.atomic():
        for said_at, said in sorted(good, key=lambda pair: pair[0]):
            with clock.moved(said_at):
                intake.register(actor, said)
            progress(1)
    return Outcome(len(good), tuple(bad), len(good))


def _read(row: Row, *, channel: str, default_area: int | None, source: bytes) -> tuple[datetime, Intake]:
    detail = row.get("detail")
    if not detail:
        raise BadValue("empty_detail", N_("内容是空的"), column="detail")
    if len(detail) > rules.DETAIL_LENGTH:
        raise BadValue("long_detail", N_("内容有 %(count)s 字，超过上限"), column="detail", count=len(detail))
    said_at = tables.instant(row.get("time")) if row.get("time") else clock.now()
    if said_at is None or said_at > clock.now():
        raise BadValue("bad_time", N_("时间「%(value)s」读不出来或晚于现在"), column="time", value=row.get("time"))
    appeal_type = row.get("type")
    if appeal_type and appeal_type not in _TYPES:
        raise BadValue("bad_type", N_("没有「%(value)s」这种诉求类型"), column="type", value=appeal_type)
    code = row.get("channel") or channel
    with _of_column("channel"):
        catalogue.channel(code)
    with _of_column("area"):
        area_id = territory.area_by_code(row.get("area")).pk if row.get("area") else default_area
    said = Intake(
        key=_key(source, row.line),
        detail=detail,
        subject=row.get("subject"),
        channel=code,
        area_id=area_id,
        place_text=_short(row, "place"),
        appeal_type=_TYPES.get(appeal_type, ""),
        reachable=Reachable(name=_short(row, "name"), phone=_short(row, "phone")),
    )
    return said_at, said


def _short(row: Row, column: str) -> str:
    """A value that has to fit its field; a longer one is refused, for nothing is cut in silence."""
    value, limit = row.get(column), _LENGTHS[column]
    if len(value) > limit:
        raise BadValue(
            "long_value", N_("有 %(count)s 字，最多 %(limit)s 字"), column=column, count=len(value), limit=limit
        )
    return value


@contextmanager
def _of_column(column: str) -> Iterator[None]:
    """Name the column whose value was looked up in vain."""
    try:
        yield
    except NotFound as error:
        raise BadValue(error.code, error.sentence, **{**error.params, "column": column}) from error


def _key(source: bytes, line: int) -> UUID:
    """The key of a row: the same file imported twice gives the same appeals."""
    return UUID(bytes=sha256(source + str(line).encode()).digest()[:16])


def report(bad: tuple[BadRow, ...], *, at_most: int = 50) -> Iterator[str]:
    """The bad rows as lines for a terminal."""
    for row in bad[:at_most]:
        yield f"  第 {row.line} 行 {row.column}: {row.reason}"
    if len(bad) > at_most:
        yield f"  … 另有 {len(bad) - at_most} 行"
