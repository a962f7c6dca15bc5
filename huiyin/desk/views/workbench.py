"""The workbench: my lists, their rows, the preview beside them, and acts on several rows."""

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from huiyin.access import policy
from huiyin.appeals import lookups
from huiyin.desk import lists
from huiyin.desk import several as many
from huiyin.desk.forms.filters import LIGHTS, FilterForm
from huiyin.desk.forms.several import SeveralForm
from huiyin.desk.gate import Request, staff
from huiyin.desk.pages import part, show
from huiyin.kernel import clock

_KEYS: Final = (
    "list",
    "words",
    "light",
    "stage",
    "appeal_type",
    "category",
    "unit",
    "area",
    "since",
    "until",
    "outcome",
    "more",
)


@require_safe
@staff
def home(request: Request) -> HttpResponse:
    """Today's list by light; a whole number in the search leads straight to its dossier."""
    now, given = clock.now(), request.GET
    form = FilterForm(given)
    narrowed = form.chosen()
    direct = lookups.by_number(request.actor, narrowed.words)
    if direct is not None:
        return redirect("desk:appeal", direct.pk)
    name = lists.chosen(request.actor, given.get("list", ""))
    counts = lists.counts(request.actor, now=now)
    total = counts[name]["all"] if name in counts else None
    page = lists.page(request.actor, name, narrowed, after=given.get("after", ""), now=now, total=total)
    is_more = form.has_more or "more" in given
    if is_more:
        form.offer_places(request.actor)
    return show(
        request,
        "desk/home.html",
        lists=lists.counted(request.actor, name, counts),
        name=name,
        heading=lists.NAMES[name],
        form=form,
        may_note=policy.has(request.actor, "appeal.triage"),
        may_dispatch=policy.has(request.actor, "appeal.dispatch"),
        lights=tuple((value, label, value == narrowed.light) for value, label in LIGHTS),
        is_more=is_more,
        is_narrowed=form.has_more or narrowed.words or narrowed.light,
        page=page,
        rows=lists.rows(page.rows, now=now),
        first_url=_address(given) if page.before else "",
        next_url=_address(given, after=page.after) if page.after else "",
        more_url=_address(given, more="1"),
        bare_url=f"{reverse('desk:home')}?list={name}",
    )


def _address(given: QueryDict, **extra: str) -> str:
    """The same list with its narrowing, and something added."""
    kept: Mapping[str, Any] = {key: given[key] for key in _KEYS if given.get(key)} | extra
    return f"{reverse('desk:home')}?{urlencode(kept)}"


@require_safe
@staff
def filters(request: Request) -> HttpResponse:
    """The further conditions, put in when they are asked for."""
    form = FilterForm(request.GET)
    form.offer_places(request.actor)
    return part(request, "desk/_filters.html", form=form)


@require_POST
@staff
def several(request: Request) -> HttpResponse:
    """One act on several rows: look at them, write the words once, then see which were done and which not."""
    chosen = many.chosen(request.actor, request.POST.getlist("chosen"))
    verb = request.POST.get("verb", "")
    if verb == "print":
        address = urlencode({"pk": [row.pk for row in chosen]}, doseq=True)
        return redirect(f"{reverse('desk:sheets')}?{address}")
    form = SeveralForm(request.POST if "do" in request.POST else None, verb=verb)
    if form.is_valid():
        done = many.run(request.actor, chosen, verb, form.cleaned_data)
        return show(request, "desk/several_done.html", done=done, verb=verb)
    status = 422 if form.is_bound else 200
    rows = lists.rows(chosen, now=clock.now())
    return show(request, "desk/several.html", rows=rows, chosen=chosen, form=form, verb=verb, status=status)
