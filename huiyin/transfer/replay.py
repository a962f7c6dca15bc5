"""Replay: real appeals with their real answers and dates, led through the whole chain under a moved clock."""

import heapq
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final
from uuid import NAMESPACE_OID, uuid5

from django.db import connection, transaction

from huiyin.appeals import rules as appeal_rules
from huiyin.appeals.stages import Party
from huiyin.appeals.workflow import closing, feedback, handling, intake, triage
from huiyin.appeals.workflow.intake import Intake
from huiyin.catalogue import queries as catalogue
from huiyin.catalogue.models import TimeLimit
from huiyin.journal import tasks as journal_tasks
from huiyin.kernel import clock, held
from huiyin.kernel.errors import N_, RuleBroken
from huiyin.people import queries as people
from huiyin.people.actors import Actor
from huiyin.people.roles import Role
from huiyin.people.workflow import Reachable
from huiyin.territory import queries as territory
from huiyin.territory.rules import end_of
from huiyin.transfer import lexicon, pool, tables
from huiyin.transfer.tables import Row

FALLBACK_UNIT: Final = "群众工作部承接未入目录事项"
_WINDOW_AND_HOLIDAYS: Final = 24
_MINUTE: Final = timedelta(minutes=1)
_LATE: Final = "原件答复日期晚于期限，回放照实记录"
Act = Callable[[], None]
Progress = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Told:
    """One real matter as the file tells it."""

    line: int
    subject: str
    detail: str
    asker: str
    said_at: datetime
    reply: str
    replied_at: datetime


@dataclass(slots=True)
class Counter:
    """The people of one community who lead a matter through."""

    area_id: int
    clerk: Actor
    reviewer: Actor


@dataclass(slots=True)
class Stage:
    """Everything a replay looks up once: counters by community, contacts by unit, the lexicon."""

    counters: list[Counter]
    contacts: dict[int, Actor]
    lexicon: lexicon.Lexicon
    fallback_id: int
    leads: dict[tuple[str, int], tuple[int, str]] = field(default_factory=dict)


def read(path: Path, mapping: Mapping[str, str]) -> list[Told]:
    """The matters of a file that say something and were answered after they were said; raises RuleBroken by line."""
    told = [_told(row) for row in tables.rows(path, mapping)]
    if not told:
        raise RuleBroken("nothing_to_replay", N_("文件里没有可以回放的诉求。"))
    return told


def _told(row: Row) -> Told:
    said_at, replied_at = tables.instant(row.get("time")), tables.instant(row.get("reply_time"))
    detail, reply = row.get("detail") or row.get("subject"), row.get("reply")
    if said_at is None or replied_at is None or not detail:
        raise RuleBroken("bad_replay_row", N_("第 %(line)s 行缺内容，或时间读不出来。"), line=row.line)
    return Told(
        row.line,
        row.get("subject"),
        detail[: appeal_rules.DETAIL_LENGTH],
        row.get("name"),
        said_at,
        reply or "（原件没有答复文字）",
        max(replied_at, said_at + 10 * _MINUTE),
    )


def prepare(told: list[Told]) -> Stage:
    """Set the stage: rule versions for the years of the file, and who acts where."""
    first = min(clock.local_date(matter.said_at) for matter in told)
    _extend_limits(first)
    last = max(clock.local_date(matter.replied_at) for matter in told)
    counters = [_counter(area.pk, area.path, last) for area in territory.areas(last, kinds=("community",))]
    fallback = people.units(last, kinds=("work_department",)).first()
    if not counters or fallback is None:
        raise RuleBroken("no_stage", N_("还没有社区或群众工作部，无法回放。请先运行 huiyin demo 或导入区划。"))
    contacts = {unit.pk: _holder(Role.UNIT_CONTACT, last, unit_id=unit.pk) for unit in people.units(last)}
    return Stage(counters, contacts, lexicon.starter(clock.today()), fallback.pk)


def _extend_limits(first: date) -> None:
    """Let the defaults hold from the file's first day; an appeal keeps the version it was handled under."""
    rows = list(TimeLimit.objects.filter(valid_from__gt=first))
    earlier = set(TimeLimit.objects.filter(valid_from__lte=first).values_list("code", flat=True))
    TimeLimit.objects.bulk_create(_as_of(row, first) for row in rows if row.code not in earlier)
    held.forget_all()


def _as_of(row: TimeLimit, first: date) -> TimeLimit:
    until = row.valid_from - timedelta(days=1)
    return TimeLimit(
        code=row.code,
        name=row.name,
        name_en=row.name_en,
        track=row.track,
        appeal_type=row.appeal_type,
        urgency=row.urgency,
        amount=row.amount,
        unit=row.unit,
        source=f"{row.source}（回放沿用）",
        mark="DEF",
        valid_from=first,
        valid_to=until,
    )


def _counter(area_id: int, path: str, day: date) -> Counter:
    return Counter(area_id, _holder(Role.STUDIO_CLERK, day, path=path), _holder(Role.STUDIO_DIRECTOR, day, path=path))


