"""Say it: one form that keeps every word until it has a number, and the receipt that follows."""

from typing import Any, Final

import segno
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from huiyin.appeals import lookups, queries
from huiyin.appeals.workflow import intake
from huiyin.hall import expired, promise, uploads, visitor
from huiyin.hall.forms import SayForm
from huiyin.hall.visitor import Request
from huiyin.kernel import clock
from huiyin.kernel.errors import DomainError, Overtaken
from huiyin.people import queries as people
from huiyin.people.actors import NOBODY
from huiyin.publication import queries as publication
from huiyin.territory import places as territory_places

_NOTICES_SHOWN: Final = 3
_WORDS = ("key", "detail", "place_text", "area", "unsure", "reach", "name", "phone")


@csrf_exempt  # asked below by `expired`, so that a lost session gives the words back instead of a bare refusal
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: Request) -> HttpResponse:
    """The form; said, it leads to the receipt. Whatever goes wrong, the words stay on the page."""
    if request.method != "POST":
        return _screen(request, _form(request), 200)
    if uploads.is_too_large(request):
        alarm = _("照片加起来太大了，没有传上来。请少选几张或换小一点的照片，再登记一次；您写的字还在这台设备上。")
        return _screen(request, _form(request), 413, alarm=alarm)
    if "start" in request.POST:
        return _screen(request, _form(request, request.POST.get("detail", "")), 200)
    if "find" in request.POST:
        return _screen(request, _words_kept(request), 200, photos_lost=bool(request.FILES))
    if expired.is_expired(request):
        alarm = _("页面放得太久，要再按一次「登记并拿回执」。您写的字都在。")
        return _screen(request, _words_kept(request), 403, alarm=alarm, photos_lost=bool(request.FILES))
    return _register(request)


def _register(request: Request) -> HttpResponse:
    form = SayForm(request.POST, request.FILES, community=visitor.community(request))
    lost = bool(request.FILES)
    if not form.is_valid():
        return _screen(request, form, uploads.status_of(form), photos_lost=lost)
    try:
        found = intake.register(NOBODY, form.intake())
    except Overtaken as error:
        form.renew_key()
        form.refuse(error)
        alarm = _("如果这是另一件事，再按一次「登记并拿回执」就会另编一个号；如果是补充刚才那件，请到「查进度」里看。")
        return _screen(request, form, error.status, alarm=alarm, photos_lost=lost)
    except DomainError as error:
        form.refuse(error)
        status = 422 if error.status == 404 else error.status
        return _screen(request, form, status, photos_lost=lost)
    visitor.remember(request, found.pk)
    return redirect("hall:receipt", found.number)


def _form(request: Request, detail: str = "") -> SayForm:
    return SayForm(initial={"detail": detail}, community=visitor.community(request))


def _words_kept(request: Request) -> SayForm:
    kept = {name: request.POST[name] for name in _WORDS if request.POST.get(name)}
    return SayForm(initial=kept, community=visitor.community(request))


def _screen(
    request: Request, form: SayForm, status: int, *, alarm: str = "", photos_lost: bool = False
) -> HttpResponse:
    words = str(form["detail"].value() or "")
    context = _told(request, words) | {
        "form": form,
        "alarm": alarm,
        "named": form.named,
        "chosen": str(form["area"].value() or ""),
        "photos_lost": photos_lost,
        "community": visitor.community(request),
    }
    return render(request, "hall/say.html", context, status=status)


@require_POST
def places(request: Request) -> HttpResponse:
    """The places that the words typed so far may mean."""
    named = territory_places.named(request.POST.get("place_text", "")[:200], clock.today())
    return render(request, "hall/_named.html", {"named": named, "chosen": ""})


@require_POST
def alike(request: Request) -> HttpResponse:
    """Public notices about something like the words typed so far."""
    return render(request, "hall/_alike.html", _told(request, request.POST.get("detail", "")))


def _told(request: Request, words: str) -> dict[str, Any]:
    """Public notices of the visitor's community about something like the words, and how many people they concern."""
    community = visitor.community(request) if words.strip() else None
    alike = publication.alike(words, area_path=community.path if community else "") if words.strip() else []
    return {"alike": alike[:_NOTICES_SHOWN], "neighbours": sum(notice.persons_count for notice in alike)}


@never_cache
@require_safe
def receipt(request: Request, number: str) -> HttpResponse:
    """The receipt of a matter said here or proved by its code; anyone else is asked for number and code."""
    found = lookups.own(visitor.visitor(request), number)
    if found is None:
        return redirect(f"{reverse('hall:track')}?number={number}")
    address = request.build_absolute_uri(reverse("hall:follow", args=[found.number]))
    return render(
        request,
        "hall/receipt.html",
        {
            "found": found,
            "code": queries.query_code(found),
            "promise": promise.of(found),
            "qr": _qr(address),
            "address": request.build_absolute_uri(reverse("hall:track")),
            "studio": found.studio or people.studio_for(found.area_path, clock.today()),
        },
    )


def _qr(address: str) -> SafeString:
    """The follow address as an inline picture; it holds the number, never the code."""
    drawn = segno.make(address, error="m", micro=False).svg_inline(
        scale=4, border=2, dark="#000", light="#fff", title=_("查进度的二维码")
    )
    return mark_safe(drawn)  # noqa: S308  # drawn by segno from an address of ours
