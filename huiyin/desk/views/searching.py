"""Search in everything an actor may see, and what is like one matter."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from huiyin.appeals import lookups, queries, searching
from huiyin.desk import likeness, lists
from huiyin.desk.gate import Request, staff
from huiyin.desk.pages import part, show
from huiyin.kernel import clock


@require_safe
@staff
def search(request: Request) -> HttpResponse:
    """Open and ended matters that say every word, newest first; a whole number leads straight to its dossier."""
    words = request.GET.get("words", "").strip()[:60]
    direct = lookups.by_number(request.actor, words)
    if direct is not None:
        return redirect("desk:appeal", direct.pk)
    page = searching.search(request.actor, words, after=request.GET.get("after", ""))
    return show(
        request,
        "desk/search.html",
        words=words,
        page=page,
        rows=lists.rows(page.rows, now=clock.now()),
        next_url=f"?{urlencode({'words': words, 'after': page.after})}" if page.after else "",
        first_url=f"?{urlencode({'words': words})}" if page.before else "",
    )


@require_safe
@staff
def alike(request: Request, pk: int) -> HttpResponse:
    """Other matters like this one or of the same phone, and its hotspot: a part of its dossier, or a page."""
    found = queries.appeal(request.actor, pk)
    context = likeness.around(request.actor, found)
    if request.htmx:
        return part(request, "desk/_alike.html", **context)
    return show(request, "desk/alike.html", **context)