def _holder(role: str, day: date, *, path: str = "", unit_id: int | None = None) -> Actor:
    post = people.holders((role,), day, area_path=path, unit_id=unit_id).first()
    if post is None:
        raise RuleBroken("post_vacant", N_("岗位空缺：%(role)s。请先设岗再回放。"), role=Role(role).label)
    return people.actor_of(post.user_id, post.user.name, day)


def run(told: list[Told], *, progress: Progress = lambda _n: None) -> int:
    """Lead every matter through the chain in the order of time; returns the number of steps taken."""
    stage = prepare(told)
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    journal_tasks.hold_reactions()
    steps = 0
    try:
        for at, act in _in_order_of_time(told, stage):
            clock.move_to(at)
            act()
            journal_tasks.run_held_reactions()
            steps += 1
            progress(1)
    finally:
        clock.move_to(None)
        journal_tasks.release_reactions()
        connection.close()
    return steps


def run_on_all_cores(told: list[Told], *, cores: int, progress: Progress = lambda _n: None) -> int:
    """Replay on several processes, each with its own petitioners; every matter keeps the order of its steps."""
    prepare(told)
    connection.close()
    parts = [[matter for matter in told if zlib.crc32(matter.asker.encode()) // 8 % cores == n] for n in range(cores)]
    return pool.run_parts(parts, run="huiyin.transfer.replay:run", progress=progress)


def _in_order_of_time(told: list[Told], stage: Stage) -> Iterator[tuple[datetime, Act]]:
    """Merge the acts of all matters into one stream by instant."""
    return ((at, act) for at, _, act in heapq.merge(*(_acts(matter, stage) for matter in told), key=lambda t: t[:2]))


def _acts(matter: Told, stage: Stage) -> Iterator[tuple[datetime, int, Act]]:
    """One matter's acts with their instants: as early as the counter opens, the reply when it really came."""
    case = _Case(matter, stage)
    span = (matter.replied_at - matter.said_at) / 8
    review = matter.replied_at + 30 * _MINUTE
    plan: list[tuple[datetime, Act]] = [
        (matter.said_at, case.register),
        (matter.said_at + min(span, 20 * _MINUTE), case.take_up),
        (matter.said_at + min(span * 2, timedelta(hours=3)), case.begin),
        (matter.replied_at, case.reply),
        (review, case.review),
        (review + 30 * _MINUTE, case.feed_back),
        (end_of(clock.local_date(review)) + timedelta(days=_WINDOW_AND_HOLIDAYS), case.close),
    ]
    return ((at, matter.line, act) for at, act in plan)


class _Case:
    """One matter on its way; holds its row id between the acts."""

    def __init__(self, matter: Told, stage: Stage) -> None:
        self.matter, self.stage = matter, stage
        self.counter = stage.counters[zlib.crc32(matter.asker.encode()) % len(stage.counters)]
        self.pk = 0
        self.unit = Actor()

    def register(self) -> None:
        """The words as they were said, at their time."""
        matter = self.matter
        said = Intake(
            key=uuid5(NAMESPACE_OID, f"replay:{matter.line}:{matter.detail}"),
            detail=matter.detail,
            subject=matter.subject,
            channel="web",
            area_id=self.counter.area_id,
            reachable=Reachable(name=matter.asker),
        )
        self.pk = intake.register(self.counter.clerk, said).pk

    @transaction.atomic
    def take_up(self) -> None:
        """Accept by the starter lexicon and dispatch by the catalogue."""
        category = self.stage.lexicon.category(self.matter.subject, self.matter.detail)
        code = category.code if category else "14"
        clerk = self.counter.clerk
        triage.accept(clerk, self.pk, appeal_type="complaint", category=code)
        unit_id, reason = self._lead(code)
        self.unit = self.stage.contacts[unit_id]
        triage.dispatch(clerk, self.pk, unit_id=unit_id, reason=reason)

    def _lead(self, code: str) -> tuple[int, str]:
        key = (code, self.counter.area_id)
        if key not in self.stage.leads:
            path = territory.area(self.counter.area_id).path
            lead = catalogue.lead_for(code, path, clock.today())
            self.stage.leads[key] = (lead.unit.pk, lead.reason) if lead else (self.stage.fallback_id, FALLBACK_UNIT)
        return self.stage.leads[key]

    @transaction.atomic
    def begin(self) -> None:
        """The unit signs and contacts the petitioner."""
        handling.sign(self.unit, self.pk)
        handling.contact(self.unit, self.pk, text="已联系诉求人，核对反映事项。")

    def reply(self) -> None:
        """The real reply at its real time; late ones say so."""
        handling.submit_reply(self.unit, self.pk, result="explained", text=self.matter.reply, late_reason=_LATE)

    def review(self) -> None:
        """A reviewer of the counter passes the reply."""
        handling.pass_reply(self.counter.reviewer, self.pk)

    @transaction.atomic
    def feed_back(self) -> None:
        """The slips with their evidence; rating opens."""
        for party, way in ((Party.ASKER, "online"), (Party.STUDIO, "internal"), (Party.WORK_DEPARTMENT, "internal")):
            feedback.record_slip(self.unit, self.pk, party=party, way=way, evidence="原件答复已公布")
        feedback.deliver(self.unit, self.pk)

    def close(self) -> None:
        """Nobody rated: the window ends, 未评价."""
        closing.close(self.counter.clerk, self.pk)
