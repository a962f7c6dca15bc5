"""The leader's eight figures: what matters, each with base, period, definition and the rows behind it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from huiyin.appeals.stages import Rater
from huiyin.figures import queries, rules
from huiyin.figures.queries import BASE_CLOSED, BASE_DUE, BASE_NOW, BASE_RECEIVED, BASE_SENT, Figure
from huiyin.figures.rules import Period
from huiyin.kernel.errors import N_
from huiyin.people.actors import Actor


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the eight: its name, base and definition, and what it counts; `code` finds the rows behind it."""

    code: str
    name: str
    base: str
    definition: str


NUMBERS: Final = (
    Kind("received", N_("收到"), BASE_RECEIVED, N_("本期登记的件次，含告知和不予受理的")),
    Kind("open", N_("在办"), BASE_NOW, N_("还没有办结的件")),
    Kind("late_open", N_("逾期未答复"), BASE_NOW, N_("过了答复期限还没有提交办理结果的件")),
)
RATES: Final = (
    Kind("closing_rate", N_("办结率"), BASE_RECEIVED, N_("本期受理的件中已办结的比例，不含撤回、告知、不予受理")),
    Kind("on_time_rate", N_("按期办结率"), BASE_DUE, N_("本期到期的件中按期首次提交结果的比例，逾期未办也算在内")),
    Kind("response_rate", N_("响应率"), BASE_SENT, N_("本期派单中按时签收并按时先行联系的比例")),
    Kind(
        "satisfaction_rate",
        N_("居民满意率"),
        BASE_CLOSED,
        N_("本期办结的件最后一轮居民评议中基本满意及以上的比例，未评价不计"),
    ),
    Kind("four_party_rate", N_("四方反馈率"), BASE_CLOSED, N_("本期办结的件中四方凭证齐全的比例")),
)

COUNTED: Final = ("received", "open", "late_open", "accepted", "accepted_closed", "due", "due_on_time")


def eight(
    actor: Actor, period: Period, *, now: datetime, area_path: str = "", unit_id: int | None = None
) -> list[Figure]:
    """The eight figures of a territory or unit in a period (formulas: statistics F1)."""
    found = queries.scope(actor, area_path=area_path, unit_id=unit_id)
    counted = queries.counts(found, period, now=now, names=COUNTED)
    parts = {
        "closing_rate": (counted["accepted_closed"], counted["accepted"]),
        "on_time_rate": (counted["due_on_time"], counted["due"]),
        "response_rate": queries.response(found, period),
        "satisfaction_rate": queries.satisfaction(found, period, Rater.PETITIONER),
        "four_party_rate": queries.four_parties(found, period),
    }
    numbers = [_number(kind, counted[kind.code]) for kind in NUMBERS]
    return numbers + [_rate(kind, *parts[kind.code]) for kind in RATES]


def _number(kind: Kind, count: int) -> Figure:
    is_alarming = kind.code == "late_open" and count > 0
    drill = {"figure": kind.code}
    return Figure(kind.code, kind.name, str(count), kind.base, kind.definition, count, None, drill, is_alarming)


def _rate(kind: Kind, part: int, whole: int) -> Figure:
    value = rules.percent(rules.rate(part, whole))
    return Figure(kind.code, kind.name, value, kind.base, kind.definition, part, whole, {"figure": kind.code})
