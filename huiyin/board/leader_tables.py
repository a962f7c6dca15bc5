"""The leader's tables F-1 to F-5: each count leads to exactly the rows that were counted."""

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huiyin.board.tables import Cell, Table, count, days, with_bars
from huiyin.design.sentences import series
from huiyin.figures import rules
from huiyin.figures.breakdown import Line, PlaceLine
from huiyin.figures.queries import UnitRow

UNDECIDED: Final = "-"
ENOUGH: Final = 10  # practice E4: fewer matters are 样本不足 [DEF]


def rows_url(asked: Mapping[str, str], **narrowed: str) -> str:
    """The address of the rows behind a number, with the page's own period and territory."""
    return f"{reverse('board:rows')}?{urlencode({**asked, **narrowed})}"


def units(rows: Sequence[UnitRow], asked: Mapping[str, str]) -> Table:
    """F-1 诉求办理情况总表."""
    body = [_unit_line(row, asked) for row in rows]
    head = (
        _("承办单位"), pgettext("figure", "受理"), _("办结"), _("在办"), _("办结率"), _("到期"), _("按期办结"),
        _("逾期办结"), _("逾期未办结"), _("按期办结率"), _("不满意"), _("重办"), _("平均天数"),
    )  # fmt: skip
    definition = _(
        "受理、办结、在办、办结率、不满意、重办和平均天数按受理口径；到期、按期、逾期和按期办结率按到期口径。"
        "平均天数是从派单到首次提交结果的自然日。按单位目录排列，不排名次。"
    )
    return Table(
        "F-1", _("诉求办理情况总表（按承办单位）"), head, body, _("受理口径、到期口径"), definition, _units_total(rows)
    )


def _unit_line(row: UnitRow, asked: Mapping[str, str]) -> list[Cell]:
    def drill(code: str) -> str:
        return rows_url(asked, figure=code, unit=str(row.unit_id))

    return [
        Cell(row.name),
        count(row.accepted, url=drill("accepted")),
        count(row.closed, url=drill("accepted_closed")),
        count(row.open),
        Cell(row.closing_rate),
        count(row.due, url=drill("due")),
        count(row.on_time, url=drill("due_on_time")),
        count(row.late_answered, url=drill("due_late")),
        count(row.late_open, url=drill("due_late_open")),
        Cell(row.on_time_rate),
        count(row.dissatisfied),
        count(row.redone),
        days(row.average_days),
    ]


def _units_total(rows: Sequence[UnitRow]) -> list[Cell]:
    total = [sum(getattr(row, name) for row in rows) for name in ("accepted", "closed", "open")]
    due = [sum(getattr(row, name) for row in rows) for name in ("due", "on_time", "late_answered", "late_open")]
    return [
        Cell(_("合计")),
        *[count(n) for n in total],
        Cell(rules.percent(rules.rate(total[1], total[0]))),
        *[count(n) for n in due],
        Cell(rules.percent(rules.rate(due[1], due[0]))),
        count(sum(row.dissatisfied for row in rows)),
        count(sum(row.redone for row in rows)),
        Cell(""),
    ]


def slowest(rows: Sequence[UnitRow]) -> Table:
    """The units with the longest mean from order to first result; those with few matters are not compared."""
    enough = [row for row in rows if row.accepted >= ENOUGH and row.average_days is not None]
    few = [row for row in rows if row.accepted < ENOUGH]
    body = [
        [Cell(row.name), days(row.average_days), count(row.accepted), Cell(row.on_time_rate)]
        for row in sorted(enough, key=lambda row: -(row.average_days or 0))[:10]
    ]
    head = (_("承办单位"), _("平均天数"), pgettext("figure", "受理"), _("按期办结率"))
    definition = _("从派单到首次提交结果的自然日。受理不足 10 件的单位标「样本不足」，不作比较。")
    names = {"names": series(row.name for row in few)}
    note = _("样本不足：%(names)s") % names if few else ""
    return Table("slowest", _("办得最慢的单位"), head, with_bars(body, column=1), _("受理口径"), definition, note=note)


def places(rows: Sequence[PlaceLine], asked: Mapping[str, str]) -> Table:
    """F-5 区域表 by community."""

    def drill(row: PlaceLine, code: str) -> str:
        return rows_url(asked, figure=code, area=row.area.path) if row.area else ""

    body = [
        [
            Cell(row.area.name if row.area else _("区、街道（未分到社区）")),
            count(row.received, url=drill(row, "received")),
            Cell(row.per_thousand_households),
            count(row.accepted, url=drill(row, "accepted")),
            Cell(row.closing_rate),
            count(row.late_open, url=drill(row, "late_open")),
            Cell(row.satisfaction_rate),
            count(row.rated, url=drill(row, "satisfaction_rate")),
        ]
        for row in rows
    ]
    head = (
        _("社区"), _("收到"), _("每千户"), pgettext("figure", "受理"), _("办结率"), _("逾期未答复"),
        _("居民满意率"), _("评议数"),
    )  # fmt: skip
    definition = _("收到、受理、办结率按受理口径；居民满意率按办结口径，评议数是它的基数；逾期未答复是此刻的数。")
    return Table("F-5", _("区域表（按社区）"), head, with_bars(body, column=1), _("受理口径、办结口径"), definition)


def distribution(
    code: str, title: str, lines: Sequence[Line], names: Mapping[str, str], drill: str, asked: Mapping[str, str]
) -> Table:
    """F-2, F-3 or F-4: received by one property, shares adding up to 100 %, with 环比 and 同比."""
    is_channel, is_type = code == "F-2", code == "F-3"
    more_head = [_("当场办结率")] if is_channel else [_("平均天数")] if is_type else []
    body = []
    for line in lines:
        link = rows_url(asked, figure="received", **{drill: line.key or UNDECIDED})
        more = [Cell(line.on_spot_rate)] if is_channel else [days(line.average_days)] if is_type else []
        body.append(
            [
                Cell(names.get(line.key, line.key) or _("还没有定")),
                count(line.count, url=link),
                Cell(line.share),
                Cell(line.month_on_month),
                Cell(line.year_on_year),
                *more,
            ]
        )
    total = sum(line.count for line in lines)
    foot = [
        Cell(_("合计")),
        count(total),
        Cell("100.0%" if total else rules.EMPTY),
        *_totals(lines),
        *[Cell("")] * len(more_head),
    ]
    head = (title.partition("（")[0], _("件数"), _("占比"), _("环比"), _("同比"), *more_head)
    definition = _(
        "本期登记的件次，含告知和不予受理的。占比按最大余额法取整，合计 100.0%。"
        "环比比上一期，同比比上年同期，基数为 0 时写「—」。"
    )
    return Table(code, title, head, with_bars(body, column=1), _("受理口径"), definition, foot)


def _totals(lines: Sequence[Line]) -> list[Cell]:
    now, before, year = (sum(getattr(line, name) for line in lines) for name in ("count", "before", "year_before"))
    return [
        Cell(rules.signed_percent(rules.change(now, before))),
        Cell(rules.signed_percent(rules.change(now, year))),
    ]
