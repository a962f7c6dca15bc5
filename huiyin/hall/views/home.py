"""The first page, the choice of a community, and how it all works."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from huiyin.hall import terms, visitor
from huiyin.kernel import clock
from huiyin.people import queries as people
from huiyin.publication import queries as publication
from huiyin.territory import queries as territory

NEWEST = 4


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """One question; under it the two other ways in, the counter of my community, what was answered lately."""
    here = visitor.community(request)
    notices = publication.released(area_path=here.path if here else "")[:NEWEST]
    return render(
        request,
        "hall/home.html",
        {
            "community": here,
            "studio": people.studio_for(here.path, clock.today()) if here else None,
            "communities": territory.areas(clock.today(), kinds=("community",)),
            "notices": notices,
        },
    )


@require_POST
def community(request: HttpRequest) -> HttpResponse:
    """Keep the chosen community on this device and go back."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure()):
        target = "/"
    response = redirect(target)
    code = request.POST.get("community", "")
    if territory.areas(clock.today(), kinds=("community",)).filter(code=code).exists():
        visitor.keep_community(request, response, code)
    return response


@require_safe
def how(request: HttpRequest) -> HttpResponse:
    """How it works, by when what happens and on what ground, what is done with personal data."""
    today = clock.today()
    here = visitor.community(request)
    studio = people.studio_for(here.path, today) if here else None
    return render(
        request,
        "hall/help.html",
        {"studios": people.studios(today), "limits": terms.limits(today), "letter": terms.privacy(today, studio)},
    )
