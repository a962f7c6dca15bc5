"""The lists of a workbench: which of them an actor's posts make sense of, their names, counts and rows."""

import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Final

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.access import policy
from huiyin.appeals import queries
from huiyin.appeals.models import Appeal
from huiyin.appeals.queries import Page
from huiyin.appeals.stages import AT_THE_UNIT, ENDED, Stage
from huiyin.catalogue.models import AppealType
from huiyin.design.shapes import Light, MatterLine
from huiyin.journal import queries as journal
from huiyin.kernel import clock
from huiyin.people.actors import Actor
from huiyin.territory import queries as territory
from huiyin.territory import rules
from huiyin.territory.rules import Calendar

NAMES: Final = {
    "mine": gettext_lazy("我经手的"),
    "unit": gettext_lazy("本单位在办"),
    "triage": gettext_lazy("待受理派单"),
    "review": gettext_lazy("答复待审"),
    "feedback": gettext_lazy("待反馈"),
    "rating": gettext_lazy("待评议"),
    "collected": gettext_lazy("我收集的"),
    "all": gettext_lazy("全部在办"),
    "ended": gettext_lazy("已办结"),
}
_RIGHTS: Final = {
    "mine": ("appeal.triage",),
    "unit": ("appeal.handle", "appeal.redo"),
    "triage": ("appeal.triage",),
    "review": ("appeal.review",),
    "feedback": ("appeal.feed_back",),
    "rating": ("appeal.rate_on_paper", "appeal.review"),
    "collected": ("appeal.rate_collected",),
    "all": ("appeal.see",),
    "ended": ("appeal.see",),
}
_NEWEST_FIRST: Final = ("ended", "collected")
_FAR_DAYS: Final = 120


@dataclass(frozen=True, slots=True)
class ListLine:
    """One list in the left column: its name, how many are open and how many of them late."""

    code: str
    name: str
    url: str
    is_open: bool
    all: str = ""
    red: int = 0


def codes(actor: Actor) -> list[str]:
    """The lists the actor's posts make sense of, the most their own first."""
    return [code for code in NAMES if any(policy.has(actor, right) for right in _RIGHTS[code])]


def chosen(actor: Actor, asked: str) -> str:
    """The list that is asked for when the actor has it, else their first."""
    mine = codes(actor)
    return asked if asked in mine else next(iter(mine), "all")


def bare(actor: Actor) -> tuple[ListLine, ...]:
    """The lists without counts, for pages beside the workbench."""
    home = reverse("desk:home")
    return tuple(ListLine(code, str(NAMES[code]), f"{home}?list={code}", is_open=False) for code in codes(actor))


Counts = dict[str, dict[str, int]]


@dataclass(slots=True)
class _Known:
    """Counts of one actor's lists, true until the next event; lights move on, so they are kept for seconds only."""

    event_id: int
    at: float
    counts: Counts


_KNOWN: Final[dict[tuple[Actor, str], _Known]] = {}
_KNOWN_SECONDS: Final = 20.0
_KNOWN_MOST: Final = 500


def counts(actor: Actor, *, now: datetime) -> Counts:
    """How many of each list are open and late: counted anew after any event, else known for some seconds."""
    key, event_id = (actor, connection.settings_dict["NAME"]), journal.newest_id()
    known = _KNOWN.get(key)
    if known is None or known.event_id != event_id or time.monotonic() - known.at > _KNOWN_SECONDS:
        asked = [code for code in codes(actor) if code != "ended"]
        known = _Known(event_id, time.monotonic(), queries.counts_by_list(actor, asked, now=now))
        if len(_KNOWN) >= _KNOWN_MOST:
            _KNOWN.clear()
        _KNOWN[key] = known
    return known.counts


def counted(actor: Actor, opened: str, counts: Counts) -> tuple[ListLine, ...]:
    """The lists with their counts; ended matters are not counted."""
    home, mine = reverse("desk:home"), codes(actor)
    return tuple(
        ListLine(
            code,
            str(NAMES[code]),
            f"{home}?list={code}",
            code == opened,
            _tally(counts[code]["all"]) if code in counts else "",
            counts[code]["red"] if code in counts else 0,
        )
        for code in mine
    )


def _tally(count: int) -> str:
    return f"{queries.COUNT_LIMIT}+" if count > queries.COUNT_LIMIT else str(count)


def page(
    actor: Actor, name: str, narrowed: queries.Chosen, *, after: str, now: datetime, total: int | None = None
) -> Page:
    """One page of a list: what is due next first; ended and collected matters newest first."""
    if narrowed == queries.Chosen() and not after and total is not None and name not in _NEWEST_FIRST:
        return queries.first_by_due(actor, name, total=total)
    scope, only_open = policy.scope_q(actor, "appeal.see"), name not in ("ended", "collected")
    found = queries.narrowed(queries.in_list(actor, name), narrowed, now=now, scope=scope, only_open=only_open)
    if name in _NEWEST_FIRST:
        return queries.page(found, after=after)
    return queries.page_by_due(found, after=after, total=total if narrowed == queries.Chosen() else None)


def rows(found: Iterable[Appeal], *, now: datetime) -> list[MatterLine]:
    """The rows of a page; labels are translated once for all of them."""
    stages = {value: str(label) for value, label in Stage.choices}
    kinds = {value: str(label) for value, label in AppealType.choices}
    calendar, today = territory.calendar(), clock.local_date(now)
    left = lru_cache(maxsize=None)(lambda due: _left(due, today, calendar))
    before, _zero, after = reverse("desk:appeal", args=[0]).rpartition("0")
    return [
        MatterLine(
            pk=row.pk,
            url=f"{before}{row.pk}{after}",
            number=row.number,
            what=row.subject,
            place=place(row),
            kind=str(row.category) if row.category else kinds.get(row.appeal_type, ""),
            holder=holder(row),
            stage=stages[row.stage],
            light=light(row, now),
            due_on=due_day(row),
            workdays_left=left(due_day(row)),
        )
        for row in found
    ]


def light(found: Appeal, now: datetime) -> Light:
    """The light under which a matter stands, as the parts name it."""
    return queries.light_of(found, now=now).value


def place(found: Appeal) -> str:
    """Where it is, in the words that were said about it, else by the name of its area."""
    return found.place_text or found.area.called


def holder(found: Appeal) -> str:
    """Who has a matter now: its unit while it is there, else its keeper."""
    if found.stage in AT_THE_UNIT and found.lead_unit is not None:
        return found.lead_unit.name
    return found.keeper.name if found.keeper is not None else _("还没有经手人")


def due_day(found: Appeal) -> date | None:
    """The last day of the limit a matter's stage runs under; none once it has ended."""
    if found.stage_due_at is None or found.stage in ENDED:
        return None
    return clock.local_date(found.stage_due_at - timedelta(microseconds=1))


def _left(due: date | None, today: date, calendar: Calendar) -> int | None:
    """Working days left, negative when late; none when the day is too far off to be counted or not in the calendar.

    A limit that ended since the last working day is late by none: its day is shown alone.
    """
    if due is None or abs((due - today).days) > _FAR_DAYS or not {due.year, today.year} <= calendar.years:
        return None
    left = rules.working_days_between(today, due, calendar)
    return None if left == 0 and due < today else left
