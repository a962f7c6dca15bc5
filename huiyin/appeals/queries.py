"""Every read of appeals, actor first, through the policy."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.db.models import Case, Count, Q, QuerySet, Value, When

from huiyin.access import policy
from huiyin.access.rules import holds
from huiyin.appeals import clocks, obstacles, rules
from huiyin.appeals.models import Appeal
from huiyin.appeals.rules import Light
from huiyin.appeals.stages import AT_THE_UNIT, ENDED, Stage
from huiyin.appeals.steps import STEPS
from huiyin.catalogue import queries as catalogue
from huiyin.finding import queries as finding
from huiyin.kernel import clock, numbers
from huiyin.kernel.errors import N_, NotAllowed, NotFound
from huiyin.kernel.held import HeldByKey
from huiyin.kernel.steps import Step
from huiyin.people import queries as people_queries
from huiyin.people import vault
from huiyin.people import workflow as people
from huiyin.people.actors import Actor
from huiyin.people.models import Contact
from huiyin.people.workflow import Reachable
from huiyin.rows import NO_ROW, Asked, Kept
from huiyin.territory import queries as territory
from huiyin.territory.rules import Due

PAGE_ROWS: Final = 25
COUNT_LIMIT: Final = 1000
_ROW_COLUMNS: Final = (
    "number",
    "version",
    "stage",
    "subject",
    "appeal_type",
    "urgency",
    "place_text",
    "area_path",
    "registered_at",
    "answer_due_on",
    "stage_due_at",
    "stage_amber_at",
    "supervised_at",
    "redo_count",
    "is_anonymous",
    "persons_count",
    "keeper_id",
    "collector_id",
    "lead_unit_id",
    "outcome",
    "area_id",
    "category_id",
)


def visible(actor: Actor, right: str = "appeal.see") -> QuerySet[Appeal]:
    """The appeals a right of the actor reaches."""
    return Appeal.objects.filter(policy.scope_q(actor, right))


def in_list(actor: Actor, name: str) -> QuerySet[Appeal]:
    """One of the actor's lists; an unknown name is the list of everything open."""
    return visible(actor).filter(_list_q(actor, name))


def _list_q(actor: Actor, name: str) -> Q:
    is_open = ~Q(stage__in=ENDED)
    return {
        "mine": is_open & Q(keeper_id=actor.user_id),
        "triage": Q(stage__in=(Stage.REGISTERED, Stage.ACCEPTED, Stage.INFO_NEEDED)),
        "unit": Q(stage__in=AT_THE_UNIT, lead_unit_id__in=actor.unit_ids),
        "review": Q(stage=Stage.REPLY_REVIEW),
        "feedback": Q(stage__in=(Stage.FEEDBACK_DUE, Stage.ANSWERED_ON_SPOT)),
        "rating": Q(stage=Stage.RATING),
        "collected": Q(collector_id=actor.user_id),
        "ended": Q(stage__in=ENDED),
    }.get(name, is_open)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a list is narrowed to, beside its name."""

    light: str = ""
    stage: str = ""
    appeal_type: str = ""
    category: str = ""
    channel: str = ""
    unit_id: int | None = None
    area_path: str = ""
    outcome: str = ""
    since: date | None = None
    until: date | None = None
    words: str = ""


def narrowed(
    found: QuerySet[Appeal], chosen: Chosen, *, now: datetime, scope: Q = policy.EVERYTHING, only_open: bool = False
) -> QuerySet[Appeal]:
    """A list narrowed by light, stage, kind, place, time or words.

    `scope` and `only_open` say what the list is narrowed to already; words are found the faster for it.
    """
    plain = {
        "stage": chosen.stage,
        "appeal_type": chosen.appeal_type,
        "channel__code": chosen.channel,
        "lead_unit_id": chosen.unit_id,
        "outcome": chosen.outcome,
        "category__code__startswith": chosen.category,
    }
    found = found.filter(**{column: value for column, value in plain.items() if value})
    if chosen.area_path:
        found = found.filter(policy.below(chosen.area_path))
    if chosen.since:
        found = found.filter(registered_at__gte=_midnight(chosen.since))
    if chosen.until:
        found = found.filter(registered_at__lt=_midnight(chosen.until, days=1))
    if chosen.words.strip():
        found = found.filter(_says(chosen.words, scope, only_open=only_open))
    return found.filter(_under(chosen.light, now))


def _midnight(day: date, *, days: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=clock.LOCAL) + timedelta(days=days)


def _says(words: str, scope: Q, *, only_open: bool) -> Q:
    """Subject, words or place hold every word that was typed, or it is the number that was typed."""
    number = numbers.normalise(words)
    if number.isdigit() and len(number) == numbers.NUMBER_DIGITS:
        return Q(number=number)
    return finding.says("appeal", words, scope=scope, only_open=only_open)


def _under(light: str, now: datetime) -> Q:
    match light:
        case Light.RED:
            return Q(stage_due_at__lte=now)
        case Light.AMBER:
            return Q(stage_due_at__gt=now, stage_amber_at__lte=now)
        case Light.GREEN:
            return Q(stage_due_at__gt=now) & (Q(stage_amber_at__gt=now) | Q(stage_amber_at__isnull=True))
        case _:
            return Q()


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list: its rows, the keys of the pages around it, and how many there are in all."""

    rows: list[Appeal]
    total: int
    is_more_than_total: bool
    after: str
    before: str


