"""The elder-mode switch and the living page of parts."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from huiyin.design import samples

ELDER_COOKIE = "elder"
YEAR_SECONDS = 365 * 24 * 3600


@require_POST
def elder(request: HttpRequest) -> HttpResponse:
    """Turn larger type and stronger contrast on (elder=1) or off, and go back to the page it came from."""
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = HttpResponseRedirect(target)
    if request.POST.get("elder") == "1":
        response.set_cookie(
            ELDER_COOKIE, "1", max_age=YEAR_SECONDS, samesite="Lax", httponly=True, secure=request.is_secure()
        )
    else:
        response.delete_cookie(ELDER_COOKIE, samesite="Lax")
    return response


@require_safe
def parts(request: HttpRequest) -> HttpResponse:
    """Each part in every state, for staff; for anyone else the page does not exist."""
    if not getattr(getattr(request, "actor", None), "is_staff_member", False):
        raise Http404
    return render(request, "design/living.html", samples.context())
