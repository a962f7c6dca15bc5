"""Hotspots: what many people say alike, and the matters that make up one."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huiyin.appeals import lookups
from huiyin.board import drill
from huiyin.board.forms import HotspotForm
from huiyin.board.gate import Request, staff
from huiyin.hotspots import queries
from huiyin.kernel import clock

_MOST_MATTERS = 100


@require_safe
@staff("figures.see")
def hotspots(request: Request) -> HttpResponse:
    """The hotspots of the actor's territory, the hottest, fastest growing or newest first."""
    form = HotspotForm(request.GET, request.actor)
    found = queries.hotspots(request.actor, order=form.order(), area_path=form.area_path())
    return _show(request, "board/hotspots.html", form=form.shown(request.actor), found=found)


@require_safe
@staff("figures.see")
def hotspot(request: Request, pk: int) -> HttpResponse:
    """One hotspot: its numbers, what people said, and its matters with their dossiers."""
    found = queries.hotspot(request.actor, pk)
    matters = lookups.some(request.actor, queries.matter_ids(request.actor, found.id)[:_MOST_MATTERS])
    rows = drill.rows(reversed(matters), now=clock.now())
    return _show(request, "board/hotspot.html", hot=found, rows=rows)


def _show(request: Request, template: str, **context: Any) -> HttpResponse:
    response = render(request, template, context)
    response["Cache-Control"] = "no-store, private"
    return response