def page(found: QuerySet[Appeal], *, newest_first: bool = True, after: str = "", total: int | None = None) -> Page:
    """The next 25 rows after a key (keyset by row id), with the total up to a thousand when it is not known."""
    total = _count(found) if total is None else total
    order = "-id" if newest_first else "id"
    rows_after = found
    if after.isdigit():
        rows_after = found.filter(id__lt=int(after)) if newest_first else found.filter(id__gt=int(after))
    rows = named_rows(rows_after.order_by(order)[: PAGE_ROWS + 1])
    more = str(rows[PAGE_ROWS - 1].pk) if len(rows) > PAGE_ROWS else ""
    return Page(rows[:PAGE_ROWS], min(total, COUNT_LIMIT), total > COUNT_LIMIT, more, after)


def page_by_due(found: QuerySet[Appeal], *, after: str = "", total: int | None = None) -> Page:
    """The 25 rows due next after a key `due|id` (today's list: the most urgent first)."""
    total = _count(found) if total is None else total
    rows_after = found
    due, _, pk = after.partition("|")
    if pk.isdigit():
        key = datetime.fromisoformat(due) if due else None
        later = Q(stage_due_at=key, id__gt=int(pk))
        later |= Q(stage_due_at__gt=key) | Q(stage_due_at__isnull=True) if key else Q()
        rows_after = found.filter(later)
    return _page_of_due(named_rows(_by_due(rows_after)), total, after)


_FIRST: Final[HeldByKey[tuple[Actor, str], Asked[Appeal]]] = HeldByKey(seconds=600)


def first_by_due(actor: Actor, name: str, *, total: int) -> Page:
    """The first page of one of the actor's lists as it stands, due next first: what every visit asks."""
    asked = _FIRST.get((actor, name), lambda: Asked(_by_due(in_list(actor, name)).only(*_ROW_COLUMNS)))
    return _page_of_due(_named(asked.rows()), total, "")


def _by_due(found: QuerySet[Appeal]) -> QuerySet[Appeal]:
    return found.order_by("stage_due_at", "id")[: PAGE_ROWS + 1]


def _page_of_due(rows: list[Appeal], total: int, after: str) -> Page:
    last = rows[PAGE_ROWS - 1] if len(rows) > PAGE_ROWS else None
    key_of = f"{last.stage_due_at.isoformat() if last.stage_due_at else ''}|{last.pk}" if last else ""
    return Page(rows[:PAGE_ROWS], min(total, COUNT_LIMIT), total > COUNT_LIMIT, key_of, after)


def _count(found: QuerySet[Appeal]) -> int:
    return found.order_by().values("pk")[: COUNT_LIMIT + 1].count()


def named_rows(found: QuerySet[Appeal]) -> list[Appeal]:
    """Appeals with only the columns a row shows, and the names of people, units, places that this process holds."""
    return _named(list(found.only(*_ROW_COLUMNS)))


def _named(rows: list[Appeal]) -> list[Appeal]:
    keepers = people_queries.users(row.keeper_id for row in rows)
    units = people_queries.units_by_id(row.lead_unit_id for row in rows if row.lead_unit_id is not None)
    areas = territory.areas_by_id(row.area_id for row in rows)
    for row in rows:
        row.area = areas[row.area_id]
        row.keeper = keepers.get(row.keeper_id or 0)
        row.lead_unit = units.get(row.lead_unit_id or 0)
        if row.category_id is not None:
            row.category = catalogue.category_by_id(row.category_id)
    return rows


def counts_by_light(found: QuerySet[Appeal], *, now: datetime) -> dict[str, int]:
    """How many of a list stand under each light, in one query."""
    row = found.aggregate(
        red=Count("pk", filter=_under(Light.RED, now)),
        amber=Count("pk", filter=_under(Light.AMBER, now)),
        green=Count("pk", filter=_under(Light.GREEN, now)),
    )
    return {light: row[light] for light in ("red", "amber", "green")}


@dataclass(frozen=True, slots=True)
class _Alike:
    """Open appeals that no list tells apart: what the lists ask of a row, and how many there are."""

    stage: str
    keeper_id: int | None
    lead_unit_id: int | None
    collector_id: int | None
    is_late: bool
    count: int


def counts_by_list(actor: Actor, names: Iterable[str], *, now: datetime) -> dict[str, dict[str, int]]:
    """For each of the actor's lists how many are open and how many are late, in one query."""
    alike = _open_alike(actor, now)
    counts = {}
    for name in names:
        within = [group for group in alike if holds(_list_q(actor, name), group)]
        late = sum(group.count for group in within if group.is_late)
        counts[name] = {"all": sum(group.count for group in within), "red": late}
    return counts


