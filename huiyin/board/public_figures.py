"""The figures of a month that everyone sees: of the whole district, small cells hidden so that nothing gives them away.

There are no tables of one community by type or category, and no periods but months: differences would tell.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from huiyin.appeals.stages import Rater
from huiyin.board import places
from huiyin.board.tables import Cell, Table, with_bars
from huiyin.catalogue import queries as catalogue
from huiyin.catalogue.models import AppealType
from huiyin.figures import breakdown, disclosure, queries, rules
from huiyin.figures.breakdown import Line
from huiyin.figures.disclosure import Published, Shown
from huiyin.figures.rules import Period
from huiyin.kernel import clock

MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class Card:
    """One figure of the head of the page."""

    label: str
    value: str
    unit: str
    base: str
    fact: str
    definition: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One month of the chart."""

    label: str
    value: float
    url: str = ""


def cards(period: Period) -> list[Card]:
    """Received, closed, on time and satisfaction of a month, each with its base and its change."""
    found, now = queries.of_everyone(), clock.now()
    n = queries.counts(found, period, now=now, names=("received", "closed", "due", "due_on_time"))
    earlier = (period.before(), period.year_before())
    held = [n, *(queries.counts(found, span, now=now, names=("received", "closed")) for span in earlier)]
    well, rated = queries.satisfaction(found, period, Rater.PETITIONER)
    counted = [_count_card(code, [row[code] for row in held]) for code in ("received", "closed")]
    return [
        *counted,
        Card(
            _("按期办结率"),
            _rate(n["due_on_time"], n["due"]),
            "",
            _("到期口径"),
            _of(n["due_on_time"], n["due"]),
            _("本月到期的件里，按期提交办理结果的比例。逾期还没答复的也算在分母里。"),
        ),
        Card(
            _("居民满意率"),
            _rate(well, rated),
            "",
            _("办结口径"),
            _of(well, rated),
            _("本月办结的件里，居民最后一次评议为基本满意及以上的比例。没有评议的不算满意，也不算不满意。"),
        ),
    ]


def _count_card(code: str, numbers: Sequence[int]) -> Card:
    label, base, definition = {
        "received": (_("收到"), _("受理口径"), _("本月登记的件次，含告知法定途径和不予受理的。")),
        "closed": (_("办结"), _("办结口径"), _("本月办结的件，不含撤回、告知、不予受理和终止的。")),
    }[code]
    now, before, year = numbers
    return Card(label, disclosure.single(now).text, _("件"), base, _changes(now, before, year), definition)


def _changes(now: int, before: int, year: int) -> str:
    words = {"mom": _change(now, before), "yoy": _change(now, year)}
    return _("环比 %(mom)s，同比 %(yoy)s") % words


def _change(now: int, before: int) -> str:
    if disclosure.small(now) or disclosure.small(before):
        return rules.EMPTY
    return rules.signed_percent(rules.change(now, before))


def _rate(part: int, whole: int) -> str:
    return rules.EMPTY if disclosure.small(whole) else rules.percent(rules.rate(part, whole), places=1)


def _of(part: int, whole: int) -> str:
    if disclosure.small(whole):
        return _("基数不足 3 件，不公布")
    return _("%(part)s 件，共 %(whole)s 件") % {"part": part, "whole": whole}


def months(period: Period) -> list[Bar]:
    """Received in the twelve months up to this one; a month of one or two shows as 0 with the note of the page."""
    held = breakdown.by_month(queries.of_everyone(), period, months=MONTHS)
    return [Bar(f"{first:%y-%m}", 0 if disclosure.small(count) else count) for first, count in held.items()]


def tables(period: Period) -> list[Table]:
    """By type, category, channel and community."""
    found, now = queries.of_everyone(), clock.now()
    types = {value: str(label) for value, label in AppealType.choices}
    channels = {row.code: row.name for row in catalogue.channels()}
    note = _("<3 表示一至两件，为保护当事人不公布准数；※ 表示为防止被推算而一并隐去。")
    distributions = [
        ("type", _("按诉求类型"), types, breakdown.by_type(found, period)),
        ("category", _("按事项分类"), places.category_names(), breakdown.by_category(found, period, 1)[1]),
        ("channel", _("按受理渠道"), channels, breakdown.by_channel(found, period)),
    ]
    made = [_distribution(code, title, names, lines, note) for code, title, names, lines in distributions]
    return [*made, _communities(breakdown.by_place(found, period, places.communities(), now=now), note)]


def _distribution(code: str, title: str, names: dict[str, str], lines: Sequence[Line], note: str) -> Table:
    cells, total = disclosure.published([line.count for line in lines])
    if total.shown is Shown.COVERED:
        return _untold(code, title)
    before, _total = disclosure.published([line.before for line in lines])
    year, _total = disclosure.published([line.year_before for line in lines])
    rows = [
        [
            Cell(names.get(line.key, "") or _("还没有定")),
            _cell(shown),
            Cell(rules.EMPTY if shown.value is None else line.share),
            Cell(_between(shown, earlier)),
            Cell(_between(shown, last_year)),
        ]
        for line, shown, earlier, last_year in zip(lines, cells, before, year, strict=True)
        if line.count
    ]
    head = (title, _("件数"), _("占比"), _("环比"), _("同比"))
    foot = [Cell(_("合计")), _cell(total), Cell("100.0%" if lines else rules.EMPTY), Cell(""), Cell("")]
    definition = _("本月登记的件次，含告知和不予受理的。占比合计 100%，余数按最大余额分配。")
    return Table(code, title, head, with_bars(rows, column=1), _("受理口径"), definition, foot, _note(cells, note))


def _untold(code: str, title: str) -> Table:
    """A table of so few matters that any count in it would be known from the total."""
    note = _("本月件数太少，为保护当事人不公布这张表。")
    return Table(code, title, (title, _("件数")), (), _("受理口径"), "", note=note)


def _cell(shown: Published) -> Cell:
    return Cell(shown.text, shown.value)


def _between(now: Published, before: Published) -> str:
    if now.value is None or before.value is None:
        return rules.EMPTY
    return rules.signed_percent(rules.change(now.value, before.value))


def _note(cells: Iterable[Published], note: str) -> str:
    return note if any(cell.value is None for cell in cells) else ""


def _communities(lines: Sequence[breakdown.PlaceLine], note: str) -> Table:
    received, total = disclosure.published([line.received for line in lines])
    accepted, accepted_total = disclosure.published([line.accepted for line in lines])
    closed, closed_total = disclosure.published([line.closed for line in lines])
    rows = [
        [Cell(line.area.name if line.area else _("区、街道（未分到社区）")), _cell(a), _cell(b), _cell(c)]
        for line, a, b, c in zip(lines, received, accepted, closed, strict=True)
    ]
    if Shown.COVERED in {total.shown, accepted_total.shown, closed_total.shown}:
        return _untold("community", _("按社区"))
    head = (_("按社区"), _("收到"), pgettext("figure", "受理"), _("其中已办结"))
    foot = [Cell(_("合计")), _cell(total), _cell(accepted_total), _cell(closed_total)]
    definition = _(
        "收到：本月登记的件次。受理：本月受理的件，不含撤回、告知、不予受理。其中已办结：这些件里到现在已办结的。"
    )
    cells = [*received, *accepted, *closed]
    return Table(
        "community", _("按社区"), head, with_bars(rows, column=1), _("受理口径"), definition, foot, _note(cells, note)
    )
