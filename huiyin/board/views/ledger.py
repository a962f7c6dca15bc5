"""The rating ledger F-7: every rating as it was given, narrowed and downloaded."""

from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiyin.appeals.models import Rating
from huiyin.assessment import queries
from huiyin.assessment.models import Entry
from huiyin.board import places, tables
from huiyin.board.forms import LedgerFilter
from huiyin.board.gate import Request, staff
from huiyin.board.tables import Cell, Table, count
from huiyin.figures.rules import Period
from huiyin.kernel import clock

PAGE_ROWS: Final = 50
FILE_ROWS: Final = 20_000
_BEGINNING: Final = date(2004, 1, 1)


@require_safe
@staff("ledger.see")
def ledger(request: Request) -> HttpResponse:
    """The entries an actor may read, newest first, fifty to a page; all of them in a file."""
    given, form = request.GET, LedgerFilter(request.GET, request.actor)
    found = queries.narrowed(queries.ledger(request.actor), form.chosen())
    if given.get("as") in ("csv", "xlsx"):
        table = _table(list(found[:FILE_ROWS]))
        file = tables.asked_file([table], _caption(form), form=given["as"], code="F-7", name="huiyin-F-7")
        assert file is not None, "the ledger is asked for by its own code"
        return file
    after = given.get("after", "")
    rows = list((found.filter(event_id__lt=int(after)) if after.isdigit() else found)[: PAGE_ROWS + 1])
    kept = {key: value for key, value in given.items() if key in form.fields and value}
    here = reverse("board:ledger")
    key = f"{rows[PAGE_ROWS - 1].event_id}" if len(rows) > PAGE_ROWS else ""
    context = {
        "form": form,
        "table": _table(rows[:PAGE_ROWS]),
        "summary": queries.summary(found),
        "is_empty": not rows,
        "file_url": f"{here}?{urlencode(kept)}",
        "next_url": f"{here}?{urlencode({**kept, 'after': key})}" if key else "",
        "first_url": f"{here}?{urlencode(kept)}" if after else "",
        "caption": _caption(form),
    }
    response = render(request, "board/ledger.html", context)
    response["Cache-Control"] = "no-store, private"
    return response


def _caption(form: LedgerFilter) -> tables.Caption:
    chosen = form.chosen()
    place = places.area_name(chosen.area_path) or _("我能看到的全部单位和社区")
    if chosen.since is None and chosen.until is None:
        return tables.caption_of(place, None)
    last = chosen.until or clock.today()
    return tables.caption_of(place, Period(min(chosen.since or _BEGINNING, last), last + timedelta(days=1)))


def _table(rows: list[Entry]) -> Table:
    entries = {value: str(label) for value, label in Rating.Entry.choices}
    body = [
        [
            Cell(f"{row.rated_at.astimezone(clock.LOCAL):%Y-%m-%d %H:%M}"),
            Cell(row.appeal.number, url=reverse("desk:appeal", args=[row.appeal_id])),
            Cell(row.appeal.subject),
            Cell(row.unit.name if row.unit else _("当场答复")),
            count(row.round),
            Cell(str(row.get_rater_display())),
            Cell(str(row.get_grade_display())),
            Cell(entries.get(row.entry, row.entry)),
        ]
        for row in rows
    ]
    head = (_("评议时间"), _("编号"), _("事由"), _("承办单位"), _("轮次"), _("谁评的"), _("评议"), _("怎样记入"))
    definition = _("每一次评议一行，只增不改；同一轮同一人再评的，以后一次为准。未评价不入账。")
    return Table("F-7", _("群众评议台账"), head, body, _("评议时间"), definition, words=(1, 2, 3, 5, 6, 7))
