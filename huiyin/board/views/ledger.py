"""The rating ledger F-7: every rating as it was given, narrowed and downloaded."""

from datetime import date, timedelta
from typing import Final
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiyin.assessment import queries
from huiyin.board import ledger_table, places, tables
from huiyin.board.forms import LedgerFilter
from huiyin.board.gate import Request, staff
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
        table = ledger_table.table_of(list(found[:FILE_ROWS]))
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
        "table": ledger_table.table_of(rows[:PAGE_ROWS]),
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
