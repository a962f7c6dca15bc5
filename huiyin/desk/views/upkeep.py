"""Upkeep: reactions that are stuck, the time limits with their sources, the loaded years of the calendar."""

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.access import policy
from huiyin.catalogue import queries as catalogue
from huiyin.desk.gate import Request, staff
from huiyin.desk.pages import show
from huiyin.journal import queries as journal
from huiyin.journal import workflow
from huiyin.kernel import clock
from huiyin.kernel.errors import N_, NotFound
from huiyin.territory import queries as territory

SHOWN: Final = 100


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def stuck(request: Request) -> HttpResponse:
    """Reactions that did not succeed; each can be tried again."""
    policy.require(request.actor, "journal.manage")
    if request.method == "POST":
        wanted = request.POST.get("failure", "")
        if not journal.failures().filter(pk=int(wanted) if wanted.isdigit() else 0).exists():
            raise NotFound("unknown_failure", N_("这一条已经处理好了。"))
        workflow.retry(request.actor, int(wanted))
        messages.success(request, _("已安排重试，稍后刷新看结果。"))
        return redirect("desk:stuck")
    return show(request, "desk/stuck.html", failures=journal.failures()[:SHOWN], stuck_count=journal.stuck_count())


@require_safe
@staff
def rules(request: Request) -> HttpResponse:
    """The time limits of today with source and mark; what is only our default is marked as such."""
    return show(request, "desk/rules.html", limits=catalogue.limits_on(clock.today()), today=clock.today())


@require_safe
@staff
def calendar(request: Request) -> HttpResponse:
    """The loaded years and the days of one of them; the missing next year is told in time."""
    loaded, this_year = territory.calendar(), clock.today().year
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdigit() and int(asked) in loaded.years else this_year
    days = sorted(
        [(day, name, False) for day, name in loaded.off.items() if day.year == year]
        + [(day, name, True) for day, name in loaded.work.items() if day.year == year]
    )
    return show(
        request,
        "desk/calendar.html",
        years=[(value, value == year) for value in sorted(loaded.years, reverse=True)],
        year=year,
        days=days,
        hours=loaded.hours,
        missing_year=this_year + 1 if this_year + 1 not in loaded.years else None,
    )
