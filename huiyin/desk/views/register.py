"""Register: one screen by the keyboard alone, with places, earlier matters and categories shown beside it."""

from typing import Final
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huiyin.access import policy
from huiyin.appeals import lookups, queries, searching
from huiyin.appeals.workflow import intake
from huiyin.desk import advice, likeness, options
from huiyin.desk.forms.register import RegisterForm
from huiyin.desk.forms.uploads import status_of
from huiyin.desk.gate import Request, staff
from huiyin.desk.pages import part, show
from huiyin.kernel import clock, numbers
from huiyin.kernel.errors import DomainError
from huiyin.territory import queries as territory

_KEPT: Final = ("channel", "collector_id")


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def register(request: Request) -> HttpResponse:
    """The screen; saved, it leads to the next one, to the dossier or to the receipt."""
    policy.require(request.actor, "appeal.register")
    if request.method != "POST":
        initial = {name: request.GET[name] for name in _KEPT if name in request.GET}
        return _screen(request, RegisterForm(request.actor, **initial), 200)
    if request.POST.get("then") == "look":
        return _screen(request, RegisterForm(request.actor, **_words_kept(request)), 200)
    form = RegisterForm(request.actor, request.POST, request.FILES)
    if not form.is_valid():
        return _screen(request, form, status_of(form))
    try:
        found = intake.register(request.actor, form.intake())
    except DomainError as error:
        form.refuse(error)
        return _screen(request, form, error.status)
    return _after(request, found.pk, found.number)


def _words_kept(request: Request) -> dict[str, str]:
    """What was written so far, for somebody who only looks whether it was said before (without JavaScript)."""
    return {name: request.POST[name] for name in RegisterForm.base_fields if request.POST.get(name)}


def _screen(request: Request, form: RegisterForm, status: int) -> HttpResponse:
    asked = request.GET.get("saved", "") if request.method == "GET" else ""
    saved = queries.appeal(request.actor, int(asked)) if asked.isdigit() else None
    alike = searching.alike_to(request.actor, saved) if saved else None
    chosen = str(form["category"].value() or "")
    return show(
        request,
        "desk/register.html",
        status=status,
        form=form,
        spots=options.spots(request.actor.area_path),
        saved=saved,
        alike=likeness.of_form(request.actor, form) if alike is None else likeness.lines(alike),
        suggestions=advice.while_typing(str(form["detail"].value() or ""), request.actor.area_path, chosen=chosen),
        chosen=chosen,
    )


def _after(request: Request, pk: int, number: str) -> HttpResponse:
    match request.POST.get("then"):
        case "open":
            messages.success(request, _("已登记，编号 %(number)s。") % {"number": numbers.grouped(number)})
            return redirect(f"{reverse('desk:appeal', args=[pk])}?saved=1")
        case "print":
            return redirect(f"{reverse('desk:receipt', args=[pk])}?saved=1")
        case _:
            kept: dict[str, object] = {"saved": pk}
            kept |= {name: request.POST[name] for name in _KEPT if request.POST.get(name)}
            return redirect(f"{reverse('desk:register')}?{urlencode(kept)}")


@require_POST
@staff
def places(request: Request) -> HttpResponse:
    """The places that what was typed may mean."""
    found = territory.places(request.POST.get("place_text", ""), clock.today())
    return part(request, "desk/_places.html", places=found)


@require_POST
@staff
def same_phone(request: Request) -> HttpResponse:
    """Earlier matters from the same phone number, as far as the actor sees them."""
    found = lookups.of_phone(request.actor, request.POST.get("phone", ""))
    return part(request, "desk/_same_phone.html", found=found)


@require_POST
@staff
def similar(request: Request) -> HttpResponse:
    """Matters like the words typed so far, as far as the actor sees them."""
    words, phone = request.POST.get("detail", ""), request.POST.get("phone", "")
    return part(request, "desk/_similar.html", alike=likeness.of_words(request.actor, words, phone=phone))


@require_POST
@staff
def suggested(request: Request) -> HttpResponse:
    """The categories the words seem to belong to, with their units and why."""
    chosen = request.POST.get("category", "")
    found = advice.while_typing(request.POST.get("detail", ""), request.actor.area_path, chosen=chosen)
    return part(request, "desk/_suggested.html", suggestions=found, chosen=chosen)
