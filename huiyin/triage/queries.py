"""Every read of suggestions and readers: what is proposed for a matter, who serves, and the figures of both."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Substr, TruncMonth, TruncWeek

from huiyin.access import policy
from huiyin.kernel import clock
from huiyin.kernel.errors import N_, NotFound
from huiyin.kernel.held import Held
from huiyin.people.actors import Actor
from huiyin.triage import readers as readers_files
from huiyin.triage import thinking
from huiyin.triage.models import LEARNED, Aspect, Reader, Service, Suggestion
from huiyin.triage.rules import Learned, Tally
from huiyin.triage.thinking import Live, Thought, Words

_BRANCH_DIGITS: Final = 2
_SPOKEN: Final = Q(abstains=False)
_RIGHT: Final = _SPOKEN & Q(rank=0)
_TALLY: Final = {
    "settled": Count("pk"),
    "spoken": Count("pk", filter=_SPOKEN),
    "right": Count("pk", filter=_RIGHT),
    "in_three": Count("pk", filter=Q(rank__isnull=False)),
    "taken": Count("pk", filter=Q(is_taken=True)),
}


def of_appeal(appeal_id: int) -> dict[str, Suggestion]:
    """What was suggested for a matter, by aspect; empty before the worker has read it, and for secret tracks.

    The caller has checked that the actor sees the matter.
    """
    return {row.aspect: row for row in Suggestion.objects.filter(appeal_id=appeal_id).select_related("reader")}


def stored() -> Exists:
    """Whether the matter of an outer row has suggestions."""
    return Exists(Suggestion.objects.filter(appeal_id=OuterRef("pk")))


def first_thoughts(words: Words, day: date) -> list[Thought]:
    """What the starter makes of words nobody has stored yet, such as those being typed."""
    return thinking.thoughts(words, day=day, live={})


def serving() -> dict[str, Service]:
    """The newest service of each learned aspect; an aspect without one is served by the starter."""
    rows = Service.objects.order_by("aspect", "-pk").distinct("aspect").select_related("reader", "before")
    return {row.aspect: row for row in rows}


def learned_of(reader: Reader) -> Learned:
    """What a reader learned beside its file."""
    told = reader.learned
    return Learned(told["label_of"], told["counts"], told["trust"])


def _read_live() -> dict[str, Live]:
    readers = {aspect: row.reader for aspect, row in serving().items() if row.reader is not None}
    return {aspect: Live(row.pk, row.sha256, learned_of(row)) for aspect, row in readers.items()}


_LIVE = Held(_read_live)


def live() -> dict[str, Live]:
    """The readers that serve now, by aspect; another process sees a switch after a minute at the latest."""
    return _LIVE.get()


def forget_live() -> None:
    """Look up the serving readers again at the next question, because one was just switched."""
    _LIVE.forget()


def readers(*, limit: int = 30) -> list[Reader]:
    """The newest readers, live or not, with what they were compared with."""
    return list(Reader.objects.select_related("compared_with").order_by("-pk")[:limit])


def reader(pk: int) -> Reader:
    """One reader by its number; raises NotFound."""
    found = Reader.objects.filter(pk=pk).first()
    if found is None:
        raise NotFound("unknown_reader", N_("没有第 %(number)s 号模型。用 huiyin triage models 看有哪些。"), number=pk)
    return found


def newest_reader(aspect: str) -> Reader | None:
    """The reader of an aspect that was trained last, live or not."""
    return Reader.objects.filter(aspect=aspect).order_by("-pk").first()


def services(*, limit: int = 12) -> list[Service]:
    """The newest switches, with the readers that then served."""
    return list(Service.objects.select_related("reader").order_by("-pk")[:limit])


def has_file(reader: Reader) -> bool:
    """Whether a reader's file lies in the store, so that it can speak."""
    return bool(reader.sha256) and readers_files.is_there(reader.sha256)


def with_files() -> QuerySet[Reader]:
    """The readers whose file is kept, the newest first."""
    return Reader.objects.exclude(sha256="").order_by("-pk")


