"""The leader's eight figures: what matters, each with base, period, definition and the rows behind it."""

from datetime import datetime

from huiyin.appeals.stages import Rater
from huiyin.figures import queries, rules
from huiyin.figures.queries import BASE_CLOSED, BASE_DUE, BASE_NOW, BASE_RECEIVED, Figure
from huiyin.figures.rules import Period
from huiyin.kernel.errors import N_
from huiyin.people.actors import Actor


def eight(
    actor: Actor, period: Period, *, now: datetime, area_path: str = "", unit_id: int | None = None
) -> list[Figure]:
    """The eight figures of a territory or unit in a period (formulas: statistics F1)."""
    found = queries.scope(actor, area_path=area_path, unit_id=unit_id)
    n = queries.counts(found, period, now=now)
    answered_well, rated = queries.satisfaction(found, period, Rater.PETITIONER)
    responded, sent = queries.response(found, period)
    told, to_tell = queries.four_parties(found, period)
    return [
        Figure(
            "received",
            N_("收到"),
            str(n["received"]),
            BASE_RECEIVED,
            N_("本期登记的件次，含告知和不予受理的"),
            n["received"],
            drill={"figure": "received"},
        ),
        Figure("open", N_("在办"), str(n["open"]), BASE_NOW, N_("还没有办结的件"), n["open"], drill={"figure": "open"}),
        Figure(
            "late_open",
            N_("逾期未答复"),
            str(n["late_open"]),
            BASE_NOW,
            N_("过了答复期限还没有提交办理结果的件"),
            n["late_open"],
            drill={"figure": "late_open"},
            is_alarming=n["late_open"] > 0,
        ),
        _rate(
            "closing_rate",
            N_("办结率"),
            n["accepted_closed"],
            n["accepted"],
            BASE_RECEIVED,
            N_("本期受理的件中已办结的比例，不含撤回、告知、不予受理"),
        ),
        _rate(
            "on_time_rate",
            N_("按期办结率"),
            n["due_on_time"],
            n["due"],
            BASE_DUE,
            N_("本期到期的件中按期首次提交结果的比例，逾期未办也算在内"),
        ),
        _rate(
            "response_rate",
            N_("响应率"),
            responded,
            sent,
            BASE_RECEIVED,
            N_("本期派单中按时签收并按时先行联系的比例"),
        ),
        _rate(
            "satisfaction_rate",
            N_("居民满意率"),
            answered_well,
            rated,
            BASE_CLOSED,
            N_("本期办结的件最后一轮居民评议中基本满意及以上的比例，未评价不计"),
        ),
        _rate(
            "four_party_rate",
            N_("四方反馈率"),
            told,
            to_tell,
            BASE_CLOSED,
            N_("本期办结的件中四方凭证齐全的比例"),
        ),
    ]


def _rate(code: str, name: str, part: int, whole: int, base: str, definition: str) -> Figure:
    return Figure(code, name, rules.percent(rules.rate(part, whole)), base, definition, part, whole, {"figure": code})
