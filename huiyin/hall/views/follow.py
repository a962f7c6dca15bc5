"""Follow it: number and code open a matter on this device; then where it is, who has it, what was said."""

from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.appeals import belongings, lookups, queries
from huiyin.attachments import queries as attachments
from huiyin.attachments import store
from huiyin.design.sentences import sentence
from huiyin.hall import promise, standing, story, visitor, workflow
from huiyin.hall.forms import RateForm, SupplyForm, TrackForm
from huiyin.hall.visitor import Request
from huiyin.kernel.errors import N_, BeyondCalendar, DomainError, NotFound

ACTS = ("supply_info", "rate", "withdraw")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def track(request: Request) -> HttpResponse:
    """Number and code; below them the matters this device knows already."""
    if request.method != "POST":
        return _track(request, TrackForm(initial={"number": request.GET.get("number", "")[:40]}), 200)
    form = TrackForm(request.POST)
    if not form.is_valid():
        return _track(request, form, 422)
    try:
        found = workflow.prove(
            form.cleaned_data["number"], form.cleaned_data["code"], address=request.META.get("REMOTE_ADDR", "")
        )
    except DomainError as error:
        form.add_error(None, sentence(error))
        return _track(request, form, error.status)
    visitor.remember(request, found.pk)
    return redirect("hall:follow", found.number)


def _track(request: Request, form: TrackForm, status: int) -> HttpResponse:
    actor = visitor.visitor(request)
    known = lookups.all_own(actor) if actor.appeal_ids else []
    return render(request, "hall/track.html", {"form": form, "known": known}, status=status)


@never_cache
@require_safe
def follow(request: Request, number: str) -> HttpResponse:
    """One matter as its petitioner follows it."""
    return page(request, number, 200)


def page(
    request: Request, number: str, status: int, *, supply: SupplyForm | None = None, rating: RateForm | None = None
) -> HttpResponse:
    """The page of a matter, with the forms that are open; an unproved number is asked for with its code."""
    actor = visitor.visitor(request)
    found = lookups.own(actor, number)
    if found is None:
        return redirect(f"{reverse('hall:track')}?number={number}")
    told = story.of(found)
    may = {choice.step.verb for choice in queries.choices(actor, found) if choice.is_open} & set(ACTS)
    grade = told.own_grade()
    return render(
        request,
        "hall/follow.html",
        {
            "found": found,
            "story": told,
            "standing": standing.of(told),
            "promise": _promise(told),
            "entries": told.entries(),
            "may_supply": "supply_info" in may,
            "may_rate": "rate" in may and told.open_round is not None,
            "may_withdraw": "withdraw" in may,
            "supply": supply or SupplyForm(),
            "rating": rating or RateForm(initial={"grade": grade}),
            "invalid": bool(supply or rating),
        },
        status=status,
    )


def _promise(told: story.Story) -> promise.Promise | None:
    if not promise.is_running(told.found):
        return None
    try:
        return promise.of(told.found)
    except BeyondCalendar:
        return None


@require_POST
def forget(request: Request) -> HttpResponse:
    """Let this device know no matter any more; the matters themselves stay."""
    visitor.forget(request)
    messages.success(request, _("这台设备上已经没有您的记录。办理照常，凭编号和查询码随时能查。"))
    return redirect("hall:home")


@require_safe
def file(request: Request, pk: int) -> HttpResponseBase:
    """A photo the petitioner sent, or one of an answer that passed review."""
    found = attachments.attachment(pk)
    _may_open(request, found.subject_kind, found.subject_id, found.purpose)
    path = store.path_of(found.sha256)
    if not path.exists():
        raise NotFound("file_gone", N_("这个文件在存储里找不到了，请告诉社区工作室。"))
    response = FileResponse(path.open("rb"), content_type=found.media_type)
    response["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(found.name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def _may_open(request: Request, kind: str, subject_id: int, purpose: str) -> None:
    actor = visitor.visitor(request)
    if kind == "appeal" and purpose in story.OWN_PURPOSES and subject_id in actor.appeal_ids:
        return
    if kind == "reply" and actor.appeal_ids:
        appeal = queries.appeal(actor, lookups.appeal_of_reply(subject_id))
        if any(reply.pk == subject_id for reply in belongings.answers(appeal)):
            return
    raise NotFound("unknown_file", N_("没有找到这个文件。请先用编号和查询码打开您的事。"))


def bound(form: forms.Form, error: DomainError) -> None:
    """Show a refusal of the field above the form."""
    form.add_error(None, sentence(error))
