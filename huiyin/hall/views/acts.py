"""What a petitioner does with a matter: supply what was missing, rate the answer, take it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from huiyin.appeals import lookups, queries
from huiyin.appeals.workflow import closing, ratings, triage
from huiyin.design.sentences import sentence
from huiyin.hall import uploads, visitor
from huiyin.hall.forms import RateForm, SupplyForm, WithdrawForm
from huiyin.hall.views import follow
from huiyin.hall.visitor import Request
from huiyin.kernel.errors import DomainError


def _ask(number: str) -> HttpResponse:
    return redirect(f"{reverse('hall:track')}?number={number}")


@require_POST
def supply(request: Request, number: str) -> HttpResponse:
    """补正 by the petitioner, with photos."""
    actor = visitor.visitor(request)
    found = lookups.own(actor, number)
    if found is None:
        return _ask(number)
    form = SupplyForm(request.POST, request.FILES)
    if not form.is_valid():
        return follow.page(request, number, uploads.status_of(form), supply=form)
    text, files = form.supplied()
    try:
        triage.supply_info(actor, found.pk, text=text, files=files)
    except DomainError as error:
        follow.bound(form, error)
        return follow.page(request, number, error.status, supply=form)
    messages.success(request, _("补充的内容收到了，从现在起重新计时。"))
    return redirect("hall:follow", found.number)


@require_POST
def rate(request: Request, number: str) -> HttpResponse:
    """评议 by the petitioner; it can be changed until the round ends."""
    actor = visitor.visitor(request)
    found = lookups.own(actor, number)
    if found is None:
        return _ask(number)
    form = RateForm(request.POST)
    if not form.is_valid():
        return follow.page(request, number, 422, rating=form)
    try:
        ratings.rate(actor, found.pk, form.judgement())
    except DomainError as error:
        messages.error(request, sentence(error))
        return follow.page(request, number, error.status, rating=form)
    messages.success(request, _("您的评议记下了，谢谢。"))
    return redirect("hall:follow", found.number)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: Request, number: str) -> HttpResponse:
    """撤回: a page of its own says what happens; only the petitioner's will counts."""
    actor = visitor.visitor(request)
    found = lookups.own(actor, number)
    if found is None:
        return _ask(number)
    form = WithdrawForm(request.POST or None, initial={"version": found.version})
    if request.method == "POST" and form.is_valid():
        try:
            closing.withdraw(actor, found.pk, text=form.cleaned_data["text"], seen_version=form.cleaned_data["version"])
        except DomainError as error:
            messages.error(request, sentence(error))
            return follow.page(request, number, error.status)
        messages.success(request, _("已经撤回。您随时可以再说一次。"))
        return redirect("hall:follow", found.number)
    is_open = any(choice.step.verb == "withdraw" and choice.is_open for choice in queries.choices(actor, found))
    if not is_open:
        messages.warning(request, _("这件事现在的情况不能撤回。"))
        return redirect("hall:follow", found.number)
    context = {"form": form, "found": found, "back_url": reverse("hall:follow", args=[found.number])}
    return render(request, "hall/withdraw.html", context, status=200 if request.method == "GET" else 422)
