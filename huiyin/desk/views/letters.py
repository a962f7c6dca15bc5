"""Messages: my own box, and the petitioners who still have to be told by phone or letter."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiyin.access import policy
from huiyin.appeals import queries
from huiyin.desk import dossier, letters
from huiyin.desk.forms.telling import TellingForm
from huiyin.desk.gate import Request, staff
from huiyin.desk.pages import show, unseen
from huiyin.kernel.errors import DomainError
from huiyin.messaging import queries as messaging
from huiyin.messaging import workflow

SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def messages_to_me(request: Request) -> HttpResponse:
    """My box, newest first; one button marks all as read."""
    if request.method == "POST":
        workflow.mark_read(request.actor)
        return redirect("desk:messages")
    found = letters.to_me(request.actor, messaging.box(request.actor).select_related("to_contact")[:SHOWN])
    return show(request, "desk/messages.html", found=found)


@require_http_methods(["GET", "HEAD"])
@staff
def to_tell(request: Request) -> HttpResponse:
    """Who still has to be told, oldest first."""
    policy.require(request.actor, "message.tell")
    found = letters.to_petitioners(messaging.to_tell(request.actor)[:SHOWN])
    return show(request, "desk/to_tell.html", found=found)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def tell(request: Request, pk: int) -> HttpResponse:
    """One petitioner to be told: what to say, the number for a purpose, the evidence afterwards."""
    policy.require(request.actor, "message.tell")
    message = messaging.one_to_tell(request.actor, pk)
    shown, form, status = None, TellingForm(), 200
    if request.method == "POST" and "purpose" in request.POST:
        reach = queries.contact_in_clear(request.actor, message.subject_id, purpose=request.POST["purpose"])
        shown = dossier.in_clear(reach)
    elif request.method == "POST":
        form, status = TellingForm(request.POST), 422
        if form.is_valid():
            try:
                workflow.mark_told(request.actor, pk, **form.cleaned_data)
            except DomainError as error:
                status = error.status
            else:
                messages.success(request, _("已记下告知。"))
                return redirect("desk:to_tell")
    line = letters.to_petitioners([message])[0]
    page = show(request, "desk/tell.html", line=line, form=form, shown=shown, purposes=dossier.PURPOSES, status=status)
    return unseen(page)
