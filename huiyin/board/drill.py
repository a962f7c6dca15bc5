"""From a number to its rows: the same conditions, the same territory, and words for what is shown."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.access import policy
from huiyin.appeals import queries as appeals
from huiyin.appeals.models import Appeal
from huiyin.appeals.stages import ENDED, Stage
from huiyin.board import places
from huiyin.board.leader_page import Asked
from huiyin.board.leader_tables import UNDECIDED
from huiyin.board.tables import Caption
from huiyin.catalogue import queries as catalogue
from huiyin.catalogue.models import AppealType
from huiyin.design.shapes import MatterLine
from huiyin.figures import behind, breakdown
from huiyin.figures.queries import BASE_NOW

_HEADINGS: Final = {
    "received": gettext_lazy("收到的件"),
    "open": gettext_lazy("在办的件"),
    "late_open": gettext_lazy("逾期未答复的件"),
    "accepted": gettext_lazy("受理的件"),
    "accepted_closed": gettext_lazy("受理的件中已办结的"),
    "due": gettext_lazy("到期的件"),
    "due_on_time": gettext_lazy("到期的件中按期提交结果的"),
    "due_late": gettext_lazy("到期的件中逾期才提交结果的"),
    "due_late_open": gettext_lazy("到期的件中逾期未办的"),
    "closed": gettext_lazy("办结的件"),
    "closing_rate": gettext_lazy("受理的件"),
    "on_time_rate": gettext_lazy("到期的件"),
    "response_rate": gettext_lazy("派单的件"),
    "satisfaction_rate": gettext_lazy("居民评议过的件"),
    "four_party_rate": gettext_lazy("办结的件"),
    "bounced": gettext_lazy("答复被审核退回的件"),
    "unsatisfied": gettext_lazy("居民不满意的件"),
}
_OF_NOW: Final = ("open", "late_open")
_RESTS: Final = {
    "closing_rate": gettext_lazy("受理的件中还没有办结的"),
    "on_time_rate": gettext_lazy("到期的件中没有按期提交结果的"),
    "response_rate": gettext_lazy("派单的件中没有按时签收并先行联系的"),
    "satisfaction_rate": gettext_lazy("居民评议为不满意的件"),
    "four_party_rate": gettext_lazy("办结的件中四方凭证不齐的"),
}


def found(asked: Asked, given: Mapping[str, str]) -> QuerySet[Appeal]:
    """The matters a number counted, seen by those who may see the matters themselves; raises NotFound."""
    seen = asked.found.filter(policy.scope_q(asked.actor, "appeal.see"))
    code, part = given.get("figure", ""), given.get("part", "whole")
    counted = behind.rows(seen, code, part, asked.period, now=asked.now)
    if given.get("category"):
        counted = breakdown.in_category(counted, _key(given, "category"), level=asked.level)
    for name, column in (("appeal_type", "appeal_type"), ("channel", "channel__code")):
        if given.get(name):
            counted = counted.filter(**{column: _key(given, name)})
    unit = given.get("unit", "")
    return counted.filter(lead_unit_id=int(unit)) if unit.isdigit() else counted


def _key(given: Mapping[str, str], name: str) -> str:
    return "" if given[name] == UNDECIDED else given[name]


def heading(given: Mapping[str, str]) -> str:
    """What is shown, in words, with what narrows it."""
    code = given.get("figure", "")
    words = _RESTS[code] if given.get("part") == "rest" and code in _RESTS else _HEADINGS.get(code, "")
    return "，".join(part for part in (str(words), *_narrowing(given)) if part)


def of_when(given: Mapping[str, str], caption: Caption) -> str:
    """Of when a number is, in words: of a period, or of this moment when no period narrows it."""
    return _(BASE_NOW) if given.get("figure") in _OF_NOW else caption.period_words


def _narrowing(given: Mapping[str, str]) -> Iterable[str]:
    names: dict[str, Mapping[str, str]] = {
        "category": places.category_names(),
        "appeal_type": {value: str(label) for value, label in AppealType.choices},
        "channel": {row.code: row.name for row in catalogue.channels()},
        "unit": {pk: name for _group, options in places.unit_options() for pk, name in options},
    }
    for name, known in names.items():
        asked = given.get(name)
        if asked:
            yield _("还没有定") if asked == UNDECIDED else known.get(asked, asked)


def rows(matters: Iterable[Appeal], *, now: datetime) -> list[MatterLine]:
    """The rows of a page; no clock runs for matters that have ended."""
    stages = {value: str(label) for value, label in Stage.choices}
    return [
        MatterLine(
            pk=row.pk,
            url=reverse("desk:appeal", args=[row.pk]),
            number=row.number,
            what=row.subject,
            place=row.area.called,
            kind=str(row.category) if row.category else "",
            holder=row.lead_unit.name if row.lead_unit else row.keeper.name if row.keeper else "",
            stage=stages[row.stage],
            light=appeals.light_of(row, now=now).value,
            due_on=None if row.stage in ENDED else row.answer_due_on,
            workdays_left=None,
        )
        for row in matters
    ]
