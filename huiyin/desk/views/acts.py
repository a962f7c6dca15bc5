"""One page for every verb: its form, what follows from it, and what changed when somebody was faster."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiyin.appeals import queries
from huiyin.appeals.steps import STEPS
from huiyin.desk import acts, around, dossier
from huiyin.desk.forms.acts import ActForm
from huiyin.desk.forms.uploads import status_of
from huiyin.desk.gate import Request, staff
from huiyin.desk.pages import part, show
from huiyin.kernel.errors import DomainError, Overtaken, RuleBroken, WrongStage


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def act(request: Request, pk: int, verb: str) -> HttpResponse:
    """The form of a verb as a page, or as a part of the dossier; done, back to the dossier."""
    if request.method == "POST":
        return _look(request, pk, verb) if "look" in request.POST else _done(request, pk, verb)
    found = queries.appeal(request.actor, pk)
    step, chosen = acts.checked(request.actor, found, verb)
    form = chosen.form(found)
    if "party" in request.GET:
        form.initial["party"] = request.GET["party"]
    context = around.form(found, verb, form) | {"step": step}
    if request.htmx and not step.grave:
        return part(request, "desk/_act.html", **context)
    return show(request, "desk/act.html", **context)


def _look(request: Request, pk: int, verb: str) -> HttpResponse:
    """The hints on what is being written, as a part or around the form as it stands; nothing is done."""
    found = queries.appeal(request.actor, pk)
    step, chosen = acts.checked(request.actor, found, verb)
    form = chosen.form(found, request.POST)
    context = around.form(found, verb, form)
    if request.htmx:
        return part(request, "desk/_hints.html", **context)
    form.errors.clear()
    return show(request, "desk/act.html", step=step, **context)


def _done(request: Request, pk: int, verb: str) -> HttpResponse:
    found = queries.appeal(request.actor, pk)
    if verb not in acts.ACTS:
        acts.checked(request.actor, found, verb)
    chosen = acts.ACTS[verb]
    form = chosen.form(found, request.POST, request.FILES)
    if not form.is_valid():
        return _again(request, pk, verb, form, status=status_of(form))
    try:
        chosen.run(request.actor, pk, **form.values())
    except (Overtaken, RuleBroken, WrongStage) as error:
        form.refuse(error)
        return _again(request, pk, verb, form, status=error.status, error=error)
    messages.success(request, _("%(act)s：已完成。") % {"act": chosen.button})
    return redirect("desk:appeal", pk)


def _again(
    request: Request, pk: int, verb: str, form: ActForm, *, status: int, error: DomainError | None = None
) -> HttpResponse:
    """The form once more with what was written, and with what others did meanwhile."""
    found = queries.appeal(request.actor, pk)
    changes = []
    if isinstance(error, Overtaken | WrongStage):
        changes = dossier.changes_since(found, form.cleaned_data["seen_version"])
        form.see(found.version)
    context = around.form(found, verb, form)
    return show(request, "desk/act.html", status=status, changes=changes, step=STEPS[verb], **context)