def _open_alike(actor: Actor, now: datetime) -> list[_Alike]:
    """The open appeals the actor sees, grouped by what the lists tell apart."""
    mine = {
        "by_keeper": Q(keeper_id=actor.user_id),
        "by_unit": Q(lead_unit_id__in=actor.unit_ids),
        "by_collector": Q(collector_id=actor.user_id),
        "is_late": _under(Light.RED, now),
    }
    flags = {name: Case(When(within, then=Value(1)), default=Value(0)) for name, within in mine.items()}
    grouped = visible(actor).filter(~Q(stage__in=ENDED)).annotate(**flags).values("stage", *flags)
    unit_id = actor.unit_ids[0] if actor.unit_ids else None
    return [
        _Alike(
            stage,
            actor.user_id if by_keeper else None,
            unit_id if by_unit else None,
            actor.user_id if by_collector else None,
            bool(is_late),
            count,
        )
        for stage, by_keeper, by_unit, by_collector, is_late, count in grouped.annotate(count=Count("pk")).values_list(
            "stage", *flags, "count"
        )
    ]


_APPEALS: Final = Kept(lambda pk: Appeal.objects.filter(pk=pk), mark=NO_ROW)
_CONTACTS: Final = Kept(lambda pk: Contact.objects.filter(pk=pk), mark=NO_ROW)


def appeal(actor: Actor, pk: int) -> Appeal:
    """One appeal the actor sees, with the names its dossier shows; raises NotFound outside."""
    found = _APPEALS.one(pk)
    if found is None or not policy.reaches(actor, "appeal.see", found):
        raise NotFound("unknown_appeal", N_("没有找到这件诉求，或不在您的职责范围内。"))
    _name_its_people(found)
    _name_its_rules(found)
    return found


def _name_its_people(found: Appeal) -> None:
    """Give an appeal its petitioner, and the people, units and places that this process holds."""
    named = people_queries.users((found.keeper_id, found.collector_id, found.first_receiver_id))
    found.keeper = named.get(found.keeper_id or 0)
    found.collector = named.get(found.collector_id or 0)
    found.first_receiver = named.get(found.first_receiver_id or 0)
    found.area = territory.areas_by_id([found.area_id])[found.area_id]
    if found.lead_unit_id is not None:
        found.lead_unit = people_queries.units_by_id([found.lead_unit_id])[found.lead_unit_id]
    if found.contact_id is not None:
        found.contact = _CONTACTS.one(found.contact_id)


def _name_its_rules(found: Appeal) -> None:
    """Give an appeal the rows of the catalogue it names, which this process holds."""
    found.channel = catalogue.channel_by_id(found.channel_id)
    found.answer_limit = catalogue.limit_by_id(found.answer_limit_id)
    if found.category_id is not None:
        found.category = catalogue.category_by_id(found.category_id)


def appeal_by_code(number: str, code: str) -> Appeal:
    """The appeal with this number, proved by its query code; a wrong one of either gives the same NotFound."""
    digits = numbers.normalise(number)
    found = Appeal.objects.filter(number=digits).first() if numbers.is_sound(digits) else None
    if found is None or not numbers.code_fits(code, found.number, found.code_version, vault.code_key()):
        raise NotFound(
            "unknown_number_or_code", N_("编号或查询码不对。请对照回执再看一遍，也可以打电话给社区工作室查。")
        )
    return found


def query_code(found: Appeal) -> str:
    """The query code that belongs to an appeal, to print its receipt (again)."""
    return numbers.query_code(found.number, found.code_version, vault.code_key())


def contact_in_clear(actor: Actor, pk: int, *, purpose: str) -> Reachable:
    """The petitioner's contact data for a purpose; journalled. Raises NotFound, NotAllowed, RuleBroken."""
    found = appeal(actor, pk)
    if not policy.reaches(actor, "appeal.contact_data", found):
        raise NotAllowed("contact_not_yours", N_("您的岗位不能查看这件诉求的联系方式。"))
    if found.contact is None:
        raise NotFound("no_contact", N_("这件诉求没有留联系方式（匿名件）。"))
    return people.read_contact(actor, found.contact, purpose=purpose)


@dataclass(frozen=True, slots=True)
class Choice:
    """One act a page may offer: the step, whether it is open to this actor now, and if not why."""

    step: Step
    is_open: bool
    why_not: str = ""


def choices(actor: Actor, found: Appeal) -> list[Choice]:
    """What can be done with an appeal from its stage; steps the actor may never do are left out."""
    offered = []
    for step in STEPS.open_in(found.stage):
        if policy.reaches(actor, step.right, found):
            why_not = obstacles.why_not(actor, found, step.verb)
            offered.append(Choice(step, not why_not, why_not))
    return offered


def due_explained(found: Appeal) -> Due:
    """How the promised date was counted."""
    return clocks.explain(found)


def light_of(found: Appeal, *, now: datetime) -> Light:
    """The light of the limit an appeal's stage runs under; none once it has ended, no clock runs then."""
    if found.stage in ENDED:
        return Light.NONE
    return rules.light(now, amber_at=found.stage_amber_at, due_at=found.stage_due_at)
