"""The leader's first page and the rows behind each of its numbers."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from huiyin.appeals import queries as appeals
from huiyin.board import drill, leader_page, places, tables
from huiyin.board.forms import PeriodForm
from huiyin.board.gate import Request, staff
from huiyin.board.leader_page import Asked
from huiyin.kernel import clock


def _asked(request: Request, form: PeriodForm) -> Asked:
    return Asked(request.actor, form.period(), form.area_path(), form.category_level(), clock.now())


def _place(asked: Asked) -> str:
    """The territory that is counted, by name."""
    return places.area_name(asked.area_path or asked.actor.area_path) or _("本单位")


@require_safe
@staff("figures.see")
def figures(request: Request) -> HttpResponse:
    """Eight figures that lead to their rows, what needs attention, the tables, and the files of them."""
    form = PeriodForm(request.GET, request.actor)
    asked = _asked(request, form)
    caption = tables.caption_of(_place(asked), asked.period)
    context = leader_page.context(asked)
    name, given = f"huiyin-{asked.period.first}-{asked.period.last}", request.GET
    file = tables.asked_file(
        context["tables"], caption, form=given.get("as", ""), code=given.get("table", ""), name=name
    )
    if file is not None:
        return file
    kept = {key: value for key, value in given.items() if key in form.fields}
    shown = form.__class__(
        {
            "span": given.get("span") or "days60",
            "since": asked.period.first,
            "until": asked.period.last,
            "area": asked.area_path,
            "level": asked.level,
        },
        request.actor,
    )
    context |= {"form": shown, "caption": caption, "file_url": f"?{urlencode(kept)}"}
    response = render(request, "board/leader.html", context)
    response["Cache-Control"] = "no-store, private"
    return response


@require_safe
@staff("figures.see")
def rows(request: Request) -> HttpResponse:
    """Exactly the matters that a number counted."""
    given = request.GET
    asked = _asked(request, PeriodForm({**given.dict(), "span": "custom"}, request.actor))
    caption = tables.caption_of(_place(asked), asked.period)
    page = appeals.page(drill.found(asked, given), after=given.get("after", ""))
    kept = {key: value for key, value in given.items() if key != "after"}
    context = {
        "heading": drill.heading(given),
        "place": caption.place,
        "of_when": drill.of_when(given, caption),
        "page": page,
        "rows": drill.rows(page.rows, now=asked.now),
        "next_url": f"?{urlencode({**kept, 'after': page.after})}" if page.after else "",
        "first_url": f"?{urlencode(kept)}" if page.before else "",
        "back_url": f"{reverse('board:figures_staff')}?{urlencode({**asked.params, 'span': 'custom'})}",
    }
    response = render(request, "board/rows.html", context)
    response["Cache-Control"] = "no-store, private"
    return response
