"""The opinion box: opened by two, then its slips are registered one after another with their scans."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiyin.access import policy
from huiyin.appeals import lookups
from huiyin.appeals.workflow import intake
from huiyin.desk import lists, options
from huiyin.desk.forms.register import OpeningForm, SlipForm
from huiyin.desk.forms.uploads import status_of
from huiyin.desk.gate import Request, staff
from huiyin.desk.pages import show
from huiyin.kernel import clock, numbers
from huiyin.kernel.errors import DomainError


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def boxes(request: Request) -> HttpResponse:
    """The openings so far, and the form of a new one."""
    policy.require(request.actor, "box.open")
    form = OpeningForm(request.actor, request.POST or None)
    status = 200
    if form.is_valid():
        try:
            opened = intake.open_box(request.actor, **form.cleaned_data)
        except DomainError as error:
            form.refuse(error)
            status = error.status
        else:
            messages.success(request, _("开箱已记下。请逐件扫描登记。"))
            return redirect("desk:box_slips", opened.pk)
    elif form.is_bound:
        status = 422
    openings = lookups.box_openings(request.actor)[:20]
    return show(request, "desk/box.html", status=status, form=form, openings=openings)


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def slips(request: Request, pk: int) -> HttpResponse:
    """The slips of one opening, one after another, until all of them are registered."""
    opening = lookups.box_opening(request.actor, pk)
    form, status = SlipForm(request.actor), 200
    if request.method == "POST":
        form = SlipForm(request.actor, request.POST, request.FILES)
        status = status_of(form)
        if form.is_valid():
            try:
                found = intake.register(request.actor, form.intake(opening_id=pk, area_id=opening.area_id))
            except DomainError as error:
                form.refuse(error)
                status = error.status
            else:
                messages.success(request, _("已登记，编号 %(number)s。") % {"number": numbers.grouped(found.number)})
                return redirect("desk:box_slips", pk)
    done = lookups.slips_of(opening)
    return show(
        request,
        "desk/box_slips.html",
        status=status,
        opening=opening,
        form=form,
        rows=lists.rows(done, now=clock.now()),
        at=len(done) + 1,
        done_count=len(done),
        is_finished=len(done) >= opening.slips_count,
        spots=options.spots(opening.area.path),
    )
