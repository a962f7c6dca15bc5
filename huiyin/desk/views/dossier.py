"""One appeal: its dossier, its preview beside the list, its receipt, its sheet, and how to reach the petitioner."""

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.appeals import queries
from huiyin.desk import addresses, dossier, paper
from huiyin.desk.gate import Request, staff
from huiyin.desk.pages import part, show, unseen
from huiyin.kernel import clock
from huiyin.kernel.errors import N_, RuleBroken


@require_safe
@staff
def appeal(request: Request, pk: int) -> HttpResponse:
    """The dossier; asked for as a part, its preview."""
    found = queries.appeal(request.actor, pk)
    if request.htmx:
        return part(request, "desk/_preview.html", **dossier.brief(request.actor, found, now=clock.now()))
    return show(request, "desk/appeal.html", **dossier.whole(request.actor, found, now=clock.now()))


@require_safe
@staff
def receipt(request: Request, pk: int) -> HttpResponse:
    """The receipt, to be printed (again)."""
    found = queries.appeal(request.actor, pk)
    page = paper.receipt(
        found,
        follow=request.build_absolute_uri(addresses.follow(found.number)),
        address=request.build_absolute_uri(addresses.track()),
    )
    return unseen(show(request, "desk/receipt.html", appeal=found, **page))


@require_http_methods(["GET", "HEAD", "POST"])
@staff
def sheet(request: Request, pk: int) -> HttpResponse:
    """The 《社情民意登记表》 on A4; with a purpose the contact data stand on it, and the reading is kept."""
    found = queries.appeal(request.actor, pk)
    reachable = None
    if request.method == "POST":
        reachable = queries.contact_in_clear(request.actor, pk, purpose=request.POST.get("purpose", ""))
    page = paper.sheet(found, reachable=reachable)
    may_reveal = reachable is None and dossier.may_reveal(request.actor, found)
    return unseen(show(request, "desk/sheet.html", appeal=found, sheet=page, may_reveal=may_reveal))


@require_safe
@staff
def sheets(request: Request) -> HttpResponse:
    """The sheets of several appeals, one on each page of paper."""
    pks = [int(pk) for pk in request.GET.getlist("pk") if pk.isdigit()][:25]
    if not pks:
        raise RuleBroken("nothing_chosen", N_("还没有选中诉求。请在清单里勾选，再点要做的事。"))
    found = [queries.appeal(request.actor, pk) for pk in pks]
    return show(request, "desk/sheets.html", sheets=[paper.sheet(one) for one in found])


@require_POST
@staff
def reveal(request: Request, pk: int) -> HttpResponse:
    """The contact data in clear, for the purpose that was given; who, when and why is kept."""
    found = queries.appeal(request.actor, pk)
    reachable = queries.contact_in_clear(request.actor, pk, purpose=request.POST.get("purpose", ""))
    shown = dossier.in_clear(reachable)
    if request.htmx:
        return unseen(part(request, "design/person.html", name=dossier.asker(found), shown=shown))
    context = dossier.whole(request.actor, found, now=clock.now())
    return unseen(show(request, "desk/appeal.html", shown=shown, **context))
