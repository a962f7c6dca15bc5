"""The leader's first page put together: eight figures, what needs attention, and the tables beneath."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.appeals.models import Appeal
from huiyin.board import leader_tables, places
from huiyin.board.leader_tables import rows_url
from huiyin.board.tables import Table
from huiyin.catalogue import queries as catalogue
from huiyin.catalogue.models import AppealType
from huiyin.figures import breakdown, overview, queries, rules
from huiyin.figures.breakdown import Line
from huiyin.figures.queries import Figure
from huiyin.figures.rules import Period
from huiyin.people.actors import Actor

RESTS: Final = {
    "closing_rate": gettext_lazy("还没有办结"),
    "on_time_rate": gettext_lazy("没有按期"),
    "response_rate": gettext_lazy("没有按时响应"),
    "satisfaction_rate": gettext_lazy("居民不满意"),
    "four_party_rate": gettext_lazy("四方凭证不齐"),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for which period of which territory."""

    actor: Actor
    period: Period
    area_path: str
    level: int
    now: datetime

    @property
    def found(self) -> QuerySet[Appeal]:
        """The matters that are counted."""
        return queries.scope(self.actor, area_path=self.area_path)

    @property
    def params(self) -> dict[str, str]:
        """What an address carries so that the rows behind a number are counted alike."""
        kept = {"since": f"{self.period.first}", "until": f"{self.period.last}", "area": self.area_path}
        return {name: value for name, value in kept.items() if value}


@dataclass(frozen=True, slots=True)
class Card:
    """One of the eight: with the words of the house and the address of its rows."""

    label: str
    value: str
    unit: str
    base: str
    fact: str
    definition: str
    url: str
    rest_url: str
    rest_words: str
    is_alarming: bool


def cards(figures: Iterable[Figure], asked: Asked) -> list[Card]:
    """The eight figures."""
    return [_card(figure, asked.params) for figure in figures]


def _card(figure: Figure, params: Mapping[str, str]) -> Card:
    is_rate = figure.whole is not None
    out_of = {"part": figure.part, "whole": figure.whole}
    has_rest = is_rate and (figure.whole or 0) > (figure.part or 0)
    return Card(
        _(figure.name),
        figure.value,
        "" if is_rate else _("件"),
        _(figure.base),
        _("%(part)s ÷ %(whole)s") % out_of if is_rate else "",
        _(figure.definition),
        rows_url(params, **figure.drill),
        rows_url(params, **figure.drill, part="rest") if has_rest else "",
        _rest_words(figure) if has_rest else "",
        figure.is_alarming,
    )


def _rest_words(figure: Figure) -> str:
    words = {"count": (figure.whole or 0) - (figure.part or 0), "what": RESTS[figure.code]}
    return _("%(count)s 件%(what)s") % words


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing that needs attention: how many, what it is, and where its rows are."""

    count: int
    label: str
    definition: str
    url: str


def alarms(figures: Iterable[Figure], asked: Asked) -> list[Alarm]:
    """Late, bounced and dissatisfied; the first and the last are the rest of two of the eight figures."""
    rest = {figure.code: (figure.whole or 0) - (figure.part or 0) for figure in figures}
    sent_back = breakdown.bounced(asked.found, asked.period).count()
    told = (
        (rest["on_time_rate"], _("本期到期没有按期办结"), _("到期口径"), "on_time_rate", "rest"),
        (sent_back, _("答复被审核退回的件"), _("审核退回发生在本期"), "bounced", "whole"),
        (rest["satisfaction_rate"], _("居民不满意的件"), _("本期办结，最后一轮评议不满意"), "unsatisfied", "whole"),
    )
    return [
        Alarm(n, label, base, rows_url(asked.params, figure=code, part=part)) for n, label, base, code, part in told
    ]


@dataclass(frozen=True, slots=True)
class Growth:
    """A category that grew: how many now, how many before."""

    name: str
    count: int
    before: int
    change: str
    url: str


def growing(lines: list[Line], params: Mapping[str, str]) -> list[Growth]:
    """The categories that grew most against the period before."""
    names = places.category_names()
    return [
        Growth(
            names.get(line.key, line.key),
            line.count,
            line.before,
            rules.signed_percent(rules.change(line.count, line.before)),
            rows_url(params, figure="received", category=line.key, level="2"),
        )
        for line in breakdown.growing(lines)
    ]


def tables(asked: Asked, categories: list[Line]) -> list[Table]:
    """F-1 to F-5 with the slowest units."""
    found, period, params = asked.found, asked.period, asked.params
    units = queries.by_unit(found, period, now=asked.now)
    by_place = breakdown.by_place(found, period, places.communities(below=asked.area_path), now=asked.now)
    channels = {row.code: row.name for row in catalogue.channels()}
    types = {value: str(label) for value, label in AppealType.choices}
    of = leader_tables.distribution
    return [
        leader_tables.units(units, params),
        leader_tables.slowest(units),
        leader_tables.places(_seen(by_place, asked), params),
        of("F-2", _("渠道来源表"), breakdown.by_channel(found, period), channels, "channel", params),
        of("F-3", _("类型表"), breakdown.by_type(found, period), types, "appeal_type", params),
        of(
            "F-4",
            _("分类热点表"),
            categories,
            places.category_names(),
            "category",
            {**params, "level": f"{asked.level}"},
        ),
    ]


def _seen(lines: list[breakdown.PlaceLine], asked: Asked) -> list[breakdown.PlaceLine]:
    """The communities of the actor's own territory; for people of a unit those where they have something."""
    reach = tuple(seat.area_path for seat in asked.actor.seats if seat.area_path)
    return [line for line in lines if line.received or (reach and line.area and line.area.path.startswith(reach))]


def context(asked: Asked) -> dict[str, Any]:
    """Everything of the page but its form."""
    figures = overview.eight(asked.actor, asked.period, now=asked.now, area_path=asked.area_path)
    categories = breakdown.by_category(asked.found, asked.period, asked.level, 2)
    return {
        "cards": cards(figures, asked),
        "alarms": alarms(figures, asked),
        "growing": growing(categories[2], asked.params),
        "tables": tables(asked, categories[asked.level]),
    }