def settled(actor: Actor) -> QuerySet[Suggestion]:
    """The suggestions in an actor's reach that people have settled."""
    return Suggestion.objects.filter(policy.suggestion_q(actor), settled_at__isnull=False)


def tallies(found: QuerySet[Suggestion]) -> dict[str, Tally]:
    """How often each aspect was right, in one query."""
    rows = found.order_by().values("aspect").annotate(**_TALLY)
    return {str(row["aspect"]): _tally(row) for row in rows}


def by_week(found: QuerySet[Suggestion], *, since: datetime) -> list[tuple[date, Tally]]:
    """The categories suggested in each local week (by its Monday), oldest first, in one query."""
    weeks = _categories(found).filter(settled_at__gte=since)
    rows = weeks.annotate(week=TruncWeek("settled_at", tzinfo=clock.LOCAL)).values("week").annotate(**_TALLY)
    return [(clock.local_date(row["week"]), _tally(row)) for row in rows.order_by("week")]


def by_branch(found: QuerySet[Suggestion], *, since: datetime) -> dict[str, Tally]:
    """The categories suggested, by the first level of what was chosen, in one query."""
    rows = _categories(found).filter(settled_at__gte=since).annotate(branch=Substr("chosen", 1, _BRANCH_DIGITS))
    return {str(row["branch"]): _tally(row) for row in rows.values("branch").annotate(**_TALLY).order_by("branch")}


def by_month(found: QuerySet[Suggestion], *, since: datetime) -> dict[date, Tally]:
    """The categories suggested in each local month (by its first day), in one query."""
    months = _categories(found).filter(settled_at__gte=since)
    rows = months.annotate(month=TruncMonth("settled_at", tzinfo=clock.LOCAL)).values("month").annotate(**_TALLY)
    return {clock.local_date(row["month"]): _tally(row) for row in rows.order_by("month")}


def chosen_counts(found: QuerySet[Suggestion], *, since: datetime, until: datetime) -> dict[str, int]:
    """How many matters of each category people settled in a time, in one query."""
    rows = _categories(found).filter(settled_at__gte=since, settled_at__lt=until).values("chosen")
    return dict(rows.annotate(count=Count("pk")).values_list("chosen", "count"))


@dataclass(frozen=True, slots=True)
class Correction:
    """One category that people changed into another, how often."""

    suggested: str
    chosen: str
    count: int


def corrections(found: QuerySet[Suggestion], *, since: datetime, limit: int = 8) -> list[Correction]:
    """The changes people made most often, at least twice, in one query."""
    changed = _categories(found).filter(_SPOKEN, settled_at__gte=since).exclude(rank=0)
    rows = changed.values_list("best", "chosen").annotate(count=Count("pk"))
    rows = rows.filter(count__gte=2).order_by("-count", "best", "chosen")
    return [Correction(*row) for row in rows[:limit]]


def right_by_confidence(bounds: Mapping[str, float], *, since: datetime) -> dict[str, Tally]:
    """For each word of confidence how often a category said with it was left as it was, in one query.

    `bounds` gives each word its lowest probability, the highest word first.
    """
    within: dict[str, Q] = {}
    top = 1.1
    for word, low in bounds.items():
        within[word] = Q(probability__gte=low, probability__lt=top)
        top = low
    counts = {f"{word}_settled": Count("pk", filter=q) for word, q in within.items()}
    counts |= {f"{word}_right": Count("pk", filter=q & Q(rank=0)) for word, q in within.items()}
    row = _categories(Suggestion.objects.filter(settled_at__gte=since)).aggregate(**counts)
    return {word: Tally(row[f"{word}_settled"], row[f"{word}_settled"], row[f"{word}_right"], 0, 0) for word in within}


def aspects_learned() -> tuple[str, ...]:
    """The aspects readers can be trained for."""
    return tuple(aspect.value for aspect in LEARNED)


def _categories(found: QuerySet[Suggestion]) -> QuerySet[Suggestion]:
    return found.filter(aspect=Aspect.CATEGORY).order_by()


def _tally(row: Mapping[str, Any]) -> Tally:
    return Tally(row["settled"], row["spoken"], row["right"], row["in_three"], row["taken"])
